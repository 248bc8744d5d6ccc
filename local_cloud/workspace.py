"""Makes everything ready for a command of the engine: engine, local AWS, plugins, configuration, stack."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from local_cloud.aws_process import LocalAws, running_aws, start_aws, stop_aws
from local_cloud.engine_run import run_engine
from local_cloud.environment import engine_environment
from local_cloud.errors import LocalCloudError
from local_cloud.paths import STACK, Places, engine_store
from local_cloud.plugins import install_plugins
from local_cloud.progress import say, step
from local_cloud.pulumi_engine import Engine, find_engine
from local_cloud.stack_config import refresh_copy
from local_cloud.stack_state import (
    drop_stale_locks,
    instance_of_stack,
    project_name,
    read_state,
    remember_instance,
    set_aside,
)

# So many resources are named where there may be many.
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A stack, the engine for it and the local AWS under it, all ready."""

    places: Places
    engine: Engine
    aws: LocalAws

    def environment(self) -> dict[str, str]:
        """The environment in which the engine runs here."""
        return engine_environment(self.places, self.engine, self.aws.endpoint, os.environ)

    def run(self, arguments: Sequence[str]) -> int:
        """Run one command of the engine in the project's folder; returns its exit code."""
        return run_engine(self.engine, arguments, folder=self.places.project, environment=self.environment())


def prepare(places: Places, environment: Mapping[str, str]) -> Workspace:
    """Make everything ready; what is ready already is kept.

    Raises:
        LocalCloudError: Something is missing that the user must provide; says what.
    """
    engine = find_engine(engine_store(), environment)
    _leave_lost_stack(places)
    return assemble(places, engine, _running(places))


def assemble(places: Places, engine: Engine, aws: LocalAws) -> Workspace:
    """Put plugins, configuration and stack in place for this engine and this local AWS."""
    install_plugins(places.pulumi_home)
    refresh_copy(places)
    drop_stale_locks(places)
    workspace = Workspace(places=places, engine=engine, aws=aws)
    if read_state(places) is None:
        _make_stack(workspace)
    remember_instance(places, aws.instance)
    return workspace


def _running(places: Places) -> LocalAws:
    found = running_aws(places.aws)
    if found:
        return found
    with step("Starting the local AWS (simulated by moto)"):
        return start_aws(places.aws)


def why_lost(places: Places) -> str | None:
    """Why the stack describes nothing that is known to exist, as a sentence; None when all is well."""
    state = read_state(places)
    if state is None:
        return None
    if state.unfinished:
        # Nobody knows whether these exist. In a real account one would look; here one starts anew.
        return f"The engine was killed while it was busy with {_few(state.unfinished)}."
    aws = running_aws(places.aws)
    if state.resources and (aws is None or aws.instance != instance_of_stack(places)):
        return "The local AWS that the stack was built on is gone, and its memory with it."
    return None


def _leave_lost_stack(places: Places) -> None:
    reason = why_lost(places)
    if reason:
        stop_aws(places.aws)
        where = set_aside(places)
        say(f"{reason} The stack was set aside in {where}, and a new one starts on a new local AWS.")


def _few(urns: Sequence[str]) -> str:
    names = [urn.rpartition("::")[2] for urn in urns]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _make_stack(workspace: Workspace) -> None:
    """Let the engine make the stack, in a folder where its salt goes into our copy of the configuration.

    `stack init` takes no `--config-file`: it writes beside the `Pulumi.yaml` it runs with.
    """
    places = workspace.places
    places.backend.mkdir(parents=True, exist_ok=True)
    stand_in = places.stack / "Pulumi.yaml"
    stand_in.write_text(f"name: {project_name(places.project)}\nruntime: python\n")
    try:
        made = subprocess.run(  # noqa: S603 - the engine, with fixed arguments
            [workspace.engine.executable, "stack", "init", STACK, "--no-select", "--non-interactive"],
            cwd=places.stack,
            env=workspace.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        stand_in.unlink()
    if made.returncode != 0:
        shutil.rmtree(places.backend)
        raise LocalCloudError(f"The engine could not make the local stack:\n{made.stdout}{made.stderr}")
