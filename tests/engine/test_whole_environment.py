"""`environment: true` on the real engine: role, bucket, logs and environment, made last and removed first."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.settings import REPORTS
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Json, Result, Workbench, copy_of_repository
from tests.seed import some

ENVIRONMENT = "aws:mwaa/environment:Environment"
NEEDS_NO_WAITING = {"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup mwaa-default"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What the engine told of a stack with an environment, from the first preview to the end."""

    previewed: Result
    created: Result
    state: Json
    outputs: Json
    stood: dict[str, Any]
    analyzed: Result
    repeated: Result
    refreshed: Result
    destroyed: Result
    left: list[str]


def _life(bench: Workbench) -> Life:
    previewed = bench.preview(policy_pack=POLICY_PACK)
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert created.code == 0, created.output
    state = bench.export_stack()
    outputs = bench.outputs()
    return Life(
        previewed=previewed,
        created=created,
        state=state,
        outputs=outputs,
        stood=bench.mwaa().get_environment(Name="mwaa")["Environment"],
        analyzed=bench.policy_analyze(state),
        repeated=bench.up("--skip-preview", policy_pack=POLICY_PACK),
        refreshed=bench.refresh(),
        destroyed=bench.destroy(),
        left=[*left_over(bench), *bench.mwaa().list_environments()["Environments"]],
    )


@pytest.fixture(scope="module", name="life", params=some(["public", "private"], 1, "whole environment"))
def told_life(
    make_workbench: MakeWorkbench,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Life:
    """The life of the repository's own project with an environment, for either routing."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("whole")))
    buckets = ["our-dags"] if request.param == "private" else None
    bench.set_config(routing=request.param, environment=True, s3EndpointBuckets=buckets)
    return _life(bench)


def _order(result: Result, operation: str) -> list[str]:
    """Return `type name` of the resources of AWS, in the order in which the engine was done with them."""
    steps = [event["resOutputsEvent"]["metadata"] for event in result.events if "resOutputsEvent" in event]
    return [
        f"{step['type']} {step['urn'].rpartition('::')[2]}"
        for step in steps
        if step["op"] == operation and step["type"].startswith("aws:")
    ]


def test_there_is_nothing_to_find_to_advise_or_to_ask(life: Life) -> None:
    """At the first preview, after it, and on the exported state; every check looked."""
    assert (life.previewed.code, life.previewed.violations) == (0, ()), life.previewed.output
    assert life.created.violations == ()
    assert (life.analyzed.code, life.analyzed.violations) == (0, ())
    passed = {
        name
        for event in life.previewed.events
        if "policyAnalyzeStackSummaryEvent" in event
        for name in event["policyAnalyzeStackSummaryEvent"].get("passed") or ()
    }
    assert passed == {*(check.id for check in ALL_CHECKS), *REPORTS, "settings"}


def test_the_environment_is_made_last_and_removed_first(life: Life) -> None:
    """What MWAA looks at during the half hour of creation is there before, and until the end."""
    created = _order(life.created, "create")
    environment = f"{ENVIRONMENT} mwaa-environment"
    assert set(created[created.index(environment) + 1 :]) <= NEEDS_NO_WAITING
    assert len(created) > 30
    destroyed = _order(life.destroyed, "delete")
    assert set(destroyed[: destroyed.index(environment)]) <= NEEDS_NO_WAITING
    assert set(destroyed) == set(created)


def _unwaited(resources: list[Json]) -> set[str]:
    """Return what is there whether or not it is before the environment: outside its dependencies."""
    known = {each["urn"]: each for each in resources}
    (environment,) = [each for each in resources if each["type"] == ENVIRONMENT]
    found: set[str] = set()
    new = {environment["urn"]}
    while new:
        found |= new
        new = {urn for each in new for urn in known[each].get("dependencies") or ()} - found
    return {_name(each) for each in resources if each["type"].startswith("aws:") and each["urn"] not in found}


def _name(resource: Json) -> str:
    return f"{resource['type']} {resource['urn'].rpartition('::')[2]}"


def test_no_order_is_by_chance(life: Life) -> None:
    """Everything is among the environment's dependencies, or those of its dependencies."""
    assert _unwaited(life.state["deployment"]["resources"]) == NEEDS_NO_WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A line of the program without one of the dependencies, and what is no longer waited for."""

    file: str
    old: str
    new: str
    lost: set[str]


LOSSES = {
    "the role's policy": Loss(
        file="infra/mwaa_network/environment/component.py",
        old="depends_on=[role.policy, *bucket.settings, *log_groups, *tenancy.needed]",
        new="depends_on=[*bucket.settings, *log_groups, *tenancy.needed]",
        lost={"aws:iam/rolePolicy:RolePolicy mwaa-execution-role"},
    ),
    "the bucket's settings": Loss(
        file="infra/mwaa_network/environment/component.py",
        old="depends_on=[role.policy, *bucket.settings, *log_groups, *tenancy.needed]",
        new="depends_on=[role.policy, *log_groups, *tenancy.needed]",
        lost={
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock mwaa-dags",
            "aws:s3/bucketVersioning:BucketVersioning mwaa-dags",
        },
    ),
    "the rules of the security group": Loss(
        file="infra/mwaa_network/network.py",
        old="*rules, *endpoints.values())",
        new="*endpoints.values())",
        lost={
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mwaa-self",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule mwaa-outbound",
        },
    ),
}


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all losses: nothing is ever created in it."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("loss")))
    bench.set_config(environment=True)
    return bench


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_dependency_that_is_lost_shows(bench: Workbench, loss: Loss) -> None:
    """A sample on the engine; each dependency is taken away in the tests of the program."""
    bench.replace(loss.file, loss.old, loss.new)
    told = bench.pulumi("preview", "--json")
    bench.replace(loss.file, loss.new, loss.old)
    assert told.code == 0, told.output
    planned = [each["newState"] for each in json.loads(told.stdout)["steps"]]
    assert _unwaited(planned) == NEEDS_NO_WAITING | loss.lost


def test_it_stays_as_it_is_and_goes_without_a_trace(life: Life) -> None:
    """Unchanged by a second update, and removed with everything that was made for it."""
    assert set(life.repeated.changes) == {"same"}, life.repeated.output
    assert life.refreshed.code == 0, life.refreshed.output
    assert life.destroyed.code == 0, life.destroyed.output
    assert life.left == []


def test_what_stands_in_aws_is_what_the_outputs_say(life: Life) -> None:
    """Read back with boto3."""
    assert life.stood["Status"] == "AVAILABLE"
    assert life.stood["Arn"] == life.outputs["environmentArn"]
    assert life.stood["ExecutionRoleArn"] == life.outputs["executionRoleArn"]
    assert life.stood["SourceBucketArn"] == f"arn:aws:s3:::{life.outputs['dagBucket']}"
    network = life.outputs["networkConfiguration"]
    assert life.stood["NetworkConfiguration"]["SubnetIds"] == network["subnetIds"]
    mode = {"public": "PUBLIC_ONLY", "private": "PRIVATE_ONLY"}[life.outputs["routing"]]
    assert life.stood["WebserverAccessMode"] == mode
    assert None not in life.outputs.values()
