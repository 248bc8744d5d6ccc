"""Network ACLs: rows 122 to 143 of the survey, each in the ways people write it."""

from typing import Final

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    ALL_IPV4,
    changed,
    entry,
    environment,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, ref
from tests.policy_pack.verdicts import ACL, CONTESTED, SILENT, Verdict, advice, undetermined, violation

PUBLIC: Final = right_network()
BLOCKED: Final = violation(ACL, "acl")
# At a preview where the ACL's list of subnets is unknown as a whole, the default ACL may be theirs.
UNLISTED: Final = undetermined("acl", "subnetIds")
ENTRIES: Final = ("in", "out")


def tcp(name: str, number: int, low: float, high: float, *, egress: bool, **changes: Written) -> Made:
    """Return an entry that allows a range of TCP ports."""
    inputs: dict[str, Written] = {"protocol": "tcp", "fromPort": low, "toPort": high, **changes}
    return entry(name, number, egress=egress, **inputs)


def both(name: str, number: int, low: float, high: float, **changes: Written) -> tuple[Made, Made]:
    """Return the same entry in both directions."""
    return (
        tcp(f"{name}-in", number, low, high, egress=False, **changes),
        tcp(f"{name}-out", number, low, high, egress=True, **changes),
    )


def line(number: int, action: str, **changes: Written) -> dict[str, Written]:
    """Return an inline entry."""
    return {
        "ruleNo": number,
        "action": action,
        "protocol": "-1",
        "fromPort": 0,
        "toPort": 0,
        "cidrBlock": ALL_IPV4,
        **changes,
    }


def inline(**changes: Written) -> Made:
    """Return the ACL with inline entries."""
    inputs: dict[str, Written] = {"vpcId": ref("vpc"), "subnetIds": [ref("a"), ref("b")], **changes}
    return made("ec2/networkAcl:NetworkAcl", "acl", **inputs)


def default_acl(**changes: Written) -> Made:
    """Return the VPC's default ACL, adopted."""
    return made(
        "ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "default",
        defaultNetworkAclId=ref("vpc", "defaultNetworkAclId"),
        **changes,
    )


def tied(subnet: str) -> Made:
    """Return the association of a subnet with the ACL."""
    return made(
        "ec2/networkAclAssociation:NetworkAclAssociation",
        f"tie-{subnet}",
        networkAclId=ref("acl"),
        subnetId=ref(subnet),
    )


# The ACL without a list of subnets, tied to both by resources of their own: nothing is unknown as a whole.
TIED: Final = (
    made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc")),
    tied("a"),
    tied("b"),
)
# The network with private routing, with the same ACL on its subnets as the other one.
PRIVATE: Final = changed(
    right_private_network(), inline(), entry("in", 100, egress=False), entry("out", 100, egress=True)
)
ALLOW: Final = line(100, "allow")
# What an inbound entry as a resource of its own states, besides its ACL.
ENTRY: Final[dict[str, Written]] = {
    "ruleNumber": 100,
    "egress": False,
    "protocol": "-1",
    "ruleAction": "allow",
    "cidrBlock": ALL_IPV4,
}


def _row(  # noqa: PLR0913 - what rows differ in, each by its name
    number: int,
    sentence: str,
    resources: tuple[Made, ...],
    verdict: Verdict,
    *,
    of: tuple[Made, ...] = PUBLIC,
    without: tuple[str, ...] = (),
    lists: Verdict | None = None,
) -> Row:
    """Return a row; where the ACL's subnets are a list that is unknown, no verdict on it is certain."""
    if lists is None and verdict != SILENT and not any(each in resources for each in TIED[1:]):
        lists = UNLISTED
    return Row(
        number=number,
        sentence=sentence,
        stack=changed(of, *resources, without=without),
        verdict=verdict,
        lists=lists,
    )


def _each_way(  # noqa: PLR0913 - likewise
    number: int,
    sentence: str,
    resources: tuple[Made, ...],
    verdict: Verdict,
    *,
    of: tuple[Made, ...] = PUBLIC,
    without: tuple[str, ...] = (),
) -> tuple[Row, Row]:
    """Return a row with the ACL's subnets in a list, and one with them tied by resources."""
    return (
        _row(number, sentence, resources, verdict, of=of, without=without),
        _row(number, f"{sentence}, subnets tied", (*TIED, *resources), verdict, of=of, without=without),
    )


_HIGH: Final = line(110, "allow", protocol="tcp", fromPort=1024, toPort=65535)
_LINUX: Final = line(110, "allow", protocol="tcp", fromPort=32768, toPort=60999)
_HTTPS: Final = line(100, "allow", protocol="tcp", fromPort=443, toPort=443)
_RDP: Final = line(90, "deny", protocol="tcp", fromPort=3389, toPort=3389)
_AT_NAT: Final[tuple[tuple[str, dict[str, Written], Verdict], ...]] = (
    ("denies", {}, violation(ACL, "nat-acl")),
    (
        "takes replies on Linux's ports alone",
        {"ingress": [_HTTPS, _LINUX], "egress": [ALLOW]},
        violation(ACL, "nat-acl"),
    ),
    (
        "denies the ports of a service among those of replies",
        {"ingress": [_RDP, ALLOW], "egress": [ALLOW]},
        advice(ACL, "nat-acl"),
    ),
    (
        "denies the ports of a service, and takes replies on Linux's ports alone",
        {"ingress": [_RDP, _HTTPS, _LINUX], "egress": [ALLOW]},
        violation(ACL, "nat-acl"),
    ),
    (
        "takes replies on Linux's ports, then denies the rest by an entry",
        {"ingress": [_HTTPS, _LINUX, line(200, "deny")], "egress": [ALLOW]},
        violation(ACL, "nat-acl"),
    ),
    (
        "denies many ports among those of replies",
        {"ingress": [line(90, "deny", protocol="tcp", fromPort=3000, toPort=3999), ALLOW], "egress": [ALLOW]},
        violation(ACL, "nat-acl"),
    ),
    (
        "denies replies on a port of Linux",
        {
            "ingress": [line(90, "deny", protocol="tcp", fromPort=50000, toPort=50000), ALLOW],
            "egress": [ALLOW],
        },
        violation(ACL, "nat-acl"),
    ),
    (
        "lets its traffic through, and no other",
        {"ingress": [_HTTPS, _HIGH], "egress": [_HTTPS, _HIGH]},
        SILENT,
    ),
)

ROWS: Final[tuple[Row, ...]] = (
    _row(122, "no ACL in the stack", (), SILENT, without=("acl", *ENTRIES)),
    _row(122, "no ACL in the stack, private routing", (), SILENT, of=right_private_network()),
    *_each_way(123, "an ACL without entries", (), BLOCKED, without=ENTRIES),
    *_each_way(123, "an ACL without entries, private routing", (), BLOCKED, of=PRIVATE, without=ENTRIES),
    *_each_way(
        124,
        "an explicit deny at the end, 32766",
        (
            entry("last-in", 32766, egress=False, ruleAction="deny"),
            entry("last-out", 32766, egress=True, ruleAction="deny"),
        ),
        SILENT,
    ),
    _row(
        124,
        "an explicit deny at the end, 32000 and inline",
        (
            inline(
                ingress=[line(32000, "deny"), ALLOW],
                egress=[line(32000, "deny"), ALLOW],
            ),
        ),
        SILENT,
        without=ENTRIES,
    ),
    *_each_way(
        125,
        "the deny has the lower number",
        (entry("first", 100, egress=False, ruleAction="deny"), entry("in", 200, egress=False)),
        BLOCKED,
    ),
    _row(
        125,
        "the deny has the lower number and stands first in the list",
        (inline(ingress=[line(100, "deny"), line(200, "allow")], egress=[ALLOW]),),
        BLOCKED,
        without=ENTRIES,
    ),
    _row(
        125,
        "the deny has the lower number and stands last in the list",
        (inline(ingress=[line(200, "allow"), line(100, "deny")], egress=[ALLOW]),),
        BLOCKED,
        without=ENTRIES,
    ),
    _row(
        125,
        "20 comes before 100, though not as text",
        (inline(ingress=[line(100, "deny"), line(20, "allow")], egress=[ALLOW]),),
        SILENT,
        without=ENTRIES,
    ),
    *_each_way(126, "outbound has no entry", (), BLOCKED, without=("out",)),
    *_each_way(126, "inbound has no entry", (), BLOCKED, without=("in",)),
    *_each_way(
        127,
        "no ephemeral ports",
        (*both("https", 100, 443, 443), *both("database", 110, 5432, 5432)),
        BLOCKED,
        without=ENTRIES,
    ),
    *_each_way(
        128,
        "443 and 1024 to 65535",
        (*both("https", 100, 443, 443), *both("high", 110, 1024, 65535)),
        SILENT,
        without=ENTRIES,
    ),
    *_each_way(
        128,
        "443 and 1024 to 65535, private routing",
        (*both("https", 100, 443, 443), *both("high", 110, 1024, 65535)),
        SILENT,
        of=PRIVATE,
        without=ENTRIES,
    ),
    *_each_way(
        129,
        "the Linux range only",
        (
            *both("https", 100, 443, 443),
            *both("linux", 110, 32768, 60999),
            *both("database", 120, 5432, 5432),
        ),
        advice(ACL, "acl"),
        without=ENTRIES,
    ),
    *_each_way(130, "a port nobody needs is denied", both("telnet", 50, 23, 23, ruleAction="deny"), SILENT),
    *(
        row
        for block in ("203.0.113.0/24", "172.16.0.0/12", "10.9.0.0/16")
        for row in _each_way(
            130,
            f"the foreign block {block} is denied",
            (entry("foreign", 50, egress=False, ruleAction="deny", cidrBlock=block),),
            SILENT,
        )
    ),
    *(
        row
        for block in ("10.0.0.0/20", "10.0.1.0/24", "10.0.1.128/25")
        for row in _each_way(
            131,
            f"{block}, of the other subnet, is denied",
            (entry("other", 50, egress=False, ruleAction="deny", cidrBlock=block),),
            BLOCKED,
        )
    ),
    *_each_way(
        132,
        "only the VPC's block, public routing",
        (
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
            entry("out", 100, egress=True, cidrBlock="10.0.0.0/16"),
        ),
        BLOCKED,
    ),
    *_each_way(
        132,
        "inbound only from the VPC's block, public routing",
        (entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),),
        BLOCKED,
    ),
    *_each_way(
        133,
        "only the VPC's block, private routing with the S3 gateway",
        (
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
            entry("out", 100, egress=True, cidrBlock="10.0.0.0/16"),
        ),
        BLOCKED,
        of=changed(
            PRIVATE,
            made(
                "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
                "s3-table",
                vpcEndpointId=ref("s3"),
                routeTableId=ref("private-table"),
            ),
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "s3",
                vpcId=ref("vpc"),
                serviceName="com.amazonaws.eu-west-1.s3",
            ),
        ),
    ),
    _row(
        133,
        "the same, the gateway's tables in a list",
        (*TIED, entry("in", 100, egress=False, cidrBlock="10.0.0.0/16")),
        BLOCKED,
        of=PRIVATE,
        lists=undetermined("s3", "routeTableIds"),
    ),
    _row(
        134,
        "the ACL is on no subnet",
        (made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc")),),
        SILENT,
        without=ENTRIES,
    ),
    _row(
        134,
        "the ACL is on another subnet",
        (inline(subnetIds=[ref("public-b")]),),
        SILENT,
        without=ENTRIES,
    ),
    _row(
        135,
        "tied to one subnet by a resource",
        (made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc")), tied("a")),
        BLOCKED,
        without=ENTRIES,
    ),
    _row(
        135,
        "tied to both by a list and a resource",
        (inline(subnetIds=[ref("a")]), tied("b")),
        BLOCKED,
        without=ENTRIES,
        lists=BLOCKED | UNLISTED,
    ),
    _row(
        136,
        "entries inline",
        (inline(ingress=[ALLOW], egress=[ALLOW]),),
        SILENT,
        without=ENTRIES,
    ),
    _row(
        136,
        "one direction inline, the other by a resource",
        (inline(ingress=[ALLOW]),),
        SILENT,
        without=("in",),
    ),
    _row(
        136,
        "one direction both ways, which is right while both are there",
        (inline(ingress=[line(90, "allow", cidrBlock="10.0.0.0/16")]),),
        advice(CONTESTED, "acl"),
    ),
    _row(
        136,
        "one direction both ways, the inline entry denies first",
        (inline(ingress=[line(90, "DENY")]),),
        BLOCKED | advice(CONTESTED, "acl"),
    ),
    *_each_way(
        137,
        "protocol words and numbers, ports beside all",
        (
            entry("in", 100, egress=False, protocol="all", fromPort=9, toPort=9),
            entry("out", 100, egress=True, protocol=-1.0),
        ),
        SILENT,
    ),
    *_each_way(
        137,
        "TCP as a number",
        (
            entry("in", 100, egress=False, protocol="6", fromPort=0, toPort=65535),
            entry("out", 100, egress=True, protocol=6.0, fromPort=0, toPort=65535),
        ),
        SILENT,
    ),
    *_each_way(
        137,
        "UDP is not TCP",
        (entry("in", 100, egress=False, protocol="17", fromPort=0, toPort=65535),),
        BLOCKED,
    ),
    _row(
        138,
        "the default ACL adopted with tags only",
        (default_acl(tags={"Name": "default"}),),
        violation(ACL, "default"),
        without=("acl", *ENTRIES),
        lists=violation(ACL, "default"),
    ),
    _row(
        138,
        "the default ACL adopted with tags only, private routing",
        (default_acl(),),
        violation(ACL, "default"),
        of=right_private_network(),
        lists=violation(ACL, "default"),
    ),
    _row(
        139,
        "the default ACL adopted with its entries",
        (default_acl(ingress=[ALLOW], egress=[ALLOW]),),
        SILENT,
        without=("acl", *ENTRIES),
    ),
    _row(
        139,
        "an entry of its own that denies on the default ACL, not adopted",
        (
            entry(
                "deny",
                50,
                egress=False,
                ruleAction="deny",
                networkAclId=ref("vpc", "defaultNetworkAclId"),
            ),
        ),
        violation(ACL, "vpc"),
        without=("acl", *ENTRIES),
        lists=violation(ACL, "vpc"),
    ),
    _row(
        140,
        "the default ACL stripped, all subnets have their own",
        (*TIED, tied("public"), tied("public-b"), default_acl()),
        SILENT,
    ),
    *_each_way(
        141,
        "IPv6 only",
        (
            entry("in", 100, egress=False, cidrBlock=None, ipv6CidrBlock="::/0"),
            entry("out", 100, egress=True, cidrBlock=None, ipv6CidrBlock="::/0"),
        ),
        BLOCKED,
    ),
    *_each_way(
        141,
        "IPv6 beside IPv4",
        (
            entry("in-6", 101, egress=False, cidrBlock=None, ipv6CidrBlock="::/0"),
            entry("out-6", 101, egress=True, cidrBlock=None, ipv6CidrBlock="::/0"),
        ),
        SILENT,
    ),
    *(
        _row(
            142,
            f"the ACL of the NAT gateway's subnet {sentence}",
            (
                made("ec2/networkAcl:NetworkAcl", "nat-acl", **{"vpcId": ref("vpc"), **lines}),
                made(
                    "ec2/networkAclAssociation:NetworkAclAssociation",
                    "nat-tie",
                    networkAclId=ref("nat-acl"),
                    subnetId=ref("public"),
                ),
            ),
            verdict,
            lists=verdict,
        )
        for sentence, lines, verdict in _AT_NAT
    ),
    *(
        Row(
            number=143,
            sentence=f"{key} of an entry is unknown",
            stack=changed(PUBLIC, *TIED, entry("in", 100, egress=False, **{key: Opaque.COMPUTED})),
            verdict=undetermined("in", key),
        )
        for key in ("cidrBlock", "ruleAction", "protocol", "networkAclId")
    ),
    Row(
        number=143,
        sentence="the number of an entry that denies is unknown",
        stack=changed(
            PUBLIC,
            *TIED,
            entry("deny", 50, egress=False, ruleAction="deny", ruleNumber=Opaque.COMPUTED),
        ),
        verdict=undetermined("deny", "ruleNumber"),
    ),
    Row(
        number=143,
        sentence="the port of an entry that denies is unknown",
        stack=changed(
            PUBLIC,
            *TIED,
            tcp("deny", 50, 443, 443, egress=False, ruleAction="deny", toPort=Opaque.COMPUTED),
        ),
        verdict=undetermined("deny", "toPort"),
    ),
    Row(
        number=143,
        sentence="the block of an inline entry is unknown",
        stack=changed(
            PUBLIC,
            *TIED,
            made(
                "ec2/networkAcl:NetworkAcl",
                "acl",
                vpcId=ref("vpc"),
                ingress=[line(100, "allow", cidrBlock=Opaque.COMPUTED)],
            ),
            without=("in",),
        ),
        verdict=undetermined("acl", "ingress[0].cidrBlock"),
    ),
    Row(
        number=143,
        sentence="an entry that settles nothing is unknown",
        stack=changed(PUBLIC, entry("deny", 200, egress=False, ruleAction="deny", cidrBlock=Opaque.COMPUTED)),
        verdict=SILENT,
    ),
    Row(
        number=143,
        sentence="a fault that an unknown entry does not touch",
        stack=changed(
            PUBLIC, *TIED, entry("some", 90, egress=False, cidrBlock=Opaque.COMPUTED), without=("out",)
        ),
        verdict=BLOCKED,
    ),
    Row(
        number=78,
        sentence="an environment with one subnet crosses no border between two",
        stack=changed(
            PUBLIC,
            *TIED,
            environment(["a"], ["group"]),
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
        ),
        verdict=BLOCKED | violation("subnet-count-not-two", "env"),
        lists=undetermined("env", "networkConfiguration.subnetIds"),
    ),
)
