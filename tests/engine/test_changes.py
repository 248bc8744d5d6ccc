"""A deployed network whose configuration changes: the environment on it stays where it is.

A run takes some of the changes, one after the other; `EVERY=1` takes all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Json, Result, Workbench, copy_of_repository
from tests.seed import EVERY, drawn

LAST_LINE: Final = "    pulumi.export(key, value)\n"
ENVIRONMENT: Final = """
import pulumi_aws as aws

aws.mwaa.Environment(
    "mwaa",
    name="mwaa",
    airflow_version="2.10.3",
    dag_s3_path="dags/",
    execution_role_arn="arn:aws:iam::123456789012:role/airflow",
    source_bucket_arn="arn:aws:s3:::our-dags",
    network_configuration=network.network_configuration,
)
"""
SOME: Final = 3
GIVEN: Final = "an address of one's own"

# Each step changes the configuration that the one before has left; None leaves a key out again.
STEPS: Final[Mapping[str, Mapping[str, object]]] = {
    "public routing": {},
    "private routing": {"routing": "private"},
    "every restriction": {
        "ingress": "restricted",
        "egress": "narrow",
        "networkAcl": "restricted",
        "s3EndpointBuckets": ["our-dags"],
        "webserverClients": ["10.20.0.0/16", "10.30.0.0/16"],
    },
    "other clients and endpoints": {
        "webserverClients": ["10.30.0.0/16", "10.40.0.0/16"],
        "extraEndpoints": ["secretsmanager", "dynamodb"],
    },
    "public routing again, restricted still": {
        "routing": "public",
        "egress": None,
        "extraEndpoints": None,
    },
    "one NAT gateway with an address of one's own": {"nat": "one", "natAllocationIds": [GIVEN]},
    "nothing restricted": {
        "nat": None,
        "natAllocationIds": None,
        "ingress": None,
        "networkAcl": None,
        "s3EndpointBuckets": None,
        "webserverClients": None,
    },
}


# Public subnets, addresses of NAT gateways, and endpoints.
PARTS: Final = dict(
    zip(
        STEPS,
        [(2, 2, 1), (0, 0, 5), (0, 0, 5), (0, 0, 7), (2, 2, 1), (2, 1, 1), (2, 2, 1)],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a change led to: what its preview and its update told, and the outputs after it."""

    previewed: Result
    updated: Result
    outputs: Json


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all: the program of the repository, and an environment on its network."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("changes")))
    bench.replace("infra/__main__.py", LAST_LINE, f"{LAST_LINE}{ENVIRONMENT}")
    return bench


@pytest.fixture(scope="module", name="steps")
def taken_steps(bench: Workbench) -> Mapping[str, Step]:
    """The steps of this run, by name, each judged by the pack; the first makes the network as it is then."""
    allocation = bench.ec2().allocate_address(Domain="vpc")["AllocationId"]
    some = len(STEPS) if EVERY else SOME
    first = drawn("changes").randint(0, len(STEPS) - some)
    steps = {}
    for number, (name, settings) in enumerate([*STEPS.items()][: first + some]):
        bench.set_config(**_with_address(settings, allocation))
        if number >= first:
            steps[name] = _take(bench)
    return steps


def _with_address(settings: Mapping[str, object], allocation: str) -> dict[str, object]:
    return {key: [allocation] if value == [GIVEN] else value for key, value in settings.items()}


def _take(bench: Workbench) -> Step:
    previewed = bench.preview(policy_pack=POLICY_PACK)
    updated = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    return Step(previewed=previewed, updated=updated, outputs=bench.outputs() if updated.code == 0 else {})


def test_each_change_succeeds(steps: Mapping[str, Step]) -> None:
    """In one update, which does what its preview said, and about which the pack has nothing to say."""
    for name, step in steps.items():
        assert step.updated.code == 0, f"{name}\n{step.updated.output}"
        assert step.previewed.violations == step.updated.violations == (), name
        assert step.updated.changes == step.previewed.changes, name


def test_nothing_is_left_to_do(bench: Workbench, steps: Mapping[str, Step]) -> None:
    """After all of them; `test_each_key` shows that no single key leaves anything over."""
    assert steps
    repeated = bench.preview(policy_pack=POLICY_PACK)
    assert (set(repeated.changes), repeated.violations) == ({"same"}, ()), repeated.output


def test_no_change_moves_the_environment(steps: Mapping[str, Step]) -> None:
    """Its VPC, its subnets, their route tables, its group and itself stay what they are."""
    stays = {
        *("Vpc mwaa-vpc", "SecurityGroup mwaa-environment", "Environment mwaa"),
        *(f"{kind} mwaa-private-{letter}" for kind in ("Subnet", "RouteTable") for letter in "ab"),
    }
    moved = {name: _replaced(step.updated) & stays for name, step in steps.items()}
    assert moved == {name: set() for name in steps}
    keys = ("vpcId", "privateSubnetIds", "securityGroupId", "privateRouteTableIds", "networkConfiguration")
    kept = {name: {key: step.outputs[key] for key in keys} for name, step in steps.items()}
    assert kept == dict.fromkeys(steps, next(iter(kept.values())))


def test_each_network_has_the_parts_that_were_chosen(steps: Mapping[str, Step]) -> None:
    """The way out and its public subnets go and come; the endpoints come and go."""
    counts = {
        name: tuple(len(step.outputs[key]) for key in ("publicSubnetIds", "natPublicIps", "vpcEndpointIds"))
        for name, step in steps.items()
    }
    assert counts == {name: parts for name, parts in PARTS.items() if name in steps}


def test_a_protected_network_is_not_destroyed(bench: Workbench, steps: Mapping[str, Step]) -> None:
    """Only when the protection has been taken away."""
    assert steps
    bench.set_config(protect=True)
    assert bench.up("--skip-preview").code == 0
    refused = bench.destroy()
    assert refused.code != 0
    assert "protect" in refused.output
    bench.set_config(protect=None)
    assert bench.up("--skip-preview").code == 0
    ended = bench.destroy()
    assert ended.code == 0, ended.output
    left = left_over(bench)
    assert [each for each in left if not each.startswith("eipalloc-")] == []
    assert len(left) == 1


def _replaced(result: Result) -> set[str]:
    """Return what an update deletes, alone or to replace it, as `Subnet mwaa-private-a`."""
    steps: Sequence[Json] = [
        event["resourcePreEvent"]["metadata"] for event in result.events if "resourcePreEvent" in event
    ]
    return {
        f"{step['type'].rpartition(':')[2]} {step['urn'].rpartition('::')[2]}"
        for step in steps
        if "delete" in step["op"] or "replace" in step["op"]
    }
