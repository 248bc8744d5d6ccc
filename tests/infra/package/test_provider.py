"""The package makes the component for other languages: the same resources, outputs and mistakes."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.errors import InputPropertiesError
from pulumi.provider import ConstructResult

from mwaa_network import ConfigurationError, Egress, Nat, Network, NetworkArgs, Routing, read_settings
from mwaa_network.descriptions import attributes_of, camel_case
from mwaa_network.package import NetworkProvider
from tests.infra.world import Registered, World

NETWORK = "mwaa-network:index:Network"
ENVIRONMENT = {
    *("dagBucket", "dagS3Path", "environmentArn", "environmentName", "executionRoleArn"),
    *("executionRoleName", "logGroups", "webserverUrl"),
}


def made(
    inputs: Mapping[str, object], *, kind: str = NETWORK, options: pulumi.ResourceOptions | None = None
) -> ConstructResult:
    """Return what the package answers the engine."""
    return NetworkProvider().construct("mwaa", kind, inputs, options)


def in_another_language(world: World, inputs: Mapping[str, object]) -> object:
    """Return the outputs that a program in another language gets."""
    return world.run(lambda: made(inputs).state)


@pytest.mark.parametrize(
    ("inputs", "args"),
    [
        ({}, NetworkArgs()),
        (
            {"routing": "private", "egress": "narrow", "s3EndpointBuckets": ["our-dags"], "ipv6": True},
            NetworkArgs(
                routing=Routing.PRIVATE, egress=Egress.NARROW, s3_endpoint_buckets=["our-dags"], ipv6=True
            ),
        ),
        (
            {"nat": "one", "tags": {"team": "data"}, "zones": None, "cidrBlock": ""},
            NetworkArgs(nat=Nat.ONE, tags={"team": "data"}),
        ),
    ],
    ids=["nothing is chosen", "much is chosen", "some is left empty"],
)
def test_the_network_is_the_one_of_a_program_in_python(inputs: dict[str, object], args: NetworkArgs) -> None:
    """Resource by resource, with their inputs, dependencies and outputs."""
    here, there = World(), World()
    told_here = here.run(lambda: Network("mwaa", args).outputs())
    told_there = in_another_language(there, inputs)
    assert told_there == told_here
    assert sorted(there.resources, key=_place) == sorted(here.resources, key=_place)


def test_values_that_are_known_later_come_as_outputs() -> None:
    """Ids and tags may be those of other resources of the program."""
    world = World()
    later = pulumi.Output.from_input("eipalloc-0123456789abcdef0")
    inputs = {"nat": "one", "natAllocationIds": [later], "tags": {"team": pulumi.Output.from_input("data")}}
    in_another_language(world, inputs)
    nat = world.inputs_of("aws:ec2/natGateway:NatGateway", "mwaa-nat-a")
    assert nat["allocationId"] == "eipalloc-0123456789abcdef0"
    assert isinstance(nat["tags"], Mapping)
    assert nat["tags"]["team"] == "data"


def test_an_environment_is_a_part_of_its_network() -> None:
    """So it follows the providers that the program gives the network; its outputs stand beside the others."""
    world = World()
    outputs = in_another_language(world, {"environment": True})
    environment = world.one("mwaa-network:index:Environment", "mwaa")
    assert environment.parent == "mwaa"
    assert isinstance(outputs, dict)
    assert outputs.keys() == {*map(camel_case, attributes_of(Network)), *ENVIRONMENT}


def test_the_urn_is_the_components() -> None:
    """By it the program's resource and the one that the package registers are one."""
    assert str(World().run(lambda: made({}).urn)).endswith(f"{NETWORK}::mwaa")


def test_every_mistake_is_told_with_its_input() -> None:
    """The engine shows each beside the value; a key that nobody reads is one, too."""
    inputs = {"routng": "private", "routing": "privat", "zones": ["eu-west-1a", "eu-west-1q"], "protect": 1}
    with pytest.raises(InputPropertiesError) as raised:
        in_another_language(World(), inputs)
    error = raised.value
    assert error.message == "the configuration has 4 mistakes; nothing was changed."
    assert [each["property_path"] for each in error.errors or ()] == ["routng", "routing", "protect", "zones"]
    assert [each["reason"].rpartition("    ")[2] for each in error.errors or ()] == [
        "Did you mean routing?",
        "Did you mean private?",
        "Leave protect out for false, the default.",
        "Did you mean eu-west-1c?",
    ]


def test_mistakes_are_those_of_the_configuration() -> None:
    """Word for word."""
    with pytest.raises(InputPropertiesError) as told_there:
        in_another_language(World(), {"cidrBlock": "10.0.0.1/16", "nat": "two"})
    config = {"mwaa-network:cidrBlock": "10.0.0.1/16", "mwaa-network:nat": "two"}
    with pytest.raises(ConfigurationError) as told_here:
        World().run(read_settings, config=config)
    mistakes = told_there.value.errors or []
    told = [f"  {each['property_path']}: {each['reason']}" for each in mistakes]
    assert "\n\n".join([told_there.value.message, *told]) == str(told_here.value)


def test_what_only_the_region_tells_is_told_with_its_input() -> None:
    """The values alone are right."""
    with pytest.raises(InputPropertiesError) as raised:
        in_another_language(World(), {"zones": ["eu-west-1a", "eu-west-1q"]})
    assert [each["property_path"] for each in raised.value.errors or ()] == ["zones"]


def test_a_name_that_no_environment_can_have_is_a_mistake() -> None:
    """It goes into the tags that declare the network."""
    with pytest.raises(InputPropertiesError) as raised:
        World().run(lambda: NetworkProvider().construct("my network", NETWORK, {}).state)
    assert [each["property_path"] for each in raised.value.errors or ()] == ["name"]


def test_a_value_that_is_known_only_later_is_no_choice() -> None:
    """A secret among them is not quoted."""
    with pytest.raises(InputPropertiesError) as raised:
        in_another_language(World(), {"cidrBlock": pulumi.Output.secret("10.0.0.0/16")})
    (mistake,) = raised.value.errors or []
    assert mistake["reason"].startswith("a value that is known only later ")


def test_what_cannot_be_looked_up_is_told_without_a_traceback() -> None:
    """Such as the zones of a Region that the provider does not know yet."""
    world = World(answers={"aws:index/getAvailabilityZones:getAvailabilityZones": lambda _: {}})
    with pytest.raises(InputPropertiesError, match="Give the provider a Region that is written down"):
        in_another_language(world, {})


def test_zones_are_asked_of_the_programs_own_provider() -> None:
    """Those of another account would have other names."""
    world = World()

    def program() -> object:
        provider = aws.Provider("theirs", region="eu-west-1")
        options = pulumi.ResourceOptions(providers={"aws": provider})
        return made({"zones": ["eu-west-1a", "eu-west-1q"], "nat": "two"}, options=options).state

    with pytest.raises(InputPropertiesError):
        world.run(program)
    assert {provider.rpartition("::")[0].rpartition("::")[2] for _, _, provider in world.calls} == {"theirs"}


def test_another_resource_is_refused() -> None:
    """The package has one."""
    with pytest.raises(InputPropertiesError, match="Subnet is no resource of this package"):
        World().run(lambda: made({}, kind="mwaa-network:index:Subnet").state)


def _place(each: Registered) -> tuple[str, str]:
    return each.type, each.name
