"""An audit takes an administrator's settings as the policy pack does."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from junitparser import JUnitXml

from local_cloud.paths import REPOSITORY
from mwaa_audit import command_line
from mwaa_audit.criteria import NOTHING_STATED
from mwaa_audit.exit_codes import exit_code
from mwaa_audit.judging import judge
from mwaa_audit.states import read_stack
from mwaa_audit.sweep import opened
from mwaa_audit.sweep.networks import networks
from mwaa_guardrails.reading.resource import Resource, Value
from mwaa_guardrails.settings import VARIABLE
from tests.audit.organizations import deployed, spread, write_backend
from tests.audit.state_files import exported, write
from tests.audit.stating import TODAY, criteria, write_settings
from tests.audit.sweeping import swept
from tests.audit.test_check import ADVISED, ASKED, DENIES, RIGHT
from tests.audit.test_sweep import split
from tests.policy_pack.settings.test_outside import ONE_ZONE, RIGHT_GROUP
from tests.policy_pack.settings.test_outside import RIGHT as FACTS
from tests.policy_pack.settings.test_outside import STACK as REFERS
from tests.policy_pack.stacks import Made, made, ref
from tests.policy_pack.test_administration import CIDR_FOR_SELF, LISTED, NO_SELF, folder_with
from tests.policy_pack.verdicts import ACL, COUNT, MISSING, SELF, SHARED_ZONE

DECLARED: Final = (
    *RIGHT[:-1],
    made("ec2/subnet:Subnet", "declared", vpcId=ref("vpc"), tags={"team:airflow": "flows"}),
)
SHUT: Final = {**FACTS, "network_acls": {"acl-1": {"vpcId": "vpc-1", "ingress": [], "egress": []}}}


def exemption(expires: str) -> dict[str, object]:
    """Return an exemption with a last day."""
    return {"check": ACL, "reason": "It moves", "expires": expires, "name": "acl"}


def checks(**levels: str) -> dict[str, object]:
    """Return settings that state levels; the names of checks have underscores here."""
    return {"checks": {name.replace("_", "-"): {"level": level} for name, level in levels.items()}}


# What is stated, what is told (check, level), and the exit code.
STATED: Final[dict[str, tuple[tuple[Made, ...], dict[str, object], list[tuple[str, str]], int]]] = {
    "nothing": (DENIES, {}, [(ACL, "mandatory")], 1),
    "a level": (DENIES, {"checks": {ACL: {"level": "advisory"}}}, [(ACL, "advisory")], 0),
    "a check is disabled": (DENIES, {"checks": {ACL: {"level": "disabled"}}}, [], 0),
    "substitutes, for one check": (
        CIDR_FOR_SELF,
        {"checks": {SELF: {"substitutes": "advise"}}},
        [(SELF, "advisory")],
        0,
    ),
    "substitutes, for all": (CIDR_FOR_SELF, {"substitutes": "accept"}, [], 0),
    "advice is mandatory": (
        CIDR_FOR_SELF,
        {"substitutes": "advise", **checks(advice="mandatory")},
        [(SELF, "mandatory")],
        1,
    ),
    "advice is disabled": (ADVISED, checks(advice="disabled"), [], 0),
    "what is open is mandatory": (
        ASKED,
        checks(undetermined="mandatory"),
        [("undetermined", "in")],
        2,
    ),
    "what is open is disabled": (ASKED, checks(undetermined="disabled"), [], 0),
    "other tags declare": (
        DECLARED,
        {"tags": {"environment": "team:airflow"}},
        [(COUNT, "mandatory"), (MISSING, "mandatory")],
        1,
    ),
    "what lies outside": (REFERS, {"outside": FACTS}, [], 0),
    "what lies outside is wrong": (REFERS, {"outside": SHUT}, [(ACL, "mandatory"), (ACL, "mandatory")], 1),
}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)


def told(arguments: list[str]) -> tuple[list[tuple[str, str]], int]:
    """Return what a command tells (check, level; question, type) and its exit code."""
    code = command_line.run([*arguments, "--json", "report.json"])
    report: dict[str, Any] = json.loads(Path("report.json").read_text())
    findings = [(each["check"], each["level"]) for each in report["findings"]]
    return findings + [("undetermined", each["subject"]["name"]) for each in report["questions"]], code


@pytest.mark.parametrize(("stack", "settings", "expected", "code"), STATED.values(), ids=STATED.keys())
def test_a_file_is_judged_by_what_an_administrator_states(
    stack: tuple[Made, ...], settings: dict[str, object], expected: list[tuple[str, str]], code: int
) -> None:
    """Only violations of checks that are mandatory there end a pipeline."""
    file = write_settings(Path("ours.yaml"), settings)
    assert told(["check", write(Path("state.json"), exported(stack)), "--settings", file]) == (expected, code)


@pytest.mark.parametrize(("stack", "settings", "expected", "code"), STATED.values(), ids=STATED.keys())
def test_so_is_an_organization(
    stack: tuple[Made, ...], settings: dict[str, object], expected: list[tuple[str, str]], code: int
) -> None:
    """In each network."""
    result = swept(write_backend(Path("states"), split(stack)), Path("index"), criteria(settings))
    asked = [("undetermined", each.subject.name) for each in result.questions]
    assert [(each.check, each.level.value) for each in result.findings] + asked == expected
    assert exit_code(result, strict=False) == code


def test_the_command_hands_settings_to_every_process() -> None:
    """They are judged by there."""
    file = write_settings(Path("ours.yaml"), {"checks": {ACL: {"level": "advisory"}}})
    place = write_backend(Path("states"), split(DENIES))
    assert told(["sweep", place, "--jobs", "1", "--settings", file]) == ([(ACL, "advisory")], 0)


def test_what_lies_outside_is_told_where_the_environment_is() -> None:
    """It has no line of a program, and no stack."""
    file = write_settings(Path("ours.yaml"), {"outside": {**SHUT, "route_tables": {"rtb-1": {}}}})
    state = write(Path("state.json"), exported(REFERS))
    command_line.run(["check", state, "--settings", file, "--json", "report.json"])
    report = json.loads(Path("report.json").read_text())
    for each in (*report["findings"], *report["questions"]):
        assert (each["subject"]["name"], each["subject"]["stack"]) == ("env", "test/dev")
        assert each["subject"]["code"] == [{"file": "infra/__main__.py", "line": 8}]
    assert all(each["related"] == [] for each in report["findings"])
    assert report["questions"][0]["stacks"] == ["test/dev"]
    assert 'network ACL "acl-1" denies' in report["findings"][0]["text"]


def test_what_lies_outside_is_related_to_nothing_that_a_state_says() -> None:
    """A report has no place for it."""
    stated = {"outside": {**FACTS, **ONE_ZONE}}
    (finding,) = judge([read_stack(json.dumps(exported(REFERS)).encode())], criteria(stated)).findings
    assert (finding.check, finding.subject.name, finding.related) == (SHARED_ZONE, "env", ())


def test_what_lies_outside_joins_stacks() -> None:
    """Subnets and a group that no stack has lie in a VPC, and have an ACL, that another stack makes."""
    place, ids = _split_without("a", "b", "group")
    subnets = {
        ids[name]: {
            "vpcId": ids["vpc"],
            "availabilityZone": f"eu-west-1{name}",
            "cidrBlock": f"10.0.{number}.0/24",
            "routeTableId": ids["private-table"],
            "networkAclId": ids["acl"],
        }
        for number, name in enumerate("ab")
    }
    facts = {"subnets": subnets, "security_groups": {ids["group"]: {**RIGHT_GROUP, "vpcId": ids["vpc"]}}}
    result = swept(place, Path("index"), criteria({"outside": facts}))
    assert [(each.check, each.subject.name, each.subject.stack) for each in result.findings] == [
        (ACL, "acl", "network/dev")
    ]
    assert result.questions == ()


def test_what_a_group_outside_merely_names_stands_beside_the_network() -> None:
    """It joins nothing, as what a group of a stack names."""
    place, ids = _split_without("group")
    write_backend(Path("states"), split(RIGHT, "-far"))
    (far,) = (each for each in split(RIGHT, "-far")["network-far"] if each.name == "group")
    rule = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "securityGroups": [far.outputs["id"]]}
    group = {"vpcId": ids["vpc"], "ingress": [rule], "egress": []}
    swept(place, Path("index"))
    for facts, beside in (({ids["group"]: group}, True), ({}, False)):
        stated = criteria({"outside": {"security_groups": facts}})
        with opened(Path("index")) as index:
            titles = [
                [each.title for each in packed.stacks] for packed in networks(index, stated.settings.outside)
            ]
        assert titles == [
            ["apps-far/dev", "network-far/dev"],
            ["apps/dev", *(["network-far/dev"] if beside else []), "network/dev"],
        ]


def _split_without(*names: str) -> tuple[str, dict[str, str]]:
    """Write an organization in which no stack has these parts; return its folder, and all ids by name."""
    resources = deployed(DENIES)
    ids = {each.name: str(each.outputs["id"]) for each in resources if "id" in each.outputs}
    kept = [
        replace(each, inputs=_without_subnets(each.inputs), outputs=_without_subnets(each.outputs))
        for each in resources
        if not each.type.startswith("pulumi:providers:") and not {each.name, _names(each)} & {*names}
    ]
    return write_backend(
        Path("states"), spread(kept, ["apps" if each.name == "env" else "network" for each in kept])
    ), ids


def _names(resource: Resource) -> str:
    """Return the part that an association or a rule is about."""
    for key in ("subnetId", "securityGroupId"):
        about = resource.outputs.get(key)
        if isinstance(about, str) and not resource.type.endswith(":NatGateway"):
            return _PARTS[about]
    return ""


_PARTS: Final = {str(each.outputs["id"]): each.name for each in deployed(DENIES) if "id" in each.outputs}


def _without_subnets(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key != "subnetIds"}


REFUSED: Final[dict[str, tuple[object, str]]] = {
    "a check that is none": (
        {"checks": {"subnet-count-not-tow": {"level": "advisory"}}},
        (
            f"ours.yaml: checks.subnet-count-not-tow: no such key; it is one of the {LISTED} that the "
            "documentation lists; did you mean subnet-count-not-two?"
        ),
    ),
    "a level that is none": (
        {"checks": {ACL: {"level": "advisry"}}},
        (
            f"ours.yaml: checks.{ACL}.level: 'advisry' is none of mandatory, advisory, disabled; "
            "did you mean advisory?"
        ),
    ),
    "two things": (
        {"ignore_exemption": True, "tag_exemptions": "all"},
        (
            "ours.yaml: ignore_exemption: no such key; it is one of checks, substitutes, tags, outside, "
            "exemptions, tag_exemptions, ignore_exemptions; did you mean ignore_exemptions?\n"
            "ours.yaml: tag_exemptions: 'all' is not a list"
        ),
    ),
    "no mapping": (["checks"], "ours.yaml is not a mapping of keys to values"),
}


@pytest.mark.parametrize(("document", "said"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("command", ["check", "sweep"])
def test_a_file_that_cannot_be_taken_is_told(
    command: str, document: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the words of the policy pack, before the work begins."""
    file = write_settings(Path("ours.yaml"), document)
    assert command_line.run([command, "missing", "--settings", file]) == 3
    assert capsys.readouterr() == ("", f"error: the settings cannot be taken.\n{said}\n")


def test_a_file_that_is_missing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever names one wants it to be taken."""
    assert command_line.run(["check", "state.json", "--settings", "ours.yaml"]) == 3
    assert capsys.readouterr().err == (
        "error: the settings cannot be taken.\nours.yaml cannot be read: No such file or directory\n"
    )


def test_without_a_name_the_file_of_the_environment_is_taken_which_tightens_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in the policy pack; whoever names a file is the administrator."""
    state = write(Path("state.json"), exported(ASKED))
    monkeypatch.setenv(VARIABLE, write_settings(Path("tight.yaml"), checks(undetermined="mandatory")))
    assert told(["check", state])[1] == 2
    loose = write_settings(Path("loose.yaml"), checks(undetermined="disabled"))
    monkeypatch.setenv(VARIABLE, loose)
    capsys.readouterr()
    assert command_line.run(["check", state]) == 3
    assert capsys.readouterr().err == (
        "error: the settings cannot be taken.\nloose.yaml, which MWAA_GUARDRAILS_SETTINGS names: "
        "checks.undetermined.level: disabled is looser than advisory\n"
    )
    assert told(["check", state, "--settings", loose]) == ([], 0)


def test_without_a_name_the_file_of_the_policy_pack_is_taken_before_all(tmp_path: Path) -> None:
    """An audit of a clone says what the pack in it says, whatever a project sets."""
    pack = folder_with(tmp_path, {"checks": {ACL: {"level": "advisory"}}})
    write(Path("state.json"), exported(DENIES))
    sources = os.pathsep.join((str(REPOSITORY / "audit"), str(pack)))
    ended = subprocess.run(
        [sys.executable, "-m", "mwaa_audit", "check", "state.json"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": sources, VARIABLE: "/missing.yaml"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("violation, critical, advisory, ")


def test_a_disabled_check_is_no_check_that_passed() -> None:
    """JUnit skips it, SARIF says that it did not run."""
    file = write_settings(
        Path("ours.yaml"), {"checks": {ACL: {"level": "disabled"}, SELF: {"level": "advisory"}}}
    )
    state = write(Path("state.json"), exported(RIGHT))
    command_line.run(["check", state, "--settings", file, "--junit", "report.xml", "--sarif", "report.sarif"])
    (skipped,) = (case for suite in JUnitXml.fromfile("report.xml") for case in suite if case.is_skipped)
    assert (skipped.name, skipped.result[0].message) == (ACL, "The settings disable this check.")
    (run,) = json.loads(Path("report.sarif").read_text())["runs"]
    overrides = run["invocations"][0]["ruleConfigurationOverrides"]
    assert {each["descriptor"]["id"]: each["configuration"] for each in overrides} == {
        ACL: {"enabled": False, "level": "none"},
        SELF: {"enabled": True, "level": "warning"},
    }


# What is kept between sweeps.


def test_other_settings_judge_again_what_has_not_changed() -> None:
    """And nothing else does: the result is that of a sweep which knows nothing."""
    place = write_backend(Path("states"), {**split(DENIES, "-one"), **split(NO_SELF, "-two")})
    judged: list[int] = []

    def count(_read: int, done: int) -> None:
        judged.append(done)

    documents: list[dict[str, object]] = [
        {},
        {"checks": {ACL: {"level": "advisory"}}},
        {"checks": {ACL: {"level": "disabled"}}, "substitutes": "accept"},
        {"tags": {"environment": "team:airflow"}},
    ]
    for number, document in enumerate(documents):
        stated = criteria(document)
        result = swept(place, Path("index"), stated, changed_only=True, progress=count)
        assert result == swept(place, Path(f"fresh-{number}"), stated)
        assert max(judged) == 2
        judged.clear()
        assert swept(place, Path("index"), stated, changed_only=True, progress=count) == result
        assert max(judged, default=0) == 0
        judged.clear()


def test_other_tags_declare_where_nothing_has_changed() -> None:
    """States that were read for other tags are read again."""
    place = write_backend(Path("states"), split(DECLARED))
    stated = criteria({"tags": {"environment": "team:airflow"}})
    before = swept(place, Path("index"), criteria({}))
    assert swept(place, Path("index"), stated, changed_only=True) == swept(place, Path("fresh"), stated)
    assert swept(place, Path("index"), criteria({}), changed_only=True) == before


def test_a_sweep_that_goes_on_by_other_settings_tells_by_these_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged before it ended is not told beside it."""
    place = write_backend(Path("states"), split(DENIES))
    with monkeypatch.context() as patched:
        patched.setattr("mwaa_audit.sweep.index.Index.end", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            swept(place, Path("index"), criteria({}))
    stated = criteria({"checks": {ACL: {"level": "advisory"}}})
    assert swept(place, Path("index"), stated) == swept(place, Path("fresh"), stated)


def _interrupt(_index: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("document", "days", "same"),
    [
        ({}, 1, True),
        ({"exemptions": [exemption("never")]}, 1, True),
        ({"exemptions": [exemption("2026-11-27")]}, 1, True),
        ({"exemptions": [exemption("2026-11-26")]}, 1, False),
        ({"tag_exemptions": [ACL]}, 1, False),
    ],
)
def test_a_day_changes_what_is_judged_where_something_may_expire(
    document: dict[str, object], days: int, *, same: bool
) -> None:
    """Else what was judged yesterday stands."""
    first, second = (criteria(document, TODAY + timedelta(days=each)) for each in (0, days))
    assert (first.digest == second.digest) is same


def test_what_is_stated_in_another_order_is_the_same() -> None:
    """A file that was only tidied up costs no sweep."""
    one = criteria(
        {"substitutes": "advise", "checks": {ACL: {"level": "advisory"}, SELF: {"level": "advisory"}}}
    )
    two = criteria(
        {"checks": {SELF: {"level": "advisory"}, ACL: {"level": "advisory"}}, "substitutes": "advise"}
    )
    assert one.digest == two.digest != NOTHING_STATED.digest
