"""Places of a test's own, without an engine: a project's files and a stack's state, written by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

from local_cloud.paths import Places


def places_in(folder: Path, config: str = "config:\n  small:size: large\n") -> Places:
    """A project named `small` and an empty local folder beside it."""
    project = folder / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: small\nruntime: python\n")
    (project / "Pulumi.dev.yaml").write_text(config)
    return Places(project=project, local=folder / "local")


def state_file(places: Places) -> Path:
    """Where the engine keeps the state of the stack."""
    return places.backend / ".pulumi" / "stacks" / "small" / "dev.json"


def write_state(places: Places, types: Sequence[str], *, unfinished: Sequence[str] = ()) -> None:
    """Write a state with custom resources of these types, and operations on these URNs not finished."""
    resources = [{"urn": f"urn:{kind}", "custom": True, "type": kind} for kind in types]
    pending = [{"resource": {"urn": urn}, "type": "creating"} for urn in unfinished]
    checkpoint = {
        "version": 3,
        "checkpoint": {"latest": {"resources": resources, "pending_operations": pending}},
    }
    state_file(places).parent.mkdir(parents=True, exist_ok=True)
    state_file(places).write_text(json.dumps(checkpoint))
