"""From bytes to a stack: an exported state, a checkpoint of a backend, or a recorded preview."""

import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_audit.states.previews import read_preview
from mwaa_audit.states.resources import is_gone, named_resource, read_resource, stack_of
from mwaa_audit.states.shapes import as_object, objects, text
from mwaa_audit.states.stack import Stack

# "DeploymentSchemaVersionLatest" of the engine; before 3, a state has other fields.
_OLDEST: Final = 3
_NEWEST: Final = 4
_GZIP: Final = b"\x1f\x8b"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
_FORMS: Final = (
    "it is no state that `pulumi stack export` prints, no checkpoint of a backend, and no preview that "
    "`pulumi preview --json` prints"
)


def read_stack(content: bytes, whole: Callable[[str], bool] = lambda _type: True) -> Stack:
    """Return the stack that a file describes.

    Args:
        content: The file.
        whole: Tells the types whose properties are wanted, where a state holds resources of many others.

    Raises:
        AuditError: The file is none of the three forms, or malformed; the text quotes nothing of it.
    """
    document = _parsed(_unpacked(content))
    # A stack that was never updated has nothing.
    if "deployment" in document:
        return _read_deployment(document, document["deployment"] or {}, "deployment", "", whole)
    if "checkpoint" in document:
        checkpoint = as_object(document["checkpoint"], "checkpoint")
        title = text(checkpoint.get("stack"), "checkpoint.stack")
        latest = checkpoint.get("latest") or {}
        return _read_deployment(document, latest, "checkpoint.latest", title, whole)
    if "steps" in document or "changeSummary" in document:
        return read_preview(document)
    raise AuditError(_FORMS)


def _read_deployment(
    document: Mapping[str, object],
    deployment: object,
    where: str,
    title: str,
    whole: Callable[[str], bool],
) -> Stack:
    version = document.get("version")
    if not isinstance(version, int) or not _OLDEST <= version <= _NEWEST:
        raise AuditError(f"its version is not one of {_OLDEST} to {_NEWEST}, which are read here")
    resources = as_object(deployment, where).get("resources")
    described = (
        (read_resource if whole(str(each.get("type"))) else named_resource)(
            each, f"{where}.resources[{index}]"
        )
        for index, each in enumerate(objects(resources, f"{where}.resources"))
        if not is_gone(each)
    )
    return stack_of(described, title)


def _unpacked(content: bytes) -> bytes:
    if content.startswith(_ZSTANDARD):
        raise AuditError("it is compressed with Zstandard, which is not read here; gzip is")
    if not content.startswith(_GZIP):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise AuditError("it is not whole: gzip cannot unpack it") from None


def _parsed(content: bytes) -> Mapping[str, object]:
    if not content.strip():
        raise AuditError("it is empty")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        if _is_event_log(content):
            raise AuditError(
                "it is a log of the engine's events, which do not say what depends on what; record the "
                "preview with `pulumi preview --json --show-sames`"
            ) from None
        raise AuditError("it is not JSON") from None
    if isinstance(document, dict) and "sequence" in document and "timestamp" in document:
        raise AuditError("it is a single event of the engine's, no stack")
    return as_object(document, "it")


def _is_event_log(content: bytes) -> bool:
    """Tell whether a file has an event of the engine's on its first line."""
    try:
        first = json.loads(content.splitlines()[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and "sequence" in first and "timestamp" in first
