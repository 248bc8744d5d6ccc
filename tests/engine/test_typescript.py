"""A program in TypeScript makes the network, with the library that Pulumi makes of the package."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from local_cloud.engine_build import MODULE, build_command, find_go
from local_cloud.paths import REPOSITORY
from local_cloud.plugins import install_plugin
from tests.engine.conftest import MakeWorkbench
from tests.engine.documented import lives_as_documented
from tests.engine.typescript.host import GENERATOR
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_component

TYPESCRIPT = Path(__file__).parent / "typescript"
INSTALLED = REPOSITORY / ".local" / "typescript" / "node_modules"
"""What `make test` installs from the package registry, as `package-lock.json` pins it."""

REFUSED = (
    (
        "wrong.ts(3,28): error TS2820: Type '\"privat\"' is not assignable to type 'Routing | undefined'. "
        "Did you mean '\"private\"'?"
    ),
    (
        "wrong.ts(4,28): error TS2561: Object literal may only specify known properties, but 'routng' does "
        "not exist in type 'NetworkArgs'. Did you mean to write 'routing'?"
    ),
    "wrong.ts(5,28): error TS2322: Type 'string' is not assignable to type 'string[]'.",
)
PROGRAM = ("index.ts", "wrong.ts", "package.json", "tsconfig.json")
HOST = Path("plugins", "language-nodejs-v3.248.0", "pulumi-language-nodejs")


@pytest.fixture(scope="module", name="bench")
def bench_with_library(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A project in TypeScript with the package's library in place."""
    component = copy_of_component(tmp_path_factory.mktemp("repository"))
    bench = make_workbench(_project(tmp_path_factory.mktemp("typescript"), component))
    install_plugin(bench.workspace.places.pulumi_home / HOST, "tests.engine.typescript.host")
    generator = _generator(tmp_path_factory.mktemp("generator") / "library")
    made = bench.pulumi(
        *("package", "gen-sdk", str(component), "--language", "nodejs", "--local", "--out", "sdks"),
        environment={GENERATOR: str(generator)},
    )
    assert made.code == 0, made.output
    _install_library(bench.project)
    return bench


def test_the_library_is_typed(bench: Workbench) -> None:
    """The compiler takes the right program, and refuses misspelt values and names."""
    told = subprocess.run(
        [INSTALLED / ".bin" / "tsc", "--pretty", "false"],
        cwd=bench.project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in told.stdout.splitlines() if ": error " in line] == list(REFUSED)


def test_a_mistake_that_gets_past_the_compiler_is_told(bench: Workbench) -> None:
    """In the words of the configuration's own, without a traceback."""
    right = "Routing.Private"
    bench.replace("index.ts", right, '"privat" as any')
    result = bench.preview(policy_pack=POLICY_PACK)
    bench.replace("index.ts", '"privat" as any', right)
    assert result.code != 0
    assert "property routing with value '{privat}' has a problem: \"privat\" is none of its" in result.output
    assert "Did you mean private?" in result.output
    assert "Traceback" not in result.output


def test_the_network_is_the_one_of_the_program_in_python(bench: Workbench) -> None:
    """Part by part, from its first preview to its end."""
    lives_as_documented(bench)


def _project(folder: Path, component: Path) -> Path:
    project = folder / "project"
    project.mkdir()
    for name in PROGRAM:
        shutil.copy(TYPESCRIPT / name, project / name)
    described = {"name": "small", "runtime": "nodejs", "packages": {"mwaa-network": str(component)}}
    (project / "Pulumi.yaml").write_text(yaml.safe_dump(described))
    (project / "Pulumi.dev.yaml").write_text(yaml.safe_dump({"config": {"aws:region": "eu-west-1"}}))
    modules = project / "node_modules"
    (modules / "@pulumi").mkdir(parents=True)
    for name in ("@pulumi/pulumi", "@types", "typescript"):
        (modules / name).symlink_to(INSTALLED / name, target_is_directory=True)
    return project


def _generator(executable: Path) -> Path:
    """Build the program that makes libraries, with the modules that the engine is built from."""
    built = subprocess.run(
        [*build_command(find_go(os.environ)), "-o", executable, TYPESCRIPT / "library" / "main.go"],
        cwd=MODULE,
        env={**os.environ, "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return executable


def _install_library(project: Path) -> None:
    """Do what `npm install` does with a library in a folder: run its script, and link it."""
    library = project / "sdks" / "nodejs"
    path = f"{INSTALLED / '.bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["node", "scripts/postinstall.js"], cwd=library, env={**os.environ, "PATH": path}, check=True
    )
    (project / "node_modules" / "@pulumi" / "mwaa-network").symlink_to(library, target_is_directory=True)
