"""What is said of an environment when an update registers it: only what nothing that comes later can mend."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.evaluation import evaluate_registration
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.messages import finding_text
from mwaa_guardrails.reading.registration import is_environment
from mwaa_guardrails.reading.resource import Opaque, Resource
from tests.policy_pack.networks import ALL_IPV4, changed, environment, right_network
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import COUNT, GROUPS, PUBLIC, Verdict, violation

# AWS's ids begin with what they mean, and that alone tells a gateway here.
RIGHT: Final = changed(
    right_network(),
    made(
        "ec2/route:Route",
        "public-route",
        routeTableId=ref("public-table"),
        destinationCidrBlock=ALL_IPV4,
        gatewayId="igw-0123456789",
    ),
)
SILENT: Final[Verdict] = frozenset()
_ASSOCIATION: Final = "ec2/routeTableAssociation:RouteTableAssociation"
_PUBLIC_A: Final = made(_ASSOCIATION, "association-a", routeTableId=ref("public-table"), subnetId=ref("a"))
_MAIN: Final = made(
    "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    vpcId=ref("vpc"),
    routeTableId=ref("public-table"),
)
_ELSEWHERE: Final = made(
    "mwaa/environment:Environment",
    "env",
    networkConfiguration={"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]},
)
_GROUPS: Final = tuple(
    made("ec2/securityGroup:SecurityGroup", f"group-{n}", vpcId=ref("vpc")) for n in range(6)
)


def _registered(stack: Iterable[Made], rendering: Rendering) -> tuple[Resource, tuple[Resource, ...]]:
    """Return the environment and what came before it, as the engine shows them while it registers them."""
    seen = [
        replace(each, outputs={}, dependencies=(), property_dependencies={})
        for each in render(stack, rendering)
    ]
    (environment_,) = (each for each in seen if each.type.endswith(":Environment"))
    return environment_, tuple(each for each in seen if each is not environment_)


def _said(stack: Iterable[Made], rendering: Rendering = Rendering.DEPLOYED) -> Verdict:
    findings = evaluate_registration(*_registered(stack, rendering))
    assert len({(each.check, each.subject, each.fault) for each in findings}) == len(findings)
    return frozenset((each.check, each.subject.name, each.degree.value) for each in findings)


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        pytest.param(RIGHT, SILENT, id="a right network"),
        pytest.param(
            changed(RIGHT, environment(["a", "b", "public"], ["group"])),
            violation(COUNT, "env") | violation(PUBLIC, "env"),
            id="a third subnet, a public one",
        ),
        pytest.param(
            changed(RIGHT, environment(["a", "a"], ["group"])), violation(COUNT, "env"), id="a subnet twice"
        ),
        pytest.param(
            changed(RIGHT, environment(["a", "b"], [])), violation(GROUPS, "env"), id="no security group"
        ),
        pytest.param(
            changed(RIGHT, *_GROUPS, environment(["a", "b"], [each.name for each in _GROUPS])),
            violation(GROUPS, "env"),
            id="six security groups",
        ),
        pytest.param(changed(RIGHT, _PUBLIC_A), violation(PUBLIC, "env"), id="a subnet with a public table"),
        pytest.param(
            changed(RIGHT, _PUBLIC_A, without=("public-route",)),
            SILENT,
            id="a table without a route to an internet gateway so far",
        ),
        pytest.param(
            changed(RIGHT, _MAIN, without=("association-a",)),
            SILENT,
            id="a public main table, while an association may come",
        ),
        pytest.param(
            changed(RIGHT, _ELSEWHERE, without=("group", "self", "outbound")),
            SILENT,
            id="an environment on subnets of another stack",
        ),
        pytest.param(
            changed(RIGHT, without=("self", "outbound", "acl", "in", "out")),
            SILENT,
            id="rules and entries that may come",
        ),
    ],
)
def test_only_what_nothing_can_mend_is_said(stack: tuple[Made, ...], expected: Verdict) -> None:
    """Ids are known in an update, and what they say of one another is certain."""
    assert _said(stack) == expected


@pytest.mark.parametrize("rendering", [Rendering.PREVIEW, Rendering.LISTS])
def test_what_cannot_be_known_yet_is_not_said(rendering: Rendering) -> None:
    """Three ids that nobody knows may be two; a subnet's table is told by its id alone."""
    assert _said(changed(RIGHT, environment(["a", "b", "public"], ["group"])), rendering) == SILENT
    assert _said(changed(RIGHT, _PUBLIC_A), rendering) == SILENT


def test_two_tables_for_one_subnet_are_no_certainty() -> None:
    """AWS refuses the second association, and which it is nobody knows."""
    second = made(_ASSOCIATION, "second", routeTableId=ref("public-table"), subnetId=ref("a"))
    assert _said(changed(RIGHT, second)) == SILENT


def test_an_association_whose_table_is_secret_names_none() -> None:
    """Nor does one for a table that is told twice make a second one."""
    hidden = made(_ASSOCIATION, "association-a", routeTableId=Opaque.SECRET, subnetId=ref("a"))
    assert _said(changed(RIGHT, hidden)) == SILENT


def test_a_public_subnet_is_told_by_its_ids() -> None:
    """The subnet's and the table's names are not known then."""
    table = "rtb-0a1b"
    route = made(
        "ec2/route:Route",
        "public-route",
        routeTableId=table,
        destinationCidrBlock=ALL_IPV4,
        gatewayId="igw-0123456789",
    )
    public = made(_ASSOCIATION, "association-a", routeTableId=table, subnetId="subnet-1")
    stack = changed(RIGHT, route, public, _ELSEWHERE)
    (finding,) = evaluate_registration(*_registered(stack, Rendering.DEPLOYED))
    first, decided, *_ = finding_text(finding).splitlines()
    assert first == f'{PUBLIC}: subnet subnet-1 of environment "env" is public.'
    assert decided.endswith('of its route table, route table "rtb-0a1b"')
    assert 'route table association "association-a": route_table_id=env_private.id' in finding_text(finding)


def test_a_text_that_is_no_id_is_not_quoted() -> None:
    """It may be anything, a secret too."""
    (finding,) = evaluate_registration(*_registered(changed(RIGHT, _PUBLIC_A), Rendering.DEPLOYED))
    assert "id-of-a" not in finding_text(finding)


def _declared(name: str, zone: str) -> Made:
    tags: dict[str, Written] = {"mwaa:environment": "env"}
    return made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), availabilityZone=zone, tags=tags)


@pytest.mark.parametrize("used", [["a", "b"], ["a", "c"]])
def test_tags_do_not_tell_which_subnets_an_environment_uses(used: list[str]) -> None:
    """It names them by ids that no resource is known to have, and a tag may stand on one it does not use."""
    declared = (_declared("a", "eu-west-1a"), _declared("b", "eu-west-1a"))
    other = made("ec2/subnet:Subnet", "c", vpcId=ref("vpc"), availabilityZone="eu-west-1b")
    assert _said(changed(RIGHT, *declared, other, _MAIN, environment(used, ["group"]))) == SILENT


def test_a_route_inline_on_a_table_is_not_seen() -> None:
    """Nobody knows yet which id the table has."""
    inline = made(
        "ec2/routeTable:RouteTable",
        "public-table",
        vpcId=ref("vpc"),
        routes=[{"cidrBlock": ALL_IPV4, "gatewayId": "igw-0123456789"}],
    )
    assert _said(changed(RIGHT, inline, _PUBLIC_A, without=("public-route",))) == SILENT


@pytest.mark.parametrize(
    ("type_", "is_one"),
    [
        ("aws:mwaa/environment:Environment", True),
        ("aws-native:mwaa:Environment", True),
        ("aws:elasticbeanstalk/environment:Environment", False),
    ],
)
def test_an_environment_is_told_by_what_its_type_makes(type_: str, is_one: bool) -> None:  # noqa: FBT001 - a column of the table
    """Whoever's type it is."""
    assert (
        is_environment(Resource(urn=f"urn:pulumi:dev::test::{type_}::env", type=type_, name="env")) == is_one
    )


def test_a_failure_is_left_to_the_judgement_of_the_whole_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment does not break on it, and the other checks are asked."""

    def failing(*_: object) -> Iterator[Finding | Undetermined]:
        raise KeyError

    stack = changed(RIGHT, environment(["a"], []))
    failing_checks = [
        replace(each, find=failing) if each.id == COUNT else each for each in ALL_CHECKS if each.irreparable
    ]
    findings = evaluate_registration(*_registered(stack, Rendering.DEPLOYED), checks=failing_checks)
    assert [(each.check, each.degree) for each in findings] == [(GROUPS, Degree.VIOLATION)]
    monkeypatch.setattr("mwaa_guardrails.evaluation.read_registration", failing)
    assert evaluate_registration(*_registered(stack, Rendering.DEPLOYED)) == ()
