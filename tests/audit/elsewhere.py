"""What is said of one network, said of another: for organizations of many."""

from dataclasses import replace
from typing import TypeVar

from mwaa_audit.judging import Judgement
from mwaa_audit.result import Result

_Said = TypeVar("_Said", Judgement, Result)


def in_stack(said: _Said, stack: str) -> _Said:
    """Return what is said as if it were of a stack of this name."""
    return replace(
        said,
        environments=tuple(replace(each, stack=stack) for each in said.environments),
        findings=tuple(replace(each, stack=stack) for each in said.findings),
        questions=tuple(replace(each, stacks=(stack,)) for each in said.questions),
        networks=tuple(replace(each, stack=stack) for each in said.networks),
    )
