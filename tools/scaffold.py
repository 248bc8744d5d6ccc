"""The files that a new check begins with. Each is red until somebody writes what only a person can."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

TO_BE_WRITTEN: Final = "(to be written)"

_CHECK: Final = '''"""{title}

## What it does

{to_be_written}

## Why is this bad?

{to_be_written}

## Known limits

{to_be_written}
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.findings import Finding, Undetermined


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for _environment in model.environments:
        yield from ()


CHECK: Final = Check(
    id="{id}",
    title="{title}",
    severity=Severity.HIGH,
    requirements=(),
    find=_find,
)
'''
_TABLE: Final = '''"""{title}"""

from typing import Final

import pytest

from tests.policy_pack.networks import right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, render
from tests.policy_pack.verdicts import SILENT, Verdict, verdict, violation

CHECK: Final = "{id}"
RIGHT: Final = right_network()
# The sentence first, then the network, then all that is said of it.
ROWS: Final[tuple[tuple[str, tuple[Made, ...], Verdict], ...]] = (
    ("a network as the guide has it", RIGHT, SILENT),
    ("{to_be_written}", RIGHT, violation(CHECK, "env")),
)


@pytest.mark.parametrize("rendering", EXACT, ids=lambda each: each.name.lower())
@pytest.mark.parametrize(("sentence", "stack", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_network_gets_the_verdict_it_deserves(
    sentence: str, stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """At a first preview and deployed."""
    assert verdict(render(stack, rendering)) == expected, sentence
'''
_PROGRAM: Final = '''"""{to_be_written}."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
'''


def new_files(check_id: str, title: str) -> Mapping[Path, str]:
    """Return the files that are new, by their path in the repository."""
    module = module_of(check_id)
    examples = Path("docs/examples") / check_id
    texts = {
        Path("policy_pack/mwaa_guardrails/checks") / f"{module}.py": _CHECK,
        Path("tests/policy_pack/checks") / f"test_{module}.py": _TABLE,
        examples / "before.py": _PROGRAM,
        examples / "after.py": _PROGRAM,
        examples / "before.txt": "{to_be_written}\n",
    }
    return {
        path: text.format(id=check_id, title=title, to_be_written=TO_BE_WRITTEN)
        for path, text in texts.items()
    }


def module_of(check_id: str) -> str:
    """Return the name of the module that holds a check."""
    return check_id.replace("-", "_")


def registered(checks: str, check_id: str) -> str:
    """Return `checks/__init__.py` with a check in its list, in alphabetical order."""
    module = module_of(check_id)
    imports = _with_line(checks, "from mwaa_guardrails.checks import (\n", ")\n", f"    {module},\n")
    return _with_line(imports, "ALL_CHECKS: Final[tuple[Check, ...]] = (\n", ")\n", f"    {module}.CHECK,\n")


def with_remedy(remedies: str, check_id: str) -> str:
    """Return `messages/remedies.py` with an entry for a check."""
    return _appended(remedies, "_REMEDIES: ", f'    "{check_id}": "{TO_BE_WRITTEN}",\n')


def with_code(codes: str, check_id: str) -> str:
    """Return `documents/reachability.py` with an entry for a check, unless it has one."""
    line = f'    "{check_id}": '
    return codes if line in codes else _appended(codes, "NEAREST_CODES: ", f'{line}"{TO_BE_WRITTEN}",\n')


def with_message(messages: str, check_id: str) -> str:
    """Return the table of golden messages with a case for a check."""
    return _appended(messages, "MESSAGES", f'    "{check_id}": RIGHT,  # {TO_BE_WRITTEN}\n')


def with_change(changelog: str, check_id: str, title: str) -> str:
    """Return the changelog with a line for a check, the last under `Added` of what is not released yet."""
    head, heading, rest = changelog.partition("## [Unreleased]")
    before, added, lines = rest.partition("### Added\n\n")
    if not heading or not added:
        raise ValueError("the changelog has no heading `### Added` under `## [Unreleased]`")
    last, _, more = lines.partition("\n\n")
    line = f"- New check `{check_id}`: {title}\n"
    return f"{head}{heading}{before}{added}{last.rstrip()}\n{line}" + (f"\n{more}" if more.strip() else "")


def with_policy(page: str, check_id: str, title: str) -> str:
    """Return the pack's own page with a check in its table of policies."""
    row = f"| `{check_id}` | mandatory | {title} |\n"
    return _with_line(page, "|---|---|---|\n", "| `advice` | ", row)


def _with_line(text: str, opening: str, closing: str, line: str) -> str:
    head, opened, rest = text.partition(opening)
    body, closed, tail = rest.partition(closing)
    if not opened or not closed:
        raise ValueError(f"there is no `{opening.strip()}` to add a line to")
    lines = sorted([*body.splitlines(keepends=True), line])
    return "".join([head, opened, *lines, closed, tail])


def _appended(text: str, opening: str, line: str) -> str:
    """Return a module with a line at the end of the dictionary that a line begins which starts so."""
    start = text.find(f"\n{opening}")
    end = text.find("\n}\n", start)
    if start < 0 or end < 0:
        raise ValueError(f"there is no dictionary `{opening.strip(': ')}` to add a line to")
    return f"{text[: end + 1]}{line}{text[end + 1 :]}"
