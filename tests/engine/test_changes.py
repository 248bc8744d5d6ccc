"""A deployed network whose configuration changes: the environment on it stays where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Json, Result, Workbench, copy_of_repository

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a change led to: the update, the outputs after it, and what a repeated update would change."""

    updated: Result
    outputs: Json
    repeated: Result


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all: the program of the repository, and an environment on its network."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("changes")))
    bench.replace("infra/__main__.py", LAST_LINE, f"{LAST_LINE}{ENVIRONMENT}")
    return bench


@pytest.fixture(scope="module", name="steps")
def taken_steps(bench: Workbench) -> Mapping[str, Step]:
    """All steps, one after the other, each judged by the pack."""
    allocation = bench.ec2().allocate_address(Domain="vpc")["AllocationId"]
    return {name: _take(bench, _with_address(settings, allocation)) for name, settings in STEPS.items()}


def _with_address(settings: Mapping[str, object], allocation: str) -> dict[str, object]:
    return {key: [allocation] if value == [GIVEN] else value for key, value in settings.items()}


def _take(bench: Workbench, settings: Mapping[str, object]) -> Step:
    bench.set_config(**settings)
    updated = bench.up(policy_pack=POLICY_PACK)
    return Step(
        updated=updated,
        outputs=bench.outputs() if updated.code == 0 else {},
        repeated=bench.preview(policy_pack=POLICY_PACK),
    )


@pytest.mark.parametrize("name", STEPS)
def test_each_change_succeeds_and_settles(steps: Mapping[str, Step], name: str) -> None:
    """In one update, of which nothing is left to do, and about which the pack has nothing to say."""
    step = steps[name]
    assert step.updated.code == 0, step.updated.output
    assert step.updated.violations == step.repeated.violations == ()
    assert set(step.repeated.changes) == {"same"}, step.repeated.output


@pytest.mark.parametrize("name", list(STEPS)[1:])
def test_no_change_moves_the_environment(steps: Mapping[str, Step], name: str) -> None:
    """Its VPC, its subnets, their route tables, its group and itself stay what they are."""
    assert (
        _replaced(steps[name].updated)
        & {
            *("Vpc mwaa-vpc", "SecurityGroup mwaa-environment", "Environment mwaa"),
            *(f"{kind} mwaa-private-{letter}" for kind in ("Subnet", "RouteTable") for letter in "ab"),
        }
        == set()
    )
    kept = ("vpcId", "privateSubnetIds", "securityGroupId", "privateRouteTableIds", "networkConfiguration")
    first = steps["public routing"].outputs
    assert {key: steps[name].outputs[key] for key in kept} == {key: first[key] for key in kept}


def test_a_change_of_routing_is_what_it_says(steps: Mapping[str, Step]) -> None:
    """The way out and its public subnets go and come; the endpoints come and go."""
    told = [
        (
            len(step.outputs["publicSubnetIds"]),
            len(step.outputs["natPublicIps"]),
            len(step.outputs["vpcEndpointIds"]),
        )
        for step in steps.values()
    ]
    assert "Subnet mwaa-public-a" in _replaced(steps["private routing"].updated)
    assert told == [(2, 2, 1), (0, 0, 5), (0, 0, 5), (0, 0, 7), (2, 2, 1), (2, 1, 1), (2, 2, 1)]


def test_a_protected_network_is_not_destroyed(bench: Workbench, steps: Mapping[str, Step]) -> None:
    """Only when the protection has been taken away."""
    assert steps
    bench.set_config(protect=True)
    assert bench.up(policy_pack=POLICY_PACK).code == 0
    refused = bench.destroy()
    assert refused.code != 0
    assert "protect" in refused.output
    bench.set_config(protect=None)
    assert bench.up(policy_pack=POLICY_PACK).code == 0
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
