"""Each key changed on a deployed stack: what the engine makes, changes, replaces and removes, and no more.

The table is a page of the documentation, `docs/changes.txt`. A run takes some steps of it, one after the
other; `EVERY=1` takes all, and with `UPDATE_GOLDEN=1` writes the table anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from local_cloud.paths import REPOSITORY
from tests.engine.conftest import MakeWorkbench
from tests.engine.read_back import outputs_by_aws, told_outputs
from tests.engine.story import left_over
from tests.engine.workbench import Json, Result, Workbench, copy_of_repository
from tests.policy_pack.golden import assert_golden
from tests.seed import EVERY, drawn

TABLE: Final = REPOSITORY / "docs" / "changes.txt"
BUCKETS: Final = ["our-flow-logs", "our-other-flow-logs"]
ADDRESSES: Final = "two addresses of one's own"
SOME: Final = 3
SERVICE: Final = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
BEFORE: Final = "before"
# Each step changes one key; None leaves it out again.
STEPS: Final[Mapping[str, tuple[str, object]]] = {
    "ingress: restricted": ("ingress", "restricted"),
    "networkAcl: restricted": ("networkAcl", "restricted"),
    "s3EndpointBuckets: one": ("s3EndpointBuckets", ["our-dags"]),
    "webserverClients: one": ("webserverClients", ["10.20.0.0/16"]),
    "webserverClients: another in its place": ("webserverClients", ["10.30.0.0/16"]),
    "extraEndpoints: one": ("extraEndpoints", ["sts"]),
    "extraEndpoints: none": ("extraEndpoints", None),
    "customerEndpointServices: one": ("customerEndpointServices", [SERVICE]),
    "customerEndpointServices: none": ("customerEndpointServices", None),
    "zones: those that it has": ("zones", ["eu-west-1a", "eu-west-1b"]),
    "privateSubnetCidrs: those that it has": ("privateSubnetCidrs", ["10.192.0.0/24", "10.192.1.0/24"]),
    "publicSubnetCidrs: others": ("publicSubnetCidrs", ["10.192.8.0/24", "10.192.9.0/24"]),
    "nat: one": ("nat", "one"),
    "nat: one for each zone": ("nat", None),
    "natAllocationIds: two of one's own": ("natAllocationIds", ADDRESSES),
    "natAllocationIds: none": ("natAllocationIds", None),
    "flowLogBucketArn: a bucket": ("flowLogBucketArn", "arn:aws:s3:::our-flow-logs"),
    "flowLogBucketArn: another": ("flowLogBucketArn", "arn:aws:s3:::our-other-flow-logs"),
    "tags: one": ("tags", {"team": "data"}),
    "ipv6: true": ("ipv6", True),
    "protect: true": ("protect", True),
    "protect: false": ("protect", None),
    "environment: true": ("environment", True),
    "publicSubnetCidrs: none": ("publicSubnetCidrs", None),
    "routing: private": ("routing", "private"),
    "egress: narrow": ("egress", "narrow"),
    "egress: all": ("egress", None),
    "routing: public": ("routing", "public"),
}
KEPT: Final = ("vpcId", "privateSubnetIds", "securityGroupId", "privateRouteTableIds", "networkConfiguration")
_OPERATIONS: Final = {
    "create": "made",
    "update": "changed",
    "create-replacement": "replaced",
    "delete": "removed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a change led to: what the engine told, the outputs, what AWS tells of them, and of flow logs."""

    settings: Mapping[str, object]
    updated: Result
    outputs: Json
    by_aws: Json
    flow_logs: list[Any]


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("keys")))


@pytest.fixture(scope="module", name="steps")
def taken_steps(bench: Workbench) -> Mapping[str, Step]:
    """The steps of this run, by name, and before them the network as the steps before have left it."""
    for bucket in BUCKETS:
        bench.s3().create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    addresses = [bench.ec2().allocate_address(Domain="vpc")["AllocationId"] for _ in "ab"]
    some = len(STEPS) if EVERY else SOME
    first = drawn("each key").randint(0, len(STEPS) - some)
    settings: dict[str, object] = {}
    steps = {}
    for number, (name, (key, value)) in enumerate(STEPS.items()):
        if number == first:
            steps[BEFORE] = _take(bench, settings)
        settings[key] = addresses if value == ADDRESSES else value
        if first <= number < first + some:
            steps[name] = _take(bench, settings)
    return steps


def _take(bench: Workbench, settings: Mapping[str, object]) -> Step:
    bench.set_config(**settings)
    updated = bench.up("--skip-preview")
    assert updated.code == 0, updated.output
    return Step(
        settings=dict(settings),
        updated=updated,
        outputs=told_outputs(bench),
        by_aws=outputs_by_aws(bench),
        flow_logs=bench.ec2().describe_flow_logs()["FlowLogs"],
    )


def test_each_key_changes_what_it_says(steps: Mapping[str, Step]) -> None:
    """And nothing else."""
    told = dict(each.split("\n", 1) for each in TABLE.read_text().removesuffix("\n").split("\n\n"))
    told |= {name: _changes(step.updated) for name, step in steps.items() if name != BEFORE}
    assert_golden(TABLE, "\n\n".join(f"{name}\n{told[name]}" for name in STEPS))


def test_no_key_moves_what_an_environment_stands_on(steps: Mapping[str, Step]) -> None:
    """Its VPC, its subnets, their route tables and its group keep their ids."""
    kept = {name: {key: step.outputs[key] for key in KEPT} for name, step in steps.items()}
    assert kept == dict.fromkeys(steps, kept[BEFORE])


def test_the_outputs_are_what_stands_in_aws(steps: Mapping[str, Step]) -> None:
    """Found by name with boto3."""
    outputs = {name: step.outputs for name, step in steps.items()}
    assert outputs == {name: step.by_aws for name, step in steps.items()}


def test_flow_logs_stand_in_aws(steps: Mapping[str, Step]) -> None:
    """All traffic of the VPC, to the bucket that the key names; where it names none, there are none."""
    told = {
        name: [(each["LogDestination"], each["ResourceId"], each["TrafficType"]) for each in step.flow_logs]
        for name, step in steps.items()
    }
    vpc = steps[BEFORE].outputs["vpcId"]
    buckets = {name: step.settings.get("flowLogBucketArn") for name, step in steps.items()}
    assert told == {name: [(bucket, vpc, "ALL")] if bucket else [] for name, bucket in buckets.items()}


def test_nothing_is_left_in_the_end(bench: Workbench, steps: Mapping[str, Step]) -> None:
    """But the addresses and the buckets that the stack was given."""
    assert steps
    assert bench.destroy().code == 0
    left = left_over(bench)
    assert [each for each in left if not each.startswith("eipalloc-")] == BUCKETS
    assert len(left) == 4


def _changes(result: Result) -> str:
    """Return what an update does to resources of AWS, one a line."""
    steps = [event["resourcePreEvent"]["metadata"] for event in result.events if "resourcePreEvent" in event]
    lines = sorted(
        f"  {_OPERATIONS[step['op']]}: {step['type'].rpartition(':')[2]} {step['urn'].rpartition('::')[2]}"
        for step in steps
        if step["op"] in _OPERATIONS and step["type"].startswith("aws:")
    )
    return "\n".join(lines or ["  nothing"])
