"""The page of one check."""

from collections.abc import Iterable, Iterator

from mwaa_guardrails.checks.check import Check
from mwaa_guardrails.documents.reachability import NEAREST_CODES, ExplanationCode
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.documents.sources import REACHABILITY_ANALYZER
from mwaa_guardrails.messages import remediation_text
from tools.pages.docstrings import HEADINGS, docstring_of
from tools.pages.text import GENERATED, ROOT


def check_page(check: Check) -> str:
    """Return the page of one check: its docstring, then what is known of it elsewhere in the code."""
    docstring = docstring_of(check)
    lines = [
        f"# {check.id}",
        "",
        GENERATED,
        "",
        f"**{check.title}**",
        "",
        f"Level: {check.level.value}. Severity: {check.severity.value}.",
        "",
    ]
    for heading in HEADINGS:
        lines += [f"## {heading}", "", docstring.sections[heading], ""]
    lines += [
        *_example(check),
        "## How to mend it",
        "",
        remediation_text(check.id),
        "",
        *_options(check),
        "## What AWS says",
        "",
        *_quotes(check.requirements),
        "## In Reachability Analyzer",
        "",
        _nearest_code(check),
        "",
    ]
    return "\n".join(lines)


def _example(check: Check) -> Iterator[str]:
    """Yield the programs before and after, and what the check says of the first."""
    folder = ROOT / "docs" / "examples" / check.id
    for heading, name, kind in (
        ("Before", "before.py", "python"),
        ("What it prints", "before.txt", "text"),
        ("After", "after.py", "python"),
    ):
        yield from (f"## {heading}", "")
        if kind == "python":
            link = f"[{name}](../examples/{check.id}/{name})"
            yield from (f"{link}, with the rest from [surroundings.py](../examples/surroundings.py):", "")
        yield from (f"```{kind}", (folder / name).read_text(encoding="utf-8").rstrip(), "```", "")


def _options(check: Check) -> list[str]:
    if not check.knows_substitutes:
        return []
    return [
        "## Options",
        "",
        "`substitutes` says what to make of networks that reach the same end another way: `refuse` makes it",
        "a violation, `advise` advice, and `accept` nothing. Unset, the check decides as described above.",
        "",
    ]


def _quotes(requirements: Iterable[Requirement]) -> Iterator[str]:
    for each in requirements:
        yield f"> {each.sentence}"
        yield ">"
        yield f"> [{each.source.title}]({each.source.url}), {each.section}"
        yield ""
        if each.reading:
            yield f"Our reading: {each.reading}"
            yield ""


def _nearest_code(check: Check) -> str:
    codes = f"[explanation code]({REACHABILITY_ANALYZER.url})"
    match NEAREST_CODES[check.id]:
        case ExplanationCode(code=code, meaning=meaning):
            return f"The nearest {codes} is `{code}`: {meaning}."
        case why:
            return f"No {codes} is near: {why}."
