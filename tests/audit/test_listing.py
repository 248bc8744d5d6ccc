"""`mwaa-audit exemptions`: what is exempt, what of it ends soon, and what is good for nothing."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from local_cloud.paths import REPOSITORY
from mwaa_audit import command_line
from mwaa_audit.criteria import Criteria
from mwaa_audit.exit_codes import ExitCode
from mwaa_audit.listing import (
    Exemptions,
    State,
    exemptions_json,
    exemptions_of,
    exemptions_summary,
    exemptions_table,
    list_exit_code,
)
from mwaa_audit.result import ReportedFailure, Result, StackUnread
from mwaa_audit.terminal import console
from tests.audit.organizations import write_backend
from tests.audit.stating import write_settings
from tests.audit.sweeping import swept
from tests.audit.test_exempting import exempting, tagged
from tests.audit.test_sweep import DENIES, split
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.verdicts import ACL, SELF

GOLDEN: Final = Path(__file__).parent / "golden"
FAILURE: Final = ReportedFailure(stacks=(), part="judging", exception="KeyError", text="It failed.")


def exemption(expires: str, name: str = "acl", **more: object) -> dict[str, object]:
    """Return an exemption of an ACL."""
    return {"check": ACL, "reason": "It moves", "expires": expires, "name": name, **more}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("expires", "left", "state", "code"),
    [
        ("never", None, State.HOLDS, ExitCode.CLEAN),
        ("2026-12-27", 31, State.HOLDS, ExitCode.CLEAN),
        ("2026-12-26", 30, State.EXPIRING, ExitCode.FINDINGS),
        ("2026-11-26", 0, State.EXPIRING, ExitCode.FINDINGS),
        ("2026-11-25", -1, State.EXPIRED, ExitCode.FINDINGS),
    ],
)
def test_what_has_expired_or_soon_will_is_told(
    expires: str, left: int | None, state: State, code: ExitCode
) -> None:
    """By the settings alone; whether it is of use, nobody asked."""
    listed = exemptions_of(exempting(exemption(expires)), None, expiring=30)
    (each,) = listed.exemptions
    assert (each.days_left, each.state, each.findings, each.unused) == (left, state, None, None)
    assert (list_exit_code(listed), listed.tags, listed.stacks) == (code, (), None)


def test_without_any_exemption_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """And there is no empty table."""
    assert command_line.run(["exemptions", "--settings", write_settings(Path("ours.yaml"), {})]) == 0
    assert capsys.readouterr().out == "0 exemptions: 0 expired, 0 expiring.\n"


STATED: Final = exempting(
    exemption("2027-03-31"),
    exemption(
        "never", "other", approved_by="Platform", ticket="NET-1", urn="urn:pulumi:dev::*", tags={"a": "b"}
    ),
    tag_exemptions=[SELF],
)


def listed_over(
    *teams: str, stated: Criteria = STATED, tag: str = "2026-12-01 canary"
) -> tuple[Exemptions, Result]:
    """Return what is listed over stacks, in each of which an ACL and a group are wrong."""
    stacks = {
        project: resources for team in teams for project, resources in split(tagged(tag), f"-{team}").items()
    }
    result = swept(write_backend(Path("states"), stacks), Path("index"), stated)
    return exemptions_of(stated, result, expiring=30), result


def test_over_all_stacks_what_is_of_no_use_is_told_and_what_tags_exempt() -> None:
    """Of each exemption how many findings it fits."""
    listed, _ = listed_over("one", "two")
    assert [(each.findings, each.unused) for each in listed.exemptions] == [(2, False), (0, True)]
    assert [
        (each.check, each.urn.rpartition("::")[2], each.days_left, each.state) for each in listed.tags
    ] == 2 * [(SELF, "group", 5, State.EXPIRING)]
    assert (listed.stacks, listed.unreadable, list_exit_code(listed)) == (4, 0, ExitCode.FINDINGS)


def test_tags_alone_may_be_what_ends_soon() -> None:
    """An administrator who lists a check wants to know."""
    listed, _ = listed_over("one", stated=exempting(exemption("never"), tag_exemptions=[SELF]))
    assert [each.is_due for each in listed.exemptions] == [False]
    assert list_exit_code(listed) is ExitCode.FINDINGS


@pytest.mark.parametrize(
    ("tag", "listed", "code"),
    [
        ("2026-11-25 canary", [("2026-11-25", -1, State.EXPIRED)], ExitCode.FINDINGS),
        ("never canary", [(None, None, State.HOLDS)], ExitCode.CLEAN),
        ("canary", [], ExitCode.CLEAN),
    ],
)
def test_a_tag_that_has_expired_is_listed(
    tag: str, listed: list[tuple[str | None, int | None, State]], code: ExitCode
) -> None:
    """As an exemption of the settings is; what is no exemption is not, nor is one of the settings a tag."""
    late = exemption("2026-11-25")
    for stated in (exempting(tag_exemptions=[SELF]), exempting(late, tag_exemptions=[SELF])):
        told, _ = listed_over("one", stated=stated, tag=tag)
        assert [(each.expires, each.days_left, each.state) for each in told.tags] == listed
        assert list_exit_code(told) is (ExitCode.FINDINGS if stated.settings.exemptions else code)


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (
            {"unreadable": (StackUnread(location="broken.json", reason="it is not JSON"),)},
            ExitCode.UNREADABLE,
            "1 stack not read, so that nobody knows what is unused",
        ),
        ({"failures": (FAILURE,)}, ExitCode.INTERNAL, "1 defect of mwaa-guardrails"),
    ],
)
def test_what_was_not_judged_may_be_what_one_is_for(more: dict[str, Any], code: ExitCode, said: str) -> None:
    """What fits somewhere is of use all the same."""
    stated = exempting(exemption("never"), exemption("never", "other"))
    whole = swept(write_backend(Path("states"), split(DENIES)), Path("index"), stated)
    result = Result(exemptions=whole.exemptions, stacks=whole.stacks, **more)
    listed = exemptions_of(stated, result, expiring=30)
    assert [each.unused for each in listed.exemptions] == [False, None]
    assert list_exit_code(listed) is code
    assert said in exemptions_summary(listed)


def test_where_all_are_ignored_nobody_knows_their_use() -> None:
    """The summary says so."""
    stated = exempting(exemption("never"), ignore_exemptions=True)
    listed, _ = listed_over("one", stated=stated)
    assert [(each.findings, each.unused) for each in listed.exemptions] == [(None, None)]
    assert (list_exit_code(listed), listed.ignored) == (ExitCode.CLEAN, True)
    assert exemptions_summary(listed).endswith(" The settings ignore all exemptions.")


def test_people_read_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stated, until when, and what it is good for; no tag is quoted."""
    monkeypatch.setenv("COLUMNS", "150")
    listed, _ = listed_over("one")
    table = exemptions_table(listed)
    assert table is not None
    console().print(table)
    console().print(exemptions_summary(listed))
    alone = exemptions_table(exemptions_of(STATED_LATE, None, expiring=30))
    assert alone is not None
    console().print(alone)
    told = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    assert "canary" not in told
    assert_golden(GOLDEN / "exemptions.txt", told)


STATED_LATE: Final = exempting(exemption("2026-11-01"), exemption("2026-11-27"), exemption("2027-11-27"))


def test_json_is_what_its_published_schema_says() -> None:
    """With and without stacks."""
    schema = json.loads((REPOSITORY / "docs" / "mwaa-audit-exemptions.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    for listed in (listed_over("one")[0], exemptions_of(STATED, None, expiring=30)):
        document = json.loads(exemptions_json(listed))
        Draft202012Validator(_closed(schema)).validate(document)
        assert (document["schemaVersion"], document["day"]) == (1, "2026-11-26")


def _closed(schema: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(schema, Mapping):
        closed = {key: _closed(each) for key, each in schema.items()}
        return {**closed, "additionalProperties": False} if "properties" in schema else closed
    return [_closed(each) for each in schema] if isinstance(schema, list) else schema


def test_the_command_lists_them_over_a_backend(capsys: pytest.CaptureFixture[str]) -> None:
    """It sweeps with the options of `sweep`; JSON on the standard output has it for itself."""
    today = datetime.now(UTC).date()
    soon = (today + timedelta(days=10)).isoformat()
    stated = write_settings(Path("ours.yaml"), {"exemptions": [exemption(soon)]})
    place = write_backend(Path("states"), split(DENIES))
    command = ["exemptions", place, "--settings", stated, "--jobs", "1", "--index", "index"]
    assert command_line.run([*command, "--json", "-"]) == 1
    told = capsys.readouterr()
    assert [each["findings"] for each in json.loads(told.out)["exemptions"]] == [1]
    assert "1 exemption: 0 expired, 1 expiring, 0 unused, 0 by tags.\n" in told.err
    assert command_line.run([*command, "--changed", "--expiring", "9"]) == 0
    assert "1 exemption: 0 expired, 0 expiring, 0 unused, 0 by tags.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--settings", "missing.yaml"], "error: the settings cannot be taken.\nmissing.yaml cannot be read"),
        (["missing"], "error: missing is no folder, and no backend of Pulumi's\n"),
        (["--json", "missing/a"], "error: --json missing/a: there is no such folder\n"),
        (["--expiring", "-1"], "error: "),
    ],
)
def test_what_cannot_be_listed_is_told(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As by the other commands."""
    assert command_line.run(["exemptions", *options]) == 3
    assert capsys.readouterr().err.startswith(said)


def test_people_are_told_what_a_full_disk_keeps_from_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    """As by the other commands."""
    assert command_line.run(["exemptions", "--json", "/dev/full"]) == 3
    told = capsys.readouterr()
    assert told.err == "error: /dev/full cannot be written: No space left on device\n"
    assert told.out == "0 exemptions: 0 expired, 0 expiring.\n"
