"""What security groups decide, told by tables, and against an oracle that completes every unknown part.

Source: "Security group rules" in the Amazon VPC User Guide.
"""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.aws.decisions import Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, Inside, Outside, Peer, PeerKind, Reference, Rule, Unresolved
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.aws.security_group import (
    decide,
    rules_for_addresses,
    rules_for_group,
    rules_for_prefix_lists,
)
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.unknown import Unknown
from tests.policy_pack.aws.answers import assert_partition, decider, outcomes_of
from tests.policy_pack.aws.parts import ALL, EGRESS, ESP, ICMP, TCP, UDP, group, hidden, packets, rule
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW, Atom, Sample, samples

IPV4 = "0.0.0.0/0"
DATABASE, HTTPS = packets(TCP, ports=5432), packets(TCP, ports=443)
PAIR = DATABASE | HTTPS
ALL_TRAFFIC = packets()
PORT, PROTOCOL = hidden("fromPort"), hidden("protocol")
ALLOW, DENY, UNKNOWN = Outcome.ALLOW, Outcome.DENY, Outcome.UNKNOWN
NO_RULE = Implicit.NO_RULE


Share = tuple[Outcome, str | Implicit | Unknown, TrafficSet]

# "Default security groups": what AWS gives a VPC's default group outbound, with and without IPv6.
ALL_IPV4, ALL_IPV6 = packets(ALL, IPV4), packets(ALL, "::/0")

DECISIONS: list[tuple[str, list[Rule], TrafficSet, list[Share]]] = [
    ("no rule means no", [], PAIR, [(DENY, NO_RULE, PAIR)]),
    ("asking for nothing decides nothing", [rule("all", ALL_TRAFFIC)], TrafficSet(), []),
    ("one rule for all traffic allows all", [rule("all", ALL_TRAFFIC)], PAIR, [(ALLOW, "all", PAIR)]),
    (
        "rules unite",
        [rule("443", HTTPS), rule("5432", DATABASE)],
        PAIR,
        [(ALLOW, "443", HTTPS), (ALLOW, "5432", DATABASE)],
    ),
    (
        "one of two needed ports is not both",
        [rule("5432", DATABASE)],
        PAIR,
        [(ALLOW, "5432", DATABASE), (DENY, NO_RULE, HTTPS)],
    ),
    (
        "a range of ports holds both ends",
        [rule("range", packets(TCP, ports=(443, 5432)))],
        PAIR,
        [(ALLOW, "range", PAIR)],
    ),
    (
        "a protocol without ports is matched whatever the ports",
        [rule("esp", packets(ESP, ports=(1, 2)))],
        packets(ESP, IPV4),
        [(ALLOW, "esp", packets(ESP, IPV4))],
    ),
    (
        "all traffic out to IPv4 is none to IPv6",
        [rule("out", ALL_IPV4)],
        packets(TCP, ports=443),
        [(ALLOW, "out", packets(TCP, IPV4, 443)), (DENY, NO_RULE, packets(TCP, "::/0", 443))],
    ),
    (
        "all traffic out to both families",
        [rule("out", ALL_IPV4), rule("out-6", ALL_IPV6)],
        packets(TCP, ports=443),
        [(ALLOW, "out", packets(TCP, IPV4, 443)), (ALLOW, "out-6", packets(TCP, "::/0", 443))],
    ),
    ("UDP is not TCP", [rule("udp", packets(UDP, ports=(0, 65535)))], PAIR, [(DENY, NO_RULE, PAIR)]),
    (
        "the first of two rules that allow is named",
        [rule("first", HTTPS), rule("second", ALL_TRAFFIC)],
        HTTPS,
        [(ALLOW, "first", HTTPS)],
    ),
    (
        "two halves of IPv4 are all of it",
        [rule("low", packets(ALL, "0.0.0.0/1")), rule("high", packets(ALL, "128.0.0.0/1"))],
        packets(ESP, IPV4),
        [(ALLOW, "low", packets(ESP, "0.0.0.0/1")), (ALLOW, "high", packets(ESP, "128.0.0.0/1"))],
    ),
    (
        "::/0 allows no IPv4",
        [rule("ipv6", packets(ALL, "::/0"))],
        packets(TCP, IPV4, 443),
        [(DENY, NO_RULE, packets(TCP, IPV4, 443))],
    ),
    (
        "a type of ICMP is matched like a range of ports",
        [rule("ping", packets(ICMP, ports=(8 * 256, 8 * 256 + 255)))],
        packets(ICMP, ports=8 * 256) | packets(ICMP, ports=0),
        [(ALLOW, "ping", packets(ICMP, ports=8 * 256)), (DENY, NO_RULE, packets(ICMP, ports=0))],
    ),
    (
        "an unknown port may be the one asked for",
        [rule("some", Pattern.at_most(packets(TCP), PORT))],
        PAIR,
        [(UNKNOWN, PORT, PAIR)],
    ),
    (
        "an unknown port matters only where no other rule allows, whichever comes first",
        [rule("some", Pattern.at_most(packets(TCP), PORT)), rule("5432", DATABASE)],
        PAIR,
        [(ALLOW, "5432", DATABASE), (UNKNOWN, PORT, HTTPS)],
    ),
    (
        "an unknown port of UDP is no obstacle for TCP",
        [rule("some", Pattern.at_most(packets(UDP), PORT))],
        HTTPS,
        [(DENY, NO_RULE, HTTPS)],
    ),
    (
        "of two unknown parts each is named once, for what the first left",
        [
            rule("port", Pattern.at_most(DATABASE, PORT)),
            rule("protocol", Pattern.at_most(PAIR, PROTOCOL)),
            rule("port again", Pattern.at_most(PAIR, PORT)),
        ],
        packets(TCP, ports=(443, 444)) | DATABASE,
        [
            (DENY, NO_RULE, packets(TCP, ports=444)),
            (UNKNOWN, PORT, DATABASE),
            (UNKNOWN, PROTOCOL, HTTPS),
        ],
    ),
    (
        "what a rule is sure to allow is allowed, what it may allow is not known",
        [rule("half", Pattern(sure=DATABASE, possible=PAIR, unknown=PORT))],
        PAIR,
        [(ALLOW, "half", DATABASE), (UNKNOWN, PORT, HTTPS)],
    ),
]


@pytest.mark.parametrize(("rules", "asked", "expected"), rows(DECISIONS))
def test_rules_only_allow_and_unite(rules: list[Rule], asked: TrafficSet, expected: list[Share]) -> None:
    """Each decider has one share of what is asked."""
    decisions = decide(rules, asked)
    assert [(each.outcome, decider(each.by)) for each in decisions] == [share[:2] for share in expected]
    for decision, (_, by, traffic) in zip(decisions, expected, strict=True):
        assert decision.share.same_as(traffic), by


SELF, OTHER = "urn:group", "urn:other"
PEER, LIST = hidden("sourceSecurityGroupId"), hidden("ingress")
NO, YES = None, "as written"

PEERS: list[
    tuple[
        str,
        Reference | Peer | Unknown | None,
        str | Unknown | None,
        str | Unknown | None,
        str | Unknown | None,
    ]
] = [
    # the sentence, the peer, how the rule counts as one from the group, from addresses and from prefix lists
    ("the group itself", Inside(SELF), YES, NO, NO),
    ("another group of the model", Inside(OTHER), NO, NO, NO),
    ("a group that lies outside, also of another account", Outside("123456789012/sg-0abc"), NO, NO, NO),
    ("a group that depends on the group asked for", Unresolved(PEER, (OTHER, SELF)), PEER, NO, NO),
    ("a group that depends on other groups", Unresolved(PEER, (OTHER, "urn:third")), NO, NO, NO),
    ("a group that depends on nothing at hand may be any", Unresolved(PEER), PEER, NO, NO),
    ("addresses are no group, though they hold its interfaces", None, NO, YES, NO),
    ("a prefix list is no group", Peer(kind=PeerKind.PREFIX_LIST, reference=Outside("pl-1")), NO, NO, YES),
    (
        "a prefix list of an endpoint",
        Peer(kind=PeerKind.PREFIX_LIST, reference=Inside("urn:s3")),
        NO,
        NO,
        YES,
    ),
    (
        "a prefix list that is not known",
        Peer(kind=PeerKind.PREFIX_LIST, reference=Unresolved(PEER)),
        NO,
        NO,
        YES,
    ),
    ("a rule that nobody can see may have any peer", LIST, LIST, LIST, LIST),
]


def _seen(rules: tuple[Rule, ...], written: Rule) -> str | Unknown | None:
    """Return how a rule is seen: as it is written, not at all, or as one that matches at most."""
    if not rules:
        return None
    (seen,) = rules
    if seen == written:
        return YES
    assert seen.pattern.unknown is not None
    assert seen == replace(written, pattern=Pattern.at_most(written.pattern.possible, seen.pattern.unknown))
    return seen.pattern.unknown


@pytest.mark.parametrize(("peer", "from_group", "from_addresses", "from_lists"), rows(PEERS))
def test_a_rule_counts_by_its_peer(
    peer: Reference | Peer | Unknown | None,
    from_group: str | Unknown | None,
    from_addresses: str | Unknown | None,
    from_lists: str | Unknown | None,
) -> None:
    """A reference to a group matches the interfaces that carry it, and imports no rule."""
    written = rule("rule", PAIR, peer)
    holder = group(written, vpc=Inside("urn:vpc"))
    assert _seen(rules_for_group(holder, Direction.INGRESS, Inside(SELF)), written) == from_group
    assert _seen(rules_for_addresses(holder, Direction.INGRESS), written) == from_addresses
    assert _seen(rules_for_prefix_lists(holder, Direction.INGRESS), written) == from_lists


@pytest.mark.parametrize("peer", [Inside(SELF), None, LIST])
def test_an_outbound_rule_lets_nothing_in(peer: Reference | Unknown | None) -> None:
    """Security groups are stateful, but a new connection needs a rule of its own direction."""
    holder = group(rule("out", ALL_TRAFFIC, peer, EGRESS), vpc=Inside("urn:vpc"))
    assert rules_for_group(holder, Direction.INGRESS, Inside(SELF)) == ()
    assert rules_for_addresses(holder, Direction.INGRESS) == ()


def test_rules_keep_their_order_and_their_doubts_when_selected() -> None:
    """A part that was unknown before stays so; a known peer adds no doubt."""
    half = Pattern(sure=HTTPS, possible=PAIR, unknown=PORT)
    first, second = rule("first", half, Inside(SELF)), rule("second", PAIR, Inside(SELF))
    third = rule("third", half, Unresolved(PEER))
    holder = group(first, rule("cidr", PAIR), second, third, vpc=Inside("urn:vpc"))
    assert rules_for_group(holder, Direction.INGRESS, Inside(SELF)) == (
        first,
        second,
        replace(third, pattern=Pattern.at_most(PAIR, PEER)),
    )


Drawn = tuple[Rule, frozenset[Atom], frozenset[Atom]]


@st.composite
def drawn_rules(draw: st.DrawFn) -> list[Drawn]:
    """Draw one to three rules, with the atoms that each surely matches and may match."""
    rules: list[Drawn] = []
    for index in range(draw(st.integers(1, 3))):
        sure, more = draw(samples(max_parts=2)), draw(samples(max_parts=1))
        possible = sure.atoms | more.atoms
        pattern = Pattern.known(sure.traffic)
        if possible != sure.atoms:
            pattern = Pattern(
                sure=sure.traffic, possible=sure.traffic | more.traffic, unknown=hidden(f"ingress[{index}]")
            )
        rules.append((rule(f"rule {index}", pattern), sure.atoms, possible))
    return rules


def _oracle(rules: list[Drawn], atom: Atom) -> Outcome:
    """Try every completion: each rule in doubt matches the packet or does not."""
    choices = [{atom in sure, atom in possible} for _, sure, possible in rules]
    answers = {ALLOW if any(matches) else DENY for matches in product(*choices)}
    return answers.pop() if len(answers) == 1 else UNKNOWN


@LAW
@given(drawn_rules(), samples(min_parts=1), st.data())
def test_a_packet_is_allowed_exactly_where_all_completions_agree_whatever_the_order(
    rules: list[Drawn], asked: Sample, data: st.DataObject
) -> None:
    """The shares are a partition of what is asked, and no decider has two."""
    decisions = decide([each for each, _, _ in data.draw(st.permutations(rules))], asked.traffic)
    assert outcomes_of(decisions) == {atom: _oracle(rules, atom) for atom in asked.atoms}
    assert_partition(decisions, asked)
