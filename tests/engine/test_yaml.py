"""A program in YAML makes the network, run by Pulumi's own plugin for the language."""

from pathlib import Path

import pytest
import yaml

from local_cloud.paths import REPOSITORY
from tests.engine.conftest import MakeWorkbench
from tests.engine.documented import lives_as_documented
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_component

PROGRAM = (Path(__file__).parent / "yaml" / "Pulumi.yaml").read_text()
PLUGIN = REPOSITORY / ".local" / "yaml" / "pulumi-language-yaml"
"""What `make test` builds, as `yaml/go.sum` pins it."""

PACKAGES = "packages:\n  mwaa-network: ../mwaa-guardrails/component\n"
HOST = Path("plugins", "language-yaml-v1.32.0", "pulumi-language-yaml")


@pytest.fixture(scope="module", name="bench")
def bench_with_package(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A project beside a clone of this repository, to which Pulumi has added the package."""
    folder = tmp_path_factory.mktemp("yaml")
    (folder / "mwaa-guardrails").mkdir()
    copy_of_component(folder / "mwaa-guardrails")
    project = folder / "project"
    project.mkdir()
    assert PROGRAM.count(PACKAGES) == 1
    (project / "Pulumi.yaml").write_text(PROGRAM.replace(PACKAGES, ""))
    (project / "Pulumi.dev.yaml").write_text(yaml.safe_dump({"config": {"aws:region": "eu-west-1"}}))
    bench = make_workbench(project)
    host = bench.workspace.places.pulumi_home / HOST
    host.parent.mkdir(parents=True)
    host.symlink_to(PLUGIN)
    added = bench.pulumi("package", "add", "../mwaa-guardrails/component")
    assert added.code == 0, added.output
    return bench


def test_adding_the_package_names_it_in_the_project(bench: Workbench) -> None:
    """The file is then the program of the page, and needs nothing else."""
    assert yaml.safe_load((bench.project / "Pulumi.yaml").read_text()) == yaml.safe_load(PROGRAM)


@pytest.mark.parametrize(
    ("sentence", "right", "wrong", "told"),
    [
        (
            "a value that is none",
            "routing: private",
            "routing: privat",
            'Allowed values are Public ("public"), Private ("private")',
        ),
        (
            "a name that is none",
            "routing: private",
            "routng: private",
            "Property routng does not exist on 'mwaa-network:index:Network'",
        ),
        (
            "a text in place of a list",
            "[our-dags]",
            "our-dags",
            "s3EndpointBuckets: Cannot assign type 'string' to type 'List<string>'",
        ),
        (
            "what no type forbids",
            "routing: private",
            "cidrBlock: 10.0.0.1/16",
            "property cidrBlock with value '{10.0.0.1/16}' has a problem: \"10.0.0.1/16\" has host bits",
        ),
    ],
)
def test_a_mistake_is_told(bench: Workbench, sentence: str, right: str, wrong: str, told: str) -> None:
    """By the plugin, which knows the types, or in the words of the configuration; with no traceback."""
    bench.replace("Pulumi.yaml", right, wrong)
    result = bench.preview(policy_pack=POLICY_PACK)
    bench.replace("Pulumi.yaml", wrong, right)
    assert result.code != 0, sentence
    assert told in result.output, sentence
    assert "Traceback" not in result.output, sentence


def test_the_network_is_the_one_of_the_program_in_python(bench: Workbench) -> None:
    """Part by part, from its first preview to its end."""
    lives_as_documented(bench)
