"""A gateway and an interface endpoint of S3 in one VPC: the one that the traffic takes is judged.

S3's public name leads to an interface endpoint with private DNS ("Access an AWS service using an interface
VPC endpoint"); elsewhere to public addresses, which a gateway endpoint routes ("Gateway endpoints").
"""

import json

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, endpoint, interface_endpoint, right_private_network
from tests.policy_pack.shapes.policies import DAGS_ONLY, FULL, document
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    ACL,
    ATTACHED,
    OUTBOUND,
    PRIVATE_DNS,
    REFUSES,
    S3_POLICY,
    SILENT,
    Verdict,
    advice,
    said_by,
    undetermined,
    verdict,
    violation,
)

Stack = tuple[Made, ...]

RIGHT = right_private_network()
_S3 = "com.amazonaws.eu-west-1.s3"
RIGHT_POLICY, WRONG_POLICY = json.dumps(document(FULL)), json.dumps(document(DAGS_ONLY))
OUTSIDE_ALONE: dict[str, Written] = {"privateDnsOnlyForInboundResolverEndpoint": True}
WHICH = undetermined("interface", "privateDnsEnabled")


def gateway(**changes: Written) -> Made:
    """Return the gateway endpoint of S3 on the table of both subnets, with some properties changed."""
    given: dict[str, Written] = {
        "vpcEndpointType": "Gateway",
        "routeTableIds": [ref("private-table")],
        **changes,
    }
    return endpoint("gateway", serviceName=_S3, **given)


def by_interface(**changes: Written) -> Made:
    """Return an interface endpoint of S3 as the guide has those of other services."""
    return interface_endpoint("interface", serviceName=_S3, **changes)


def both(one: Made, other: Made, *more: Made, without: tuple[str, ...] = ()) -> Stack:
    """Return the right network with two endpoints of S3."""
    return changed(RIGHT, one, other, *more, without=("s3", *without))


POLICIES: list[tuple[str, Stack, Verdict]] = [
    (
        "the name leads to the interface, and the gateway's policy is wrong",
        both(gateway(policy=WRONG_POLICY), by_interface(policy=RIGHT_POLICY)),
        SILENT,
    ),
    (
        "the name leads to the interface, whose policy is wrong",
        both(gateway(policy=RIGHT_POLICY), by_interface(policy=WRONG_POLICY)),
        violation(S3_POLICY, "interface"),
    ),
    (
        "without private DNS, and the gateway's policy is wrong",
        both(gateway(policy=WRONG_POLICY), by_interface(privateDnsEnabled=False)),
        violation(S3_POLICY, "gateway"),
    ),
    (
        "with private DNS for those outside alone, and the gateway's policy is wrong",
        both(gateway(policy=WRONG_POLICY), by_interface(dnsOptions=OUTSIDE_ALONE)),
        violation(S3_POLICY, "gateway"),
    ),
    (
        "with private DNS for those outside alone, and the interface's policy is wrong",
        both(gateway(), by_interface(dnsOptions=OUTSIDE_ALONE, policy=WRONG_POLICY)),
        SILENT,
    ),
    (
        "with private DNS not known, and the gateway's policy is wrong",
        both(gateway(policy=WRONG_POLICY), by_interface(privateDnsEnabled=Opaque.COMPUTED)),
        WHICH,
    ),
    (
        "with private DNS not known, and the interface's policy is wrong",
        both(gateway(), by_interface(privateDnsEnabled=Opaque.COMPUTED, policy=WRONG_POLICY)),
        WHICH,
    ),
    (
        "with private DNS not known, and both policies are right",
        both(gateway(), by_interface(privateDnsEnabled=Opaque.COMPUTED)),
        SILENT,
    ),
    (
        "without private DNS, and the gateway on no table",
        both(gateway(routeTableIds=[]), by_interface(privateDnsEnabled=False, policy=WRONG_POLICY)),
        violation(S3_POLICY, "interface"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(POLICIES))
def test_the_policy_of_the_endpoint_that_the_traffic_takes_is_asked(
    stack: Stack, expected: Verdict, rendering: Rendering
) -> None:
    """The other's lets nothing through and shuts nothing out."""
    assert said_by(S3_POLICY, render(stack, rendering)) == expected


_SHUT = made("ec2/securityGroup:SecurityGroup", "shut", vpcId=ref("vpc"), egress=[])
_DNS_NOT_KNOWN: dict[str, Written] = {"privateDnsEnabled": Opaque.COMPUTED}


def out(name: str, **inputs: Written) -> Made:
    """Return an outbound rule of the environment's group."""
    return made(
        "vpc/securityGroupEgressRule:SecurityGroupEgressRule", name, securityGroupId=ref("group"), **inputs
    )


_TO_VPC_ALONE = out("outbound", cidrIpv4="10.0.0.0/16", ipProtocol="-1")
_WITHIN: Written = [
    {
        "protocol": "-1",
        "ruleNo": 1,
        "action": "allow",
        "cidrBlock": "10.0.0.0/16",
        "fromPort": 0,
        "toPort": 0,
    }
]
_VPC_ALONE = made(
    "ec2/networkAcl:NetworkAcl",
    "acl",
    vpcId=ref("vpc"),
    subnetIds=[ref("a"), ref("b")],
    ingress=_WITHIN,
    egress=_WITHIN,
)
OTHERS: list[tuple[str, str, Stack, Verdict]] = [
    (
        "where they stand: the name leads to the interface",
        ATTACHED,
        both(gateway(routeTableIds=[]), by_interface()),
        SILENT,
    ),
    (
        "where they stand: whether it does is not known",
        ATTACHED,
        both(gateway(routeTableIds=[]), by_interface(**_DNS_NOT_KNOWN)),
        WHICH,
    ),
    (
        "where they stand: it does not",
        ATTACHED,
        both(gateway(routeTableIds=[]), by_interface(dnsOptions=OUTSIDE_ALONE)),
        violation(ATTACHED, "gateway"),
    ),
    (
        "whom they let in: the name leads to the interface",
        REFUSES,
        both(gateway(), by_interface(securityGroupIds=[ref("shut")]), _SHUT),
        violation(REFUSES, "interface"),
    ),
    (
        "whom they let in: whether it does is not known",
        REFUSES,
        both(gateway(), by_interface(securityGroupIds=[ref("shut")], **_DNS_NOT_KNOWN), _SHUT),
        WHICH,
    ),
    (
        "private DNS: whether it is on is not known",
        PRIVATE_DNS,
        both(gateway(), by_interface(**_DNS_NOT_KNOWN)),
        SILENT,
    ),
    (
        "the ACL: the name leads to the interface",
        ACL,
        both(gateway(), by_interface(), _VPC_ALONE),
        SILENT,
    ),
    (
        "the ACL: whether it does is not known",
        ACL,
        both(gateway(), by_interface(**_DNS_NOT_KNOWN), _VPC_ALONE),
        WHICH,
    ),
    (
        "the ACL: it does not",
        ACL,
        both(gateway(), by_interface(dnsOptions=OUTSIDE_ALONE), _VPC_ALONE),
        violation(ACL, "acl"),
    ),
    (
        "outbound: the name leads to the interface",
        OUTBOUND,
        both(gateway(), by_interface(), _TO_VPC_ALONE),
        advice(OUTBOUND, "group"),
    ),
    (
        "outbound: whether it does is not known",
        OUTBOUND,
        both(gateway(), by_interface(**_DNS_NOT_KNOWN), _TO_VPC_ALONE),
        WHICH,
    ),
    (
        "outbound: it does not",
        OUTBOUND,
        both(gateway(), by_interface(dnsOptions=OUTSIDE_ALONE), _TO_VPC_ALONE),
        violation(OUTBOUND, "group"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("check", "stack", "expected"), rows(OTHERS))
def test_every_check_has_the_traffic_take_the_same_endpoint(
    check: str, stack: Stack, expected: Verdict, rendering: Rendering
) -> None:
    """And asks where nobody knows which that is."""
    assert said_by(check, render(stack, rendering)) == expected


def test_what_is_not_known_is_asked_once() -> None:
    """However many checks wait for it."""
    stack = both(gateway(policy=WRONG_POLICY), by_interface(**_DNS_NOT_KNOWN))
    assert verdict(render(stack, Rendering.DEPLOYED)) == WHICH
