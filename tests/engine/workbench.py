"""A project on the real engine, with a home, a backend, a stack and a local AWS of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.config import Config
from mypy_boto3_ec2 import EC2Client
from mypy_boto3_iam import IAMClient
from mypy_boto3_logs import CloudWatchLogsClient
from mypy_boto3_s3 import S3Client

from local_cloud.aws_process import LocalAws, start_aws, stop_aws
from local_cloud.paths import REPOSITORY, STACK, Places
from local_cloud.provider.aws import NOBODY
from local_cloud.pulumi_engine import Engine
from local_cloud.workspace import Workspace, assemble

VIRTUALENV = REPOSITORY / ".venv"
POLICY_PACK = REPOSITORY / "policy_pack"

NO_AWS = LocalAws(pid=0, port=9, instance="none")
"""Stands where a program uses no AWS; nothing answers there."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What a policy reported."""

    policy: str
    level: str
    urn: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a command of the engine ended, and what it told."""

    code: int
    stdout: str
    stderr: str
    events: tuple[Json, ...]

    @property
    def output(self) -> str:
        """Everything that the user sees."""
        return self.stdout + self.stderr

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What the policies reported, in the order of the reports."""
        reports = (event["policyEvent"] for event in self.events if "policyEvent" in event)
        return tuple(
            Violation(
                policy=report["policyName"],
                level=report["enforcementLevel"],
                urn=report.get("resourceUrn", ""),
                message=report["message"],
            )
            for report in reports
        )

    @property
    def changes(self) -> Mapping[str, int]:
        """How many resources it created, kept and so on, or would have, as `{"create": 3, "same": 1}`."""
        summaries = [event["summaryEvent"] for event in self.events if "summaryEvent" in event]
        return dict(summaries[-1]["resourceChanges"] or {}) if summaries else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """One stack of one project on the real engine."""

    workspace: Workspace

    @property
    def project(self) -> Path:
        """The folder of `Pulumi.yaml`."""
        return self.workspace.places.project

    def preview(self, *options: str, policy_pack: Path | None = None) -> Result:
        """Run `pulumi preview`."""
        return self._operate("preview", *_judged_by(policy_pack), *options)

    def up(self, *options: str, policy_pack: Path | None = None) -> Result:
        """Run `pulumi up`, its preview included; the events are those of the last phase that it reached."""
        return self._operate("up", "--yes", *_judged_by(policy_pack), *options)

    def refresh(self, *options: str) -> Result:
        """Run `pulumi refresh`."""
        return self._operate("refresh", "--yes", *options)

    def destroy(self, *options: str) -> Result:
        """Run `pulumi destroy`."""
        return self._operate("destroy", "--yes", *options)

    def export_stack(self) -> Json:
        """What `pulumi stack export` prints: the state that `policy_analyze` takes."""
        exported = self.pulumi("stack", "export")
        assert exported.code == 0, exported.output
        state: Json = json.loads(exported.stdout)
        return state

    def outputs(self) -> Json:
        """The stack's outputs."""
        told = self.pulumi("stack", "output", "--json")
        assert told.code == 0, told.output
        outputs: Json = json.loads(told.stdout)
        return outputs

    def policy_analyze(self, state: Json, policy_pack: Path = POLICY_PACK, *options: str) -> Result:
        """Run `pulumi policy analyze` on an exported state."""
        file = self.workspace.places.local / "exported.json"
        file.write_text(json.dumps(state))
        told = self.pulumi(
            "policy", "analyze", "--policy-pack", str(policy_pack), "--file", str(file), "--json", *options
        )
        events = tuple(json.loads(line) for line in told.stdout.splitlines() if line.startswith("{"))
        return Result(code=told.code, stdout=told.stdout, stderr=told.stderr, events=events)

    def pulumi(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Result:
        """Run any command of the engine in the project's folder, never asking anything."""
        ended = subprocess.run(
            [self.workspace.engine.executable, *arguments, "--non-interactive"],
            cwd=self.project,
            env={**self.workspace.environment(), **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        return Result(code=ended.returncode, stdout=ended.stdout, stderr=ended.stderr, events=())

    def set_config(self, **settings: object) -> None:
        """Set keys of the project's own configuration, such as `routing="private"`; None leaves the key out.

        Values that are lists or mappings are set as such.
        """
        name = yaml.safe_load((self.project / "Pulumi.yaml").read_text())["name"]
        path = self.workspace.places.config
        content = yaml.safe_load(path.read_text())
        config = content.setdefault("config", {})
        for key, value in settings.items():
            if value is None:
                config.pop(f"{name}:{key}", None)
            else:
                config[f"{name}:{key}"] = value
        path.write_text(yaml.safe_dump(content))

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the one place of a file of the project that reads `old`."""
        path = self.project / file
        text = path.read_text()
        assert text.count(old) == 1, f"{file} has {text.count(old)} places that read {old!r}"
        path.write_text(text.replace(old, new))

    def ec2(self) -> EC2Client:
        """A client of the local AWS's EC2."""
        client: EC2Client = self._client("ec2")
        return client

    def s3(self) -> S3Client:
        """A client of the local AWS's S3."""
        client: S3Client = self._client("s3")
        return client

    def iam(self) -> IAMClient:
        """A client of the local AWS's IAM."""
        client: IAMClient = self._client("iam")
        return client

    def logs(self) -> CloudWatchLogsClient:
        """A client of the local AWS's CloudWatch Logs."""
        client: CloudWatchLogsClient = self._client("logs")
        return client

    def mwaa(self) -> Any:  # noqa: ANN401 - no types are published for this service here
        """A client of the local AWS's MWAA."""
        return self._client("mwaa")

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has a type for each service
        config = yaml.safe_load(self.workspace.places.config.read_text())["config"]
        return _client(service, self.workspace.aws.endpoint, config["aws:region"])

    def _operate(self, *arguments: str) -> Result:
        log = self.workspace.places.local / "events.jsonl"
        log.unlink(missing_ok=True)
        told = self.pulumi(*arguments, "--event-log", str(log), environment={"PULUMI_DEBUG_COMMANDS": "true"})
        lines = log.read_text().splitlines() if log.is_file() else []
        events = tuple(json.loads(line) for line in lines)
        return Result(code=told.code, stdout=told.stdout, stderr=told.stderr, events=events)


@cache
def _client(service: str, endpoint: str, region: str) -> Any:  # noqa: ANN401 - likewise
    """Return a client, made once: that takes a second of processor time."""
    session = boto3.session.Session(
        aws_access_key_id=NOBODY, aws_secret_access_key=NOBODY, region_name=region
    )
    config = Config(inject_host_prefix=False)
    return session.client(service, endpoint_url=endpoint, config=config)  # type: ignore[call-overload] # any service


@contextmanager
def workbench(project: Path, local: Path, engine: Engine, *, with_aws: bool = True) -> Iterator[Workbench]:
    """A workbench for the project in a folder; its local AWS, if it has one, is stopped at the end."""
    places = Places(project=project, local=local)
    local.mkdir(parents=True, exist_ok=True)
    try:
        aws = start_aws(places.aws) if with_aws else NO_AWS
        yield Workbench(workspace=assemble(places, engine, aws))
    finally:
        stop_aws(places.aws)


def copy_of_repository(folder: Path) -> Path:
    """A copy of the repository's own project that a test may spoil; the policy pack is linked, not copied."""
    project = folder / "project"
    project.mkdir()
    for name in ("Pulumi.yaml", f"Pulumi.{STACK}.yaml"):
        shutil.copy(REPOSITORY / name, project / name)
    use_our_virtualenv(project / "Pulumi.yaml")
    shutil.copytree(REPOSITORY / "infra", project / "infra", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "policy_pack").symlink_to(POLICY_PACK, target_is_directory=True)
    return project


def copy_of_component(folder: Path) -> Path:
    """The package for other languages, to be run with the virtual environment that is there."""
    for part in ("infra", "policy_pack"):
        (folder / part).symlink_to(REPOSITORY / part, target_is_directory=True)
    copy = folder / "component"
    shutil.copytree(
        REPOSITORY / "component", copy, ignore=shutil.ignore_patterns("__pycache__", "venv", "requirements*")
    )
    use_our_virtualenv(copy / "PulumiPlugin.yaml")
    return copy


def small_project(
    folder: Path,
    program: str,
    *,
    config: Mapping[str, object] | None = None,
    packages: Mapping[str, Path] | None = None,
) -> Path:
    """A project named `small` whose program, in `infra/`, is this text; packages by name and folder."""
    project = folder / "project"
    (project / "infra").mkdir(parents=True)
    (project / "infra" / "__main__.py").write_text(program)
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": str(VIRTUALENV)}}
    described = {"name": "small", "main": "infra/", "runtime": runtime}
    described |= {"packages": {name: str(place) for name, place in (packages or {}).items()}}
    (project / "Pulumi.yaml").write_text(yaml.safe_dump(described))
    (project / f"Pulumi.{STACK}.yaml").write_text(yaml.safe_dump({"config": dict(config or {})}))
    return project


def use_our_virtualenv(description: Path) -> None:
    """Let a project's file name the virtual environment that is there."""
    content = yaml.safe_load(description.read_text())
    content["runtime"]["options"]["virtualenv"] = str(VIRTUALENV)
    description.write_text(yaml.safe_dump(content))


def _judged_by(policy_pack: Path | None) -> Sequence[str]:
    return () if policy_pack is None else ("--policy-pack", str(policy_pack))
