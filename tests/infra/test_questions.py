"""What a program asks AWS, it asks once a run, whatever the choices."""

import json
from collections import Counter
from collections.abc import Callable

import pulumi
import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Network, NetworkArgs
from mwaa_network.environment import AccessMode, EndpointManagement, Environment, EnvironmentArgs
from tests.infra.environments import program
from tests.infra.given import VPC, A, B, Given
from tests.infra.programs import the_program
from tests.infra.world import World

PRIVATE = NetworkArgs(routing=Routing.PRIVATE)
GIVEN = NetworkArgs(
    routing=Routing.PRIVATE,
    egress=Egress.NARROW,
    vpc_id=VPC,
    private_subnet_ids=(A, B),
    existing_endpoints=("s3",),
)
OWN_ENDPOINTS = {
    "endpoint_management": EndpointManagement.CUSTOMER,
    "webserver_access_mode": AccessMode.PRIVATE_ONLY,
}


def _on_one_explicit_provider() -> None:
    provider = pulumi.ProviderResource("aws", "theirs", {"region": "eu-west-1"})
    options = pulumi.ResourceOptions(providers=[provider])
    network = Network("mwaa", PRIVATE, options)
    arguments = EnvironmentArgs(network=network, endpoint_management=EndpointManagement.CUSTOMER)
    Environment("mwaa", arguments, options)


def _two_environments(*providers: str) -> Callable[[], None]:
    """Return a program with two environments on one network, which is another provider's if there is one."""

    def run() -> None:
        network = Network("mwaa", PRIVATE, _provided_by(providers[:1]))
        for name in ("ingest", "reports"):
            arguments = EnvironmentArgs(network=network, endpoint_management=EndpointManagement.CUSTOMER)
            Environment(name, arguments, _provided_by(providers[1:]))

    return run


def _provided_by(names: tuple[str, ...]) -> pulumi.ResourceOptions:
    providers = [pulumi.ProviderResource("aws", each, {"region": "eu-west-1"}) for each in names]
    return pulumi.ResourceOptions(providers=providers)


# What is asked for, the program, and how many questions it takes.
PROGRAMS: list[tuple[str, Callable[[], object], int]] = [
    ("a network: the zones", lambda: Network("mwaa", PRIVATE).outputs(), 1),
    ("an environment: the account, too", program(PRIVATE), 2),
    ("an environment with the customer's endpoints: the same", program(PRIVATE, **OWN_ENDPOINTS), 2),
    ("both on one provider that is written down: the same", _on_one_explicit_provider, 2),
    ("two environments: the account once", _two_environments(), 2),
    ("two environments, the network's provider another: its account, too", _two_environments("owner"), 3),
    (
        "a VPC of one's own, its subnets tied to tables: zones, VPC, subnets, tables, the prefix list",
        lambda: Network("mwaa", GIVEN).outputs(),
        10,
    ),
]


@pytest.mark.parametrize(("sentence", "run", "questions"), PROGRAMS, ids=[each[0] for each in PROGRAMS])
def test_nothing_is_asked_twice(sentence: str, run: Callable[[], object], questions: int) -> None:
    """Neither of the same provider nor with the same arguments."""
    assert _asked(World(answers=Given().answers()), run) == questions, sentence


def test_subnets_on_the_main_route_table_ask_for_it_once() -> None:
    """Two subnets follow one table."""
    world = World(answers=Given(tied=()).answers())
    assert _asked(world, lambda: Network("mwaa", GIVEN).outputs()) == 10


def test_the_program_asks_no_more_than_its_component() -> None:
    """Reading the configuration asks nothing of its own."""
    world = World()
    world.run(the_program, config={"mwaa-network:zones": '["eu-west-1a", "eu-west-1b"]'})
    assert len(world.calls) == 1


def _asked(world: World, run: Callable[[], object]) -> int:
    """Return how many questions a program asks, no two of them alike."""
    world.run(run)
    asked = Counter(
        (token, json.dumps(arguments, sort_keys=True), provider) for token, arguments, provider in world.calls
    )
    assert max(asked.values()) == 1, asked
    return len(world.calls)
