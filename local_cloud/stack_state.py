"""Reads and mends what the engine keeps of the local stack; sets it aside when its AWS is gone."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from local_cloud.errors import LocalCloudError
from local_cloud.paths import STACK, Places

ORGANIZATION = "organization"
"""What a backend in a folder calls the organization of all its stacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackState:
    """What the engine last wrote of the stack."""

    resources: int
    """How many resources it holds in the cloud; the stack itself and its providers are not counted."""

    unfinished: tuple[str, ...]
    """The URNs of the resources that the engine was busy with when it was killed."""


def project_name(project: Path) -> str:
    """The name in `Pulumi.yaml`.

    Raises:
        LocalCloudError: There is no such file, or no name in it.
    """
    path = project / "Pulumi.yaml"
    try:
        content = yaml.safe_load(path.read_text())
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise LocalCloudError(f"{path} cannot be read: {error}") from error
    name = content.get("name") if isinstance(content, dict) else None
    if not isinstance(name, str):
        raise LocalCloudError(f"{path} has no `name`, which every Pulumi project needs.")
    return name


def read_state(places: Places) -> StackState | None:
    """The state of the stack, None where there is no stack.

    Raises:
        LocalCloudError: The file is damaged; says what to do.
    """
    path = places.backend / ".pulumi" / "stacks" / project_name(places.project) / f"{STACK}.json"
    try:
        checkpoint: Any = json.loads(path.read_text())["checkpoint"]
        # A stack that was only just made has no deployment.
        latest = checkpoint.get("latest") or {}
        custom = [
            resource
            for resource in latest.get("resources") or ()
            if resource.get("custom") and not resource["type"].startswith("pulumi:")
        ]
        busy = [operation["resource"]["urn"] for operation in latest.get("pending_operations") or ()]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LocalCloudError(
            f"{path} is damaged ({error!r}). Move {places.stack} away to start anew."
        ) from error
    return StackState(resources=len(custom), unfinished=tuple(busy))


def drop_stale_locks(places: Places) -> int:
    """Remove the locks of engines that are no longer running; tells how many.

    The backend is a folder on this machine, and only the local cloud uses it.
    """
    folder = places.backend / ".pulumi" / "locks" / ORGANIZATION / project_name(places.project) / STACK
    stale = [lock for lock in folder.glob("*.json") if not _holder_runs(lock)]
    for lock in stale:
        lock.unlink(missing_ok=True)
        lock.with_name(f"{lock.name}.attrs").unlink(missing_ok=True)
    return len(stale)


def _holder_runs(lock: Path) -> bool:
    try:
        holder = int(json.loads(lock.read_text())["pid"])
        os.kill(holder, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def instance_of_stack(places: Places) -> str | None:
    """The instance of the local AWS that the stack was built on."""
    try:
        return places.stack_instance.read_text()
    except FileNotFoundError:
        return None


def remember_instance(places: Places, instance: str) -> None:
    """Note the instance of the local AWS that the stack is built on."""
    places.stack.mkdir(parents=True, exist_ok=True)
    places.stack_instance.write_text(instance)


def set_aside(places: Places) -> Path:
    """Move all of the stack away, state, salt and configuration; returns where to."""
    places.set_aside.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    target = places.set_aside / stamp
    further = 1
    while target.exists():
        further += 1
        target = places.set_aside / f"{stamp}-{further}"
    places.stack.rename(target)
    return target
