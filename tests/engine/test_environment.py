"""An MWAA environment on the network, on the real engine: judged before it is there."""

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository

LAST_LINE = "    pulumi.export(key, value)\n"
ENVIRONMENT = f"""{LAST_LINE}
import pulumi_aws as aws

aws.mwaa.Environment(
    "airflow",
    dag_s3_path="dags/",
    execution_role_arn="arn:aws:iam::123456789012:role/airflow",
    source_bucket_arn="arn:aws:s3:::our-dags",
    network_configuration=network.network_configuration,
)
"""


@pytest.fixture(scope="module", name="bench")
def bench_with_environment(
    make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory
) -> Workbench:
    """The repository's program with an environment after it."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("environment")))
    bench.replace("infra/__main__.py", LAST_LINE, ENVIRONMENT)
    return bench


@pytest.mark.parametrize("routing", ["public", "private"])
def test_an_environment_is_judged_at_the_first_preview(bench: Workbench, routing: str) -> None:
    """There is nothing to find, to advise or to ask, although its configuration cannot be known at all."""
    bench.set_config(routing=routing)
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
