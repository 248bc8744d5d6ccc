"""The recipes of `docs/recipes/`, run on the local AWS as far as a machine without the hosted service can."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from local_cloud.paths import REPOSITORY, STACK
from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository

RECIPES: Final = REPOSITORY / "docs" / "recipes"
GITHUB: Final = "github-actions.yml"
NIGHTLY: Final = "github-nightly-sweep.yml"
GITLAB: Final = "gitlab-ci.yml"
ACL: Final = "infra/mwaa_network/network_acls.py"
ALLOWS: Final = "rule_action=entry.action,"
DENIES: Final = 'rule_action="deny",'
CHECK: Final = "network-acl-blocks-required-traffic"
MANDATORY_LINE: Final = f"The engine stopped: {CHECK} (mwaa-guardrails)."
# What only a hosted service has, or a runner of one.
HOSTED: Final = re.compile(r"^\s*gh ", re.MULTILINE)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What the step `Install` of a recipe has left: the clone, and a Python with the audit."""

    guardrails: Path
    python: Path


def recipe(name: str) -> Json:
    """Return a recipe, read."""
    # The word `on` is a key of GitHub's, and true in YAML 1.1.
    read: Json = yaml.load((RECIPES / name).read_text(), yaml.BaseLoader)  # noqa: S506 - texts alone
    return read


def step(name: str, job: str, called: str) -> str:
    """Return what a step of a workflow runs."""
    (found,) = (each["run"] for each in recipe(name)["jobs"][job]["steps"] if each.get("name") == called)
    text: str = found
    return text


@pytest.mark.parametrize(
    ("name", "schema"),
    [(GITHUB, "github-workflows"), (NIGHTLY, "github-workflows"), (GITLAB, "gitlab-ci")],
)
def test_a_recipe_is_what_its_service_takes(name: str, schema: str) -> None:
    """By the schema that editors know."""
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"),
            *(["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []),
            str(RECIPES / name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", [GITHUB, NIGHTLY, GITLAB])
def test_a_recipe_takes_this_release(name: str) -> None:
    """And installs as the others do."""
    version = yaml.safe_load((POLICY_PACK / "PulumiPolicy.yaml").read_text())["version"]
    stated = recipe(name)
    variables = stated.get("env") or stated["variables"]
    assert variables["GUARDRAILS_VERSION"] == f"v{version}"


def test_recipes_install_alike() -> None:
    """So that what is tried of one holds for the other; a sweep needs no policy pack."""
    github = step(GITHUB, "network", "Install").splitlines()
    assert recipe(GITLAB)["mwaa-network"]["before_script"] == github
    clone, audit = step(NIGHTLY, "sweep", "Install").splitlines()
    assert clone == github[0]
    assert audit.replace("'./guardrails[s3]'", "./guardrails") == github[2]


def test_what_a_nightly_sweep_has_read_is_kept_when_it_finds_something() -> None:
    """A step of `actions/cache` alone would keep nothing then: the job has failed."""
    steps = recipe(NIGHTLY)["jobs"]["sweep"]["steps"]
    taken, kept = (each for each in steps if each.get("uses", "").startswith("actions/cache"))
    assert taken["uses"] == "actions/cache/restore@v4"
    assert kept["uses"] == "actions/cache/save@v4"
    assert kept["if"].startswith("${{ !cancelled() ")
    assert (kept["with"]["path"], kept["with"]["key"]) == (taken["with"]["path"], taken["with"]["key"])


@pytest.fixture(scope="module", name="origin")
def repository_of_the_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is here, under the tag of the release."""
    origin = tmp_path_factory.mktemp("origin") / "mwaa-guardrails"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (REPOSITORY / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, origin / name)
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "commit", "--quiet", "-m", "all"],
        ["tag", recipe(GITHUB)["env"]["GUARDRAILS_VERSION"]],
    ):
        subprocess.run(["git", *arguments], cwd=origin, check=True)
    return origin


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A project of a team, which has no policy pack beside it."""
    project = copy_of_repository(tmp_path_factory.mktemp("team"))
    return make_workbench(project)


@pytest.fixture(scope="module", name="installed")
def as_the_recipe_installs(
    bench: Workbench, origin: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """The step `Install`, but for the project's own packages, which are there."""
    python = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", str(python)], check=True)
    clone, pack, audit, own = step(GITHUB, "network", "Install").splitlines()
    assert own == "pulumi install"
    environment = {
        "GUARDRAILS": origin.as_uri(),
        "GUARDRAILS_VERSION": recipe(GITHUB)["env"]["GUARDRAILS_VERSION"],
    }
    installed = Installed(guardrails=bench.project / "guardrails", python=python / "bin")
    told = run(f"{clone}\n{pack}\n{audit}", bench, installed, environment)
    assert told.returncode == 0, told.stdout
    return installed


def run(
    script: str, bench: Workbench, installed: Installed, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script in the project's folder as a runner does: it ends with the first command that fails."""
    known = bench.workspace.environment()
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=bench.project,
        env={
            **known,
            "PATH": f"{installed.python}:{known['PATH']}",
            "PULUMI_OPTION_POLICY_PACK": str(installed.guardrails / "policy_pack"),
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@contextmanager
def denying(bench: Workbench) -> Iterator[None]:
    """A network ACL that denies what the environment needs."""
    bench.replace(ACL, ALLOWS, DENIES)
    try:
        yield
    finally:
        bench.replace(ACL, DENIES, ALLOWS)


def test_a_pull_request_that_breaks_the_network_fails_with_its_reports(
    bench: Workbench, installed: Installed
) -> None:
    """Under the pack, installed from its own lock, which the workflow's environment names.

    The comment waits for GitHub.
    """
    assert recipe(GITHUB)["env"]["PULUMI_OPTION_POLICY_PACK"].endswith("/guardrails/policy_pack")
    with denying(bench):
        told = run(step(GITHUB, "network", "Preview"), bench, installed)
    assert told.returncode == 1, told.stdout
    assert told.stdout.endswith(f"{MANDATORY_LINE}\n")
    for report in ("report.sarif", "comment.md", "report.html"):
        assert CHECK in (bench.project / report).read_text()
    assert HOSTED.match(step(GITHUB, "network", "Comment"))


class _Comments(ThreadingHTTPServer):
    """Takes comments as GitLab does."""

    posted: list[tuple[str, str, bytes]]


class _Handler(BaseHTTPRequestHandler):
    server: _Comments

    def do_POST(self) -> None:
        """Record it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, self.headers["PRIVATE-TOKEN"], body))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="gitlab")
def recording_gitlab() -> Iterator[_Comments]:
    """A server that records comments."""
    server = _Comments(("127.0.0.1", 0), _Handler)
    server.posted = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_merge_request_is_previewed_and_commented_on(
    bench: Workbench, installed: Installed, gitlab: _Comments
) -> None:
    """With its test report; the job fails, and the comment is posted all the same."""
    job = recipe(GITLAB)["mwaa-network"]
    with denying(bench):
        told = run("\n".join(job["script"]), bench, installed)
    assert told.returncode == 1, told.stdout
    assert CHECK in (bench.project / job["artifacts"]["reports"]["junit"]).read_text()
    commented = run(
        "\n".join(job["after_script"]),
        bench,
        installed,
        {
            "CI_API_V4_URL": f"http://127.0.0.1:{gitlab.server_port}/api/v4",
            "CI_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "3",
            "COMMENT_TOKEN": "a-token",
        },
    )
    assert commented.returncode == 0, commented.stdout
    ((path, token, body),) = gitlab.posted
    assert (path, token) == ("/api/v4/projects/7/merge_requests/3/notes", "a-token")
    assert (bench.project / "comment.md").read_bytes() in body


def test_what_is_merged_is_deployed_under_the_pack(bench: Workbench, installed: Installed) -> None:
    """Nobody passes a flag; a network that is wrong is not made."""
    deploy = step(GITHUB, "network", "Deploy")
    with denying(bench):
        refused = run(deploy, bench, installed)
    assert refused.returncode != 0
    assert f"{CHECK}  (" in refused.stdout
    assert "resources" not in bench.export_stack()["deployment"]
    made = run(deploy, bench, installed)
    assert made.returncode == 0, made.stdout
    assert "✅ mwaa-guardrails" in made.stdout


def test_a_nightly_sweep_goes_on_from_the_one_before(
    bench: Workbench, installed: Installed, tmp_path: Path
) -> None:
    """It fails only for what the baseline does not know, and tells which exemptions are of no use."""
    (bench.project / "mwaa-guardrails.yaml").write_text("")
    (bench.project / "baseline.yaml").write_text("version: 1\nfindings: []\n")
    summary = tmp_path / "summary.md"
    environment = {
        "BACKEND": f"file://{bench.workspace.places.backend}",
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    for _ in range(2):
        told = run(step(NIGHTLY, "sweep", "Sweep"), bench, installed, environment)
        assert told.returncode == 0, told.stdout
        assert "1 stack, " in told.stdout
    assert summary.read_text().startswith("#")
    listed = run(step(NIGHTLY, "sweep", "Exemptions"), bench, installed, environment)
    assert listed.returncode == 0, listed.stdout


def test_the_automation_api_previews_first(bench: Workbench, installed: Installed) -> None:
    """What is wrong ends it with the pack's words, and nothing is changed."""
    arguments: Sequence[str] = (str(bench.project), STACK, str(installed.guardrails / "policy_pack"))
    before = bench.export_stack()["deployment"]["resources"]
    with denying(bench):
        refused = _automated(bench, arguments)
    assert refused.returncode == 1, refused.stdout
    assert refused.stdout.startswith(f"{CHECK}: ")
    assert bench.export_stack()["deployment"]["resources"] == before
    done = _automated(bench, arguments)
    assert done.returncode == 0, done.stdout
    assert bench.destroy().code == 0


def _automated(bench: Workbench, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", str(RECIPES / "automation_api.py"), *arguments],
        env={**os.environ, **bench.workspace.environment()},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
