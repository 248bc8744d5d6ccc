"""An update without a preview, on the real engine: it stops before it creates a hopeless environment."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pulumi import automation

from local_cloud.paths import STACK
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Result, Workbench, small_project

PROGRAM = '''"""A network, and an environment on it."""

import pulumi_aws as aws

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
subnets = [
    aws.ec2.Subnet(
        name,
        vpc_id=vpc.id,
        cidr_block=f"10.0.{number}.0/24",
        availability_zone=f"eu-west-1{name}",
    )
    for number, name in enumerate("abc")
]
gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id)
table = aws.ec2.RouteTable("table", vpc_id=vpc.id)
route = aws.ec2.Route(
    "route", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id
)
association = aws.ec2.RouteTableAssociation("c", subnet_id=subnets[2].id, route_table_id=table.id)
group = aws.ec2.SecurityGroup("group", vpc_id=vpc.id)
'''
ENVIRONMENT = """
import pulumi

aws.mwaa.Environment(
    "airflow",
    dag_s3_path="dags/",
    execution_role_arn="arn:aws:iam::123456789012:role/airflow",
    source_bucket_arn="arn:aws:s3:::our-dags",
    network_configuration={
        "subnet_ids": [subnet.id for subnet in subnets][USED],
        "security_group_ids": [group.id],
    },
    opts=pulumi.ResourceOptions(depends_on=[route, association]),
)
"""
PLACE = "# The environment."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hopeless:
    """An environment that nothing can mend: the part of the subnets it uses, and what it is told."""

    used: str
    check: str
    told: str


CASES = {
    "three subnets": Hopeless(
        used="[:]",
        check="subnet-count-not-two",
        told='environment "airflow" has 3 subnets; AWS takes exactly 2',
    ),
    "a public subnet": Hopeless(
        used="[1:]", check="subnet-routes-to-internet-gateway", told='of environment "airflow" is public'
    ),
}


@pytest.fixture(scope="module", name="bench")
def shared_bench(
    make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workbench]:
    """One workbench for all; what a stopped update has created goes in the end."""
    program = f"{PROGRAM}\n{PLACE}\n"
    folder = tmp_path_factory.mktemp("skipped")
    bench = make_workbench(small_project(folder, program, config={"aws:region": "eu-west-1"}))
    yield bench
    assert bench.destroy().code == 0
    assert left_over(bench) == []


@pytest.fixture(name="case", params=CASES)
def hopeless_environment(bench: Workbench, request: pytest.FixtureRequest) -> Iterator[Hopeless]:
    """The program with such an environment, which is taken out again afterwards."""
    case = CASES[request.param]
    environment = ENVIRONMENT.replace("[USED]", case.used)
    bench.replace("infra/__main__.py", PLACE, environment)
    yield case
    bench.replace("infra/__main__.py", environment, PLACE)


def _told(result: Result, case: Hopeless) -> list[str]:
    return [each.message for each in result.violations if each.policy == case.check]


def _has_environment(bench: Workbench) -> bool:
    resources = bench.export_stack()["deployment"].get("resources", [])
    return any(each["type"] == "aws:mwaa/environment:Environment" for each in resources) or bool(
        bench.mwaa().list_environments()["Environments"]
    )


def test_it_is_said_once_and_no_environment_is_created(bench: Workbench, case: Hopeless) -> None:
    """In a preview in the end, in an update without one before the environment."""
    previewed = bench.preview(policy_pack=POLICY_PACK)
    stopped = bench.up(policy_pack=POLICY_PACK)
    skipped = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    for result in (previewed, stopped, skipped):
        assert result.code != 0
        (message,) = _told(result, case)
        assert case.told in message
    assert not _has_environment(bench)


@pytest.mark.filterwarnings("ignore:Failed to parse engine event:UserWarning")
def test_the_automation_api_stops_there_as_well(
    bench: Workbench, case: Hopeless, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its `up` has no preview; the violation is told as an event, and raised."""
    environment = bench.workspace.environment()
    monkeypatch.setenv("PATH", environment["PATH"])
    stack = automation.select_stack(
        STACK,
        work_dir=str(bench.project),
        opts=automation.LocalWorkspaceOptions(env_vars=environment),
    )
    told: list[str] = []

    def listen(event: automation.EngineEvent) -> None:
        if event.policy_event is not None and event.policy_event.policy_name == case.check:
            told.append(event.policy_event.message)

    with pytest.raises(automation.CommandError):
        stack.up(policy_packs=[str(POLICY_PACK)], on_event=listen)
    (message,) = told
    assert case.told in message
    assert not _has_environment(bench)
