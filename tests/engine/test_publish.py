"""`pulumi policy publish` by the real command line: what is uploaded starts alone, with all metadata."""

import io
import sys
import tarfile
from pathlib import Path
from typing import Final

import pytest
import yaml
from pulumi.runtime import proto

from local_cloud.pulumi_engine import Engine
from mwaa_guardrails.checks import ALL_CHECKS
from tests.engine.pulumi_cloud import ORGANIZATION, Published, recording_server
from tests.engine.workbench import POLICY_PACK, small_project, workbench
from tests.policy_pack.pack_process import running_pack
from tests.policy_pack.stacks import Rendering, render
from tests.policy_pack.test_administration import NO_SELF, folder_with
from tests.policy_pack.verdicts import COUNT, SELF

SETTINGS: Final = {"checks": {SELF: {"level": "advisory"}}}


@pytest.fixture(scope="module", name="published")
def published_pack(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The pack, with a file of settings and a virtual environment in its folder, as it was sent."""
    folder = tmp_path_factory.mktemp("publish")
    pack = folder_with(folder, SETTINGS)
    (pack / "venv").mkdir()
    for part in (POLICY_PACK / "venv").iterdir():
        (pack / "venv" / part.name).symlink_to(part)
    (pack / "venv" / "large.txt").write_text("of this machine")
    local = tmp_path_factory.mktemp("local")
    with (
        workbench(small_project(folder, ""), local, engine, with_aws=False) as bench,
        recording_server() as (address, published),
    ):
        told = bench.pulumi(
            *("--cwd", str(pack), "policy", "publish", ORGANIZATION),
            environment={"PULUMI_BACKEND_URL": address, "PULUMI_ACCESS_TOKEN": "a token"},
        )
    assert told.code == 0, told.output
    return published


def test_the_metadata_of_each_policy_is_sent(published: Published) -> None:
    """Levels as the settings state them, and the schema that a page of Pulumi Cloud makes a form of."""
    version = yaml.safe_load((POLICY_PACK / "PulumiPolicy.yaml").read_text())["version"]
    assert (published.metadata["name"], published.metadata["versionTag"]) == ("mwaa-guardrails", version)
    policies = {each["name"]: each for each in published.metadata["policies"]}
    assert set(policies) == {
        *(check.id for check in ALL_CHECKS),
        *("advice", "undetermined", "exemptions", "settings"),
    }
    assert policies[SELF]["enforcementLevel"] == "advisory"
    assert policies[COUNT]["enforcementLevel"] == "mandatory"
    assert policies[SELF]["configSchema"]["properties"]["substitutes"]["enum"] == [
        "refuse",
        "advise",
        "accept",
    ]
    assert set(policies["settings"]["configSchema"]["properties"]) == {
        "enforcementLevel",  # which the command line adds to each
        *("substitutes", "tags", "outside", "exemptions", "tag_exemptions", "ignore_exemptions"),
    }
    for each in policies.values():
        assert each["severity"]
        assert each["framework"]["name"] == "Amazon MWAA User Guide"
        assert each["remediationSteps"]
        assert each["url"].startswith("https://")
    assert published.completed == [f"/mwaa-guardrails/versions/{version}/complete"]


def test_what_is_uploaded_starts_alone(published: Published, tmp_path: Path) -> None:
    """With its settings, and without the virtual environment of the machine it came from."""
    with tarfile.open(fileobj=io.BytesIO(published.archive)) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path, filter="data")
    pack = tmp_path / "package"
    assert not [name for name in names if name.startswith("package/venv")]
    assert (pack / "mwaa-guardrails.yaml").is_file()
    assert (pack / "mwaa-guardrails.schema.json").is_file()
    with running_pack(pack, sys.executable) as running:
        (report,) = running.analyze(render(NO_SELF, Rendering.DEPLOYED))
    assert (report.policy, report.level) == (SELF, proto.ADVISORY)
