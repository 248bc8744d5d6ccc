"""Loaded by workers of a Dask cluster: none of them survives a state that calls itself deadly."""

import os

from mwaa_audit import states
from mwaa_audit.states import Stack
from mwaa_audit.sweep import rows


def _read_stack(content: bytes, *arguments: object) -> Stack:
    if b"organization/deadly/dev" in content:
        os._exit(1)
    return states.read_stack(content, *arguments)  # type: ignore[arg-type] # handed on as they came


rows.read_stack = _read_stack  # type: ignore[attr-defined,assignment] # the name under which it is called
