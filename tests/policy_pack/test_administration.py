"""An administrator's settings reach the pack as a process; what a project controls only tightens it."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import grpc
import pytest
import yaml
from pulumi.runtime import proto

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.settings import REPORTS
from tests.policy_pack.networks import changed, right_network
from tests.policy_pack.pack_process import PACK, running_pack
from tests.policy_pack.stacks import Made, Rendering, made, ref, render
from tests.policy_pack.verdicts import COUNT, SELF

# What can stand under `checks`.
LISTED: Final = len(ALL_CHECKS) + len(REPORTS)

CIDR_FOR_SELF: Final = changed(
    right_network(),
    made(
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "self",
        securityGroupId=ref("group"),
        cidrIpv4="10.0.0.0/16",
        ipProtocol="-1",
    ),
)
NO_SELF: Final = changed(right_network(), without=("self",))
OUTSIDE: Final = (
    made(
        "mwaa/environment:Environment",
        "env",
        networkConfiguration={"subnetIds": ["subnet-a", "subnet-b"], "securityGroupIds": ["sg-1"]},
    ),
)
FACTS: Final = {"security_groups": {"sg-1": {"vpcId": "vpc-1", "ingress": [], "egress": []}}}
TAGGED: Final = changed(
    NO_SELF,
    made(
        "ec2/securityGroup:SecurityGroup",
        "group",
        vpcId=ref("vpc"),
        tags={f"mwaa:exempt:{SELF}": "never A lab"},
    ),
)
EXEMPT: Final = [{"check": SELF, "reason": "A lab", "expires": "never", "name": "group"}]

MANDATORY: Final = (SELF, proto.MANDATORY)
ADVISED: Final = ("advice", proto.ADVISORY)
EXEMPTED: Final = ("exemptions", proto.ADVISORY)


def folder_with(folder: Path, settings: object) -> Path:
    """Return a copy of the pack's folder with a file of settings in it."""
    alone = folder / "pack"
    shutil.copytree(PACK, alone, ignore=shutil.ignore_patterns("venv", "__pycache__"), symlinks=True)
    (alone / "mwaa-guardrails.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return alone


def file_with(folder: Path, settings: object) -> str:
    """Return the path of a file of settings."""
    path = folder / "elsewhere.yaml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return str(path)


STATED: Final[Mapping[str, tuple[tuple[Made, ...], dict[str, object], list[tuple[str, int]]]]] = {
    "nothing": (NO_SELF, {}, [MANDATORY]),
    "a level": (NO_SELF, {"checks": {SELF: {"level": "advisory"}}}, [(SELF, proto.ADVISORY)]),
    "a check is disabled": (NO_SELF, {"checks": {SELF: {"level": "disabled"}}}, []),
    "substitutes, for one check": (CIDR_FOR_SELF, {"checks": {SELF: {"substitutes": "advise"}}}, [ADVISED]),
    "substitutes, for all": (CIDR_FOR_SELF, {"substitutes": "accept"}, []),
    "a report is mandatory": (
        CIDR_FOR_SELF,
        {"substitutes": "advise", "checks": {"advice": {"level": "mandatory"}}},
        [("advice", proto.MANDATORY)],
    ),
    "an exemption": (NO_SELF, {"exemptions": EXEMPT}, [EXEMPTED]),
    "a tag may exempt": (TAGGED, {"tag_exemptions": [SELF]}, [EXEMPTED]),
    "nothing is exempt": (NO_SELF, {"exemptions": EXEMPT, "ignore_exemptions": True}, [MANDATORY]),
    "other tags declare": (
        (
            *right_network()[:-1],
            made("ec2/subnet:Subnet", "declared", vpcId=ref("vpc"), tags={"team:airflow": "flows"}),
        ),
        {"tags": {"environment": "team:airflow"}},
        [(COUNT, proto.MANDATORY), ("vpc-endpoint-missing", proto.MANDATORY)],
    ),
}


@pytest.mark.parametrize(("stack", "settings", "expected"), STATED.values(), ids=STATED.keys())
def test_a_file_in_the_folder_of_the_pack_is_what_an_administrator_states(
    tmp_path: Path, stack: tuple[Made, ...], settings: dict[str, object], expected: list[tuple[str, int]]
) -> None:
    """The folder is what is published, so the file goes with it."""
    with running_pack(folder_with(tmp_path, settings)) as pack:
        reports = pack.analyze(render(stack, Rendering.DEPLOYED))
    assert [(each.policy, each.level) for each in reports] == expected


def test_policy_configuration_wins_over_the_file_key_by_key(tmp_path: Path) -> None:
    """What it does not state is as the file has it."""
    settings = {"substitutes": "accept", "checks": {SELF: {"level": "advisory"}}, "exemptions": EXEMPT}
    with running_pack(folder_with(tmp_path, settings)) as pack:
        levels = {each.name: each.enforcementLevel for each in pack.info().policies}
        assert levels[SELF] == proto.ADVISORY
        pack.configure({SELF: proto.MANDATORY, "settings": proto.ADVISORY}, {"settings": {"exemptions": []}})
        reports = pack.analyze(render(NO_SELF, Rendering.DEPLOYED))
        assert [(each.policy, each.level) for each in reports] == [MANDATORY]
        assert pack.analyze(render(CIDR_FOR_SELF, Rendering.DEPLOYED)) == []
        pack.configure({SELF: proto.MANDATORY}, {SELF: {"substitutes": "advise"}})
        (report,) = pack.analyze(render(changed(CIDR_FOR_SELF), Rendering.DEPLOYED))
        assert report.policy == "exemptions"


def test_policy_configuration_states_facts_as_the_file_does() -> None:
    """Numbers arrive as floats; a report is where the engine knows a resource."""
    with running_pack() as pack:
        assert pack.analyze(render(OUTSIDE, Rendering.DEPLOYED)) == []
        pack.configure({"settings": proto.ADVISORY}, {"settings": {"outside": FACTS}})
        reports = pack.analyze(render(OUTSIDE, Rendering.DEPLOYED))
    assert {each.policy for each in reports} == {SELF, "security-group-blocks-outbound"}
    assert {each.urn for each in reports} == {"urn:pulumi:dev::test::aws:mwaa/environment:Environment::env"}


CONFIGURED: Final = {
    "a policy that is none": (
        {"subnet-count-not-tow": {}},
        "subnet-count-not-tow: no such policy; did you mean subnet-count-not-two?",
    ),
    "an option for all": (
        {"all": {"substitutes": "accept"}},
        "all: it takes a level and no options, such as substitutes",
    ),
    "a setting that is none": (
        {"settings": {"exemption": []}},
        (
            "settings: exemption: no such key; it is one of substitutes, tags, outside, exemptions, "
            "tag_exemptions, ignore_exemptions; did you mean exemptions?"
        ),
    ),
    "an exemption without an end": (
        {"settings": {"exemptions": [{"check": SELF, "reason": "A lab", "name": "group"}]}},
        (
            "settings: exemptions[0]: expires is missing: The last day on which it holds, such as "
            "2027-03-31, or never."
        ),
    ),
}


@pytest.mark.parametrize(("properties", "told"), CONFIGURED.values(), ids=CONFIGURED.keys())
def test_configuration_that_means_nothing_is_refused(
    properties: dict[str, dict[str, object]], told: str
) -> None:
    """Pulumi itself passes it on without a word."""
    with running_pack() as pack, pytest.raises(grpc.RpcError) as refused:
        pack.configure(dict.fromkeys(properties, proto.ADVISORY), properties)
    assert refused.value.details() == told


def test_a_level_for_all_is_taken() -> None:
    """The engine sends it under the name of no policy, beside those that it has spread it to."""
    with running_pack() as pack:
        pack.configure({"all": proto.MANDATORY, SELF: proto.ADVISORY}, {})
        (report,) = pack.analyze(render(NO_SELF, Rendering.DEPLOYED))
    assert report.level == proto.ADVISORY


def test_an_environment_variable_tightens(tmp_path: Path) -> None:
    """Whoever deploys may be stricter than the administrator."""
    path = file_with(tmp_path, {"checks": {"undetermined": {"level": "mandatory"}}, "substitutes": "refuse"})
    with running_pack(MWAA_GUARDRAILS_SETTINGS=path) as pack:
        levels = {each.name: each.enforcementLevel for each in pack.info().policies}
    assert levels["undetermined"] == proto.MANDATORY


LOOSENED: Final = {
    "a level": {"checks": {SELF: {"level": "advisory"}}},
    "an option": {"checks": {SELF: {"substitutes": "accept"}}},
    "an option for all": {"substitutes": "accept"},
    "an exemption": {"exemptions": EXEMPT},
    "what tags may exempt": {"tag_exemptions": [SELF]},
    "exemptions, again": {"ignore_exemptions": False},
    "the tags that declare": {"tags": {"environment": "nothing"}},
    "a fact": {"outside": FACTS},
}


@pytest.mark.parametrize("settings", LOOSENED.values(), ids=LOOSENED.keys())
def test_an_environment_variable_never_loosens(tmp_path: Path, settings: dict[str, object]) -> None:
    """The pack does not start, and says why; beside an administrator's file the variable means nothing."""
    ended = _started(PACK, MWAA_GUARDRAILS_SETTINGS=file_with(tmp_path, settings))
    assert ended.returncode == 1
    assert "elsewhere.yaml, which MWAA_GUARDRAILS_SETTINGS names: " in ended.stderr
    assert "Traceback" not in ended.stderr
    named = file_with(tmp_path, settings)
    with running_pack(folder_with(tmp_path, {}), MWAA_GUARDRAILS_SETTINGS=named) as pack:
        (report,) = pack.analyze(render(NO_SELF, Rendering.DEPLOYED))
    assert (report.policy, report.level) == MANDATORY


def test_a_tag_never_loosens_without_the_administrators_word() -> None:
    """It is told that it is not honoured."""
    with running_pack() as pack:
        reports = pack.analyze(render(TAGGED, Rendering.DEPLOYED))
    assert [(each.policy, each.level) for each in reports] == [MANDATORY, EXEMPTED]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"checks": {"subnet-count-not-tow": {"level": "advisory"}}},
            (
                f"mwaa-guardrails.yaml: checks.subnet-count-not-tow: no such key; it is one of the {LISTED} "
                "that the documentation lists; did you mean subnet-count-not-two?"
            ),
        ),
        (["checks"], "mwaa-guardrails.yaml is not a mapping of keys to values"),
    ],
)
def test_a_file_that_cannot_be_taken_keeps_the_pack_from_starting(
    tmp_path: Path, settings: object, told: str
) -> None:
    """Settings that are not understood would leave an organization without what it thinks it has."""
    ended = _started(folder_with(tmp_path, settings))
    assert (ended.returncode, ended.stderr) == (
        1,
        f"mwaa-guardrails: the settings cannot be taken.\n{told}\n",
    )


def _started(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:0", str(folder)]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
