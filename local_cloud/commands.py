"""What `make up`, `make preview` and `make down` do."""

import os
import sys
from collections.abc import Sequence

from local_cloud.aws_process import running_aws, stop_aws
from local_cloud.paths import Places, engine_store
from local_cloud.progress import say
from local_cloud.pulumi_engine import find_engine
from local_cloud.stack_state import read_state, set_aside
from local_cloud.workspace import Workspace, prepare, why_lost


def next_steps(places: Places) -> str:
    """What to do once the network is up."""
    return (
        f"Next: `make preview{places.variables}` shows what a change would do, `make down{places.variables}` "
        "removes everything. For a real account, with your own Pulumi and AWS credentials: "
        f"`pulumi up --policy-pack {places.policy_pack}`."
    )


def up(places: Places, extra: Sequence[str] = ()) -> int:
    """Build the network on the local AWS with the policy pack on; returns the engine's exit code."""
    workspace = prepare(places, os.environ)
    _say_where(workspace)
    code = workspace.run(["up", "--yes", *_shown(), "--policy-pack", places.policy_pack, *extra])
    if code == 0:
        say(f"The network is up on the local AWS at {workspace.aws.endpoint}, not in a real account.")
        say(next_steps(places))
    return code


def preview(places: Places, extra: Sequence[str] = ()) -> int:
    """Show what `up` would do, judged by the policy pack; returns the engine's exit code."""
    workspace = prepare(places, os.environ)
    _say_where(workspace)
    return workspace.run(["preview", *_shown(), "--policy-pack", places.policy_pack, *extra])


def down(places: Places) -> int:
    """Destroy what the stack holds and stop the local AWS; returns the engine's exit code."""
    state = read_state(places)
    reason = why_lost(places)
    if reason:
        say(f"{reason} The stack was set aside in {set_aside(places)}.")
    elif state and state.resources:
        workspace = prepare(places, os.environ)
        _say_where(workspace)
        code = workspace.run(["destroy", "--yes", *_shown()])
        if code:
            say("The local AWS still runs, since not everything could be destroyed. Try `make down` again.")
            return code
    if stop_aws(places.aws):
        say("The local AWS is stopped.")
    else:
        say("Nothing is running.")
    return 0


def engine() -> None:
    """Find the engine, or build it, and say which it is."""
    say(f"Engine: {find_engine(engine_store(), os.environ)}")


def status(places: Places) -> int:
    """Say which engine is used, whether the local AWS runs, and what the stack holds."""
    say(f"Engine:    {find_engine(engine_store(), os.environ)}")
    aws = running_aws(places.aws)
    where = f"runs at {aws.endpoint}, process {aws.pid}" if aws else "is not running"
    say(f"Local AWS: {where} (simulated by moto, not a real account)")
    state = read_state(places)
    say(f"Resources: {state.resources if state else 0}, described in {places.stack}")
    return 0


def run(places: Places, arguments: Sequence[str]) -> int:
    """Run any command of the engine on the local stack; returns its exit code."""
    return prepare(places, os.environ).run(arguments)


def _say_where(workspace: Workspace) -> None:
    say(f"Engine: {workspace.engine}")
    say(f"AWS:    local, simulated by moto, at {workspace.aws.endpoint}. It is not a real account.")


def _shown() -> list[str]:
    """How the engine shows its work: alive on a terminal, line by line elsewhere."""
    return [] if sys.stdout.isatty() and sys.stdin.isatty() else ["--non-interactive"]
