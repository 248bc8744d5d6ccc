"""The HTML report as a text: what is on it, and that nothing becomes markup. A browser tries its looks."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_audit.checking import check
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.reports.html.page import Kind, page_of
from mwaa_audit.result import CodePosition, JudgedEnvironment, Result, StackRead, StackUnread
from mwaa_guardrails.checks.check import Level
from tests.audit.state_files import exported, write
from tests.audit.test_check import ADVISED, ASKED, DENIES, RIGHT
from tests.audit.test_reports import EXAMPLE, FAILURE, result_of


class _Seen(HTMLParser):
    """What a page is made of: its tags with the names of their attributes, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[tuple[str, ...]] = Counter()
        self.links: set[str] = set()
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[(tag, *(name for name, _ in attrs))] += 1
        self.links |= {str(value) for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _html(result: Result) -> str:
    return FORMATS[Format.HTML](result)


def _named(name: str) -> Result:
    """Return a result with a name in every place that may have one."""
    finding = EXAMPLE.findings[0]
    place = replace(
        finding.subject, label=f'subnet "{name}"', stack=name, code=(CodePosition(file=name, line=1),)
    )
    named = replace(
        finding, subject=place, stack=name, environment=name, text=f"{finding.check}: {name}\n\n{name}"
    )
    asked = replace(EXAMPLE.questions[0], subject=place, text=name, stacks=(name,), environments=(name,))
    return Result(
        stacks=(StackRead(name=name, location=name, resources=1),),
        environments=(JudgedEnvironment(stack=name, name=name, declared=True, urn=finding.environment_urn),),
        findings=(named,),
        questions=(asked,),
        failures=(replace(FAILURE, stacks=(name,), text=name),),
        unreadable=(StackUnread(location=name, reason=name),),
    )


@given(
    name=st.one_of(
        st.text(st.characters(exclude_categories=("C", "Z")), min_size=1),
        st.sampled_from(
            [
                "</pre></style></script><script>alert(1)</script>",
                '" onload="alert(1)" x="',
                "' autofocus onfocus='alert(1)",
                "{{ 7 * 7 }}{% raw %}",
                "<!--",
                "]]>",
                "&lt;b&gt;",
            ]
        ),
    )
)
def test_no_name_becomes_markup(name: str) -> None:
    """Wherever it stands, it is text, and the same text."""
    plain, seen = _Seen(_html(_named("name"))), _Seen(_html(_named(name)))
    assert seen.tags == plain.tags
    assert seen.links == plain.links
    assert "".join(seen.text).count(name) >= 12


@pytest.mark.parametrize("name", ["\x1b[31m", "\u202e", "\ud800", "\x00"])
def test_what_no_terminal_should_be_sent_is_an_escape(name: str) -> None:
    """A page could be read in a terminal, and an override of direction turns any text."""
    text = _html(_named(name))
    assert name not in text
    assert name.encode("unicode_escape").decode() in text


def test_the_page_loads_nothing_and_runs_its_own_script_alone() -> None:
    """As its security policy says; links lead to places in it and to the pages of AWS."""
    text = _html(EXAMPLE)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    hashes = [
        base64.b64encode(
            hashlib.sha256(re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[0].encode()).digest()
        ).decode()
        for tag in ("style", "script")
    ]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    seen = _Seen(text)
    assert not {"img", "link", "iframe", "object", "base"} & {tag for tag, *_ in seen.tags}
    assert all("style" not in names for _, *names in seen.tags)
    anchors = set(re.findall(r' id="([^"]*)"', text))
    for link in seen.links:
        assert link.startswith("https://docs.aws.amazon.com/") or link.removeprefix("#") in anchors


@pytest.mark.parametrize(
    ("headline", "result"),
    [
        ("1 network of 1 must be mended", result_of(DENIES)),
        ("Nothing must be mended", result_of(RIGHT)),
        ("Nothing must be mended", result_of(ADVISED)),
        ("Nothing must be mended, as far as can be known", result_of(ASKED)),
        ("Not everything was judged", replace(result_of(RIGHT), failures=(FAILURE,))),
        ("No network was judged", Result()),
    ],
)
def test_the_outcome_is_a_sentence(headline: str, result: Result) -> None:
    """It never says more than is known."""
    assert page_of(result).headline == headline


def test_what_is_told_stands_once_in_the_table_and_with_each_network_it_concerns() -> None:
    """A question about a part that two networks share has an entry in both."""
    asked = result_of(ASKED)
    other = replace(asked.environments[0], stack="other/dev")
    question = replace(asked.questions[0], stacks=("other/dev", "test/dev"))
    page = page_of(replace(asked, environments=(*asked.environments, other), questions=(question,)))
    assert [each.stacks for each in page.entries] == [("other/dev", "test/dev")]
    assert [(each.stack, [one.id for one in each.entries]) for each in page.networks] == [
        ("other/dev", ["entry-1"]),
        ("test/dev", ["entry-2"]),
    ]
    assert page.entries[0].id == "entry-1"


def test_two_states_of_one_stack_are_two_networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say before and after a mend: each has its own messages and picture, and is told by its file."""
    monkeypatch.chdir(tmp_path)
    stacks = {"old.json": DENIES, "new.json": RIGHT, "asked.json": ASKED}
    result = check([write(Path(file), exported(each)) for file, each in stacks.items()], lambda: b"")
    page = page_of(result)
    assert page.headline == "1 network of 3 must be mended"
    told = [(each.file, [one.kind for one in each.entries]) for each in page.networks]
    assert told == [("old.json", [Kind.STOPS]), ("asked.json", [Kind.QUESTION]), ("new.json", [])]
    red, *others = [each.picture and each.picture.fails for each in page.networks]
    assert red
    assert not any(others)
    assert "of test/dev in old.json" in _html(result)
    assert [each.file for each in page_of(check(["old.json"], lambda: b"")).networks] == [""]
    assert len({each.key for each in result.findings}) == 1


def test_what_belongs_to_no_network_stands_beside_them() -> None:
    """Nothing that a result says gets lost."""
    page = page_of(replace(EXAMPLE, environments=()))
    assert [each.kind for each in page.beside] == [Kind.STOPS, Kind.QUESTION, Kind.DEFECT, Kind.UNREAD]
    assert len(page.entries) == 4


def test_the_kind_of_an_entry_says_what_the_engine_would_do() -> None:
    """A violation of an advisory check stops nothing."""
    (finding,) = result_of(DENIES).findings
    kinds = [
        page_of(replace(result_of(DENIES), findings=(replace(finding, level=level),))).networks[0].kind
        for level in (Level.MANDATORY, Level.ADVISORY, Level.DISABLED)
    ]
    assert kinds == [Kind.STOPS, Kind.WARNS, Kind.OFF]
