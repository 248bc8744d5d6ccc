"""Subnets, Availability Zones and routing: rows 42 to 80, 154, 157 and 158 of the survey."""

from dataclasses import replace
from typing import Final

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import ALL_IPV4, changed, endpoint, right_network, right_private_network
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import REGION, Made, Written, made, ref
from tests.policy_pack.verdicts import (
    COUNT,
    NAT,
    PUBLIC,
    SHARED_ZONE,
    SILENT,
    UNUSABLE_ZONE,
    Verdict,
    advice,
    undetermined,
    violation,
)

RIGHT: Final = right_network()
PRIVATE: Final = right_private_network()
_TIES: Final = ("association-a", "association-b")
_BLOCKS: Final = {"a": "10.0.0.0/24", "b": "10.0.1.0/24", "c": "10.0.2.0/24", "public": "10.0.9.0/24"}


def route(name: str, table_: Written, **inputs: Written) -> Made:
    """Return a route resource; without another destination it is for all IPv4."""
    given: dict[str, Written] = {"routeTableId": table_, **inputs}
    if not any(key.startswith("destination") for key in inputs):
        given["destinationCidrBlock"] = ALL_IPV4
    return made("ec2/route:Route", name, **given)


def table(name: str, **inputs: Written) -> Made:
    """Return a route table."""
    return made("ec2/routeTable:RouteTable", name, vpcId=ref("vpc"), **inputs)


def tie(name: str, table_name: str, subnet_: str) -> Made:
    """Return what ties a subnet to a route table."""
    return made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        name,
        routeTableId=ref(table_name),
        subnetId=ref(subnet_),
    )


def subnet(name: str, **inputs: Written) -> Made:
    """Return a subnet of the VPC, in a zone of its own choosing unless it states one."""
    return made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), cidrBlock=_BLOCKS[name], **inputs)


def nat(**inputs: Written) -> Made:
    """Return the NAT gateway."""
    return made("ec2/natGateway:NatGateway", "nat", **inputs)


def given(subnets: Written, *more: Made) -> tuple[Made, ...]:
    """Return the right network with other subnets given to its environment."""
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    return changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=network), *more)


def _default_route(**target: Written) -> tuple[Made, ...]:
    """Return the right network with another target of the private table's default route."""
    return changed(RIGHT, route("private-route", ref("private-table"), **target))


def _without_nat_for(name: str) -> tuple[Made, ...]:
    """Return the right network with one subnet on a table of its own without a route."""
    return changed(RIGHT, table("own-table"), tie(f"association-{name}", "own-table", name))


def _with_web_server(stack: tuple[Made, ...], mode: str) -> tuple[Made, ...]:
    """Return a network with an access mode stated for its environment's web server, and no version."""
    return tuple(
        Made(each.type, each.name, {**each.inputs, "webserverAccessMode": mode})
        if each.name == "env"
        else each
        for each in stack
    )


_BOTH: Final = violation(PUBLIC, "a", "b")
_LACKS: Final = violation(NAT, "a", "b")
_DEAD: Final = violation(NAT, "a", "b")
_ELSEWHERE: Final = advice(NAT, "a")
_OPEN_LIST: Final = undetermined("env", "networkConfiguration.subnetIds")
_MAIN: Final = made(
    "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    vpcId=ref("vpc"),
    routeTableId=ref("public-table"),
)
_TO_IGW: Final[list[Written]] = [{"cidrBlock": ALL_IPV4, "gatewayId": ref("igw")}]
_EIGW: Final = made("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw", vpcId=ref("vpc"))
_TO_EIGW: Final = route(
    "v6", ref("private-table"), destinationIpv6CidrBlock="::/0", egressOnlyGatewayId=ref("eigw")
)
_C: Final = (subnet("c"), tie("association-c", "private-table", "c"))
_HALVES: Final = ("0.0.0.0/1", "128.0.0.0/1")
_ELSEWHERES: Final[tuple[tuple[str, str], ...]] = (
    ("transitGatewayId", "tgw-1"),
    ("vpcPeeringConnectionId", "pcx-1"),
    ("vpcEndpointId", "vpce-1"),
    ("gatewayId", "vgw-1"),
    ("localGatewayId", "lgw-1"),
    ("carrierGatewayId", "cagw-1"),
)
_UNATTACHED: Final = made("ec2/internetGateway:InternetGateway", "igw")
_ATTACHMENT: Final = made(
    "ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "attachment",
    internetGatewayId=ref("igw"),
    vpcId=ref("vpc"),
)
_REGIONAL: Final = nat(vpcId=ref("vpc"), availabilityMode="regional")
_PUBLIC_PARTS: Final = (
    "public",
    "public-b",
    "public-table",
    "public-route",
    "public-association",
    "public-association-b",
)


def _row(number: int, sentence: str, stack: tuple[Made, ...], verdict: Verdict) -> Row:
    return Row(number=number, sentence=sentence, stack=stack, verdict=verdict)


_COUNTS: Final = (
    _row(42, "two literal ids, nothing else", given(["subnet-1", "subnet-2"]), SILENT),
    Row(
        number=43,
        sentence="one",
        stack=given([ref("a")]),
        verdict=violation(COUNT, "env"),
        lists=_OPEN_LIST,
    ),
    Row(
        number=43,
        sentence="one id twice",
        stack=given([ref("a"), ref("a")]),
        verdict=violation(COUNT, "env"),
        lists=_OPEN_LIST,
    ),
    Row(
        number=43,
        sentence="three",
        stack=given([ref("a"), ref("b"), ref("c")], *_C),
        verdict=violation(COUNT, "env"),
        lists=_OPEN_LIST,
    ),
    _row(43, "four literal ids", given([f"subnet-{n}" for n in range(4)]), violation(COUNT, "env")),
    _row(43, "none", given([]), violation(COUNT, "env")),
    Row(
        number=44,
        sentence="all private subnets of a component, one a zone in three zones",
        stack=given([ref("a"), ref("b"), ref("c")], *_C),
        verdict=violation(COUNT, "env"),
        lists=_OPEN_LIST,
    ),
)


def _in_zones(a: dict[str, Written], b: dict[str, Written], *, region: str = REGION) -> tuple[Made, ...]:
    """Return the right network with its subnets in other zones, and all of it in a Region."""
    stack = changed(RIGHT, subnet("a", **a), subnet("b", **b))
    return tuple(Made(each.type, each.name, {**each.inputs, "region": region}) for each in stack)


def _name(zone: Written) -> dict[str, Written]:
    return {"availabilityZone": zone}


def _id(zone: Written) -> dict[str, Written]:
    return {"availabilityZoneId": zone}


_ONE_ZONE: Final = violation(SHARED_ZONE, "a")
_VIRGINIA: Final = "us-east-1"
_ZONES: Final = (
    _row(45, "both by id, one id", _in_zones(_id("euw1-az1"), _id("euw1-az1")), _ONE_ZONE),
    _row(45, "both by id, two ids", _in_zones(_id("euw1-az1"), _id("euw1-az2")), SILENT),
    _row(46, "no zone on either", _in_zones({}, {}), SILENT),
    _row(46, "no zone on one", _in_zones(_name("eu-west-1a"), {}), SILENT),
    _row(46, "an unknown zone on one", _in_zones(_name("eu-west-1a"), _name(Opaque.COMPUTED)), SILENT),
    _row(46, "an unknown zone on both", _in_zones(_name(Opaque.COMPUTED), _name(Opaque.COMPUTED)), SILENT),
    _row(47, "one by name, one by id", _in_zones(_name("eu-west-1a"), _id("euw1-az3")), SILENT),
    _row(48, "both by name, one name", _in_zones(_name("eu-west-1a"), _name("eu-west-1a")), _ONE_ZONE),
    _row(
        49,
        "use1-az3 by id",
        _in_zones(_id("use1-az3"), _id("use1-az1"), region=_VIRGINIA),
        advice(UNUSABLE_ZONE, "a"),
    ),
    *(
        _row(
            50,
            f"{zone}, in eu-west-1",
            _in_zones(stated(zone), _name("eu-west-1b")),
            advice(UNUSABLE_ZONE, "a"),
        )
        for zone, stated in (("us-east-1a", _name), ("use1-az1", _id), ("eu-west-2a", _name))
    ),
    *(
        _row(
            50,
            zone,
            _in_zones(stated(zone), _name("us-east-1b"), region=_VIRGINIA),
            advice(UNUSABLE_ZONE, "a"),
        )
        for zone, stated in (
            ("us-east-1-bos-1a", _name),
            ("us-east-1-wl1-bos-wlz-1", _name),
            ("use1-bos1-az1", _id),
            ("use1-wl1-bos-wlz1", _id),
        )
    ),
    _row(
        154,
        "each zone in the Region of its own resource",
        _in_zones(_name("us-east-1a"), _name("us-east-1b"), region=_VIRGINIA),
        SILENT,
    ),
)

_TABLES: Final = (
    _row(
        51,
        "public addresses on launch, no internet gateway",
        changed(RIGHT, subnet("a", mapPublicIpOnLaunch=True)),
        SILENT,
    ),
    _row(
        52,
        "an internet gateway, no public addresses",
        changed(RIGHT, tie("association-a", "public-table", "a")),
        violation(PUBLIC, "a"),
    ),
    _row(
        52,
        "an internet gateway for both subnets, and no NAT gateway meant",
        changed(RIGHT, tie("association-a", "public-table", "a"), tie("association-b", "public-table", "b")),
        _BOTH,
    ),
    _row(
        53,
        "no association, main table untouched: private, with the S3 endpoint on the main table",
        changed(
            PRIVATE,
            endpoint("s3", vpcEndpointType="Gateway", routeTableIds=[ref("vpc", "mainRouteTableId")]),
            without=_TIES,
        ),
        SILENT,
    ),
    _row(54, "no association, the main table is public", changed(RIGHT, _MAIN, without=_TIES), _BOTH),
    _row(55, "the main table is public, the subnets have their own", changed(RIGHT, _MAIN), SILENT),
    _row(
        56,
        "the default table adopted with inline routes",
        changed(
            RIGHT,
            made(
                "ec2/defaultRouteTable:DefaultRouteTable",
                "default-table",
                defaultRouteTableId=ref("vpc", "defaultRouteTableId"),
                routes=_TO_IGW,
            ),
            without=_TIES,
        ),
        _BOTH,
    ),
    *(
        _row(
            56,
            f"a route on the VPC's {output}",
            changed(RIGHT, route("leak", ref("vpc", output), gatewayId=ref("igw")), without=_TIES),
            _BOTH,
        )
        for output in ("mainRouteTableId", "defaultRouteTableId")
    ),
    _row(
        57,
        "inline routes",
        changed(RIGHT, table("private-table", routes=_TO_IGW), without=("private-route",)),
        _BOTH,
    ),
    _row(
        57,
        "inline routes to both kinds of gateway",
        changed(
            RIGHT,
            table(
                "private-table",
                routes=[
                    {"cidrBlock": ALL_IPV4, "natGatewayId": ref("nat"), "gatewayId": ""},
                    {"ipv6CidrBlock": "::/0", "gatewayId": ref("igw")},
                ],
            ),
            without=("private-route",),
        ),
        _BOTH,
    ),
    _row(58, "a NAT gateway under gatewayId", _default_route(gatewayId=ref("nat")), SILENT),
    _row(59, "a literal internet gateway", _default_route(gatewayId="igw-0a1b"), _BOTH),
    _row(59, "a literal NAT gateway", _default_route(gatewayId="nat-0a1b"), SILENT),
    _row(
        59,
        "a literal local route, and nothing else",
        changed(
            PRIVATE,
            route("local", ref("private-table"), destinationCidrBlock="10.0.0.0/16", gatewayId="local"),
        ),
        SILENT,
    ),
    _row(
        60,
        "a narrow route to the internet gateway, the default one to NAT",
        changed(
            RIGHT,
            route(
                "office", ref("private-table"), destinationCidrBlock="198.51.100.0/24", gatewayId=ref("igw")
            ),
        ),
        _BOTH,
    ),
    _row(61, "IPv6 to an egress-only gateway, beside NAT", changed(RIGHT, _EIGW, _TO_EIGW), SILENT),
    _row(61, "IPv6 to an egress-only gateway, private", changed(PRIVATE, _EIGW, _TO_EIGW), SILENT),
    _row(
        62,
        "IPv6 to the internet gateway",
        changed(
            RIGHT, route("v6", ref("private-table"), destinationIpv6CidrBlock="::/0", gatewayId=ref("igw"))
        ),
        _BOTH,
    ),
)

_WAYS_OUT: Final = (
    _row(63, "one of two subnets lacks the NAT route", _without_nat_for("b"), violation(NAT, "b")),
    _row(64, "one NAT gateway for both subnets", RIGHT, SILENT),
    _row(
        65,
        "NAT in a private subnet",
        changed(RIGHT, nat(subnetId=ref("a"), allocationId=ref("address"))),
        _DEAD,
    ),
    _row(
        65,
        "NAT in a subnet without routes, whatever its name says",
        changed(RIGHT, without=("public-route",)),
        _DEAD,
    ),
    _row(
        65,
        "NAT in a subnet that leads a part of the internet to the internet gateway",
        changed(
            RIGHT,
            route(
                "public-route", ref("public-table"), destinationCidrBlock="0.0.0.0/1", gatewayId=ref("igw")
            ),
        ),
        _DEAD,
    ),
    _row(66, "NAT whose subnet is a literal id", changed(RIGHT, nat(subnetId="subnet-0a1b")), SILENT),
    _row(
        67,
        "a private NAT gateway on 0.0.0.0/0",
        changed(RIGHT, nat(subnetId=ref("public"), connectivityType="private")),
        _DEAD,
    ),
    _row(
        67,
        "a private NAT gateway whose subnet leads to a transit gateway",
        changed(
            RIGHT,
            nat(subnetId=ref("public"), connectivityType="private"),
            route("public-route", ref("public-table"), transitGatewayId="tgw-1"),
        ),
        _ELSEWHERE,
    ),
    _row(68, "a NAT instance by instanceId", _default_route(instanceId="i-1"), SILENT),
    _row(68, "a NAT instance by networkInterfaceId", _default_route(networkInterfaceId="eni-1"), SILENT),
    *(
        _row(69, f"a default route to {id_}", _default_route(**{key: id_}), _ELSEWHERE)
        for key, id_ in _ELSEWHERES
    ),
    Row(
        number=69,
        sentence="a default route to a transit gateway, with the five endpoints",
        stack=changed(PRIVATE, route("out", ref("private-table"), transitGatewayId="tgw-1")),
        verdict=SILENT,
        attached=False,
    ),
    _row(
        70,
        "two halves to NAT",
        changed(
            RIGHT,
            *(
                route(half, ref("private-table"), destinationCidrBlock=half, natGatewayId=ref("nat"))
                for half in _HALVES
            ),
            without=("private-route",),
        ),
        SILENT,
    ),
    _row(
        70,
        "one half to NAT",
        changed(
            RIGHT,
            route(
                "private-route",
                ref("private-table"),
                destinationCidrBlock=_HALVES[0],
                natGatewayId=ref("nat"),
            ),
        ),
        _LACKS,
    ),
    _row(
        71,
        "a NAT route for a private prefix only",
        changed(
            RIGHT,
            route(
                "private-route",
                ref("private-table"),
                destinationCidrBlock="10.0.0.0/8",
                natGatewayId=ref("nat"),
            ),
        ),
        _LACKS,
    ),
    Row(
        number=72,
        sentence="NAT, and endpoints of any quality",
        stack=changed(
            RIGHT,
            endpoint("s3", vpcEndpointType="Gateway", routeTableIds=[ref("public-table")]),
            endpoint("sqs", vpcEndpointType="Interface", subnetIds=[ref("a")]),
            endpoint("logs"),
        ),
        verdict=SILENT,
        attached=False,
    ),
    _row(73, "a private web server over NAT", _with_web_server(RIGHT, "PRIVATE_ONLY"), SILENT),
    _row(73, "a public web server over NAT", _with_web_server(RIGHT, "PUBLIC_ONLY"), SILENT),
    _row(73, "a public web server without internet", _with_web_server(PRIVATE, "PUBLIC_ONLY"), SILENT),
    _row(73, "both ways to the web server, over NAT", _with_web_server(RIGHT, "PUBLIC_AND_PRIVATE"), SILENT),
    _row(74, "one subnet private, the other NAT", _without_nat_for("a"), violation(NAT, "a")),
    _row(75, "the internet gateway by vpcId", RIGHT, SILENT),
    _row(
        75,
        "the internet gateway by an attachment",
        changed(RIGHT, _UNATTACHED, _ATTACHMENT),
        SILENT,
    ),
    _row(76, "an internet gateway attached to nothing", changed(RIGHT, _UNATTACHED), advice(NAT, "a", "b")),
    _row(157, "a regional NAT gateway", changed(RIGHT, _REGIONAL), SILENT),
    _row(
        157,
        "a regional NAT gateway and no public subnet",
        changed(RIGHT, _REGIONAL, without=_PUBLIC_PARTS),
        SILENT,
    ),
    _row(
        157,
        "a regional NAT gateway, the internet gateway by an attachment",
        changed(RIGHT, _REGIONAL, _UNATTACHED, _ATTACHMENT, without=_PUBLIC_PARTS),
        SILENT,
    ),
    _row(
        157,
        "a regional NAT gateway of a VPC without an internet gateway",
        changed(RIGHT, _REGIONAL, without=(*_PUBLIC_PARTS, "igw")),
        _DEAD,
    ),
    _row(
        158,
        "public routing with one public subnet",
        changed(RIGHT, without=("public-b", "public-association-b")),
        advice(NAT, "vpc"),
    ),
)

_SECOND: Final = (
    made("ec2/vpc:Vpc", "second", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
    made("ec2/internetGateway:InternetGateway", "second-igw", vpcId=ref("second")),
    made(
        "ec2/routeTable:RouteTable",
        "second-table",
        vpcId=ref("second"),
        routes=[{"cidrBlock": ALL_IPV4, "gatewayId": ref("second-igw")}],
    ),
    *(
        made(
            "ec2/subnet:Subnet",
            f"second-{name}",
            vpcId=ref("second"),
            cidrBlock=_BLOCKS[name],
            availabilityZone=f"eu-west-1{name}",
        )
        for name in "ab"
    ),
    *(tie(f"second-association-{name}", "second-table", f"second-{name}") for name in "ab"),
)
_OTHER_GROUP: Final = (
    made(
        "ec2/securityGroup:SecurityGroup",
        "second-group",
        vpcId=ref("second"),
        ingress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}],
        egress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": [ALL_IPV4]}],
    ),
    made(
        "mwaa/environment:Environment",
        "second-env",
        networkConfiguration={
            "subnetIds": [ref("second-a"), ref("second-b")],
            "securityGroupIds": [ref("second-group")],
        },
    ),
)

_STACKS: Final = (
    _row(77, "two VPCs of one block, the other public", changed(RIGHT, *_SECOND), SILENT),
    _row(
        78,
        "two environments, each in its VPC, one of them wrong",
        changed(RIGHT, *_SECOND, *_OTHER_GROUP),
        violation(PUBLIC, "second-a", "second-b"),
    ),
    _row(
        78,
        "two environments in one VPC, one without NAT in a subnet",
        changed(
            RIGHT,
            subnet("c", availabilityZone="eu-west-1c"),
            made(
                "mwaa/environment:Environment",
                "second-env",
                networkConfiguration={
                    "subnetIds": [ref("b"), ref("c")],
                    "securityGroupIds": [ref("group")],
                },
            ),
        ),
        violation(NAT, "c"),
    ),
)


def _outside(*stack: Made) -> tuple[Made, ...]:
    """Return a network with its VPC by a literal id."""
    return tuple(
        Made(each.type, each.name, {**each.inputs, "vpcId": "vpc-0a1b"}) if "vpcId" in each.inputs else each
        for each in stack
        if each.name != "vpc"
    )


def _looked_up(stack: tuple[Made, ...]) -> tuple[Made, ...]:
    """Return a network whose private subnets the program only looks up."""
    return tuple(replace(each, looked_up=True) if each.name in ("a", "b") else each for each in stack)


_OUTSIDE: Final = (
    _row(79, "a right network in a VPC by id", _outside(*RIGHT), SILENT),
    _row(
        79,
        "a public subnet in a VPC by id",
        _outside(*changed(RIGHT, tie("association-a", "public-table", "a"))),
        violation(PUBLIC, "a"),
    ),
    _row(79, "a subnet without NAT in a VPC by id", _outside(*_without_nat_for("b")), violation(NAT, "b")),
    _row(79, "the main table of a VPC by id", _outside(*changed(RIGHT, without=_TIES)), SILENT),
    _row(80, "subnets by get", _looked_up(RIGHT), SILENT),
    Row(
        number=80,
        sentence="a public subnet by get, which a preview shows by its id alone",
        stack=_looked_up(changed(RIGHT, tie("association-a", "public-table", "a"))),
        verdict=violation(PUBLIC, "a"),
        preview=violation(PUBLIC, "env"),
    ),
    _row(80, "subnets of a stack reference", given(["subnet-1", "subnet-2"]), SILENT),
)

ROWS: Final[tuple[Row, ...]] = (*_COUNTS, *_ZONES, *_TABLES, *_WAYS_OUT, *_STACKS, *_OUTSIDE)
