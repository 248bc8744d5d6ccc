"""From the bytes of a state file, or of a recorded preview, to the resources of a stack."""

from mwaa_audit.states.read import read_stack
from mwaa_audit.states.stack import Described, Stack

__all__ = ["Described", "Stack", "read_stack"]
