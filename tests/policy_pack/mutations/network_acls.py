"""The network ACL of the program, entry by entry and subnet by subnet."""

from typing import Final

from tests.policy_pack.mutations.changes import Change, add, all_of, drop, new, put, turn
from tests.policy_pack.mutations.labels import (
    FILTER_A,
    FILTER_B,
    FILTER_PUBLIC_A,
    FILTER_PUBLIC_B,
    INBOUND,
    NETWORK_ACL,
    OUTBOUND,
    VPC,
)
from tests.policy_pack.mutations.rows import EITHER, IN_PRIVATE, IN_PUBLIC, Mutation
from tests.policy_pack.stacks import Made, Written, ref
from tests.policy_pack.verdicts import ACL, CONTESTED, SILENT, advice, violation

IN_VPC: Final = "10.192.0.0/16"
OTHER: Final = "NetworkAcl other"
_DENIED: Final = violation(ACL, NETWORK_ACL)


def _entry(number: int, *, egress: bool, **changes: Written) -> Made:
    """Return an entry that allows all IPv4 traffic, with some properties changed."""
    inputs: dict[str, Written] = {
        "networkAclId": ref(NETWORK_ACL),
        "ruleNumber": number,
        "egress": egress,
        "protocol": "-1",
        "ruleAction": "allow",
        "cidrBlock": "0.0.0.0/0",
        **changes,
    }
    return new("ec2/networkAclRule:NetworkAclRule", f"{'out' if egress else 'in'}-{number}", **inputs)


def _ports(first: int, last: int) -> dict[str, Written]:
    return {"protocol": "tcp", "fromPort": first, "toPort": last}


def _deny(number: int, *, egress: bool, **changes: Written) -> Change:
    return add(_entry(number, egress=egress, ruleAction="deny", **changes))


def _other_acl(*entries: Made) -> Change:
    return add(new("ec2/networkAcl:NetworkAcl", "other", vpcId=ref(VPC)), *entries)


def _adopted(**inputs: Written) -> Change:
    default = ref(VPC, "defaultNetworkAclId")
    return add(
        new("ec2/defaultNetworkAcl:DefaultNetworkAcl", "adopted", defaultNetworkAclId=default, **inputs)
    )


def _inline(number: int) -> list[Written]:
    return [
        {
            "ruleNo": number,
            "action": "allow",
            "protocol": "-1",
            "fromPort": 0,
            "toPort": 0,
            "cidrBlock": "0.0.0.0/0",
        }
    ]


_PUBLIC_IN_OTHER: Final = all_of(
    put(FILTER_PUBLIC_A, networkAclId=ref(OTHER)), put(FILTER_PUBLIC_B, networkAclId=ref(OTHER))
)
_BOTH_IN_DEFAULT: Final = drop(FILTER_A, FILTER_B)

ROWS: Final[tuple[Mutation, ...]] = (
    ("the inbound entry denies", EITHER, put(INBOUND, ruleAction="deny"), _DENIED),
    ("the outbound entry denies", EITHER, put(OUTBOUND, ruleAction="deny"), _DENIED),
    ("no inbound entry", EITHER, drop(INBOUND), _DENIED),
    ("no outbound entry: outbound must deny all, as pages of 2021 said", EITHER, drop(OUTBOUND), _DENIED),
    ("no entry at all", EITHER, drop(INBOUND, OUTBOUND), _DENIED),
    ("inbound entry turned to outbound", EITHER, put(INBOUND, egress=True, ruleNumber=101), _DENIED),
    ("outbound entry turned to inbound", EITHER, put(OUTBOUND, egress=False, ruleNumber=101), _DENIED),
    ("inbound UDP only", EITHER, put(INBOUND, protocol="udp", fromPort=0, toPort=65535), _DENIED),
    ("outbound UDP only", EITHER, put(OUTBOUND, protocol="17", fromPort=0, toPort=65535), _DENIED),
    ("inbound TCP without ports, which is port 0", EITHER, put(INBOUND, protocol="tcp"), _DENIED),
    ("inbound ICMP only", EITHER, put(INBOUND, protocol="icmp", icmpType=-1, icmpCode=-1), _DENIED),
    ("inbound TCP, every port", EITHER, put(INBOUND, **_ports(0, 65535)), SILENT),
    ("inbound by a number for all", EITHER, put(INBOUND, protocol="all", fromPort=443, toPort=443), SILENT),
    ("inbound HTTPS only", EITHER, put(INBOUND, **_ports(443, 443)), _DENIED),
    ("inbound database port only", EITHER, put(INBOUND, **_ports(5432, 5432)), _DENIED),
    ("inbound without replies", EITHER, put(INBOUND, **_ports(0, 32767)), _DENIED),
    ("inbound without HTTPS", EITHER, put(INBOUND, **_ports(1024, 65535)), _DENIED),
    ("outbound HTTPS only", EITHER, put(OUTBOUND, **_ports(443, 443)), _DENIED),
    ("outbound without replies", EITHER, put(OUTBOUND, **_ports(0, 32767)), _DENIED),
    ("inbound from the VPC alone", EITHER, put(INBOUND, cidrBlock=IN_VPC), _DENIED),
    ("outbound to the VPC alone", EITHER, put(OUTBOUND, cidrBlock=IN_VPC), _DENIED),
    ("inbound from one address", EITHER, put(INBOUND, cidrBlock="10.192.0.5/32"), _DENIED),
    ("outbound to private ranges alone", EITHER, put(OUTBOUND, cidrBlock="10.0.0.0/8"), _DENIED),
    (
        "inbound IPv6 only",
        EITHER,
        turn(INBOUND, "cidrBlock", ipv6CidrBlock="::/0"),
        _DENIED,
    ),
    ("the database port denied before", EITHER, _deny(99, egress=False, **_ports(5432, 5432)), _DENIED),
    ("HTTPS denied before", EITHER, _deny(99, egress=True, **_ports(443, 443)), _DENIED),
    ("replies denied before", EITHER, _deny(99, egress=False, **_ports(32768, 60999)), _DENIED),
    ("the other subnet denied", EITHER, _deny(99, egress=False, cidrBlock="10.192.1.0/24"), _DENIED),
    ("the whole VPC denied outbound", EITHER, _deny(1, egress=True, cidrBlock=IN_VPC), _DENIED),
    (
        "numbers turned around",
        EITHER,
        all_of(put(INBOUND, ruleNumber=200), _deny(150, egress=False)),
        _DENIED,
    ),
    (
        "replies outside Linux's range denied, no NAT gateway",
        IN_PRIVATE,
        _deny(99, egress=False, **_ports(1024, 5431)),
        advice(ACL, NETWORK_ACL),
    ),
    ("replies to the NAT gateways denied", IN_PUBLIC, _deny(99, egress=False, **_ports(1024, 5431)), _DENIED),
    (
        "a service's port denied among replies to the NAT gateways",
        IN_PUBLIC,
        _deny(99, egress=False, **_ports(3389, 3389)),
        advice(ACL, NETWORK_ACL),
    ),
    ("all denied after all is allowed", EITHER, _deny(32766, egress=False), SILENT),
    ("a port that nobody needs denied", EITHER, _deny(99, egress=False, **_ports(22, 22)), SILENT),
    ("foreign addresses denied", EITHER, _deny(99, egress=False, cidrBlock="203.0.113.0/24"), SILENT),
    ("UDP denied", EITHER, _deny(99, egress=True, protocol="udp", fromPort=0, toPort=65535), SILENT),
    (
        "the inbound entry moved to another ACL",
        EITHER,
        all_of(_other_acl(), put(INBOUND, networkAclId=ref(OTHER))),
        _DENIED,
    ),
    (
        "one subnet moved to an ACL without entries",
        EITHER,
        all_of(_other_acl(), put(FILTER_A, networkAclId=ref(OTHER))),
        violation(ACL, OTHER),
    ),
    (
        "one subnet moved to an ACL that lets nothing out",
        EITHER,
        all_of(
            _other_acl(_entry(1, egress=False, networkAclId=ref(OTHER))),
            put(FILTER_B, networkAclId=ref(OTHER)),
        ),
        violation(ACL, OTHER),
    ),
    ("an ACL without entries on no subnet", EITHER, _other_acl(), SILENT),
    ("both subnets left to the default ACL", EITHER, _BOTH_IN_DEFAULT, SILENT),
    (
        "both subnets left to the default ACL, adopted with tags only",
        EITHER,
        all_of(_BOTH_IN_DEFAULT, _adopted()),
        violation(ACL, "DefaultNetworkAcl adopted"),
    ),
    (
        "both subnets left to the default ACL, adopted with inbound entries only",
        EITHER,
        all_of(_BOTH_IN_DEFAULT, _adopted(ingress=_inline(100))),
        violation(ACL, "DefaultNetworkAcl adopted"),
    ),
    (
        "both subnets left to the default ACL, adopted with what AWS gave it",
        EITHER,
        all_of(_BOTH_IN_DEFAULT, _adopted(ingress=_inline(100), egress=_inline(100))),
        SILENT,
    ),
    ("the default ACL emptied, on none of the subnets", EITHER, _adopted(), SILENT),
    (
        "the public subnets in an ACL without entries",
        IN_PUBLIC,
        all_of(_other_acl(), _PUBLIC_IN_OTHER),
        violation(ACL, OTHER),
    ),
    (
        "the public subnets in an ACL that lets replies in on Linux's ports only",
        IN_PUBLIC,
        all_of(
            _other_acl(
                _entry(1, egress=False, networkAclId=ref(OTHER), cidrBlock=IN_VPC),
                _entry(2, egress=False, networkAclId=ref(OTHER), **_ports(32768, 60999)),
                _entry(1, egress=True, networkAclId=ref(OTHER)),
            ),
            _PUBLIC_IN_OTHER,
        ),
        violation(ACL, OTHER),
    ),
    (
        "the public subnets in an ACL that lets through what NAT gateways need",
        IN_PUBLIC,
        all_of(
            _other_acl(
                _entry(1, egress=False, networkAclId=ref(OTHER), cidrBlock=IN_VPC),
                _entry(2, egress=False, networkAclId=ref(OTHER), **_ports(1024, 65535)),
                _entry(1, egress=True, networkAclId=ref(OTHER), **_ports(443, 443)),
                _entry(2, egress=True, networkAclId=ref(OTHER), cidrBlock=IN_VPC),
            ),
            _PUBLIC_IN_OTHER,
        ),
        SILENT,
    ),
    (
        "entries stated inline beside entries of their own",
        EITHER,
        put(NETWORK_ACL, ingress=_inline(200)),
        advice(CONTESTED, NETWORK_ACL),
    ),
)
