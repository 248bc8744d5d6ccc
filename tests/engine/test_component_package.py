"""The package for other languages on the real engine: its schema, its network and its mistakes."""

import json
from pathlib import Path

import pytest

from mwaa_network.package import package_schema
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_component, small_project

PROGRAM = (Path(__file__).parent / "programs" / "another_language.py").read_text()


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all, with the package named in the project's file."""
    packages = {"mwaa-network": copy_of_component(tmp_path_factory.mktemp("repository"))}
    folder = tmp_path_factory.mktemp("consumer")
    return make_workbench(
        small_project(folder, PROGRAM, config={"aws:region": "eu-west-1"}, packages=packages)
    )


def test_the_engine_reads_the_schema(bench: Workbench, tmp_path: Path) -> None:
    """As `pulumi package add` does, from the folder."""
    told = bench.pulumi("package", "get-schema", str(copy_of_component(tmp_path)))
    assert told.code == 0, told.output
    # The engine writes the same schema in its own order, and leaves out what is empty.
    schema = json.loads(told.stdout)
    expected = json.loads(json.dumps(package_schema()))
    assert schema["resources"] == expected["resources"]
    assert schema["types"] == expected["types"]


def test_every_mistake_is_an_error_of_the_input(bench: Workbench) -> None:
    """With the value that the program gave, and with no traceback into the package."""
    bench.set_config(inputs={"routing": "privat", "routng": "private"})
    result = bench.preview(policy_pack=POLICY_PACK)
    bench.set_config(inputs=None)
    assert result.code != 0
    told = (
        "mwaa-network:index:Network resource 'mwaa' has a problem: the configuration has 2 mistakes; nothing",
        "property routing with value '{privat}' has a problem: \"privat\" is none of its values.",
        "Did you mean private?",
        "property routng with value '{private}' has a problem: no such key;",
    )
    assert [part for part in told if part not in result.output] == []
    assert "mwaa_network" not in result.output
    assert left_over(bench) == []


def test_the_network_is_right_from_the_first_preview_to_the_end(bench: Workbench) -> None:
    """Outputs of other resources go in, others come out for an environment, and the pack is silent."""
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (created.code, created.violations) == (0, ()), created.output
    outputs = bench.outputs()
    environment = bench.mwaa().get_environment(Name="mwaa")["Environment"]
    assert {key: sorted(ids) for key, ids in environment["NetworkConfiguration"].items()} == {
        "SubnetIds": sorted(outputs["networkConfiguration"]["subnetIds"]),
        "SecurityGroupIds": outputs["networkConfiguration"]["securityGroupIds"],
    }
    assert outputs["natPublicIps"] == [outputs["given"]]
    (vpc,) = bench.ec2().describe_vpcs(Filters=[{"Name": "tag:from", "Values": [outputs["given"]]}])["Vpcs"]
    assert {tag["Key"]: tag["Value"] for tag in vpc["Tags"]}["team"] == "data"
    repeated = bench.preview(policy_pack=POLICY_PACK)
    assert (set(repeated.changes), repeated.violations) == ({"same"}, ()), repeated.output
    bench.set_config(inputs={"cidrBlock": "10.0.0.0/16"})
    moved = bench.preview(policy_pack=POLICY_PACK)
    assert moved.code != 0
    assert 'cidrBlock: it is "10.0.0.0/16", which replaces the private subnets' in moved.output
    assert bench.destroy().code == 0
    assert left_over(bench) == []
