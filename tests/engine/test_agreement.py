"""Many networks in one stack on the real engine: whenever and by whichever command, they are judged alike.

`make test` draws some of them, `make proof` takes all.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from mwaa_audit.judging import judge
from mwaa_audit.result import CodePosition
from mwaa_audit.states import read_stack
from tests.engine.conftest import MakeWorkbench
from tests.engine.programs.many_networks import NETWORKS
from tests.engine.workbench import POLICY_PACK, Result, Workbench, small_project
from tests.seed import some

PROGRAM: Final = Path(__file__).parent / "programs" / "many_networks.py"
LAST_LINE: Final = "    build()\n"
INTERFACES: Final = ("sqs", "logs", "monitoring", "kms")
LATE: Final = """    network("late", PUBLIC)
    network("late-three-subnets", replace(PUBLIC, more_subnets=1, declared=True))
"""
# Its Region is known when the VPC is there, and no sooner.
UNKNOWN_REGION: Final = """    first = aws.ec2.Vpc("first", cidr_block="10.0.0.0/16")
    region = first.id.apply(lambda _: "eu-west-1")
    for name, choice in (("late", PUBLIC), ("late-private", PRIVATE)):
        network(name, replace(choice, provider=aws.Provider(f"{name}-provider", region=region)))
"""

# What is wrong, by check and by the resource that it is reported on; right networks have no place here.
WRONG: Final[Mapping[str, tuple[str, ...]]] = {
    "advice": ("one-zone",),
    "network-acl-blocks-required-traffic": ("acl-denies", "inline-acl-denies"),
    "s3-endpoint-policy-denies-buckets": ("s3-policy-without-images-s3",),
    "security-group-blocks-outbound": ("no-outbound-rule-group",),
    "security-group-count-outside-limits": ("six-groups-group",),
    "security-group-lacks-self-reference": ("no-self-rule-group",),
    "subnet-count-not-two": ("three-subnets-a",),
    "subnet-lacks-working-nat": ("nat-without-a-way-out-a", "nat-without-a-way-out-b"),
    "subnet-routes-to-internet-gateway": ("public-subnet-a",),
    "subnets-share-availability-zone": ("one-zone-a",),
    "vpc-dns-attributes-disabled": ("no-dns-hostnames",),
    "vpc-endpoint-missing": ("no-kms",),
    "vpc-endpoint-not-attached": tuple(f"endpoints-in-one-subnet-{each}" for each in INTERFACES),
    "vpc-endpoint-policy-denies-environment": ("endpoint-policy-denies-sqs",),
    "vpc-endpoint-private-dns-disabled": tuple(
        f"{network}-{each}" for network in ("no-dns-hostnames", "no-private-dns") for each in INTERFACES
    ),
}

MADE: Final = some(NETWORKS, 7, "agreement")

Verdict: TypeAlias = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """What was said of the same networks at different times."""

    at_first: Verdict
    deployed: Verdict
    analyzed: Verdict
    previewed_again: Verdict
    recorded: str


@pytest.fixture(scope="module", name="advisory")
def nothing_stops(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A policy configuration under which wrong networks are created as well."""
    file = tmp_path_factory.mktemp("levels") / "levels.json"
    file.write_text(json.dumps({"all": "advisory"}))
    return f"--policy-pack-config={file}"


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all."""
    folder = tmp_path_factory.mktemp("agreement")
    config = {"aws:region": "eu-west-1", "small:networks": MADE}
    return make_workbench(small_project(folder, PROGRAM.read_text(), config=config))


@pytest.fixture(scope="module", name="judgements")
def told_from_the_first_preview_on(bench: Workbench, advisory: str) -> Judgements:
    """Preview, deploy, analyze the state and preview again."""
    return Judgements(
        recorded=bench.pulumi("preview", "--json").stdout,
        at_first=_verdict(bench.preview(advisory, policy_pack=POLICY_PACK)),
        deployed=_verdict(bench.up("--skip-preview", advisory, policy_pack=POLICY_PACK)),
        analyzed=_verdict(bench.policy_analyze(bench.export_stack(), POLICY_PACK, advisory)),
        previewed_again=_verdict(bench.preview(advisory, policy_pack=POLICY_PACK)),
    )


def test_each_network_is_judged_by_what_is_wrong_with_it(judgements: Judgements) -> None:
    """Already at the first preview; the right ones, one of them in another Region, get no word."""
    assert judgements.at_first == {
        (check, name) for check, names in WRONG.items() for name in names if name.startswith(tuple(MADE))
    }


def test_deployed_they_are_judged_as_at_the_first_preview(judgements: Judgements) -> None:
    """By `up`, by `policy analyze` and by a preview that changes nothing."""
    assert judgements.deployed == judgements.at_first
    assert judgements.analyzed == judgements.at_first
    assert judgements.previewed_again == judgements.at_first


def test_the_audit_says_the_same_by_files_alone(bench: Workbench, judgements: Judgements) -> None:
    """Of a preview recorded before the deployment and one after, of the export and of the backend's file."""
    again = bench.pulumi("preview", "--json", "--show-sames").stdout
    (checkpoint,) = bench.workspace.places.local.rglob(".pulumi/stacks/small/*.json")
    exported = json.dumps(bench.export_stack())
    for content in (judgements.recorded, again, exported, checkpoint.read_text()):
        judged = judge([read_stack(content.encode())])
        findings = [
            (each.check if each.degree == "violation" else "advice", each) for each in judged.findings
        ]
        assert {(policy, each.subject.name) for policy, each in findings} == judgements.at_first
        assert judged.questions == ()
        lines = {place.line for _, each in findings for place in (each.subject, *each.related)}
        assert lines == {CodePosition(file="infra/__main__.py", line=_last_line(bench))}


def _last_line(bench: Workbench) -> int:
    """Return the line on which the program makes all of its networks."""
    return (bench.project / "infra" / "__main__.py").read_text().splitlines().index(LAST_LINE.rstrip()) + 1


def test_what_is_no_target_is_not_looked_at(bench: Workbench, advisory: str, judgements: Judgements) -> None:
    """New resources that are no target come without properties: nothing of theirs is missing."""
    target = f"--target=**{MADE[0]}"
    with _more(bench, LATE):
        told = _verdict(bench.preview(target, advisory, policy_pack=POLICY_PACK))
    late = {(policy, name) for policy, name in told if name.startswith("late")}
    assert {policy for policy, _ in late} == {"undetermined"}
    assert told - late == judgements.at_first


def test_a_provider_of_unknown_configuration_raises_no_alarm(
    bench: Workbench, advisory: str, judgements: Judgements
) -> None:
    """The engine checks nothing with it, so that defaults and outputs are missing."""
    with _more(bench, UNKNOWN_REGION):
        told = _verdict(bench.preview(advisory, policy_pack=POLICY_PACK))
    late = {(policy, name) for policy, name in told if name.startswith("late")}
    assert {policy for policy, _ in late} <= {"undetermined"}
    assert told - late == judgements.at_first


def test_what_a_program_only_looks_up_is_judged_by_its_outputs(
    bench: Workbench, advisory: str, judgements: Judgements
) -> None:
    """`policy analyze` shows it without inputs; here all parts but the environments and their VPCs are so."""
    state = bench.export_stack()
    for each in state["deployment"]["resources"]:
        if each["type"].startswith("aws:") and not each["type"].endswith((":Environment", ":Vpc")):
            each.update({"external": True, "inputs": {}})
    assert _verdict(bench.policy_analyze(state, POLICY_PACK, advisory)) == judgements.at_first


@contextmanager
def _more(bench: Workbench, lines: str) -> Iterator[None]:
    bench.replace("infra/__main__.py", LAST_LINE, LAST_LINE + lines)
    try:
        yield
    finally:
        bench.replace("infra/__main__.py", LAST_LINE + lines, LAST_LINE)


def _verdict(result: Result) -> Verdict:
    assert result.code == 0, result.output
    verdict = [(each.policy, each.urn.rpartition("::")[2]) for each in result.violations]
    wrong = [each for each in verdict if each[0] != "undetermined"]
    assert len(wrong) == len(set(wrong))
    return frozenset(verdict)
