"""Security groups: rows 1 to 41 and 156 of the survey, each in the ways people write it."""

from collections.abc import Iterable
from typing import Final

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    ALL_IPV4,
    INTERFACE_SERVICES,
    changed,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, ref
from tests.policy_pack.verdicts import (
    CONTESTED,
    FOREIGN_GROUP,
    GROUPS,
    OUTBOUND,
    REFUSES,
    SELF,
    SILENT,
    Verdict,
    advice,
    undetermined,
    violation,
)

PUBLIC: Final = right_network()
PRIVATE: Final = right_private_network()
NO_SELF: Final = violation(SELF, "group")
NO_WAY_OUT: Final = violation(OUTBOUND, "group")
NOT_ALL_OUT: Final = advice(OUTBOUND, "group")
BY_OWN_GROUP: Final = advice(REFUSES, *INTERFACE_SERVICES)
# An environment's list of several groups, none of which has an id yet, may be any of them and more.
UNKNOWN_GROUPS: Final = undetermined("env", "networkConfiguration.securityGroupIds")

ALL: Final[dict[str, Written]] = {"ipProtocol": "-1"}
DATABASE: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432}
HTTPS: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
LINE: Final[dict[str, Written]] = {"protocol": "-1", "fromPort": 0, "toPort": 0}
ALL_OUT: Final[dict[str, Written]] = {**LINE, "cidrBlocks": [ALL_IPV4]}
LINE_FROM_VPC: Final[dict[str, Written]] = {**LINE, "cidrBlocks": ["10.0.0.0/16"]}
_NEWER: Final = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_NEWER_OUT: Final = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def rule(name: str, **inputs: Written) -> Made:
    """Return an inbound rule resource of the newer kind on the environment's group."""
    return made(_NEWER, name, **{"securityGroupId": ref("group"), **inputs})


def out(name: str, **inputs: Written) -> Made:
    """Return an outbound rule resource of the newer kind on the environment's group."""
    return made(_NEWER_OUT, name, **{"securityGroupId": ref("group"), **inputs})


def older(name: str, **inputs: Written) -> Made:
    """Return a rule resource of the older kind on the environment's group, inbound unless it says so."""
    return made(
        "ec2/securityGroupRule:SecurityGroupRule",
        name,
        **{"securityGroupId": ref("group"), "type": "ingress", **inputs},
    )


def own(name: str, **inputs: Written) -> Made:
    """Return an inbound rule from the environment's group itself."""
    return rule(name, referencedSecurityGroupId=ref("group"), **inputs)


def group(name: str, /, **inputs: Written) -> Made:
    """Return a security group of the VPC."""
    return made("ec2/securityGroup:SecurityGroup", name, **{"vpcId": ref("vpc"), **inputs})


def inline(*rules: Written) -> Made:
    """Return the environment's group with inline inbound rules."""
    return group("group", ingress=list(rules))


def adopted(**inputs: Written) -> Made:
    """Return the VPC's default group, adopted."""
    return made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "group", vpcId=ref("vpc"), **inputs)


def given(groups: Written, *more: Made, without: Iterable[str] = ()) -> tuple[Made, ...]:
    """Return the network with public routing, its environment with a list of groups as it is written."""
    network: dict[str, Written] = {"subnetIds": [ref("a"), ref("b")], "securityGroupIds": groups}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    return changed(PUBLIC, env, *more, without=without)


def _inbound(  # noqa: PLR0913 - what rows differ in, each by its name
    number: int,
    sentence: str,
    resources: Iterable[Made],
    verdict: Verdict,
    *,
    groups: tuple[str, ...] = ("group",),
    lists: Verdict | None = None,
    options: Substitutes | None = None,
) -> Row:
    """Return a row about what lets the environment in; the rule of the right network is gone."""
    return Row(
        number=number,
        sentence=sentence,
        stack=changed(PUBLIC, *resources, environment(["a", "b"], groups), without=("self",)),
        verdict=verdict,
        lists=lists if len(groups) == 1 else UNKNOWN_GROUPS,
        options={} if options is None else {SELF: Options(substitutes=options)},
    )


def _outbound(  # noqa: PLR0913 - likewise
    number: int,
    sentence: str,
    resources: Iterable[Made],
    verdict: Verdict,
    *,
    of: tuple[Made, ...] = PUBLIC,
    without: tuple[str, ...] = ("outbound",),
    lists: Verdict | None = None,
) -> Row:
    """Return a row about what lets the environment out; the rule of the right network is gone."""
    return Row(
        number=number,
        sentence=sentence,
        stack=changed(of, *resources, without=without),
        verdict=verdict,
        lists=lists,
        attached=of is PRIVATE,
    )


def _numbered(*groups: str) -> tuple[Made, ...]:
    """Return six right groups, and an environment with some of them."""
    six = [f"g{number}" for number in range(6)]
    return changed(
        PUBLIC,
        *(group(name, ingress=[{**LINE, "self": True}], egress=[ALL_OUT]) for name in six),
        environment(["a", "b"], groups),
    )


_EGRESS: Final[dict[str, Written]] = {**LINE, "type": "egress"}
_EMPTY_LISTS: Final[dict[str, Written]] = {
    "cidrBlocks": [],
    "ipv6CidrBlocks": [],
    "prefixListIds": [],
    "securityGroups": [],
}
_TWO: Final = ("group", "other")
_MUTUAL: Final = (
    group("other"),
    rule("rule-a", referencedSecurityGroupId=ref("other"), **ALL),
    rule("rule-b", securityGroupId=ref("other"), referencedSecurityGroupId=ref("group"), **ALL),
)
_SUBSTITUTES: Final = (
    (None, NO_SELF),
    (Substitutes.REFUSE, NO_SELF),
    (Substitutes.ADVISE, advice(SELF, "group")),
    (Substitutes.ACCEPT, SILENT),
)

INBOUND: Final[tuple[Row, ...]] = (
    _inbound(1, "all traffic, ports 0 and 0", [inline({**LINE, "self": True})], SILENT),
    _inbound(
        1,
        "all traffic as a number, ports 0 to 65535",
        [inline({"protocol": -1.0, "fromPort": 0, "toPort": 65535, "self": True})],
        SILENT,
    ),
    _inbound(
        1,
        "the word all, ports -1 and -1",
        [inline({"protocol": "all", "fromPort": -1, "toPort": -1, **_EMPTY_LISTS, "self": True})],
        SILENT,
    ),
    _inbound(1, "all traffic, no ports", [inline({"protocol": "-1", "self": True})], SILENT),
    _inbound(1, "all traffic, ports in a resource", [own("r", **ALL, fromPort=0, toPort=65535)], SILENT),
    _inbound(2, "self on the older rule resource", [older("r", **LINE, self=True)], SILENT),
    _inbound(
        2,
        "the own id as source of the older rule resource",
        [older("r", **LINE, sourceSecurityGroupId=ref("group"))],
        SILENT,
    ),
    _inbound(2, "the own id as reference", [own("r", **ALL)], SILENT),
    _inbound(
        3,
        "a resource from a different group of the stack",
        [group("other"), rule("r", referencedSecurityGroupId=ref("other"), **ALL)],
        NO_SELF,
    ),
    _inbound(
        3,
        "an older resource from a different group of the stack",
        [group("other"), older("r", **LINE, sourceSecurityGroupId=ref("other"))],
        NO_SELF,
    ),
    _inbound(
        3,
        "an inline line from a different group of the stack",
        [group("other"), inline({**LINE, "securityGroups": [ref("other")]})],
        NO_SELF,
    ),
    _inbound(4, "from the same group", [own("r", **ALL)], SILENT),
    _inbound(
        5,
        "self is false and the lists are empty",
        [inline({**LINE, **_EMPTY_LISTS, "self": False})],
        NO_SELF,
    ),
    _inbound(
        5,
        "empty lists beside self",
        [older("r", **LINE, **{**_EMPTY_LISTS, "self": True})],
        SILENT,
    ),
    _inbound(6, "both ports in two resources", [own("r-a", **DATABASE), own("r-b", **HTTPS)], SILENT),
    _inbound(
        6,
        "both ports in two lines",
        [
            inline(
                {"protocol": "tcp", "fromPort": 443, "toPort": 443, "self": True},
                {"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "self": True},
            )
        ],
        SILENT,
    ),
    _inbound(7, "one range over both ports", [own("r", ipProtocol="tcp", fromPort=443, toPort=5432)], SILENT),
    _inbound(7, "all TCP ports", [own("r", ipProtocol="tcp", fromPort=0, toPort=65535)], SILENT),
    _inbound(8, "5432 alone", [own("r", **DATABASE)], NO_SELF),
    _inbound(8, "443 alone", [own("r", **HTTPS)], NO_SELF),
    *(
        _inbound(
            8, f"the useless port {port}", [own("r", ipProtocol="tcp", fromPort=port, toPort=port)], NO_SELF
        )
        for port in (2049, 5439)
    ),
    *(
        _inbound(
            9,
            f"5432 from itself, 443 from {block}",
            [own("r-a", **DATABASE), rule("r-b", cidrIpv4=block, **HTTPS)],
            advice(SELF, "group"),
        )
        for block in (ALL_IPV4, "10.0.0.0/16")
    ),
    *(
        _inbound(number, f"{what} from {block}, {chosen}", rules, verdict, options=chosen)
        for number, block in ((10, "10.0.0.0/16"), (11, ALL_IPV4))
        for what, rules in (
            ("all", [rule("r", cidrIpv4=block, **ALL)]),
            ("both ports", [rule("r-a", cidrIpv4=block, **HTTPS), rule("r-b", cidrIpv4=block, **DATABASE)]),
        )
        for chosen, verdict in _SUBSTITUTES
    ),
    *(
        _inbound(
            10,
            f"all from the blocks of both subnets, {chosen}",
            [older("r", **LINE, cidrBlocks=["10.0.0.0/24", "10.0.1.0/24"])],
            verdict,
            options=chosen,
        )
        for chosen, verdict in _SUBSTITUTES
    ),
    *(
        _inbound(
            10,
            f"all from the block of one subnet alone, {chosen}",
            [rule("r", cidrIpv4="10.0.0.0/24", **ALL)],
            NO_SELF,
            options=chosen,
        )
        for chosen, _ in _SUBSTITUTES
    ),
    *(
        _inbound(
            10,
            f"all from a prefix list of the stack that holds the VPC's block, {chosen}",
            [
                made(
                    "ec2/managedPrefixList:ManagedPrefixList",
                    "list",
                    addressFamily="IPv4",
                    maxEntries=1,
                    entries=[{"cidr": "10.0.0.0/16"}],
                ),
                rule("r", prefixListId=ref("list"), **ALL),
            ],
            verdict,
            options=chosen,
        )
        for chosen, verdict in _SUBSTITUTES
    ),
    _inbound(
        12,
        "itself and the world",
        [own("r-a", **ALL), rule("r-b", cidrIpv4=ALL_IPV4, **ALL)],
        SILENT,
    ),
    _inbound(13, "a prefix list", [rule("r", prefixListId="pl-1", **ALL)], NO_SELF),
    _inbound(13, "an inline prefix list", [inline({**LINE, "prefixListIds": ["pl-1"]})], NO_SELF),
    _inbound(
        13,
        "a group of another account",
        [rule("r", referencedSecurityGroupId="123456789012/sg-1", **ALL)],
        NO_SELF,
    ),
    _inbound(
        13,
        "a prefix list beside itself",
        [rule("r-a", prefixListId="pl-1", **ALL), own("r-b", **ALL)],
        SILENT,
    ),
    _inbound(14, "two groups let one another in", _MUTUAL, advice(SELF, "group"), groups=_TWO),
    _inbound(
        14,
        "two groups let one another in, accepted",
        _MUTUAL,
        SILENT,
        groups=_TWO,
        options=Substitutes.ACCEPT,
    ),
    _inbound(
        15,
        "three groups, one right",
        [group("other"), group("third"), own("r", **ALL)],
        SILENT,
        groups=("group", "other", "third"),
    ),
    _inbound(
        17,
        "bystanders without a rule",
        [group("web"), group("glue"), own("r", **ALL)],
        SILENT,
    ),
    _inbound(
        18,
        "a bystander has the rule",
        [
            group("other"),
            rule("r", securityGroupId=ref("other"), referencedSecurityGroupId=ref("other"), **ALL),
        ],
        NO_SELF,
    ),
    _inbound(
        22,
        "ports as texts and floats",
        [own("r-a", ipProtocol="tcp", fromPort="443", toPort=443.0), own("r-b", **DATABASE)],
        SILENT,
    ),
    _inbound(
        23,
        "UDP 5432",
        [own("r-a", ipProtocol="udp", fromPort=5432, toPort=5432), own("r-b", **HTTPS)],
        NO_SELF,
    ),
    _inbound(
        23,
        "UDP 443",
        [own("r-a", ipProtocol="17", fromPort=443, toPort=443), own("r-b", **DATABASE)],
        NO_SELF,
    ),
    _inbound(
        24,
        "protocol 6 and TCP",
        [
            own("r-a", ipProtocol="6", fromPort=443, toPort=443),
            own("r-b", ipProtocol="TCP", fromPort=5432, toPort=5432),
        ],
        SILENT,
    ),
    _inbound(
        41,
        "a group named no-ingress has the rule",
        [
            group("no-ingress", ingress=[{**LINE, "self": True}], egress=[ALL_OUT]),
            group("open", name="mwaa-self-reference"),
        ],
        SILENT,
        groups=("no-ingress",),
    ),
    _inbound(
        41,
        "a group named self has none",
        [group("self-reference", name="self", egress=[ALL_OUT])],
        violation(SELF, "self-reference"),
        groups=("self-reference",),
    ),
)

TO_ITSELF: Final = out("to-itself", referencedSecurityGroupId=ref("group"), **ALL)
TO_VPC: Final = out("to-vpc", cidrIpv4="10.0.0.0/16", **ALL)
TO_S3: Final = out("to-s3", prefixListId=ref("s3", "prefixListId"), **HTTPS)
_NARROW: Final = (TO_ITSELF, TO_VPC, TO_S3)
_NARROW_LINES: Final[list[Written]] = [
    {**LINE, "self": True},
    {**LINE, "cidrBlocks": [ref("vpc", "cidrBlock")]},
    {**LINE, "prefixListIds": [ref("s3", "prefixListId")]},
]
# At a preview where the endpoint's list of route tables is unknown as a whole, so is its route to S3.
_S3_ROUTE: Final = undetermined("s3", "routeTableIds")


def _own_list(*entries: str) -> Made:
    return made(
        "ec2/managedPrefixList:ManagedPrefixList",
        "list",
        addressFamily="IPv4",
        maxEntries=5,
        entries=[{"cidr": each} for each in entries],
    )


OUT: Final[tuple[Row, ...]] = (
    Row(
        number=16,
        sentence="right inbound on one group, right outbound on the other",
        stack=changed(
            PUBLIC,
            group("group", ingress=[{**LINE, "self": True}]),
            group("other", egress=[ALL_OUT]),
            environment(["a", "b"], _TWO),
            without=("self", "outbound"),
        ),
        verdict=SILENT,
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=16,
        sentence="half of the outbound rules on either group",
        stack=changed(
            PUBLIC,
            group("other", egress=[{**LINE, "cidrBlocks": ["0.0.0.0/1"]}]),
            out("outbound", cidrIpv4="128.0.0.0/1", **ALL),
            environment(["a", "b"], _TWO),
        ),
        verdict=SILENT,
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=21,
        sentence="the default group adopted without rules",
        stack=changed(PUBLIC, adopted(), without=("self", "outbound")),
        verdict=NO_SELF | NO_WAY_OUT,
    ),
    Row(
        number=21,
        sentence="the default group adopted with its rules",
        stack=changed(
            PUBLIC,
            adopted(ingress=[{**LINE, "self": True}], egress=[ALL_OUT]),
            without=("self", "outbound"),
        ),
        verdict=SILENT,
    ),
    _outbound(25, "no outbound rule", [], NO_WAY_OUT),
    _outbound(25, "no outbound rule, private routing", [], NO_WAY_OUT, of=PRIVATE),
    _outbound(25, "an empty list of outbound rules", [group("group", egress=[])], NO_WAY_OUT),
    _outbound(25, "a rule on another group", [group("other", egress=[ALL_OUT])], NO_WAY_OUT),
    _outbound(25, "inline outbound", [group("group", egress=[ALL_OUT])], SILENT),
    _outbound(
        25,
        "outbound by an older rule resource",
        [older("r", **{**ALL_OUT, "type": "egress"})],
        SILENT,
    ),
    _outbound(29, "::/0 only", [out("r", cidrIpv6="::/0", **ALL)], NO_WAY_OUT),
    _outbound(
        30,
        "0.0.0.0/0 and ::/0 in one rule",
        [group("group", egress=[{**ALL_OUT, "ipv6CidrBlocks": ["::/0"]}])],
        SILENT,
    ),
    _outbound(
        30,
        "0.0.0.0/0 and ::/0 in two rules",
        [out("r-4", cidrIpv4=ALL_IPV4, **ALL), out("r-6", cidrIpv6="::/0", **ALL)],
        SILENT,
    ),
    _outbound(
        31,
        "two halves",
        [out("r-a", cidrIpv4="0.0.0.0/1", **ALL), out("r-b", cidrIpv4="128.0.0.0/1", **ALL)],
        SILENT,
    ),
    _outbound(
        31,
        "two halves in one line",
        [group("group", egress=[{**LINE, "cidrBlocks": ["0.0.0.0/1", "128.0.0.0/1"]}])],
        SILENT,
    ),
    _outbound(
        31,
        "two halves in a prefix list of the stack",
        [_own_list("0.0.0.0/1", "128.0.0.0/1"), out("r", prefixListId=ref("list"), **ALL)],
        SILENT,
    ),
    _outbound(
        31,
        "two halves, one in an entry of its own of a prefix list",
        [
            _own_list("0.0.0.0/1"),
            made(
                "ec2/managedPrefixListEntry:ManagedPrefixListEntry",
                "entry",
                prefixListId=ref("list"),
                cidr="128.0.0.0/1",
            ),
            out("r", prefixListId=ref("list"), **ALL),
        ],
        SILENT,
    ),
    _outbound(
        31,
        "one half alone",
        [out("r", cidrIpv4="128.0.0.0/1", **ALL)],
        NO_WAY_OUT,
    ),
    _outbound(
        32,
        "TCP alone",
        [out("r", cidrIpv4=ALL_IPV4, ipProtocol="tcp", fromPort=0, toPort=65535)],
        NOT_ALL_OUT,
    ),
    _outbound(
        32,
        "TCP alone, private routing",
        [out("r", cidrIpv4=ALL_IPV4, ipProtocol="tcp", fromPort=0, toPort=65535)],
        NOT_ALL_OUT,
        of=PRIVATE,
    ),
    _outbound(
        32,
        "443 and 5432 alone",
        [out("r-a", cidrIpv4=ALL_IPV4, **HTTPS), out("r-b", cidrIpv4=ALL_IPV4, **DATABASE)],
        NOT_ALL_OUT,
    ),
    _outbound(
        32,
        "443 to everywhere and 5432 to itself",
        [
            out("r-a", cidrIpv4=ALL_IPV4, **HTTPS),
            out("r-b", referencedSecurityGroupId=ref("group"), **DATABASE),
        ],
        NOT_ALL_OUT,
    ),
    _outbound(33, "443 alone", [out("r", cidrIpv4=ALL_IPV4, **HTTPS)], NO_WAY_OUT),
    _outbound(
        33, "443 alone, private routing", [out("r", cidrIpv4=ALL_IPV4, **HTTPS)], NO_WAY_OUT, of=PRIVATE
    ),
    _outbound(33, "5432 alone", [out("r", cidrIpv4=ALL_IPV4, **DATABASE)], NO_WAY_OUT),
    _outbound(
        33,
        "UDP alone",
        [out("r", cidrIpv4=ALL_IPV4, ipProtocol="udp", fromPort=0, toPort=65535)],
        NO_WAY_OUT,
    ),
    _outbound(34, "private routing, itself and the VPC's block and S3's list", _NARROW, SILENT, of=PRIVATE),
    _outbound(
        34,
        "the same in three lines",
        [group("group", egress=_NARROW_LINES)],
        SILENT,
        of=PRIVATE,
        lists=_S3_ROUTE,
    ),
    _outbound(
        34,
        "the same by older rule resources",
        [
            older("to-itself", **_EGRESS, self=True),
            older("to-vpc", **_EGRESS, cidrBlocks=["10.0.0.0/16"]),
            older("to-s3", **_EGRESS, prefixListIds=[ref("s3", "prefixListId")]),
        ],
        SILENT,
        of=PRIVATE,
        lists=_S3_ROUTE,
    ),
    _outbound(
        34,
        "the VPC's block holds the environment's own addresses already",
        [TO_VPC, TO_S3],
        SILENT,
        of=PRIVATE,
    ),
    _outbound(
        34,
        "S3's list by its id, which nobody can tell from another",
        [TO_ITSELF, TO_VPC, out("to-s3", prefixListId="pl-6da54004", **HTTPS)],
        SILENT,
        of=PRIVATE,
    ),
    _outbound(34, "without S3's list", [TO_ITSELF, TO_VPC], NO_WAY_OUT, of=PRIVATE, lists=_S3_ROUTE),
    _outbound(
        34,
        "with DynamoDB's list for S3's",
        [
            TO_ITSELF,
            TO_VPC,
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "dynamodb",
                vpcId=ref("vpc"),
                serviceName="com.amazonaws.eu-west-1.dynamodb",
                routeTableIds=[ref("private-table")],
            ),
            out("to-s3", prefixListId=ref("dynamodb", "prefixListId"), **HTTPS),
        ],
        NO_WAY_OUT,
        of=PRIVATE,
        lists=_S3_ROUTE,
    ),
    _outbound(
        34,
        "S3's list on the wrong port",
        [TO_ITSELF, TO_VPC, out("to-s3", prefixListId=ref("s3", "prefixListId"), **DATABASE)],
        NO_WAY_OUT,
        of=PRIVATE,
        lists=_S3_ROUTE,
    ),
    _outbound(
        34,
        "S3 by interfaces needs no list, which the guide asks for",
        [
            TO_ITSELF,
            TO_VPC,
            interface_endpoint("s3"),
        ],
        NOT_ALL_OUT,
        of=PRIVATE,
    ),
    _outbound(
        34,
        "itself and S3's list, not the VPC's block",
        [TO_ITSELF, TO_S3],
        NOT_ALL_OUT,
        of=PRIVATE,
        lists=undetermined("kms", "securityGroupIds"),
    ),
    _outbound(34, "S3's list alone", [TO_S3], NO_WAY_OUT, of=PRIVATE),
    _outbound(
        34,
        "itself and S3's list, and endpoints with a group of their own, out of reach",
        [
            group("own", ingress=[LINE_FROM_VPC]),
            *(
                interface_endpoint(service, securityGroupIds=[ref("own")])
                for service in ("sqs", "logs", "monitoring", "kms")
            ),
            TO_ITSELF,
            TO_S3,
        ],
        NO_WAY_OUT | BY_OWN_GROUP,
        of=PRIVATE,
        lists=undetermined("kms", "securityGroupIds"),
    ),
    _outbound(
        34,
        "itself and S3's list, and the endpoints' own group by a rule to it",
        [
            group("own", ingress=[LINE_FROM_VPC]),
            *(
                interface_endpoint(service, securityGroupIds=[ref("own")])
                for service in ("sqs", "logs", "monitoring", "kms")
            ),
            TO_ITSELF,
            TO_S3,
            out("to-endpoints", referencedSecurityGroupId=ref("own"), **HTTPS),
        ],
        NOT_ALL_OUT | BY_OWN_GROUP,
        of=PRIVATE,
        lists=undetermined("kms", "securityGroupIds"),
    ),
    _outbound(
        35,
        "public routing, itself and the VPC's block and S3's list",
        [
            *_NARROW,
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "s3",
                vpcId=ref("vpc"),
                serviceName="com.amazonaws.eu-west-1.s3",
                routeTableIds=[ref("private-table")],
            ),
        ],
        NO_WAY_OUT,
    ),
    _outbound(35, "public routing, the VPC's block alone", [TO_VPC], NO_WAY_OUT),
    _outbound(
        35,
        "public routing, the VPC's block and a list of public addresses",
        [TO_VPC, out("r", cidrIpv4="52.0.0.0/8", **HTTPS)],
        undetermined("group", ""),
    ),
)

UNSEEN: Final[tuple[Row, ...]] = (
    Row(
        number=19,
        sentence="a literal group may hold the rules",
        stack=given([ref("group"), "sg-outside"], without=("self", "outbound")),
        verdict=SILENT,
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=19,
        sentence="all groups are literal",
        stack=given(["sg-outside"], without=("self", "outbound")),
        verdict=SILENT,
    ),
    Row(
        number=20,
        sentence="the VPC's default group, untouched",
        stack=given([ref("vpc", "defaultSecurityGroupId")], without=("self", "group", "outbound")),
        verdict=SILENT,
    ),
    Row(
        number=37,
        sentence="no group",
        stack=given([], without=("self",)),
        verdict=violation(GROUPS, "env"),
    ),
    Row(
        number=37,
        sentence="no network configuration",
        stack=changed(PUBLIC, made("mwaa/environment:Environment", "env", dagS3Path="dags")),
        verdict=violation(GROUPS, "env") | violation("subnet-count-not-two", "env"),
    ),
    Row(
        number=38,
        sentence="six groups",
        stack=_numbered("g0", "g1", "g2", "g3", "g4", "g5"),
        verdict=violation(GROUPS, "env"),
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=38,
        sentence="five groups",
        stack=_numbered("g0", "g1", "g2", "g3", "g4"),
        verdict=SILENT,
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=38,
        sentence="six with a duplicate",
        stack=_numbered("g0", "g1", "g2", "g3", "g4", "g0"),
        verdict=SILENT,
        lists=UNKNOWN_GROUPS,
    ),
    Row(
        number=39,
        sentence="the list of groups is unknown as a whole",
        stack=given(Opaque.COMPUTED, without=("self", "outbound")),
        verdict=UNKNOWN_GROUPS,
    ),
)

_OTHER_VPC: Final = made("ec2/vpc:Vpc", "other-vpc", cidrBlock="10.1.0.0/16", enableDnsHostnames=True)
_RIGHT_LINES: Final[dict[str, Written]] = {"ingress": [{**LINE, "self": True}], "egress": [ALL_OUT]}
_WITHOUT_RULES: Final = ("self", "outbound")


def _of_vpc(vpc: Written, *more: Made) -> tuple[Made, ...]:
    """Return the network with public routing, its right group in a VPC as it is written."""
    return changed(PUBLIC, group("group", **{**_RIGHT_LINES, "vpcId": vpc}), *more, without=_WITHOUT_RULES)


def _also(vpc: str) -> Made:
    return made(
        "vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
        "association",
        securityGroupId=ref("group"),
        vpcId=ref(vpc),
    )


def _literal(name: str, vpc: str) -> Made:
    number = {"a": 0, "b": 1}[name]
    return made(
        "ec2/subnet:Subnet",
        name,
        vpcId=vpc,
        cidrBlock=f"10.0.{number}.0/24",
        availabilityZone=f"eu-west-1{name}",
    )


FOREIGN: Final[tuple[Row, ...]] = (
    Row(
        number=40,
        sentence="a group of another VPC of the stack",
        stack=_of_vpc(ref("other-vpc"), _OTHER_VPC),
        verdict=violation(FOREIGN_GROUP, "group"),
    ),
    Row(
        number=40,
        sentence="a group of a VPC by id, subnets in a VPC of the stack",
        stack=_of_vpc("vpc-0other"),
        verdict=violation(FOREIGN_GROUP, "group"),
    ),
    Row(
        number=40,
        sentence="another VPC's default group, untouched",
        stack=changed(
            given([ref("other-vpc", "defaultSecurityGroupId")], _OTHER_VPC),
            without=("group", "self", "outbound"),
        ),
        verdict=violation(FOREIGN_GROUP, "other-vpc"),
    ),
    Row(
        number=40,
        sentence="a group of another VPC, associated with the one of the subnets",
        stack=_of_vpc(ref("other-vpc"), _OTHER_VPC, _also("vpc")),
        verdict=SILENT,
    ),
    Row(
        number=40,
        sentence="a group of another VPC, associated with a third one",
        stack=_of_vpc(
            ref("other-vpc"),
            _OTHER_VPC,
            made("ec2/vpc:Vpc", "third-vpc", cidrBlock="10.2.0.0/16"),
            _also("third-vpc"),
        ),
        verdict=violation(FOREIGN_GROUP, "group"),
    ),
    Row(
        number=40,
        sentence="a group outside may belong to any VPC",
        stack=given(["sg-outside"], _OTHER_VPC),
        verdict=SILENT,
    ),
    *(
        Row(
            number=40,
            sentence=f"group and subnets in VPCs by id: {vpc}",
            stack=changed(
                _of_vpc(vpc, _literal("a", "vpc-0own"), _literal("b", "vpc-0own")),
                without=("acl", "in", "out", "association-a", "association-b"),
            ),
            verdict=expected,
        )
        for vpc, expected in (
            ("vpc-0own", SILENT),
            ("vpc-0other", violation(FOREIGN_GROUP, "group")),
        )
    ),
)

FIGHTS: Final[tuple[Row, ...]] = (
    _inbound(
        6,
        "one port inline, one as a resource",
        [
            inline({"protocol": "tcp", "fromPort": 443, "toPort": 443, "self": True}),
            own("r", **DATABASE),
        ],
        advice(CONTESTED, "group"),
    ),
    _inbound(
        36,
        "inline lines and rule resources of one direction",
        [inline({"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "self": True}), own("r", **ALL)],
        advice(CONTESTED, "group"),
    ),
    _inbound(
        36,
        "an empty list inline, and a rule resource",
        [group("group", ingress=[]), own("r", **ALL)],
        advice(CONTESTED, "group"),
    ),
    _outbound(
        36,
        "inline lines and an older rule resource",
        [group("group", egress=[ALL_OUT]), older("r", **{**ALL_OUT, "type": "egress"})],
        advice(CONTESTED, "group"),
    ),
    _inbound(
        36,
        "inline lines of one direction, rule resources of the other",
        [inline({**LINE, "self": True})],
        SILENT,
    ),
    Row(
        number=36,
        sentence="two kinds of rule resources",
        stack=changed(PUBLIC, older("r", **LINE, self=True)),
        verdict=SILENT,
    ),
    Row(
        number=36,
        sentence="a bystander's lines fight",
        stack=changed(
            PUBLIC,
            group("other", egress=[ALL_OUT]),
            out("r", securityGroupId=ref("other"), cidrIpv4=ALL_IPV4, **ALL),
        ),
        verdict=SILENT,
    ),
    Row(
        number=156,
        sentence="the default group adopted without lines, and rule resources on it",
        stack=changed(PUBLIC, adopted()),
        verdict=advice(CONTESTED, "group"),
    ),
    Row(
        number=156,
        sentence="the default group adopted with lines, and a rule resource on it",
        stack=changed(PUBLIC, adopted(**_RIGHT_LINES), without=("self",)),
        verdict=advice(CONTESTED, "group"),
    ),
    Row(
        number=156,
        sentence="rule resources on the default group, not adopted",
        stack=changed(
            given([ref("vpc", "defaultSecurityGroupId")]),
            rule("self", securityGroupId=ref("vpc", "defaultSecurityGroupId"), cidrIpv4="10.0.0.0/16", **ALL),
            without=("group", "outbound"),
        ),
        verdict=SILENT,
    ),
)

ROWS: Final[tuple[Row, ...]] = (*INBOUND, *OUT, *UNSEEN, *FOREIGN, *FIGHTS)
