"""What is exempt stays visible and stops nothing; an exemption that is good for nothing is told."""

import gc
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from junitparser import Failure, JUnitXml, Skipped, SystemOut

from mwaa_audit import command_line
from mwaa_audit.checking import check
from mwaa_audit.criteria import Criteria
from mwaa_audit.exit_codes import exit_code
from mwaa_audit.listing import exemptions_of
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.reports.html.page import Kind, page_of
from mwaa_audit.result import Acceptance, AcceptedBy, Result
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.exemptions import Standing
from mwaa_guardrails.reading.resource import Opaque
from tests.audit.organizations import write_backend
from tests.audit.state_files import exported, write
from tests.audit.stating import TODAY, criteria, write_settings
from tests.audit.sweeping import swept
from tests.audit.test_check import ASKED, DENIES, RIGHT
from tests.audit.test_sweep import split
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import changed, entry
from tests.policy_pack.stacks import Made, made, ref
from tests.policy_pack.test_administration import CIDR_FOR_SELF
from tests.policy_pack.verdicts import ACL, COUNT, SELF

GOLDEN: Final = Path(__file__).parent / "golden"
URN: Final = "urn:pulumi:dev::test::aws:ec2/networkAcl:NetworkAcl::acl"
FITS: Final = {
    "check": ACL,
    "reason": "The partner\x1b[31m [moves](javascript:1)",
    "expires": "2026-11-26",
    "name": "acl",
    "approved_by": "Platform",
    "ticket": "NET-1",
}
LATE: Final = {"check": ACL, "reason": "It moved", "expires": "2026-11-25", "environment": "env"}
IDLE: Final = {"check": ACL, "reason": "A lab", "expires": "never", "urn": URN.replace("::acl", "::other")}
ELSEWHERE: Final = {"check": SELF, "reason": "A lab", "expires": "never", "name": "other", "tags": {"a": "b"}}


def tagged(value: str, stack: tuple[Made, ...] = DENIES) -> tuple[Made, ...]:
    """Return a network that lacks its self reference, for which a tag of the group asks an exemption."""
    group = made(
        "ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), tags={f"mwaa:exempt:{SELF}": value}
    )
    return changed(stack, group, without=("self",))


def exempting(*exemptions: Mapping[str, object], **more: object) -> Criteria:
    """Return settings that exempt."""
    return criteria({"exemptions": [*exemptions], **more})


def checked(stack: tuple[Made, ...], stated: Criteria) -> Result:
    """Return what is said of one stack."""
    return check([write(Path("state.json"), exported(stack))], lambda: b"", stated)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


EXEMPT: Final = exempting(FITS, IDLE, tag_exemptions=[SELF])


def test_what_is_exempt_says_why_and_until_when() -> None:
    """By the settings in the administrator's own words, by a tag without quoting it."""
    acl, group = checked(tagged("never canary"), EXEMPT).accepted
    assert acl.accepted == Acceptance(
        by=AcceptedBy.SETTINGS,
        reason=str(FITS["reason"]),
        expires="2026-11-26",
        approved_by="Platform",
        ticket="NET-1",
    )
    assert group.accepted == Acceptance(
        by=AcceptedBy.TAG,
        reason=f'the tag mwaa:exempt:{SELF} of security group "group" says so.',
    )
    assert [(each.word, each.degree, each.level) for each in (acl, group)] == 2 * [
        ("exempt", "violation", "advisory")
    ]


def test_what_is_exempt_stops_nothing() -> None:
    """And is no violation, though it is still told."""
    result = checked(tagged("never canary"), EXEMPT)
    assert (result.violations, result.advice, result.standing) == ((), (), ())
    assert exit_code(result, strict=True) == 0
    assert {each.check for each in result.findings} == {ACL, SELF}


def test_the_terminal_shows_what_is_exempt_and_what_is_unused(capsys: pytest.CaptureFixture[str]) -> None:
    """Behind what stands."""
    document = {"exemptions": [FITS, IDLE], "tag_exemptions": [SELF]}
    stated = write_settings(Path("ours.yaml"), _without_end(document))
    state = write(Path("state.json"), exported(tagged("2020-01-01 canary")))
    assert command_line.run(["check", state, "--settings", stated]) == 1
    assert_golden(GOLDEN / "check-exempt.txt", capsys.readouterr().out)
    assert command_line.run(["check", state, "--settings", stated, "--ignore-exemptions"]) == 1
    shown = capsys.readouterr().out
    assert "exempt" not in shown.replace("mwaa:exempt", "")
    assert "2 violations" in shown


def _without_end(document: Mapping[str, Any]) -> dict[str, Any]:
    exemptions = [{**each, "expires": "never"} for each in document["exemptions"]]
    return {**document, "exemptions": exemptions}


VAIN: Final = {
    "expired": (exempting(LATE), DENIES, [Standing.EXPIRED]),
    "expired, twice": (exempting(LATE, {**FITS, "expires": "2026-01-01"}), DENIES, 2 * [Standing.EXPIRED]),
    "a tag expired": (
        exempting(tag_exemptions=[SELF]),
        tagged("2026-11-25 It moved", RIGHT),
        [Standing.EXPIRED],
    ),
    "a tag for a check that is not listed": (
        exempting(),
        tagged("never A lab", RIGHT),
        [Standing.NOT_LISTED],
    ),
    "a tag without a day": (exempting(tag_exemptions=[SELF]), tagged("A lab", RIGHT), [Standing.MALFORMED]),
}


@pytest.mark.parametrize(("stated", "stack", "standings"), VAIN.values(), ids=VAIN.keys())
def test_an_exemption_in_vain_is_told_with_the_finding(
    stated: Criteria, stack: tuple[Made, ...], standings: list[Standing]
) -> None:
    """Which stands as if there were none."""
    result = checked(stack, stated)
    (finding,) = result.violations
    assert [each.standing for each in finding.vain] == standings
    assert finding.text.splitlines()[-len(standings) :] == [each.text for each in finding.vain]
    assert (finding.accepted, finding.level, exit_code(result, strict=False)) == (None, "mandatory", 1)
    assert result.unused == ()


def test_an_exemption_that_names_this_stack_and_fits_nothing_is_told() -> None:
    """Of the others one stack cannot say whether they are of use."""
    result = checked(DENIES, exempting(FITS, IDLE, ELSEWHERE, LATE))
    assert [(each.position, each.findings, each.expired, each.unused) for each in result.exemptions] == [
        (0, 1, False, False),
        (1, 0, False, True),
        (2, 0, False, False),
        (3, 1, True, False),
    ]
    assert result.exemptions[2].selectors == ('name "other"', 'tag "a=b"')
    (unused,) = result.unused
    assert unused.text == (
        f'{ACL}: the exemption of "{IDLE["urn"]}" fits no finding and can be removed: "A lab".'
    )


# The levels that are stated, the network, and whether an exemption of its ACL is told as unused.
UNASKED: Final = {
    "the check has an answer": ({}, RIGHT, True),
    "the check is disabled": ({ACL: "disabled"}, RIGHT, False),
    "the check cannot say": ({}, ASKED, False),
    "it cannot say, and nobody is told": ({"undetermined": "disabled"}, ASKED, False),
    "another check is disabled": ({SELF: "disabled"}, RIGHT, True),
}


@pytest.mark.parametrize(("levels", "stack", "told"), UNASKED.values(), ids=UNASKED.keys())
def test_an_exemption_is_not_unused_where_nobody_looked(
    levels: dict[str, str], stack: tuple[Made, ...], *, told: bool
) -> None:
    """Whoever removed it would fail once the check looks again."""
    checks = {name: {"level": level} for name, level in levels.items()}
    assert bool(checked(stack, exempting(IDLE, checks=checks)).unused) is told
    place = write_backend(Path("states"), split(stack))
    stated = exempting({**IDLE, "urn": "*::other"}, checks=checks)
    result = swept(place, Path("index"), stated)
    assert bool(result.unused) is told
    (listed,) = exemptions_of(stated, result, expiring=30).exemptions
    assert listed.unused is (told or None)


def test_of_several_files_of_a_stack_one_that_it_fits_is_enough() -> None:
    """Say a state and the preview of a change that mends it."""
    named = {**FITS, "urn": URN}
    files = [write(Path("old.json"), exported(DENIES)), write(Path("new.json"), exported(RIGHT))]
    assert check(files, lambda: b"", exempting(named)).unused == ()
    assert len(check(files[1:], lambda: b"", exempting(named)).unused) == 1
    files[0] = write(Path("old.json"), exported(ASKED))
    assert check(files, lambda: b"", exempting(named)).unused == ()


LEVELS: Final = {
    # Of the report on exemptions: what is told, the exit code.
    "advisory": (["exempt", "violation"], 0),
    "mandatory": (["exempt", "violation"], 1),
    "disabled": (["exempt", "violation"], 0),
}


@pytest.mark.parametrize(("level", "told", "code"), [(key, *each) for key, each in LEVELS.items()])
def test_the_report_on_exemptions_has_a_level_as_in_the_policy_pack(
    level: str, told: list[str], code: int
) -> None:
    """Where it is mandatory, any exemption ends a pipeline; where it is disabled, one in vain is not told."""
    levels = {"exemptions": {"level": level}, SELF: {"level": "advisory"}}
    for stack, expected in ((DENIES, told[:-1]), (tagged("A lab", RIGHT), told[-1:])):
        result = checked(stack, exempting(FITS, checks=levels))
        assert [each.word for each in result.findings] == expected
        assert exit_code(result, strict=False) == code
        assert {each.level for each in result.accepted} <= {Level.MANDATORY if code else Level.ADVISORY}
        assert bool(result.standing and result.standing[0].vain) is (stack != DENIES and level != "disabled")
    idle = checked(RIGHT, exempting(IDLE, checks=levels))
    assert (len(idle.unused), exit_code(idle, strict=False)) == (1, code)


# Reports.

RESULTS: Final = ("sarif", "junit", "json", "markdown", "html")


@pytest.mark.parametrize("name", RESULTS)
def test_what_is_exempt_is_in_every_report(name: str) -> None:
    """With its whole message, and until when."""
    result = checked(tagged("never canary"), EXEMPT)
    text = FORMATS[Format(name)](result)
    assert "canary" not in text
    for part in ("is exempt until 2026-11-26", "is exempt without end", "fits no finding and can be removed"):
        assert part in text.replace("&#45;", "-"), part


def test_sarif_suppresses_what_is_exempt() -> None:
    """Outside the program, with the reason; where one result has suppressions, all have."""
    stack = changed(tagged("A lab"), entry("out", 100, egress=True, ruleAction=Opaque.SECRET))
    # The check that cannot say has no exemption that is surely unused; another has.
    result = checked(stack, exempting(FITS, {**IDLE, "check": COUNT}, tag_exemptions=[SELF]))
    (run,) = json.loads(FORMATS[Format.SARIF](result))["runs"]
    assert [
        (each["kind"], [one["justification"] for one in each["suppressions"]]) for each in run["results"]
    ] == [
        ("fail", []),
        ("fail", [FITS["reason"]]),
        ("open", []),
    ]
    (suppression,) = run["results"][1]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["properties"] == {
        "by": "settings",
        "expires": "2026-11-26",
        "approvedBy": "Platform",
        "ticket": "NET-1",
    }
    assert run["results"][1]["level"] == "warning"
    (unused,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert unused["descriptor"] == {"id": "unneeded", "index": 2}
    assert run["invocations"][0]["executionSuccessful"] is True


def _cases(result: Result) -> dict[str, Any]:
    tree = JUnitXml.fromstring(FORMATS[Format.JUNIT](result).encode())
    return {case.name: case for suite in tree for case in suite if case.classname == "test/dev/env"}


def test_junit_skips_what_is_exempt() -> None:
    """Passed would say that all is right; beside a failure it stands in the output."""
    result = checked(tagged("never A lab"), EXEMPT)
    cases = _cases(result)
    skipped, output = cases[SELF]
    assert isinstance(skipped, Skipped)
    assert (skipped.type, skipped.message) == (
        "exempt",
        f'exempt: the tag mwaa:exempt:{SELF} of security group "group" says so.',
    )
    assert isinstance(output, SystemOut)
    assert output.text.startswith("exempt, advisory\ninfra/__main__.py:8\n")
    (first,) = result.accepted[:1]
    stands = replace(first, accepted=None, level=Level.MANDATORY)
    both = replace(result, findings=(stands, *result.findings))
    cases = _cases(both)
    failure, output = cases[ACL]
    assert isinstance(failure, Failure)
    assert "exempt, advisory" in output.text


@pytest.mark.parametrize(("level", "failures"), [("advisory", 0), ("mandatory", 1)])
def test_junit_has_a_case_for_an_exemption_that_is_unused(level: str, failures: int) -> None:
    """It fails where that ends a pipeline."""
    result = checked(RIGHT, exempting(IDLE, checks={"exemptions": {"level": level}}))
    tree = JUnitXml.fromstring(FORMATS[Format.JUNIT](result).encode())
    (case,) = (each for suite in tree for each in suite if each.classname == "mwaa-audit.exemptions")
    assert (case.name, tree.failures) == (ACL, failures)


def test_the_page_for_a_browser_keeps_what_is_exempt_apart() -> None:
    """A network of which nothing stands need not be mended."""
    page = page_of(checked(tagged("never A lab"), EXEMPT))
    assert page.headline == "Nothing must be mended"
    assert [(each.kind, each.word) for each in page.entries] == [
        (Kind.ACCEPTED, "exempt"),
        (Kind.ACCEPTED, "exempt"),
        (Kind.UNNEEDED, "no longer needed"),
    ]
    mandatory = {"exemptions": {"level": "mandatory"}, "advice": {"level": "mandatory"}}
    for stack, stated in (
        (DENIES, exempting(FITS, checks=mandatory)),
        (CIDR_FOR_SELF, exempting(substitutes="advise", checks=mandatory)),
    ):
        assert page_of(checked(stack, stated)).headline == "1 network of 1 must be mended"


# Over all stacks.

TEAMS: Final = {
    f"{kind}-{team}": stack for team in "ab" for kind, stack in (("wrong", DENIES), ("right", RIGHT))
}
OF_TEAM: Final = [
    {**FITS, "expires": "never", "urn": f"urn:pulumi:dev::network-{team}::*"}
    for team in ("wrong-a", "wrong-b", "right-a", "gone")
]
ORGANIZATION: Final = exempting(
    *OF_TEAM, {**FITS, "expires": "2026-11-26"}, {**FITS, "name": "*"}, {**FITS, "name": "acls"}
)
# How many findings each fits.
USED: Final = [1, 1, 0, 0, 2, 2, 0]


def _organization(folder: str = "states") -> str:
    stacks = {
        project: each for team, stack in TEAMS.items() for project, each in split(stack, f"-{team}").items()
    }
    return write_backend(Path(folder), stacks)


def test_an_exemption_is_unused_that_fits_in_no_stack() -> None:
    """Whichever of several exempts a finding, each that fits it is of use."""
    result = swept(_organization(), Path("index"), ORGANIZATION)
    assert [each.findings for each in result.exemptions] == USED
    assert [each.unused for each in result.exemptions] == [not number for number in USED]
    assert (len(result.accepted), len(result.standing)) == (2, 0)


def test_a_sweep_in_pieces_says_of_exemptions_what_one_in_one_piece_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Interrupted after each network that is judged, and where only changes are read."""
    place = _organization()
    whole = swept(place, Path("fresh"), ORGANIZATION)
    for judged in range(1, 5):
        with monkeypatch.context() as patched:
            patched.setattr("mwaa_audit.sweep.organization.judge_network", _ending_after(judged))
            with pytest.raises(KeyboardInterrupt):
                swept(place, Path(f"index-{judged}"), ORGANIZATION)
        # What the interrupt leaves open of the index ends with its traceback.
        gc.collect()
        assert swept(place, Path(f"index-{judged}"), ORGANIZATION) == whole
        assert swept(place, Path(f"index-{judged}"), ORGANIZATION, changed_only=True) == whole


def _ending_after(judged: int) -> Any:  # noqa: ANN401 - in place of a function
    from mwaa_audit.sweep.organization import judge_network  # noqa: PLC0415 - the one that is replaced

    left = [judged - 1]

    def judge(*arguments: Any) -> bytes:  # noqa: ANN401 - passed on
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return judge_network(*arguments)

    return judge


def test_what_changed_may_make_an_exemption_useless_or_useful() -> None:
    """The index knows which network each was of use in."""
    place = _organization()
    swept(place, Path("index"), ORGANIZATION)
    write_backend(Path(place), split(RIGHT, "-wrong-a"))
    write_backend(Path(place), split(DENIES, "-right-a"))
    again = swept(place, Path("index"), ORGANIZATION, changed_only=True)
    assert [each.findings for each in again.exemptions] == [0, 1, 1, 0, 2, 2, 0]
    assert again == swept(place, Path("fresh"), ORGANIZATION)


def test_exemptions_that_change_places_are_told_by_their_new_ones() -> None:
    """What was kept by the old ones is judged anew."""
    place = _organization()
    swept(place, Path("index"), ORGANIZATION)
    turned = exempting(*reversed(list(_document(ORGANIZATION))))
    result = swept(place, Path("index"), turned, changed_only=True)
    assert [each.findings for each in result.exemptions] == USED[::-1]


def _document(stated: Criteria) -> list[Mapping[str, object]]:
    exemptions = stated.stated.document["exemptions"]
    assert isinstance(exemptions, list)
    return exemptions


def test_an_exemption_that_expires_between_two_sweeps_expires() -> None:
    """Though nothing has changed but the day."""
    place = _organization()
    dated = exempting({**FITS, "expires": "2026-11-26"})
    assert swept(place, Path("index"), dated).standing == ()
    tomorrow = replace(dated, today=TODAY + timedelta(days=1))
    after = swept(place, Path("index"), tomorrow, changed_only=True)
    assert [each.vain[0].standing for each in after.standing] == ["expired", "expired"]
    assert after.exemptions[0].expired
    assert after.unused == ()


def test_what_was_not_judged_may_be_what_an_exemption_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say then that it is good for nothing."""
    place = _organization()
    broken = Path(place) / ".pulumi" / "stacks" / "broken" / "dev.json"
    broken.parent.mkdir()
    broken.write_text("canary")
    assert swept(place, Path("index"), ORGANIZATION).unused == ()
    broken.unlink()
    with monkeypatch.context() as patched:
        patched.setattr("mwaa_audit.sweep.organization.judge", _fail)
        assert swept(place, Path("other"), ORGANIZATION).unused == ()
    assert len(swept(place, Path("index"), ORGANIZATION).unused) == 3


def _fail(*_: object) -> None:
    raise KeyError("canary")


def test_where_exemptions_are_ignored_none_is_unused() -> None:
    """Nobody asked whether they are of use."""
    ignoring = exempting(FITS, ignore_exemptions=True)
    result = swept(_organization(), Path("index"), ignoring)
    assert (len(result.violations), result.unused) == (2, ())
    assert [each.findings for each in result.exemptions] == [0]
