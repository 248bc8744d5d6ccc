"""What is shown of networks: values alone, from a list of properties, and the paths that fail."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mwaa_audit import judging
from mwaa_audit.judging import Judgement, judge
from mwaa_audit.shown import EndKind, FailingPath, ShownNetwork, failing_paths
from mwaa_audit.states import read_stack
from mwaa_guardrails.aws.model import Outside, TargetKind
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.faults import NotAttached
from mwaa_guardrails.reading.resource import Opaque
from tests.audit.state_files import exported
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import (
    changed,
    endpoint,
    entry,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.subnets import route, subnet
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render
from tests.policy_pack.test_messages import MESSAGES

GOLDEN = Path(__file__).parent / "golden"
RIGHT = right_network()
PRIVATE = right_private_network()


@cache
def judged(name: str) -> Judgement:
    """Return what is said of a network of the messages' tests."""
    return _judged(MESSAGES[name])


def _with(**network: Written) -> tuple[Made, ...]:
    """Return the right network, with an environment of another network configuration."""
    given: dict[str, Written] = {
        "subnetIds": [ref("a"), ref("b")],
        "securityGroupIds": [ref("group")],
        **network,
    }
    return changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=given))


def _judged(stack: tuple[Made, ...]) -> Judgement:
    return judge([read_stack(json.dumps(exported(stack)).encode())])


def _network(stack: tuple[Made, ...]) -> ShownNetwork:
    (network,) = _judged(stack).networks
    return network


def test_every_path_that_fails_says_where_it_comes_from_where_it_goes_and_who_decides() -> None:
    """Of each network that a message is tested with; faults that are about no way have none."""
    lines: list[str] = []
    for name in MESSAGES:
        for finding in judged(name).findings:
            lines += [f"{name}: {finding.check}", *(f"    {_line(each)}" for each in finding.paths)]
    assert_golden(GOLDEN / "failing-paths.txt", "\n".join(lines))


def _line(path: FailingPath) -> str:
    purpose = f" ({path.purpose})" if path.purpose else ""
    ends = f"{path.source.label} -> {path.target.label}"
    return f"{path.asked}{purpose}: {ends}{', arrives' if path.arrives else ''}: {path.decider}"


def _parts(network: ShownNetwork) -> Iterator[str]:
    for some in (network.subnets, network.gateways, network.endpoints):
        yield from (each.id for each in some)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_path_begins_and_ends_at_what_is_shown(name: str) -> None:
    """Else a picture could not show it."""
    told = judged(name)
    assert not told.failures
    parts = {part for each in told.networks for part in _parts(each)}
    ends = [end for finding in told.findings for path in finding.paths for end in (path.source, path.target)]
    for end in ends:
        if end.kind in {EndKind.SUBNET, EndKind.GATEWAY, EndKind.ENDPOINT}:
            assert end.part in parts


def _lines(network: ShownNetwork) -> Iterator[str]:
    yield from (route_.id for each in network.route_tables for route_ in each.routes)
    yield from (entry_.id for each in network.acls for entry_ in each.entries)
    yield from (rule.id for each in network.groups for rule in each.rules)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_line_that_decides_is_one_of_those_that_are_shown(name: str) -> None:
    """So that a table can mark it; the last entry of an ACL stands in none."""
    told = judged(name)
    lines = {line for each in told.networks for line in _lines(each)}
    for path in (path for finding in told.findings for path in finding.paths):
        assert not path.line or path.line.endswith("#*") or path.line in lines


def test_a_network_is_shown_with_its_ways_out() -> None:
    """Whatever lies on them, and the number of what does not."""
    network = _network(RIGHT)
    assert [
        (each.label, each.blocks, each.zone, each.of_environment, each.public) for each in network.subnets
    ] == [
        ('subnet "a"', ("10.0.0.0/24",), "eu-west-1a", True, False),
        ('subnet "b"', ("10.0.1.0/24",), "eu-west-1b", True, False),
        ('subnet "public"', ("10.0.9.0/24",), "eu-west-1a", False, True),
    ]
    assert network.others == 1
    assert [(each.kind, each.label) for each in network.gateways] == [
        (TargetKind.NAT_GATEWAY, 'NAT gateway "nat"'),
        (TargetKind.INTERNET_GATEWAY, 'internet gateway "igw"'),
    ]
    assert [each.label for each in network.acls] == [
        'network ACL "acl"',
        'the default network ACL of VPC "vpc"',
    ]
    (group,) = network.groups
    assert [each.peers for each in group.rules] == [('security group "group"',), ("0.0.0.0/0",)]


def test_endpoints_are_shown_with_their_places_and_groups() -> None:
    """An interface stands in subnets, a gateway on route tables."""
    services = {each.service: each for each in _network(PRIVATE).endpoints}
    assert set(services) == {"kms", "logs", "monitoring", "s3", "sqs"}
    assert [place.rpartition("::")[2] for place in services["sqs"].places] == ["a", "b"]
    assert services["sqs"].groups == ('security group "group"',)
    assert [place.rpartition("::")[2] for place in services["s3"].places] == ["private-table"]
    assert services["s3"].groups == ()


@pytest.mark.parametrize(
    ("id_", "peers"), [("pl-0123456789", ("prefix list pl-0123456789",)), ("canary", ("a prefix list",))]
)
def test_a_prefix_list_is_shown_by_its_id(id_: str, peers: tuple[str, ...]) -> None:
    """Where that has the form of one."""
    rule = made(
        "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "outbound",
        securityGroupId=ref("group"),
        prefixListId=id_,
        ipProtocol="-1",
    )
    (group,) = _network(changed(RIGHT, rule)).groups
    assert [each.peers for each in group.rules] == [('security group "group"',), peers]


def test_what_is_not_known_is_a_value() -> None:
    """Neither left out nor guessed."""
    stack = changed(
        RIGHT,
        made(
            "ec2/subnet:Subnet",
            "a",
            vpcId=ref("vpc"),
            cidrBlock=Opaque.COMPUTED,
            availabilityZone=Opaque.SECRET,
            availabilityZoneId=Opaque.COMPUTED,
        ),
        entry("in", 100, egress=False, ruleAction=Opaque.SECRET, cidrBlock=Opaque.COMPUTED),
    )
    network = _network(stack)
    assert (network.subnets[0].blocks, network.subnets[0].zone) == (None, None)
    inbound, _ = network.acls[0].entries
    assert (inbound.number, inbound.remotes, inbound.action) == (100, None, None)
    unknown = _network(_with(subnetIds=Opaque.COMPUTED))
    assert (unknown.subnets_known, unknown.subnets) == (False, ())
    assert unknown.vpc is not None
    assert (unknown.vpc.label, unknown.vpc.blocks) == ("a VPC that is not known yet", None)


@pytest.mark.parametrize(
    ("what", "stack"),
    [
        (
            "the name of a service",
            changed(PRIVATE, endpoint("sqs", serviceName="com.amazonaws.eu-west-1.canary")),
        ),
        ("a zone", changed(RIGHT, subnet("a", availabilityZone="canary"))),
        ("the id of a group", _with(securityGroupIds=[ref("group"), "canary"])),
        ("the id of a subnet", _with(subnetIds=[ref("a"), "canary"])),
        (
            "the id of a gateway",
            changed(RIGHT, route("private-route", "private-table", transitGatewayId="canary")),
        ),
        (
            "the peer of a rule",
            changed(
                RIGHT,
                made(
                    "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    "more",
                    securityGroupId=ref("group"),
                    referencedSecurityGroupId="canary",
                    ipProtocol="-1",
                    description="canary",
                ),
            ),
        ),
    ],
)
def test_no_text_is_shown_that_has_not_the_form_of_aws(what: str, stack: tuple[Made, ...]) -> None:
    """Whatever a program writes in its place may be a secret."""
    assert "canary" not in repr(_judged(stack)), what


@pytest.mark.parametrize(
    ("lacking", "sources"),
    [
        ((), ['environment "env"']),
        (
            (Outside("subnet-0123456789"), Outside("canary")),
            ["subnet subnet-0123456789", "a subnet that is not in this stack"],
        ),
    ],
)
def test_a_path_from_what_is_not_at_hand_is_told(lacking: tuple[Outside, ...], sources: list[str]) -> None:
    """By an id of AWS's form, or without a name."""
    resources = render(MESSAGES["endpoint-in-one-of-two-subnets"], Rendering.DEPLOYED)
    evaluation = evaluate(resources)
    (finding,) = evaluation.violations
    assert evaluation.model is not None
    assert isinstance(finding.fault, NotAttached)
    elsewhere = replace(finding, fault=replace(finding.fault, lacking=lacking))
    assert [each.source.label for each in failing_paths(evaluation.model, elsewhere)] == sources


def test_a_picture_that_cannot_be_made_keeps_no_finding_from_being_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is a defect of ours, by its type alone."""

    def fail(*_: object) -> None:
        raise KeyError("canary")

    monkeypatch.setattr(judging, "shown_network", fail)
    told = _judged(changed(RIGHT, entry("in", 100, egress=False, ruleAction="deny")))
    assert [each.check for each in told.findings] == ["network-acl-blocks-required-traffic"]
    assert [(each.part, each.exception) for each in told.failures] == [("showing", "KeyError")]
    assert "canary" not in repr(told.failures)
