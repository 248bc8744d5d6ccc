"""Networks in the VPC that AWS made with the account: what stands in it beside the stack nobody sees."""

from typing import Final

import pytest

from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, right_network, right_private_network
from tests.policy_pack.shapes.subnets import nat, route
from tests.policy_pack.stacks import EXACT, Made, Rendering, made, ref, render
from tests.policy_pack.verdicts import (
    ATTACHED,
    MISSING,
    NAT,
    PUBLIC,
    SILENT,
    Verdict,
    advice,
    verdict,
    violation,
)

Stack = tuple[Made, ...]

_VPC: Final = made("ec2/defaultVpc:DefaultVpc", "vpc")
_MAIN: Final = ref("vpc", "mainRouteTableId")
_IGW: Final = made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc"))


def _default_subnet(name: str, zone: str) -> Made:
    return made("ec2/defaultSubnet:DefaultSubnet", name, vpcId=ref("vpc"), availabilityZone=zone)


_OF_PUBLIC_SUBNETS: Final = (
    "igw",
    "public-table",
    "public-route",
    "public-association",
    "public-association-b",
)
# NAT in a default subnet, and private subnets of the stack's own.
_RIGHT: Final = changed(
    right_network(),
    _VPC,
    _default_subnet("public", "eu-west-1a"),
    _default_subnet("public-b", "eu-west-1b"),
    without=_OF_PUBLIC_SUBNETS,
)
_PRIVATE: Final = changed(right_private_network(), _VPC)
_ON_MAIN: Final = changed(_PRIVATE, without=("association-a", "association-b"))
_NO_ENDPOINTS: Final = ("s3", "sqs", "logs", "monitoring", "kms")
_ADOPTED: Final = made(
    "ec2/defaultRouteTable:DefaultRouteTable", "main", defaultRouteTableId=ref("vpc", "defaultRouteTableId")
)
_LEADING_OUT: Final = made(
    "ec2/defaultRouteTable:DefaultRouteTable",
    "main",
    defaultRouteTableId=ref("vpc", "defaultRouteTableId"),
    routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": ref("igw")}],
)
_BOTH: Final = violation(PUBLIC, "a", "b")
NETWORKS: list[tuple[str, Stack, Verdict]] = [
    ("a NAT gateway in a default subnet", _RIGHT, SILENT),
    (
        "a NAT gateway in a default subnet that the stack takes all routes from",
        (*_RIGHT, _ADOPTED),
        violation(NAT, "a", "b"),
    ),
    (
        "a regional NAT gateway",
        changed(_RIGHT, nat(vpcId=ref("vpc"), availabilityMode="regional"), without=("public", "public-b")),
        SILENT,
    ),
    ("subnets on its main table", _ON_MAIN, SILENT),
    ("the same without endpoints", changed(_ON_MAIN, without=_NO_ENDPOINTS), SILENT),
    (
        "subnets on its main table, to which the stack adds a route to an internet gateway",
        (*_ON_MAIN, _IGW, route("out", _MAIN, gatewayId=ref("igw"))),
        _BOTH,
    ),
    (
        "its main table adopted, which the endpoint of S3 is not in",
        (*_ON_MAIN, _ADOPTED),
        violation(ATTACHED, "s3"),
    ),
    ("its main table adopted, with a route to an internet gateway", (*_ON_MAIN, _IGW, _LEADING_OUT), _BOTH),
    ("private routing by tables of the stack", _PRIVATE, SILENT),
    (
        "the same, where another stack may make the endpoints",
        changed(_PRIVATE, without=_NO_ENDPOINTS),
        SILENT,
    ),
    ("the same, with four of five", changed(_PRIVATE, without=("kms",)), advice(MISSING, "env")),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(NETWORKS))
def test_what_the_default_vpc_has_besides_is_none_of_the_stacks(
    stack: Stack, expected: Verdict, rendering: Rendering
) -> None:
    """Its main route table may lead anywhere until the stack takes it over."""
    assert verdict(render(stack, rendering)) == expected


def test_another_table_may_be_its_main_one() -> None:
    """Then its routes are the stack's to state."""
    main = made(
        "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
        "main",
        vpcId=ref("vpc"),
        routeTableId=ref("private-table"),
    )
    stack = (*_ON_MAIN, _IGW, main, route("out", ref("private-table"), gatewayId=ref("igw")))
    assert verdict(render(stack, Rendering.DEPLOYED)) == _BOTH
