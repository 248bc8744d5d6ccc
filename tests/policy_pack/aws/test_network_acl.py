"""What a network ACL decides, told by tables; the sentence comes first.

Sources: "Control subnet traffic with network access control lists" and "Custom network ACLs for your VPC"
in the Amazon VPC User Guide; EC2 API Reference, CreateNetworkAclEntry.
"""

from dataclasses import dataclass, replace

import pytest

from mwaa_guardrails.aws.decisions import Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, NetworkAcl
from mwaa_guardrails.aws.network_acl import decide
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.traffic import EVERYTHING, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.answers import decider
from tests.policy_pack.aws.parts import (
    ALL,
    ALLOW,
    DENY,
    EGRESS,
    ESP,
    ICMP,
    INGRESS,
    TCP,
    UDP,
    acl,
    entry,
    hidden,
    packets,
)
from tests.policy_pack.net.tables import rows

IPV4, IPV6 = "0.0.0.0/0", "::/0"
OFFICE = "192.0.2.0/24"
LAST = Implicit.LAST_ENTRY

# "Custom network ACLs for your VPC", the example for a VPC with IPv4 and IPv6, as printed.
EXAMPLE = acl(
    entry(100, ALLOW, packets(TCP, IPV4, 80)),
    entry(105, ALLOW, packets(TCP, IPV6, 80)),
    entry(110, ALLOW, packets(TCP, IPV4, 443)),
    entry(115, ALLOW, packets(TCP, IPV6, 443)),
    entry(120, ALLOW, packets(TCP, OFFICE, 22)),
    entry(130, ALLOW, packets(TCP, OFFICE, 3389)),
    entry(140, ALLOW, packets(TCP, IPV4, (32768, 65535))),
    entry(145, ALLOW, packets(TCP, IPV6, (32768, 65535))),
    entry(100, ALLOW, packets(TCP, IPV4, 80), EGRESS),
    entry(105, ALLOW, packets(TCP, IPV6, 80), EGRESS),
    entry(110, ALLOW, packets(TCP, IPV4, 443), EGRESS),
    entry(115, ALLOW, packets(TCP, IPV6, 443), EGRESS),
    entry(140, ALLOW, packets(TCP, IPV4, (32768, 65535)), EGRESS),
    entry(145, ALLOW, packets(TCP, IPV6, (32768, 65535)), EGRESS),
)
# "Default network ACL", for a VPC with IPv6.
DEFAULT = acl(
    *(
        entry(number, ALLOW, packets(ALL, block), direction)
        for direction in Direction
        for number, block in ((100, IPV4), (101, IPV6))
    )
)


@dataclass(frozen=True, slots=True)
class Share:
    """What becomes of a share of what is asked, and who decides it; all that is asked if no share is given.

    An entry is told by its name, which is its number as a rule.
    """

    outcome: Outcome
    by: str | Implicit | Unknown
    traffic: TrafficSet | None = None


def allowed(by: str, traffic: TrafficSet | None = None) -> Share:
    """Return a share that an entry allows."""
    return Share(Outcome.ALLOW, by, traffic)


def denied(by: str | Implicit, traffic: TrafficSet | None = None) -> Share:
    """Return a share that an entry denies."""
    return Share(Outcome.DENY, by, traffic)


def unknown(by: Unknown, traffic: TrafficSet | None = None) -> Share:
    """Return a share that nobody can know about."""
    return Share(Outcome.UNKNOWN, by, traffic)


def assert_decided(filter_: NetworkAcl, direction: Direction, asked: TrafficSet, *expected: Share) -> None:
    """Compare what an ACL decides with what it should, share by share and in their order."""
    decisions = decide(filter_, direction, asked)
    assert [(each.outcome, decider(each.by)) for each in decisions] == [
        (each.outcome, each.by) for each in expected
    ]
    for decision, share in zip(decisions, expected, strict=True):
        assert decision.share.same_as(asked if share.traffic is None else share.traffic), decision.by


EXAMPLE_PACKETS = [
    ("rule 100 allows HTTP from anywhere", INGRESS, packets(TCP, "198.51.100.7", 80), allowed("entry 100")),
    (
        "a packet for 443 does not match rule 100, it matches rule 110",
        INGRESS,
        packets(TCP, "198.51.100.7", 443),
        allowed("entry 110"),
    ),
    (
        "a packet for 139 (NetBIOS) matches no rule, and * denies it",
        INGRESS,
        packets(TCP, "198.51.100.7", 139),
        denied(LAST),
    ),
    ("IPv6 has rules of its own", INGRESS, packets(TCP, "2001:db8::7", 443), allowed("entry 115")),
    ("SSH from the office is allowed", INGRESS, packets(TCP, "192.0.2.9", 22), allowed("entry 120")),
    ("SSH from elsewhere is denied", INGRESS, packets(TCP, "198.51.100.7", 22), denied(LAST)),
    ("RDP over IPv6 is denied", INGRESS, packets(TCP, "2001:db8::7", 3389), denied(LAST)),
    (
        "replies come in on 32768 and above",
        INGRESS,
        packets(TCP, "198.51.100.7", 32768),
        allowed("entry 140"),
    ),
    ("32767 is no port of replies", INGRESS, packets(TCP, "198.51.100.7", 32767), denied(LAST)),
    ("UDP to a port that TCP may use is denied", INGRESS, packets(UDP, "198.51.100.7", 443), denied(LAST)),
    ("a protocol without ports is denied", INGRESS, packets(ESP, "198.51.100.7"), denied(LAST)),
    ("a ping is denied", INGRESS, packets(ICMP, "198.51.100.7", 8 * 256), denied(LAST)),
    ("out to HTTPS is allowed", EGRESS, packets(TCP, "198.51.100.7", 443), allowed("entry 110")),
    (
        "a rule in is none out: SSH to the office is denied",
        EGRESS,
        packets(TCP, "192.0.2.9", 22),
        denied(LAST),
    ),
    ("replies go out on 32768 and above", EGRESS, packets(TCP, "2001:db8::7", 65535), allowed("entry 145")),
]


@pytest.mark.parametrize(("direction", "asked", "share"), rows(EXAMPLE_PACKETS))
def test_the_example_of_the_user_guide_decides_as_the_guide_says(
    direction: Direction, asked: TrafficSet, share: Share
) -> None:
    """Each sentence is about one packet."""
    assert_decided(EXAMPLE, direction, asked, share)


WEB = packets(TCP, "10.0.0.0/24", 443)
SOME_PORTS = packets(TCP, "10.0.0.0/24", (440, 449))
FIRST_HALF, SECOND_HALF = packets(TCP, IPV4, (0, 444)), packets(TCP, IPV4, (445, 65535))
ANY_IPV4, ANY_IPV6 = packets(ALL, IPV4), packets(ALL, IPV6)
PING = packets(ICMP, "10.0.0.1", 8 * 256)
TOO_BIG = packets(ICMP, "10.0.0.1", 3 * 256 + 4)

KNOWN = [
    ("an ACL without entries denies everything", acl(), EVERYTHING, [denied(LAST)]),
    ("asking for nothing decides nothing", DEFAULT, TrafficSet(), []),
    (
        "the default ACL allows IPv4 by rule 100 and IPv6 by rule 101",
        DEFAULT,
        EVERYTHING,
        [allowed("entry 100", ANY_IPV4), allowed("entry 101", ANY_IPV6)],
    ),
    (
        "the lower number decides, wherever it stands in the list",
        acl(entry(200, ALLOW, ANY_IPV4), entry(100, DENY, ANY_IPV4)),
        WEB,
        [denied("entry 100")],
    ),
    (
        "numbers are compared as numbers, not as text",
        acl(entry(100, DENY, ANY_IPV4), entry(20, ALLOW, ANY_IPV4)),
        WEB,
        [allowed("entry 20")],
    ),
    (
        "an explicit deny behind an allow for all denies nothing",
        acl(entry(100, ALLOW, ANY_IPV4), entry(32766, DENY, ANY_IPV4)),
        WEB,
        [allowed("entry 100")],
    ),
    (
        "an exception stands before the rule for all",
        acl(entry(90, DENY, packets(TCP, "10.0.0.0/28", 443)), entry(100, ALLOW, ANY_IPV4)),
        WEB,
        [
            denied("entry 90", packets(TCP, "10.0.0.0/28", 443)),
            allowed("entry 100", WEB - packets(ALL, "10.0.0.0/28")),
        ],
    ),
    (
        "what only some entries allow is denied by * for the rest",
        acl(entry(100, ALLOW, packets(TCP, "10.0.0.0/25", 443))),
        WEB,
        [
            allowed("entry 100", packets(TCP, "10.0.0.0/25", 443)),
            denied(LAST, packets(TCP, "10.0.0.128/25", 443)),
        ],
    ),
    (
        "an entry that denies a port nobody asks for decides nothing",
        acl(entry(90, DENY, packets(TCP, IPV4, 22)), entry(100, ALLOW, ANY_IPV4)),
        WEB,
        [allowed("entry 100")],
    ),
    (
        "two halves of the ports are all ports, and each decides its own",
        acl(entry(100, ALLOW, FIRST_HALF), entry(110, ALLOW, SECOND_HALF)),
        SOME_PORTS,
        [allowed("entry 100", SOME_PORTS & FIRST_HALF), allowed("entry 110", SOME_PORTS & SECOND_HALF)],
    ),
    (
        "rules for IPv6 alone leave IPv4 denied",
        acl(entry(100, ALLOW, ANY_IPV6)),
        WEB,
        [denied(LAST)],
    ),
    (
        "0.0.0.0/0 leaves IPv6 denied",
        acl(entry(100, ALLOW, ANY_IPV4)),
        packets(TCP, IPV6, 443),
        [denied(LAST)],
    ),
    (
        "an entry for all protocols matches ESP, TCP and UDP alike",
        acl(entry(100, ALLOW, ANY_IPV4)),
        packets(ESP, IPV4) | packets(TCP, IPV4) | packets(UDP, IPV4),
        [allowed("entry 100")],
    ),
    (
        "a type and code of ICMP are matched like a port",
        acl(entry(100, ALLOW, packets(ICMP, IPV4, 3 * 256 + 4))),
        PING | TOO_BIG,
        [allowed("entry 100", TOO_BIG), denied(LAST, PING)],
    ),
    (
        "an entry of the other direction decides nothing",
        acl(entry(100, ALLOW, ANY_IPV4, EGRESS)),
        WEB,
        [denied(LAST)],
    ),
]


@pytest.mark.parametrize(("filter_", "asked", "expected"), rows(KNOWN))
def test_the_first_entry_that_matches_decides(
    filter_: NetworkAcl, asked: TrafficSet, expected: list[Share]
) -> None:
    """Inbound, with every part known."""
    assert_decided(filter_, INGRESS, asked, *expected)


NUMBER, ACTION, BLOCK, LIST = (
    hidden("ruleNumber"),
    hidden("ruleAction"),
    hidden("cidrBlock"),
    hidden("ingress"),
)
OWNER = hidden("networkAclId")
SOME_WEB = Pattern.at_most(packets(TCP, IPV4, 443), BLOCK)
HALF_SURE = Pattern(sure=packets(TCP, "10.0.0.0/25", 443), possible=WEB, unknown=BLOCK)
SURE_HALF, OTHER_HALF = packets(TCP, "10.0.0.0/25", 443), packets(TCP, "10.0.0.128/25", 443)
CONTESTED = Unknown(urn="rival", path="", reason=Reason.CONTESTED)

UNKNOWN = [
    (
        "an unknown block before an entry of the same action changes nothing",
        acl(entry(90, ALLOW, SOME_WEB), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100")],
    ),
    (
        "an unknown block that is denied hides what a later entry allows",
        acl(entry(90, DENY, SOME_WEB), entry(100, ALLOW, ANY_IPV4)),
        [unknown(BLOCK)],
    ),
    (
        "an unknown block behind the entry that decides changes nothing",
        acl(entry(100, ALLOW, ANY_IPV4), entry(110, DENY, SOME_WEB)),
        [allowed("entry 100")],
    ),
    (
        "an unknown block for other ports changes nothing",
        acl(entry(90, DENY, Pattern.at_most(packets(TCP, IPV4, 22), BLOCK)), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100")],
    ),
    (
        "an unknown block that is allowed hides what * denies",
        acl(entry(100, ALLOW, SOME_WEB)),
        [unknown(BLOCK)],
    ),
    (
        "an unknown block that is denied changes nothing where * denies",
        acl(entry(100, DENY, SOME_WEB)),
        [denied(LAST)],
    ),
    (
        "what an entry is sure to match is decided, what it may match is not",
        acl(entry(100, ALLOW, HALF_SURE)),
        [allowed("entry 100", SURE_HALF), unknown(BLOCK, OTHER_HALF)],
    ),
    (
        "an unknown action hides what the entry matches",
        acl(entry(90, ACTION, SURE_HALF), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100", OTHER_HALF), unknown(ACTION, SURE_HALF)],
    ),
    (
        "an unknown action behind an unknown block of an allow: the block is asked for first",
        acl(entry(90, ALLOW, SOME_WEB), entry(100, ACTION, ANY_IPV4)),
        [unknown(BLOCK)],
    ),
    (
        "two doubts of different actions leave both outcomes open, and the first is named",
        acl(entry(80, DENY, SOME_WEB), entry(90, ALLOW, Pattern.at_most(WEB, LIST)), entry(100, DENY, WEB)),
        [unknown(BLOCK)],
    ),
    (
        "two doubts of one action hide what another action decides, and the first is named",
        acl(entry(80, DENY, SOME_WEB), entry(90, DENY, Pattern.at_most(WEB, LIST)), entry(100, ALLOW, WEB)),
        [unknown(BLOCK)],
    ),
    (
        "a part in doubt and a part without are one share where one entry decides both",
        acl(entry(90, ALLOW, Pattern.at_most(SURE_HALF, BLOCK)), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100")],
    ),
    (
        "an unknown number changes nothing where no other entry matches",
        acl(entry(NUMBER, ALLOW, ANY_IPV4, name="free")),
        [allowed("free")],
    ),
    (
        "an unknown number changes nothing before an entry of the same action",
        acl(entry(NUMBER, ALLOW, ANY_IPV4, name="free"), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100")],
    ),
    (
        "an unknown number hides what the entry would decide otherwise",
        acl(entry(NUMBER, DENY, SURE_HALF, name="free"), entry(100, ALLOW, ANY_IPV4)),
        [allowed("entry 100", OTHER_HALF), unknown(NUMBER, SURE_HALF)],
    ),
    (
        "no number comes before 1",
        acl(entry(NUMBER, DENY, ANY_IPV4, name="free"), entry(1, ALLOW, ANY_IPV4)),
        [allowed("entry 1")],
    ),
    (
        "no number comes after 32766, so an entry of unknown number comes before",
        acl(entry(NUMBER, ALLOW, ANY_IPV4, name="free"), entry(32766, DENY, ANY_IPV4)),
        [allowed("free")],
    ),
    (
        "numbers that are taken are not free: none comes before 1 and 2",
        acl(entry(NUMBER, DENY, WEB, name="free"), entry(1, ALLOW, SURE_HALF), entry(2, ALLOW, ANY_IPV4)),
        [allowed("entry 1", SURE_HALF), allowed("entry 2", OTHER_HALF)],
    ),
    (
        "what an entry of unknown number is sure to match hangs on the number, the rest on the block",
        acl(entry(NUMBER, DENY, HALF_SURE, name="free"), entry(100, ALLOW, ANY_IPV4)),
        [unknown(BLOCK, OTHER_HALF), unknown(NUMBER, SURE_HALF)],
    ),
    (
        "where number and block are unknown, the block is asked for",
        acl(entry(NUMBER, ALLOW, SOME_WEB, name="free")),
        [unknown(BLOCK)],
    ),
    (
        "where number and action are unknown, the action is asked for",
        acl(entry(NUMBER, ACTION, WEB, name="free"), entry(100, ALLOW, ANY_IPV4)),
        [unknown(ACTION)],
    ),
    (
        "a list that nobody can see may hold anything",
        acl(entry(LIST, LIST, Pattern.at_most(EVERYTHING, LIST), name="list"), entry(2, ALLOW, ANY_IPV4)),
        [unknown(LIST)],
    ),
    (
        "two entries of unknown number and different actions hide one another",
        acl(entry(NUMBER, ALLOW, WEB, name="a"), entry(ACTION, DENY, WEB, name="b")),
        [unknown(NUMBER)],
    ),
    (
        "two entries with one number contest it where they differ",
        acl(entry(100, ALLOW, ANY_IPV4, name="one"), entry(100, DENY, SURE_HALF, name="rival")),
        [unknown(CONTESTED)],
    ),
    (
        "of two entries that one resource lists, the second by its path contests the number",
        acl(
            entry(100, DENY, WEB, name="inline", path="ingress[1]"),
            entry(100, ALLOW, WEB, name="inline", path="ingress[0]"),
        ),
        [unknown(Unknown(urn="inline", path="ingress[1]", reason=Reason.CONTESTED))],
    ),
    (
        "two entries with one number that say the same decide together",
        acl(entry(100, ALLOW, ANY_IPV4, name="inline"), entry(100, ALLOW, WEB, name="rule")),
        [allowed("inline")],
    ),
    (
        "an entry that a resource states is named as the one that contests the one AWS implies",
        acl(entry(100, ALLOW, ANY_IPV4, name="vpc", implied=True), entry(100, DENY, WEB, name="rival")),
        [unknown(CONTESTED)],
    ),
    (
        "an entry that may stand elsewhere contests a number only as far as it is not known where",
        acl(
            entry(100, ALLOW, ANY_IPV4, name="one"),
            replace(entry(100, DENY, Pattern.at_most(WEB, OWNER), name="rival"), doubt=OWNER),
        ),
        [unknown(OWNER)],
    ),
    (
        "so does one that a resource states first",
        acl(
            entry(100, ALLOW, ANY_IPV4, name="rival"),
            replace(entry(100, DENY, Pattern.at_most(WEB, OWNER), name="one"), doubt=OWNER),
        ),
        [unknown(OWNER)],
    ),
    (
        "a contest behind the entry that decides changes nothing",
        acl(entry(50, ALLOW, WEB), entry(100, ALLOW, WEB, name="one"), entry(100, DENY, WEB, name="rival")),
        [allowed("entry 50")],
    ),
    (
        "an unknown block whose number another entry has is in doubt as well",
        acl(entry(100, ALLOW, SOME_WEB, name="one"), entry(100, ALLOW, WEB, name="rival")),
        [unknown(BLOCK)],
    ),
]


@pytest.mark.parametrize(("filter_", "expected"), rows(UNKNOWN))
def test_an_unknown_part_hides_only_what_it_may_change(filter_: NetworkAcl, expected: list[Share]) -> None:
    """What is asked is TCP 443 from 10.0.0.0/24, inbound."""
    assert_decided(filter_, INGRESS, WEB, *expected)


@pytest.mark.parametrize("filter_", [*(row[1] for row in KNOWN), *(row[1] for row in UNKNOWN)])
def test_both_directions_work_alike(filter_: NetworkAcl) -> None:
    """An ACL is stateless: each direction has its own entries, and only they count."""
    turned = acl(
        *(
            replace(each, direction=EGRESS if each.direction is INGRESS else INGRESS)
            for each in filter_.entries
        )
    )
    inbound, outbound = decide(filter_, INGRESS, WEB), decide(turned, EGRESS, WEB)
    assert [(each.share, each.outcome, decider(each.by)) for each in outbound] == [
        (each.share, each.outcome, decider(each.by)) for each in inbound
    ]
