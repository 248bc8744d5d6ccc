"""Begin a new check: its module, its table of networks, its golden message, its example, its changelog line.

Example:
  python -m tools.new_check subnet-too-small "A subnet of an environment has room for its tasks."

What it writes is red until it is filled in; `make lint test` says what is left.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from mwaa_guardrails.checks import ALL_CHECKS
from tools import scaffold
from tools.pages.text import ROOT

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_TITLE_MAX: Final = 100
_EDITED: Final = (
    Path("policy_pack/mwaa_guardrails/checks/__init__.py"),
    Path("policy_pack/mwaa_guardrails/messages/remedies.py"),
    Path("policy_pack/mwaa_guardrails/documents/reachability.py"),
    Path("tests/policy_pack/test_messages.py"),
    Path("policy_pack/README.md"),
    Path("CHANGELOG.md"),
)


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", metavar="ID", help="the bad pattern in words, such as subnet-too-small")
    parser.add_argument("title", metavar="TITLE", help="one sentence that says what must hold")
    given = parser.parse_args(arguments)
    problems = [*id_problems(given.id), *title_problems(given.title)]
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    if problems:
        return 2
    for path in begin(given.id, given.title):
        print(path)
    print(_NEXT.format(id=given.id, module=scaffold.module_of(given.id)))
    return 0


def id_problems(check_id: str) -> Iterator[str]:
    """Yield what is wrong with the id of a new check, and what would be right."""
    if check_id in {check.id for check in ALL_CHECKS}:
        yield f'there is a check "{check_id}" already; see docs/checks/{check_id}.md.'
    elif not _ID.fullmatch(check_id):
        offer = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", check_id).lower()))
        meant = f' Did you mean "{offer}"?' if _ID.fullmatch(offer) else ""
        yield (
            f'"{check_id}" is no id. An id names the bad pattern in two or more words, in lower case, joined '
            f"by hyphens: subnet-too-small.{meant}"
        )


def title_problems(title: str) -> Iterator[str]:
    """Yield what is wrong with the title of a new check."""
    if not title.endswith(".") or "\n" in title or '"' in title or "\\" in title:
        yield f"{title!r} is no title. A title is one sentence with its full stop, without quotation marks."
    elif len(title) > _TITLE_MAX:
        yield f"the title has {len(title)} characters; up to {_TITLE_MAX} fit into a line of code."


def begin(check_id: str, title: str) -> Iterator[Path]:
    """Write what a new check begins with; yield each path in the repository.

    Raises:
        FileExistsError: One of the files is there already; nothing is written.
    """
    new = scaffold.new_files(check_id, title)
    for path in new:
        if (ROOT / path).exists():
            raise FileExistsError(path)
    checks, remedies, codes, messages, page, changelog = (
        (ROOT / path).read_text(encoding="utf-8") for path in _EDITED
    )
    edited = (
        scaffold.registered(checks, check_id),
        scaffold.with_remedy(remedies, check_id),
        scaffold.with_code(codes, check_id),
        scaffold.with_message(messages, check_id),
        scaffold.with_policy(page, check_id, title),
        scaffold.with_change(changelog, check_id, title),
    )
    for path, text in {**new, **dict(zip(_EDITED, edited, strict=True))}.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
        yield path


_NEXT: Final = """
Next:
  1. The sentence: a Requirement in documents/requirements/, its values in documents/facts.py.
  2. The table: tests/policy_pack/checks/test_{module}.py. See it red.
  3. The check: its fault in faults.py, `_find`, `requirements` and the docstring.
  4. The text: messages/, dispatched in messages/texts.py; a remedy; the nearest explanation code.
  5. The network that shows it in tests/policy_pack/test_messages.py, and the pair in docs/examples/{id}/.
     UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/policy_pack/test_messages.py \\
         tests/tools/test_examples.py
  6. make docs lint test"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
