"""A baseline: what was there when the audit was turned on is known; only what is new fails."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from junitparser import JUnitXml

from local_cloud.paths import REPOSITORY
from mwaa_audit import command_line
from mwaa_audit.baselines import (
    Baseline,
    Known,
    baseline_of,
    baseline_text,
    read_baseline,
    with_baseline,
    without_gone,
)
from mwaa_audit.errors import AuditError
from mwaa_audit.exit_codes import exit_code
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.result import AcceptedBy, Result, StackUnread
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.reading.resource import Opaque
from tests.audit.organizations import write_backend
from tests.audit.state_files import exported, write
from tests.audit.stating import criteria, write_settings
from tests.audit.sweeping import swept
from tests.audit.test_exempting import FITS, checked, exempting, tagged
from tests.audit.test_reports import FAILURE
from tests.audit.test_sweep import DENIES, RIGHT, split
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import changed, entry
from tests.policy_pack.stacks import Made
from tests.policy_pack.verdicts import ACL, SELF

GOLDEN: Final = Path(__file__).parent / "golden"
STATED: Final = criteria({})
# The one has a fault, the other two.
ONE, TWO = DENIES, tagged("")
ASKED: Final = changed(RIGHT, entry("in", 100, egress=False, ruleAction=Opaque.SECRET))


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


def baseline(*stacks: tuple[Made, ...]) -> Baseline:
    """Return the baseline of what is said of one stack, each of its states by itself."""
    counts = [baseline_of(checked(each, STATED), "baseline.yaml").counts for each in stacks]
    return Baseline(name="baseline.yaml", counts={known: n for each in counts for known, n in each.items()})


# What the baseline was made of, what there is now; what is told, the checks that are gone, and the exit code.
CHANGES: Final = {
    "all is known": (TWO, TWO, [(ACL, "known"), (SELF, "known")], [], 0),
    "something is new": (ONE, TWO, [(ACL, "known"), (SELF, "violation")], [], 1),
    "something is mended": (TWO, ONE, [(ACL, "known")], [SELF], 0),
    "all is mended": (TWO, RIGHT, [], [ACL, SELF], 0),
    "nothing was known": (RIGHT, TWO, [(ACL, "violation"), (SELF, "violation")], [], 1),
    "what was known cannot be known": (ONE, ASKED, [], [], 0),
}


@pytest.mark.parametrize(("before", "after", "told", "gone", "code"), CHANGES.values(), ids=CHANGES.keys())
def test_only_what_is_new_fails(
    before: tuple[Made, ...], after: tuple[Made, ...], told: list[tuple[str, str]], gone: list[str], code: int
) -> None:
    """What is known stays visible; what is gone is told."""
    result = with_baseline(checked(after, STATED), baseline(before), everywhere=False)
    assert [(each.check, each.word) for each in result.findings] == told
    assert [each.check for each in result.gone] == gone
    assert exit_code(result, strict=False) == code


def test_what_is_known_says_where_from() -> None:
    """By the same means as what is exempt."""
    (finding,) = with_baseline(checked(ONE, STATED), baseline(ONE), everywhere=False).accepted
    assert finding.accepted is not None
    assert (finding.accepted.by, finding.accepted.reason) == (AcceptedBy.BASELINE, "baseline.yaml has it.")
    assert (finding.level, finding.degree) == (Level.ADVISORY, "violation")
    assert finding.text.endswith(f"\n{ACL} is known: baseline.yaml has it.")


def test_of_more_than_are_known_all_stand() -> None:
    """Nobody can say which of them is new; of fewer, so many are gone."""
    (finding,) = checked(ONE, STATED).findings
    found = tuple(replace(finding, text=f"{finding.text} {number}") for number in range(3))
    result = replace(checked(ONE, STATED), findings=found)
    for count, words, gone in ((2, ["violation"] * 3, []), (3, ["known"] * 3, []), (5, ["known"] * 3, [2])):
        known = replace(baseline(ONE), counts=dict.fromkeys(baseline(ONE).counts, count))
        told = with_baseline(result, known, everywhere=False)
        assert [each.word for each in told.findings] == words
        assert [each.count for each in told.gone] == gone
        assert all(f"{ACL}: 2 findings of " in each.text and " are gone " in each.text for each in told.gone)
    assert [*baseline_of(result, "").counts.values()] == [3]


def test_a_finding_that_several_files_of_a_stack_have_is_one() -> None:
    """Say a state and the preview of a change."""
    once = checked(ONE, STATED)
    twice = replace(once, findings=once.findings * 2)
    assert baseline_of(twice, "baseline.yaml") == baseline(ONE)
    assert [each.word for each in with_baseline(twice, baseline(ONE), everywhere=False).findings] == [
        "known"
    ] * 2


def test_what_is_exempt_is_not_written_and_not_gone() -> None:
    """Once its exemption ends it is a finding, unless it was known before."""
    result = checked(ONE, exempting(FITS))
    assert baseline_of(result, "baseline.yaml").counts == {}
    after = with_baseline(result, baseline(ONE), everywhere=False)
    assert ([each.word for each in after.findings], after.gone) == (["exempt"], ())


# What was not looked at is not gone: the result, whether it is of all stacks, whether the entry is told.
MENDED: Final = {
    "of one stack": ({}, False, True),
    "of all stacks": ({}, True, True),
    "of another stack alone": ({"stacks": ()}, False, False),
    "the stack is no more": ({"stacks": ()}, True, True),
    "a state could not be read": (
        {"unreadable": (StackUnread(location="b", reason="it is empty"),)},
        True,
        False,
    ),
    "another file could not be read": ({"unreadable": (StackUnread(location="b", reason=""),)}, False, True),
    "a defect was in the way": ({"failures": (FAILURE,)}, True, False),
    "the check is disabled": ({"levels": {ACL: Level.DISABLED}}, True, False),
}


@pytest.mark.parametrize(("more", "everywhere", "told"), MENDED.values(), ids=MENDED.keys())
def test_what_nobody_looked_for_is_not_gone(more: dict[str, Any], *, everywhere: bool, told: bool) -> None:
    """Else it would be removed, and fail when it is found again."""
    result = replace(checked(RIGHT, STATED), **more)
    after = with_baseline(result, baseline(ONE), everywhere=everywhere)
    assert bool(after.gone) is told
    assert without_gone(baseline(ONE), after).counts == ({} if told else baseline(ONE).counts)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, False),
        ({"checks": (SELF,)}, True),
        ({"stacks": ("other/dev",)}, True),
        ({"environments": ("other",)}, True),
    ],
)
def test_what_cannot_be_known_is_not_gone(changes: dict[str, Any], *, told: bool) -> None:
    """A question about another check, stack or environment is no reason to keep it."""
    asked = checked(ASKED, STATED)
    result = replace(asked, questions=tuple(replace(each, **changes) for each in asked.questions))
    assert len(asked.questions) == 1
    assert bool(with_baseline(result, baseline(ONE), everywhere=True).gone) is told


def test_what_rests_on_another_stack_is_not_gone_where_a_stack_is_judged_alone() -> None:
    """Its resource is not there to be found."""
    place = write_backend(Path("states"), split(DENIES))
    known = baseline_of(swept(place, Path("index")), "baseline.yaml")
    alone = checked(RIGHT, STATED)
    for stack in ("apps/dev", "network/dev"):
        stacks = tuple(replace(each, name=stack) for each in alone.stacks)
        assert with_baseline(replace(alone, stacks=stacks), known, everywhere=False).gone == ()
    assert len(with_baseline(swept(place, Path("index")), known, everywhere=True).accepted) == 1


def test_a_baseline_reads_well() -> None:
    """In a fixed order, an entry for each, no line broken."""
    counts = {**baseline(TWO).counts}
    first, *_ = sorted(counts)
    assert_golden(
        GOLDEN / "baseline.yaml", baseline_text(Baseline(name="", counts={**counts, first: 2})).rstrip()
    )


NAMES: Final = st.text(max_size=30)


@given(
    counts=st.dictionaries(
        st.builds(
            Known,
            check=st.sampled_from([each.id for each in ALL_CHECKS]),
            stack=NAMES,
            environment=NAMES,
            urn=NAMES,
        ),
        st.integers(1, 9),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(counts: dict[Known, int]) -> None:
    """Whatever the names, and in the same order whatever the order they come in."""
    given = Baseline(name="law.yaml", counts=counts)
    text = baseline_text(given)
    assert text.isascii()
    Path("law.yaml").write_text(text)
    assert read_baseline(Path("law.yaml")) == given
    assert baseline_text(Baseline(name="", counts=dict(reversed(counts.items())))) == text


def test_a_baseline_is_what_its_published_schema_says() -> None:
    """Editors check it by that."""
    schema = json.loads((REPOSITORY / "docs" / "mwaa-audit-baseline.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    document = yaml.safe_load(baseline_text(baseline(TWO)))
    Draft202012Validator(schema).validate(document)
    document["findings"][0]["count"] = 0
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(document)


WHOLE: Final = {"check": ACL, "stack": "a/b", "environment": "env", "urn": "urn:pulumi:b::a::t::n"}
REFUSED: Final[Mapping[str, tuple[object, str]]] = {
    "no mapping": ([WHOLE], "known.yaml is not a mapping of keys to values"),
    "nothing": (
        None,
        (
            "known.yaml: version is missing: Of the format: 1.\n"
            "known.yaml: findings is missing: What is known, in order."
        ),
    ),
    "another version": ({"version": 2, "findings": []}, "known.yaml: version: 2 is not read here; 1 is"),
    "a key that is none": (
        {"version": 1, "findings": [{**WHOLE, "stak": "a"}]},
        (
            "known.yaml: findings[0].stak: no such key; it is one of check, stack, environment, urn, count; "
            "did you mean stack?"
        ),
    ),
    "a key is missing": (
        {"version": 1, "findings": [WHOLE, {key: WHOLE[key] for key in ("check", "stack", "environment")}]},
        "known.yaml: findings[1]: urn is missing: The URN of the resource to change.",
    ),
    "a count that counts nothing": (
        {"version": 1, "findings": [{**WHOLE, "count": 0}]},
        "known.yaml: findings[0].count: 0 is less than 1",
    ),
    "checks that are none": (
        {
            "version": 1,
            "findings": [WHOLE, {**WHOLE, "check": ACL.replace("acl", "acls")}, {**WHOLE, "check": "colour"}],
        },
        (
            f"known.yaml: findings[1].check: '{ACL.replace('acl', 'acls')}' is no check of this release; "
            f"did you mean {ACL}?\n"
            "known.yaml: findings[2].check: 'colour' is no check of this release; if an earlier one had it, "
            "remove the entry"
        ),
    ),
}


@pytest.mark.parametrize(("document", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_baseline_that_cannot_be_taken_is_told(document: object, said: str) -> None:
    """What it does not say it accepts fails, and nobody would know why."""
    write_settings(Path("known.yaml"), document)
    with pytest.raises(AuditError) as refused:
        read_baseline(Path("known.yaml"))
    assert str(refused.value) == f"the baseline cannot be taken.\n{said}"


def test_what_is_known_and_what_is_gone_is_in_every_report() -> None:
    """Suppressed in SARIF, skipped in JUnit; what is gone stops nothing."""
    stale = replace(baseline(TWO), counts={**baseline(TWO).counts, Known(**WHOLE): 1})
    result = with_baseline(checked(TWO, STATED), stale, everywhere=True)
    for format_, report in FORMATS.items():
        text = report(result).replace("&#45;", "-").replace("&#46;", ".")
        assert "is known: baseline.yaml has it." in text, format_
        assert "is gone and can be removed from baseline.yaml." in text, format_
    (run,) = json.loads(FORMATS[Format.SARIF](result))["runs"]
    assert [[one["justification"] for one in each["suppressions"]] for each in run["results"]] == 2 * [
        ["baseline.yaml has it."]
    ]
    tree = JUnitXml.fromstring(FORMATS[Format.JUNIT](result).encode())
    assert (tree.failures, tree.errors, tree.skipped) == (0, 0, 2)
    assert json.loads(FORMATS[Format.JSON](result))["gone"][0]["stack"] == "a/b"


# The commands.


@pytest.fixture(name="state")
def a_state() -> str:
    """A state with a fault."""
    return write(Path("state.json"), exported(ONE))


def test_a_team_adopts_the_audit(state: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It writes what there is, which fails no more; what is new does, and what is mended goes."""
    assert command_line.run(["check", state]) == 1
    assert command_line.run(["check", state, "--write-baseline", "known.yaml"]) == 0
    first = Path("known.yaml").read_text()
    assert command_line.run(["check", state, "--baseline", "known.yaml"]) == 0
    write(Path("state.json"), exported(TWO))
    capsys.readouterr()
    both = ["--baseline", "known.yaml", "--write-baseline", "known.yaml"]
    assert command_line.run(["check", state, *both]) == 1
    assert Path("known.yaml").read_text() == first
    assert_golden(GOLDEN / "check-known.txt", capsys.readouterr().out)
    write(Path("state.json"), exported(RIGHT))
    assert command_line.run(["check", state, "--baseline", "known.yaml"]) == 0
    assert capsys.readouterr().out == (
        f'gone\n  {ACL}: the finding of "urn:pulumi:dev::test::aws:ec2/networkAcl:NetworkAcl::acl" for '
        'environment "env" of "test/dev" is gone and can be removed from known.yaml.\n\n'
        "test/dev: 23 resources, 1 environment (state.json)\n"
        "1 stack, 23 resources, 1 environment: 0 violations, 0 pieces of advice, 0 open questions, 1 gone.\n"
    )
    assert command_line.run(["check", state, *both]) == 0
    assert read_baseline(Path("known.yaml")).counts == {}


def test_an_organization_adopts_it() -> None:
    """In whichever stacks the environment and its network are."""
    place = write_backend(Path("states"), split(DENIES))
    sweep = ["sweep", place, "--jobs", "1"]
    assert command_line.run([*sweep, "--write-baseline", "known.yaml"]) == 0
    assert [(each.stack, each.urn[:26]) for each in read_baseline(Path("known.yaml")).counts] == [
        ("apps/dev", "urn:pulumi:dev::network::a")
    ]
    assert command_line.run([*sweep, "--changed", "--baseline", "known.yaml"]) == 0
    write_backend(Path("states"), split(DENIES, "-new"))
    assert command_line.run([*sweep, "--changed", "--baseline", "known.yaml"]) == 1


def test_a_baseline_on_the_standard_output_has_it_for_itself(
    state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a report has."""
    assert command_line.run(["check", state, "--write-baseline", "-"]) == 0
    told = capsys.readouterr()
    assert yaml.safe_load(told.out)["version"] == 1
    assert told.err.startswith("known, critical, advisory, ")


@pytest.mark.parametrize("command", ["check", "sweep"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--write-baseline", "missing/a"], "--write-baseline missing/a: there is no such folder"),
        (["--write-baseline", "a", "--json", "a"], "--json and --write-baseline name one file, a"),
        (
            ["--baseline", "missing.yaml"],
            "the baseline cannot be taken.\nmissing.yaml cannot be read: No such file or directory",
        ),
    ],
)
def test_what_cannot_be_taken_or_written_is_told_before_the_work(
    command: str, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A long sweep must not end without it."""
    assert command_line.run([command, "missing", *options]) == 3
    assert capsys.readouterr() == ("", f"error: {said}\n")


def test_what_could_not_be_read_ends_as_ever(state: str) -> None:
    """A baseline is no word on that."""
    Path("broken.json").write_text("canary")
    assert command_line.run(["check", state, "broken.json", "--write-baseline", "known.yaml"]) == 3


def test_no_result_has_no_baseline() -> None:
    """It is an empty file, that is taken."""
    Path("known.yaml").write_text(baseline_text(baseline_of(Result(), "")))
    assert read_baseline(Path("known.yaml")).counts == {}
