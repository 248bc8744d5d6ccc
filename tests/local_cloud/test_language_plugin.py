"""Our language plugin on the real engine runs a program as the official one does, where a user could tell."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_cloud.paths import REPOSITORY
from local_cloud.pulumi_engine import Engine
from tests.engine.workbench import VIRTUALENV, Json, Workbench, small_project, workbench
from tests.local_cloud.benches import BenchOf

pytestmark = pytest.mark.engine


FACTS = """
import importlib.util, os, sys
import pulumi, sibling
from pulumi.runtime.config import is_config_secret

config = pulumi.Config()
pulumi.export("facts", {
    "folder": os.getcwd(),
    "arguments": sys.argv,
    "first on the path": sys.path[0],
    "sibling": sibling.__file__,
    "finds local_cloud": importlib.util.find_spec("local_cloud") is not None,
    "interpreter": sys.executable,
    "virtual environment": os.environ["VIRTUAL_ENV"],
    "pulumi of the PATH": os.environ["PATH"].split(os.pathsep)[0],
    "python path": os.environ.get("PYTHONPATH"),
    "project": pulumi.get_project(),
    "stack": pulumi.get_stack(),
    "organization": pulumi.get_organization(),
    "size": config.require("size"),
    "shape": config.require_object("shape"),
    "whispered": config.require("token"),
    "secrets": [key for key in ("size", "token") if is_config_secret(f"small:{key}")],
})
print("preview:", pulumi.runtime.is_dry_run())
"""


@pytest.fixture(scope="module")
def facts_bench(bare_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench after an `up` of a program that tells what it sees."""
    folder = tmp_path_factory.mktemp("facts")
    config = {"small:size": "large", "small:shape": {"sides": [3, 4]}}
    project = small_project(folder, FACTS, config=config)
    (project / "infra" / "sibling.py").write_text("")
    with workbench(project, folder / "local", bare_engine, with_aws=False) as bench:
        assert bench.pulumi("config", "set", "--secret", "token", "hush").code == 0
        ended = bench.up("--skip-preview")
        assert ended.code == 0, ended.output
        yield bench


@pytest.fixture(scope="module")
def facts(facts_bench: Workbench) -> Json:
    """What that program saw."""
    told: Json = facts_bench.outputs()["facts"]
    return told


def test_a_program_runs_in_its_own_folder(facts: Json, facts_bench: Workbench) -> None:
    """`main: infra/` decides; relative paths start there."""
    assert facts["folder"] == str(facts_bench.project / "infra")
    assert facts["arguments"] == ["."]


def test_a_program_imports_its_neighbours_and_nothing_of_ours(facts: Json) -> None:
    """The path starts with the program's folder; the repository is not on it."""
    assert facts["first on the path"] == "."
    assert Path(facts["sibling"]).name == "sibling.py"
    assert (facts["finds local_cloud"], facts["python path"]) == (False, os.environ.get("PYTHONPATH"))


def test_a_program_runs_in_the_virtual_environment_that_its_project_names(facts: Json) -> None:
    """Activated, so that programs which it starts find the same packages."""
    assert facts["interpreter"] == str(VIRTUALENV / "bin" / "python")
    assert facts["virtual environment"] == str(VIRTUALENV)
    assert facts["pulumi of the PATH"] == str(VIRTUALENV / "bin")


def test_a_program_knows_its_stack(facts: Json) -> None:
    """Project, stack and organization are those of the engine."""
    assert (facts["project"], facts["stack"], facts["organization"]) == ("small", "dev", "organization")


def test_a_program_knows_whether_it_is_a_preview(facts_bench: Workbench) -> None:
    """The program runs twice in an `up`."""
    assert "preview: True" in facts_bench.preview().stdout
    assert "preview: False" in facts_bench.up("--skip-preview").stdout


def test_configuration_reaches_the_program(facts: Json) -> None:
    """Text and objects alike."""
    assert (facts["size"], facts["shape"]) == ("large", {"sides": [3, 4]})


def test_a_secret_of_the_configuration_is_known_as_one(facts: Json) -> None:
    """The program reads it in clear, and the SDK knows that it is secret."""
    assert (facts["whispered"], facts["secrets"]) == ("hush", ["token"])


@pytest.mark.parametrize(
    ("what", "program", "shown", "not_shown"),
    [
        (
            "an exception is shown once, from the program's own line on",
            "def fail():\n    raise ValueError('boom')\nfail()\n",
            """Program failed with an unhandled exception:
    Traceback (most recent call last):
      File "{infra}/__main__.py", line 3, in <module>
        fail()
      File "{infra}/__main__.py", line 2, in fail
        raise ValueError('boom')
    ValueError: boom
""",
            "exit code",
        ),
        (
            "an exit code of its own is told",
            "import sys\nsys.exit(3)\n",
            "error: an unhandled error occurred: program exited with non-zero exit code: 3",
            "Traceback",
        ),
        (
            "a RunError is shown without a traceback",
            "import pulumi\nraise pulumi.RunError('not this way')\n",
            "error: not this way\n",
            "Traceback",
        ),
        (
            "an exception in an output is shown",
            "import pulumi\npulumi.export('x', pulumi.Output.from_input({}).apply(lambda x: x['k']))\n",
            "KeyError: 'k'",
            "exit code",
        ),
        (
            "an interrupt ends the run without a word, also where Python lets nothing be raised",
            (
                "import os, signal\n"
                "class Interrupting:\n"
                "    def __del__(self):\n"
                "        os.kill(os.getpid(), signal.SIGINT)\n"
                "Interrupting()\n"
            ),
            "error: an unhandled error occurred: program exited with non-zero exit code: 1",
            "Traceback",
        ),
        (
            "what else a destructor raises is shown",
            "class Failing:\n    def __del__(self):\n        raise ValueError('boom')\nFailing()\nexit(3)\n",
            "ValueError: boom",
            "code: 1",
        ),
    ],
)
def test_a_program_that_fails_fails_the_run(
    bench_of: BenchOf, what: str, program: str, shown: str, not_shown: str
) -> None:
    """The engine ends with an error, and the user sees why, once."""
    bench = bench_of(program)

    ended = bench.preview()

    diagnostics = ended.stdout[ended.stdout.index("Diagnostics:") :]
    assert ended.code != 0, what
    assert diagnostics.count(shown.format(infra=bench.project / "infra")) == 1, diagnostics
    assert not_shown not in diagnostics


def test_a_project_without_a_program_is_told_so(bench_of: BenchOf) -> None:
    """The folder is there, `__main__.py` is not."""
    bench = bench_of("")
    (bench.project / "infra" / "__main__.py").unlink()

    ended = bench.preview()

    expected = f"unable to find main python program `__main__.py` in `{bench.project / 'infra'}`"
    assert ended.code != 0
    assert expected in ended.stdout


def test_what_a_program_prints_is_shown_while_it_runs(bench_of: BenchOf) -> None:
    """The program waits for a file that the test makes only once it has seen the line."""
    bench = bench_of(
        "import pathlib, sys, time\n"
        "print('to stdout')\n"
        "print('to stderr', file=sys.stderr)\n"
        "while not pathlib.Path('seen').exists():\n    time.sleep(0.02)\n"
    )
    environment = bench.workspace.environment()
    environment.pop("PYTHONUNBUFFERED", None)
    waiting = subprocess.Popen(
        [bench.workspace.engine.executable, "preview", "--non-interactive"],
        cwd=bench.project,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with waiting:
        missing = {"to stdout", "to stderr"}
        for line in waiting.stdout or ():
            missing = {text for text in missing if text not in line}
            if not missing:
                (bench.project / "infra" / "seen").touch()
                break
        rest = waiting.stdout.read() if waiting.stdout else ""

    assert (missing, waiting.returncode) == (set(), 0)
    assert "to stdout" in rest


def test_a_missing_virtual_environment_is_named_with_the_way_to_make_it(bench_of: BenchOf) -> None:
    """A relative one starts at the folder of Pulumi.yaml."""
    bench = bench_of("")
    bench.replace("Pulumi.yaml", f"virtualenv: {VIRTUALENV}", "virtualenv: of-my-own")

    ended = bench.preview()

    folder = bench.project / "of-my-own"
    assert ended.code != 0
    assert (
        f"The virtual environment {folder} does not exist; Pulumi.yaml names it (`virtualenv: of-my-own`). "
        f"Make it with:\n  python3 -m venv {folder}\n"
        f"  {folder}/bin/python -m pip install -r {bench.project}/requirements.txt"
    ) in ended.output


def test_pulumi_install_makes_the_virtual_environment_and_tells_what_pip_cannot_do(bench_of: BenchOf) -> None:
    """So that `pulumi new` ends with a project that runs."""
    bench = bench_of("")
    bench.replace("Pulumi.yaml", f"virtualenv: {VIRTUALENV}", "virtualenv: of-my-own")
    (bench.project / "requirements.txt").write_text("./no-such-package\n")

    ended = bench.pulumi("install")

    assert (bench.project / "of-my-own" / "bin" / "python").is_file()
    assert ended.code != 0
    assert f"-r {bench.project / 'requirements.txt'} ended with code 1." in ended.output


def test_a_toolchain_that_is_not_ours_is_refused_by_name(bench_of: BenchOf) -> None:
    """Better than to run the program with other packages than its author meant."""
    bench = bench_of("")
    bench.replace("Pulumi.yaml", "toolchain: pip", "toolchain: poetry")

    ended = bench.preview()

    assert ended.code != 0
    assert "The runtime option `toolchain` is 'poetry'; the local language plugin knows only 'pip'." in (
        ended.output
    )


def test_pulumi_about_names_the_python_and_its_packages(facts_bench: Workbench) -> None:
    """As it does with the official plugin."""
    told = facts_bench.pulumi("about", "--transitive")

    version = ".".join(map(str, sys.version_info[:3]))
    assert f"executable='{VIRTUALENV / 'bin' / 'python'}' version='{version}'" in told.stdout
    assert "pulumi-aws" in told.stdout


def test_the_plugin_is_started_apart_from_the_repositorys_folder() -> None:
    """Nothing that a user's program could import lies beside the file that runs it."""
    executor = REPOSITORY / "local_cloud" / "language" / "executor"

    assert sorted(path.name for path in executor.glob("*.py")) == ["__init__.py", "run_program.py"]
