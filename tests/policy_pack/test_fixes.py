"""A fix, pasted as it stands, makes its finding go away and causes no other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pytest

from mwaa_guardrails.evaluation import Evaluation, evaluate
from mwaa_guardrails.findings import Degree, Finding
from mwaa_guardrails.messages import finding_text
from tests.policy_pack.native_networks import (
    native_association,
    right_native_network,
    right_private_native_network,
)
from tests.policy_pack.networks import (
    changed,
    endpoint,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.pasting import pasted
from tests.policy_pack.shapes import endpoints as ends
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.test_messages import MESSAGES
from tests.policy_pack.verdicts import ACL, ATTACHED, CONTESTED, MISSING, NAT, REACHES, REFUSES, SELF
from tests.policy_pack.verdicts import PUBLIC as PUBLIC_SUBNET

PUBLIC: Final = right_network()
PRIVATE: Final = right_private_network()
NATIVE: Final = right_native_network()
NATIVE_PRIVATE: Final = right_private_native_network()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A network that a check finds at fault, and what the reader of its fix writes for open variables."""

    sentence: str
    check: str
    stack: tuple[Made, ...]
    written: Mapping[str, Written] = field(default_factory=dict)


def _findings(stack: tuple[Made, ...]) -> tuple[Finding, ...]:
    evaluation = evaluate(render(stack, Rendering.DEPLOYED))
    return (*evaluation.violations, *evaluation.advice)


def _group(name: str) -> Made:
    """Return a security group with the documented rules inside it."""
    everything: dict[str, Written] = {"protocol": "-1", "fromPort": 0, "toPort": 0}
    return made(
        "ec2/securityGroup:SecurityGroup",
        name,
        vpcId=ref("vpc"),
        ingress=[{**everything, "self": True}],
        egress=[{**everything, "cidrBlocks": ["0.0.0.0/0"]}],
    )


def _subnet(name: str, block: str, zone: str) -> Made:
    return made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), cidrBlock=block, availabilityZone=zone)


def _tie(name: str, subnet: str, table: str) -> Made:
    return made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        name,
        subnetId=ref(subnet),
        routeTableId=ref(table),
    )


def _second(subnets: list[str], security_groups: list[str]) -> Made:
    """Return a second environment beside the first."""
    return replace(environment(subnets, security_groups), name="second")


def _entry(number: int, *, action: str = "allow") -> dict[str, Written]:
    """Return an entry for all traffic, as it stands inside an ACL."""
    return {
        "ruleNo": number,
        "action": action,
        "protocol": "-1",
        "fromPort": 0,
        "toPort": 0,
        "cidrBlock": "0.0.0.0/0",
    }


def _table(name: str) -> Made:
    return made("ec2/routeTable:RouteTable", name, vpcId=ref("vpc"))


def _nat_beside() -> tuple[Made, ...]:
    """Return a NAT gateway in a public subnet, with all that it needs."""
    names = ("igw", "public", "public-table", "public-route", "public-association", "address", "nat")
    return tuple(each for each in PUBLIC if each.name in names)


def _default_route(name: str, table: str = "private-table", **target: Written) -> Made:
    return made("ec2/route:Route", name, routeTableId=ref(table), destinationCidrBlock="0.0.0.0/0", **target)


TWO_ENVIRONMENTS: Final = (
    Case(
        sentence="the endpoints carry the group of one environment of two",
        check=REFUSES,
        stack=(*PRIVATE, _group("group2"), _second(["a", "b"], ["group2"])),
    ),
    Case(
        sentence="the endpoints stand in one zone of two of a second environment",
        check=ATTACHED,
        stack=(
            *PRIVATE,
            _subnet("b2", "10.0.2.0/24", "eu-west-1b"),
            _subnet("c", "10.0.3.0/24", "eu-west-1c"),
            _tie("association-b2", "b2", "private-table"),
            _tie("association-c", "c", "private-table"),
            _second(["b2", "c"], ["group"]),
        ),
    ),
    Case(
        sentence="the gateway endpoint of S3 is in the table of one environment of two",
        check=ATTACHED,
        stack=(
            *(each for each in PRIVATE if not each.name.startswith("association")),
            _table("table2"),
            _tie("association-a", "a", "private-table"),
            _tie("association-b", "b", "private-table"),
            _subnet("a2", "10.0.2.0/24", "eu-west-1a"),
            _subnet("b2", "10.0.3.0/24", "eu-west-1b"),
            _tie("association-a2", "a2", "table2"),
            _tie("association-b2", "b2", "table2"),
            _second(["a2", "b2"], ["group"]),
        ),
    ),
)
# Where an environment of another VPC is.
_OUTSIDE: Final[dict[str, Written]] = {
    "networkConfiguration": {"subnetIds": ["subnet-0a", "subnet-0b"], "securityGroupIds": ["sg-0a"]}
}
ENDPOINTS: Final = (
    Case(
        sentence="two environments in the same subnets lack the same endpoints",
        check=MISSING,
        stack=(
            *changed(PRIVATE, without=("kms", "s3")),
            _group("group2"),
            replace(environment([], ["group"]), name="elsewhere", inputs=_OUTSIDE),
            _second(["a", "b"], ["group2"]),
        ),
    ),
    Case(
        sentence="the endpoint carries a group of its own that lets nobody in",
        check=REFUSES,
        stack=ends.guarded(ref("own"), more=[ends.group("own")]),
    ),
    Case(sentence="the endpoint carries the default group", check=REFUSES, stack=ends.guarded()),
    Case(
        sentence="the endpoint is in one of two subnets",
        check=ATTACHED,
        stack=changed(PRIVATE, interface_endpoint("sqs", subnetIds=[ref("a")])),
    ),
    Case(
        sentence="the endpoint is in one of two subnets, by an association",
        check=ATTACHED,
        stack=changed(PRIVATE, interface_endpoint("sqs", subnetIds=None), ends.in_subnet("one", "a")),
    ),
    Case(sentence="the endpoint is in other subnets of the same zones", check=ATTACHED, stack=ends.ELSEWHERE),
    Case(
        sentence="there is no endpoint for two services",
        check=MISSING,
        stack=changed(PRIVATE, without=("kms", "s3")),
    ),
    Case(
        sentence="an aws-native VPC without route tables of one's own has no endpoint for S3",
        check=MISSING,
        stack=changed(NATIVE_PRIVATE, without=("s3", "private-table", "association-a", "association-b")),
    ),
    Case(
        sentence="an aws-native endpoint for S3 is in a table that one of two subnets follows",
        check=ATTACHED,
        stack=changed(NATIVE_PRIVATE, without=("association-b",)),
    ),
)
_NAT: Final[dict[str, Written]] = {"nat_gateway": ref("nat")}
_TRANSIT: Final[dict[str, Written]] = {"transitGatewayId": "tgw-0a1b"}


def _inline_table(*routes: Written) -> tuple[Made, ...]:
    """Return the network with public routing, where a table with routes inside it serves subnet b."""
    table = made("ec2/routeTable:RouteTable", "tb", vpcId=ref("vpc"), routes=list(routes))
    return changed(PUBLIC, table, _tie("association-b", "b", "tb"))


WAYS_OUT: Final = (
    Case(
        sentence="a table with routes inside it has none to a NAT device",
        check=NAT,
        stack=_inline_table({"cidrBlock": "172.16.0.0/12", **_TRANSIT}),
        written=_NAT,
    ),
    Case(
        sentence="a table with routes inside it leads a part of the internet to a NAT device",
        check=NAT,
        stack=_inline_table({"cidrBlock": "0.0.0.0/1", "natGatewayId": ref("nat")}),
        written=_NAT,
    ),
    Case(
        sentence="a table without routes",
        check=NAT,
        stack=changed(PUBLIC, _table("tb"), _tie("association-b", "b", "tb")),
        written=_NAT,
    ),
    Case(
        sentence="a subnet follows the main table",
        check=NAT,
        stack=changed(PUBLIC, without=("association-b",)),
        written=_NAT,
    ),
    Case(
        sentence="two subnets follow the main table of an aws-native VPC, and public routing is declared",
        check=NAT,
        stack=tuple(
            replace(each, inputs={**each.inputs, "tags": [{"key": "mwaa:routing", "value": "public"}]})
            if each.name in "ab"
            else each
            for each in changed(NATIVE, without=("association-a", "association-b"))
        ),
        written=_NAT,
    ),
    Case(
        sentence="a transit gateway is the way out, and the VPC lacks endpoints",
        check=NAT,
        stack=changed(
            PRIVATE,
            made(
                "ec2/route:Route",
                "transit",
                routeTableId=ref("private-table"),
                destinationCidrBlock="0.0.0.0/0",
                **_TRANSIT,
            ),
            without=("sqs", "s3"),
        ),
    ),
)
_NARROW: Final[dict[str, Written]] = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "self": True}
LINES: Final = (
    Case(
        sentence="a group whose name is none of Python's has no rule from itself",
        check=SELF,
        stack=(
            *changed(PUBLIC, environment(["a", "b"], ["1st-group"]), without=("group", "self", "outbound")),
            made(
                "ec2/securityGroup:SecurityGroup",
                "1st-group",
                vpcId=ref("vpc"),
                egress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}],
            ),
        ),
    ),
    Case(
        sentence="a group has no rule from itself, and others inside it",
        check=SELF,
        stack=changed(
            PUBLIC,
            made(
                "ec2/securityGroup:SecurityGroup",
                "group",
                vpcId=ref("vpc"),
                ingress=[_NARROW],
                egress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}],
            ),
            without=("self", "outbound"),
        ),
    ),
    Case(
        sentence="an entry inside an ACL denies",
        check=ACL,
        stack=changed(
            PUBLIC,
            made(
                "ec2/networkAcl:NetworkAcl",
                "acl",
                vpcId=ref("vpc"),
                subnetIds=[ref("a"), ref("b")],
                ingress=[_entry(90, action="deny"), _entry(100)],
                egress=[_entry(100)],
            ),
            without=("in", "out"),
        ),
    ),
)


def _declared(stack: tuple[Made, ...], routing: str) -> tuple[Made, ...]:
    """Return a network whose environment's subnets state a routing by their tags."""
    return tuple(
        replace(each, inputs={**each.inputs, "tags": {"mwaa:routing": routing}})
        if each.name in "ab"
        else each
        for each in stack
    )


MOVES: Final = (
    Case(
        sentence="one of two subnets follows the public table",
        check=PUBLIC_SUBNET,
        stack=changed(PUBLIC, _tie("association-b", "b", "public-table")),
    ),
    Case(
        sentence="one of two subnets follows the public table as its VPC's main one",
        check=PUBLIC_SUBNET,
        stack=changed(
            PUBLIC,
            made(
                "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
                "main",
                vpcId=ref("vpc"),
                routeTableId=ref("public-table"),
            ),
            without=("association-b",),
        ),
    ),
    Case(
        sentence="both subnets follow the public table, and another subnet one with a route to NAT",
        check=PUBLIC_SUBNET,
        stack=changed(
            PUBLIC,
            _tie("association-a", "a", "public-table"),
            _tie("association-b", "b", "public-table"),
            _subnet("other", "10.0.4.0/24", "eu-west-1a"),
            _tie("association-other", "other", "private-table"),
        ),
    ),
    Case(
        sentence="both subnets follow the public table, and no other table is left",
        check=PUBLIC_SUBNET,
        stack=changed(
            PUBLIC,
            _tie("association-a", "a", "public-table"),
            _tie("association-b", "b", "public-table"),
            without=("private-table", "private-route"),
        ),
    ),
    Case(
        sentence="the table of both subnets leads a part of the internet to the gateway",
        check=PUBLIC_SUBNET,
        stack=changed(
            PUBLIC,
            made(
                "ec2/route:Route",
                "part",
                routeTableId=ref("private-table"),
                destinationCidrBlock="52.218.0.0/17",
                gatewayId=ref("igw"),
            ),
        ),
    ),
    Case(
        sentence="the environment is given a public subnet with a NAT gateway in it",
        check=PUBLIC_SUBNET,
        stack=changed(PUBLIC, environment(["public", "b"], ["group"])),
        written={"private_a": ref("a"), "private_b": ref("b")},
    ),
    Case(
        sentence="an aws-native subnet follows the public table",
        check=PUBLIC_SUBNET,
        stack=changed(NATIVE, native_association("association-b", "public-table", "b")),
    ),
    Case(
        sentence="subnets are declared private, and their table leads to NAT",
        check=REACHES,
        stack=_declared(
            changed(PRIVATE, *_nat_beside(), _default_route("way-out", natGatewayId=ref("nat"))), "private"
        ),
    ),
    Case(
        sentence="one of two subnets that are declared private leads to NAT",
        check=REACHES,
        stack=_declared(
            changed(
                PRIVATE,
                *_nat_beside(),
                _table("leading"),
                _tie("association-b", "b", "leading"),
                _default_route("way-out", table="leading", natGatewayId=ref("nat")),
                endpoint(
                    "s3", vpcEndpointType="Gateway", routeTableIds=[ref("private-table"), ref("leading")]
                ),
            ),
            "private",
        ),
    ),
)
CASES: Final = (*MOVES, *TWO_ENVIRONMENTS, *ENDPOINTS, *WAYS_OUT, *LINES)


# Stacks of which a fix is no line to paste: it is in CloudFormation's words, inside a text or an object; or
# it leaves a choice to its reader, or the rest to another message.
_IN_WORDS: Final = frozenset(
    {
        "endpoint-in-cloud-control-without-all-that-it-needs",
        "endpoint-in-an-extension-resource-without-all-that-it-needs",
        "group-in-cloud-control-without-a-rule",
        "native-group-with-inbound-rules-inside-and-none-from-itself",
        "acl-first-number-denies",
        "one-declared-subnet",
        "declared-subnet-with-a-nat-gateway-in-it",
        "policy-that-denies-all-but-the-dags",
        "subnet-in-the-unsupported-zone",
        "private-subnets-whose-table-has-a-route-to-nat-inside",
        "no-endpoint-for-two-environments-in-three-zones",
        "one-public-subnet",
        "internet-gateway-of-another-vpc",
    }
)


def _written(stack: tuple[Made, ...]) -> dict[str, Written]:
    """Return what a reader of the texts writes for the variables in them, by what the stack has."""
    names = {each.name for each in stack}
    return {
        "nat_gateway": ref("nat"),
        "private_a": ref("a"),
        "private_b": ref("b"),
        "private_table": ref("private-table"),
        "internet_gateway": ref("igw") if "igw" in names else "igw-0a1b",
    }


TOLD: Final = tuple(
    Case(sentence=name, check=check, stack=stack, written=_written(stack))
    for name, stack in MESSAGES.items()
    if name not in _IN_WORDS
    for check in sorted({each.check for each in _findings(stack)} - {CONTESTED})
)


@pytest.mark.parametrize("case", TOLD, ids=lambda case: f"{case.sentence}: {case.check}")
def test_so_do_the_fixes_of_all_texts(case: Case) -> None:
    """Those that are lines to paste."""
    _mended(case, Rendering.DEPLOYED)


@pytest.mark.parametrize("rendering", EXACT, ids=lambda each: each.name.lower())
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence)
def test_a_fix_mends_what_it_is_for_and_nothing_else(case: Case, rendering: Rendering) -> None:
    """At a first preview and later; nor does it raise a question, or hide one."""
    before, after = _mended(case, rendering)
    assert after.undetermined == before.undetermined


def _mended(case: Case, rendering: Rendering) -> tuple[Evaluation, Evaluation]:
    """Paste the fixes of a check's violations one by one, or of its advice where it has none, and compare."""
    before = evaluate(render(case.stack, rendering))
    told = _of(case.check, before.violations) or _of(case.check, before.advice)
    assert told
    stack = case.stack
    for each in told:
        stack = pasted(stack, finding_text(each), case.written)
    after = evaluate(render(stack, rendering))
    assert not _of(case.check, after.violations)
    assert told[0].degree is Degree.VIOLATION or not _of(case.check, after.advice)
    assert _places(after) <= _places(before)
    return before, after


def _of(check: str, findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if each.check == check]


def _places(evaluation: Evaluation) -> set[tuple[str, str]]:
    return {(each.check, each.subject.name) for each in (*evaluation.violations, *evaluation.advice)}
