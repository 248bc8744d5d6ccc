"""The security group of the environment: its rules, how many groups there are, and whose they are."""

from typing import Final

from tests.policy_pack.mutations.changes import Change, add, all_of, drop, members, new, put, tag, turn
from tests.policy_pack.mutations.labels import (
    DATABASE_RULE,
    EMPTIED,
    GROUP,
    HTTPS_RULE,
    INTERFACES,
    OF_GROUPS,
    OUT_RULE,
    S3,
    SELF_RULE,
    VPC,
)
from tests.policy_pack.mutations.program import BUCKETS, PRIVATE, PUBLIC, RESTRICTED, VIRGINIA
from tests.policy_pack.mutations.rows import EITHER, IN_PRIVATE, IN_PUBLIC, Mutation
from tests.policy_pack.stacks import Made, Written, ref
from tests.policy_pack.verdicts import (
    CONTESTED,
    FOREIGN_GROUP,
    GROUPS,
    OUTBOUND,
    REFUSES,
    SELF,
    SILENT,
    advice,
    undetermined,
    violation,
)

IN_VPC: Final = "10.192.0.0/16"
_ANYWHERE: Final = "0.0.0.0/0"
_NOT_ITSELF: Final = violation(SELF, GROUP)
_KEPT_IN: Final = violation(OUTBOUND, GROUP)
# The interface endpoints carry the group that was the environment's. One that does not let the environment in
# from itself is at fault once, not at each endpoint that carries it.
_SHUT_OUT: Final = violation(REFUSES, *INTERFACES)


def _self(**inputs: Written) -> Change:
    return put(SELF_RULE, **inputs)


def _from(**peer: Written) -> Change:
    return turn(SELF_RULE, "referencedSecurityGroupId", **peer)


def _to(**peer: Written) -> Change:
    return turn(OUT_RULE, "cidrIpv4", **peer)


def _tcp(first: int, last: int | None = None) -> dict[str, Written]:
    return {"ipProtocol": "tcp", "fromPort": first, "toPort": first if last is None else last}


def _group(name: str, **inputs: Written) -> Made:
    return new("ec2/securityGroup:SecurityGroup", name, **{"vpcId": ref(VPC), "tags": {}, **inputs})


def _inbound(name: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref(GROUP), "ipProtocol": "-1", **inputs}
    return new("vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, **given)


def _outbound(name: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref(GROUP), "ipProtocol": "-1", **inputs}
    return new("vpc/securityGroupEgressRule:SecurityGroupEgressRule", name, **given)


def _older(name: str, kind: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref(GROUP), "type": kind, "protocol": "-1"}
    return new(
        "ec2/securityGroupRule:SecurityGroupRule", name, **{**given, "fromPort": 0, "toPort": 0, **inputs}
    )


_MORE: Final = tuple(f"SecurityGroup mwaa-more-{number}" for number in range(5))


def _groups(count: int) -> Change:
    """Add groups, and give the environment that many in all."""
    more = _MORE[: count - 1]
    return all_of(add(*(_group(label.partition(" ")[2]) for label in more)), members(groups=(GROUP, *more)))


_NARROW: Final = all_of(
    drop(OUT_RULE),
    add(
        _outbound("to-itself", referencedSecurityGroupId=ref(GROUP)),
        _outbound("to-vpc", cidrIpv4=IN_VPC),
        _outbound("to-s3", prefixListId=ref(S3, "prefixListId")),
    ),
)
_ALL_ITSELF: Final[dict[str, Written]] = {"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}
_ALL_OUT: Final[dict[str, Written]] = {
    "protocol": "-1",
    "fromPort": 0,
    "toPort": 0,
    "cidrBlocks": [_ANYWHERE],
}

ROWS: Final[tuple[Mutation, ...]] = (
    # Inbound: all traffic from the group itself, or both TCP 5432 and TCP 443.
    ("no self reference", IN_PUBLIC, drop(SELF_RULE), _NOT_ITSELF),
    ("no self reference", IN_PRIVATE, drop(SELF_RULE), _NOT_ITSELF),
    ("the database port alone", IN_PUBLIC, _self(**_tcp(5432)), _NOT_ITSELF),
    ("the database port alone", IN_PRIVATE, _self(**_tcp(5432)), _NOT_ITSELF),
    ("HTTPS alone", EITHER, _self(**_tcp(443)), _NOT_ITSELF),
    ("the port of another database", IN_PUBLIC, _self(**_tcp(5439)), _NOT_ITSELF),
    ("UDP in place of TCP", IN_PUBLIC, _self(ipProtocol="udp", fromPort=0, toPort=65535), _NOT_ITSELF),
    (
        "ICMP in place of TCP",
        IN_PRIVATE,
        _self(ipProtocol="icmp", fromPort=-1, toPort=-1),
        _NOT_ITSELF,
    ),
    ("every TCP port from itself", EITHER, _self(**_tcp(0, 65535)), SILENT),
    ("TCP 443 to 5432 from itself", EITHER, _self(**_tcp(443, 5432)), SILENT),
    ("all protocols by their word", EITHER, _self(ipProtocol="all"), SILENT),
    ("the VPC in place of itself", EITHER, _from(cidrIpv4=IN_VPC), _NOT_ITSELF),
    ("the world in place of itself", EITHER, _from(cidrIpv4=_ANYWHERE), _NOT_ITSELF),
    ("the world by IPv6 in place of itself", IN_PUBLIC, _from(cidrIpv6="::/0"), _NOT_ITSELF),
    ("one address in place of itself", IN_PUBLIC, _from(cidrIpv4="10.192.0.7/32"), _NOT_ITSELF),
    ("a prefix list in place of itself", IN_PUBLIC, _from(prefixListId="pl-1234"), _NOT_ITSELF),
    (
        "another group in place of itself",
        IN_PUBLIC,
        _self(referencedSecurityGroupId=ref(EMPTIED)),
        _NOT_ITSELF,
    ),
    (
        "another group in place of itself",
        IN_PRIVATE,
        _self(referencedSecurityGroupId=ref(EMPTIED)),
        _NOT_ITSELF,
    ),
    (
        "a group of another account",
        IN_PUBLIC,
        _self(referencedSecurityGroupId="sg-0123456789abcdef0"),
        _NOT_ITSELF,
    ),
    ("the rule on another group", IN_PUBLIC, _self(securityGroupId=ref(EMPTIED)), _NOT_ITSELF),
    (
        "the self reference of another group",
        IN_PUBLIC,
        all_of(_self(securityGroupId=ref(EMPTIED)), _self(referencedSecurityGroupId=ref(EMPTIED))),
        _NOT_ITSELF,
    ),
    (
        "a bystander group of anybody, open to the world",
        EITHER,
        add(_group("web", ingress=[{**_ALL_OUT}], egress=[{**_ALL_OUT}])),
        SILENT,
    ),
    (
        "HTTPS from the world beside the self reference",
        EITHER,
        add(_inbound("web", cidrIpv4=_ANYWHERE, **_tcp(443))),
        SILENT,
    ),
    (
        "the restricted pair: no database rule",
        (RESTRICTED,),
        drop(DATABASE_RULE),
        _NOT_ITSELF,
    ),
    ("the restricted pair: no HTTPS rule", (RESTRICTED,), drop(HTTPS_RULE), _NOT_ITSELF),
    ("the restricted pair: HTTPS by UDP", (RESTRICTED,), put(HTTPS_RULE, ipProtocol="udp"), _NOT_ITSELF),
    ("the restricted pair: HTTPS twice", (RESTRICTED,), put(DATABASE_RULE, **_tcp(443)), _NOT_ITSELF),
    (
        "the restricted pair: the database from another group",
        (RESTRICTED,),
        put(DATABASE_RULE, referencedSecurityGroupId=ref(EMPTIED)),
        _NOT_ITSELF,
    ),
    (
        "the restricted pair: HTTPS from the world",
        (RESTRICTED,),
        turn(HTTPS_RULE, "referencedSecurityGroupId", cidrIpv4=_ANYWHERE),
        advice(SELF, GROUP),
    ),
    (
        "two groups, the rule on the second",
        (PUBLIC, VIRGINIA),
        all_of(
            _groups(2),
            _self(securityGroupId=ref(_MORE[0])),
            _self(referencedSecurityGroupId=ref(_MORE[0])),
        ),
        SILENT,
    ),
    (
        "two groups that let one another in, and none itself",
        IN_PUBLIC,
        all_of(
            _groups(2),
            _self(referencedSecurityGroupId=ref(_MORE[0])),
            add(_inbound("back", securityGroupId=ref(_MORE[0]), referencedSecurityGroupId=ref(GROUP))),
        ),
        advice(SELF, GROUP),
    ),
    (
        "the rule by the older resource",
        EITHER,
        all_of(drop(SELF_RULE), add(_older("self", "ingress", self=True))),
        SILENT,
    ),
    (
        "the rule by the older resource, outbound by mistake",
        IN_PUBLIC,
        all_of(drop(SELF_RULE), add(_older("self", "egress", self=True))),
        _NOT_ITSELF,
    ),
    ("the rule inline", EITHER, all_of(drop(SELF_RULE), put(GROUP, ingress=[_ALL_ITSELF])), SILENT),
    (
        "the rule inline, not from itself",
        IN_PUBLIC,
        all_of(drop(SELF_RULE), put(GROUP, ingress=[{**_ALL_ITSELF, "self": False}])),
        _NOT_ITSELF,
    ),
    (
        "an inline rule beside the rule of its own",
        EITHER,
        put(GROUP, ingress=[{**_ALL_ITSELF, "protocol": "tcp", "fromPort": 443, "toPort": 443}]),
        advice(CONTESTED, GROUP),
    ),
    # Outbound: all traffic to 0.0.0.0/0; with private routing itself, the VPC and S3's prefix list will do.
    ("nothing goes out", EITHER, drop(OUT_RULE), _KEPT_IN),
    ("HTTPS alone goes out", EITHER, put(OUT_RULE, **_tcp(443)), _KEPT_IN),
    ("the database port alone goes out", EITHER, put(OUT_RULE, **_tcp(5432)), _KEPT_IN),
    ("UDP alone goes out", EITHER, put(OUT_RULE, ipProtocol="udp", fromPort=0, toPort=65535), _KEPT_IN),
    ("every TCP port goes out", EITHER, put(OUT_RULE, **_tcp(0, 65535)), advice(OUTBOUND, GROUP)),
    ("out by IPv6 alone", EITHER, _to(cidrIpv6="::/0"), _KEPT_IN),
    ("out to the VPC alone", EITHER, put(OUT_RULE, cidrIpv4=IN_VPC), _KEPT_IN),
    # Which public addresses AWS's services use is nowhere published.
    ("out to one half of the internet", EITHER, put(OUT_RULE, cidrIpv4="0.0.0.0/1"), undetermined(GROUP, "")),
    ("out to itself alone", EITHER, _to(referencedSecurityGroupId=ref(GROUP)), _KEPT_IN),
    ("out to S3 alone", EITHER, _to(prefixListId=ref(S3, "prefixListId")), _KEPT_IN),
    ("the outbound rule on another group", EITHER, put(OUT_RULE, securityGroupId=ref(EMPTIED)), _KEPT_IN),
    ("out to itself, the VPC and S3", IN_PRIVATE, _NARROW, SILENT),
    ("out to itself, the VPC and S3", IN_PUBLIC, _NARROW, _KEPT_IN),
    (
        "out to itself and the VPC, without S3",
        IN_PRIVATE,
        all_of(_NARROW, drop("SecurityGroupEgressRule to-s3")),
        _KEPT_IN,
    ),
    (
        "out to both halves of the internet",
        EITHER,
        all_of(put(OUT_RULE, cidrIpv4="0.0.0.0/1"), add(_outbound("rest", cidrIpv4="128.0.0.0/1"))),
        SILENT,
    ),
    (
        "out by the older resource",
        EITHER,
        all_of(drop(OUT_RULE), add(_older("out", "egress", cidrBlocks=[_ANYWHERE]))),
        SILENT,
    ),
    ("out by an inline rule", EITHER, all_of(drop(OUT_RULE), put(GROUP, egress=[_ALL_OUT])), SILENT),
    (
        "two groups, the outbound rule on the second",
        EITHER,
        all_of(_groups(2), put(OUT_RULE, securityGroupId=ref(_MORE[0]))),
        SILENT,
    ),
    # One to five groups, of the VPC of the subnets.
    ("six groups", EITHER, _groups(6), violation(GROUPS, OF_GROUPS)),
    ("five groups", EITHER, _groups(5), SILENT),
    (
        "a second group of another VPC",
        (PUBLIC, BUCKETS),
        all_of(
            _groups(2),
            add(new("ec2/vpc:Vpc", "other", cidrBlock="10.1.0.0/16")),
            put(_MORE[0], vpcId=ref("Vpc other")),
        ),
        violation(FOREIGN_GROUP, _MORE[0]),
    ),
)

DECLARED_ROWS: Final[tuple[Mutation, ...]] = (
    ("no group is declared", (PUBLIC,), tag(GROUP, environment=None), SILENT),
    ("the emptied default group is declared as well", EITHER, tag(EMPTIED, environment="mwaa"), SILENT),
    (
        "the emptied default group is declared in place of the environment's",
        (PUBLIC,),
        all_of(tag(GROUP, environment=None), tag(EMPTIED, environment="mwaa")),
        violation(SELF, EMPTIED) | violation(OUTBOUND, EMPTIED),
    ),
    (
        "the emptied default group is declared in place of the environment's",
        (PRIVATE,),
        all_of(tag(GROUP, environment=None), tag(EMPTIED, environment="mwaa")),
        violation(SELF, EMPTIED) | violation(OUTBOUND, EMPTIED) | _SHUT_OUT,
    ),
)
