"""Prefix lists in the inbound rules of an endpoint's group: the blocks in them admit as addresses do."""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, interface_endpoint, right_private_network
from tests.policy_pack.stacks import EXACT, Applied, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import REFUSES, SILENT, Verdict, advice, said_by, undetermined, violation

RIGHT = right_private_network()
ADMITTED = advice(REFUSES, "sqs")
REFUSED = violation(REFUSES, "sqs")

_HTTPS: dict[str, Written] = {"fromPort": 443, "toPort": 443}


def prefix_list(name: str, *blocks: Written) -> Made:
    """Return a prefix list of the stack with these blocks."""
    entries: list[Written] = [{"cidr": each} for each in blocks]
    return made("ec2/managedPrefixList:ManagedPrefixList", name, addressFamily="IPv4", entries=entries)


def door(*more: Made, name: Written, **rule: Written) -> tuple[Made, ...]:
    """Return a network where SQS's endpoint has a group of its own, with one rule for a prefix list."""
    given: dict[str, Written] = {"ipProtocol": "tcp", **_HTTPS, **rule, "securityGroupId": ref("own")}
    return changed(
        RIGHT,
        interface_endpoint("sqs", securityGroupIds=[ref("own")]),
        made("ec2/securityGroup:SecurityGroup", "own", vpcId=ref("vpc")),
        made("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r", prefixListId=name, **given),
        *more,
    )


def inline(*more: Made, names: Written) -> tuple[Made, ...]:
    """Return a network where SQS's endpoint has a group of its own, with an inline rule for prefix lists."""
    rule: Written = {"protocol": "tcp", **_HTTPS, "prefixListIds": names}
    return changed(
        RIGHT,
        interface_endpoint("sqs", securityGroupIds=[ref("own")]),
        made("ec2/securityGroup:SecurityGroup", "own", vpcId=ref("vpc"), ingress=[rule]),
        *more,
    )


SUBNETS = prefix_list("subnets", "10.0.0.0/24", "10.0.1.0/24")
ONE = prefix_list("one", "10.0.0.0/24")
ABROAD = prefix_list("abroad", "192.168.0.0/16")
EITHER: Written = [ref("abroad"), ref("subnets")]
LISTS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    ("the subnets", door(SUBNETS, name=ref("subnets")), ADMITTED),
    ("the VPC", door(prefix_list("vpc-list", "10.0.0.0/16"), name=ref("vpc-list")), ADMITTED),
    ("one subnet", door(ONE, name=ref("one")), REFUSED),
    ("other addresses", door(ABROAD, name=ref("abroad")), REFUSED),
    ("nothing", door(prefix_list("empty"), name=ref("empty")), REFUSED),
    ("the subnets, at another port", door(SUBNETS, name=ref("subnets"), fromPort=80, toPort=80), REFUSED),
    (
        "a block not known",
        door(prefix_list("dark", Opaque.COMPUTED), name=ref("dark")),
        undetermined("dark", "entries[0].cidr"),
    ),
    ("a list outside", door(name="pl-0abc"), SILENT),
    ("S3's own", door(name=ref("s3", "prefixListId")), REFUSED),
    ("a list not known", door(name=Opaque.COMPUTED), undetermined("r", "prefixListId")),
    ("inline, the subnets", inline(SUBNETS, names=[ref("subnets")]), ADMITTED),
    ("inline, two of which one holds the subnets", inline(SUBNETS, ABROAD, names=EITHER), ADMITTED),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(LISTS))
def test_a_group_of_an_endpoint_lets_in_what_a_prefix_list_holds(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """As it lets in addresses; what no resource of the stack holds, nobody can judge."""
    assert said_by(REFUSES, render(stack, rendering)) == expected


UNTOLD: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "one of two, of which one holds the subnets",
        door(SUBNETS, ABROAD, name=Applied([ref("subnets"), ref("abroad")])),
        undetermined("r", "prefixListId"),
    ),
    (
        "one of two, of which neither does",
        door(ONE, ABROAD, name=Applied([ref("one"), ref("abroad")])),
        REFUSED,
    ),
    (
        "one of the stack's that holds the subnets, or S3's",
        door(SUBNETS, name=Applied([ref("subnets"), ref("s3", "prefixListId")])),
        undetermined("r", "prefixListId"),
    ),
    (
        "one of the stack's that does not, or S3's",
        door(ONE, name=Applied([ref("one"), ref("s3", "prefixListId")])),
        REFUSED,
    ),
]


@pytest.mark.parametrize(("stack", "expected"), rows(UNTOLD))
def test_one_of_several_prefix_lists_may_hold_the_environment(
    stack: tuple[Made, ...], expected: Verdict
) -> None:
    """As long as nobody knows which is meant."""
    assert said_by(REFUSES, render(stack, Rendering.PREVIEW)) == expected
