"""Security groups: own and default ones, with rules inline or as resources of either kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mwaa_guardrails.aws.model import (
    Direction,
    Inside,
    Origin,
    Outside,
    Peer,
    PeerKind,
    Reference,
    Rule,
    SecurityGroup,
    Unresolved,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.addresses import ANY_IPV4, EVERYWHERE
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import EVERYTHING, TrafficSet
from mwaa_guardrails.reading.properties import Properties, text_item
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.traffic import cidr_of, pattern_of, read_cidr, read_protocols, read_rule_ports
from mwaa_guardrails.unknown import Reason, Unknown

OWN = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"

_INLINE = {Direction.INGRESS: "ingress", Direction.EGRESS: "egress"}
_SELECTED = {INGRESS_RULE: Direction.INGRESS, EGRESS_RULE: Direction.EGRESS}


def read_security_groups(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, vpcs: Iterable[Origin]
) -> dict[str, SecurityGroup]:
    """Return every security group under its URN, a default one under the URN of its VPC."""
    groups = {vpc.urn: _implied(vpc) for vpc in vpcs}
    for properties in (*by_type[OWN], *by_type[DEFAULT]):
        key = links.key_of(properties.resource.urn)
        groups[key] = SecurityGroup(
            origin=properties.origin,
            vpc=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
            rules=tuple(_inline_rules(properties, links, Inside(key))),
        )
    for properties in by_type[RULE]:
        _add(groups, links, properties, tuple(_rules_of(properties, links)))
    for type_, direction in _SELECTED.items():
        for properties in by_type[type_]:
            _add(groups, links, properties, (_selected_rule(properties, links, direction),))
    return groups


def _add(
    groups: dict[str, SecurityGroup], links: Links, properties: Properties, rules: tuple[Rule, ...]
) -> None:
    match links.one(properties, "securityGroupId", Family.SECURITY_GROUP):
        case Inside(urn):
            groups[urn] = replace(groups[urn], rules=groups[urn].rules + rules)
        case Unresolved(unknown, candidates):
            doubtful = tuple(_doubt(rule, unknown) for rule in rules)
            for urn in candidates:
                groups[urn] = replace(groups[urn], rules=groups[urn].rules + doubtful)
        case _:
            pass  # a rule of a group that lies outside


def _implied(vpc: Origin) -> SecurityGroup:
    """Return a VPC's default group: all in from itself, all out ("Default security groups")."""
    origin = Origin(urn=vpc.urn, type=vpc.type, name=vpc.name, path="defaultSecurityGroupId", implied=True)
    itself = Peer(kind=PeerKind.SECURITY_GROUP, reference=Inside(vpc.urn))
    return SecurityGroup(
        origin=origin,
        vpc=Inside(vpc.urn),
        rules=(
            Rule(
                origin=origin,
                direction=Direction.INGRESS,
                pattern=Pattern.known(EVERYTHING),
                peer=itself,
            ),
            Rule(
                origin=origin,
                direction=Direction.EGRESS,
                pattern=Pattern.known(TrafficSet.of(remotes=ANY_IPV4)),
                peer=Peer(kind=PeerKind.ADDRESSES),
            ),
        ),
    )


def _inline_rules(properties: Properties, links: Links, itself: Inside) -> Iterator[Rule]:
    for direction, key in _INLINE.items():
        objects = properties.objects(key)
        for each in (objects,) if isinstance(objects, Unknown) else objects:
            if isinstance(each, Unknown):
                yield _hidden_rule(properties.origin, direction, each)
            else:
                yield from _rules_with_lists(each, links, direction, itself, "securityGroups")


def _rules_of(properties: Properties, links: Links) -> Iterator[Rule]:
    """Read a rule resource of the older kind, whose type says the direction."""
    itself = links.one(properties, "securityGroupId", Family.SECURITY_GROUP)
    type_ = properties.text("type")
    direction = {"ingress": Direction.INGRESS, "egress": Direction.EGRESS}.get(str(type_))
    for each in Direction if direction is None else (direction,):
        for rule in _rules_with_lists(properties, links, each, itself, "sourceSecurityGroupId"):
            if direction is None:
                hidden = type_ if isinstance(type_, Unknown) else properties.unknown("type", Reason.MALFORMED)
                yield _doubt(rule, hidden)
            else:
                yield rule


def _rules_with_lists(
    properties: Properties, links: Links, direction: Direction, itself: Reference | None, groups_key: str
) -> Iterator[Rule]:
    """Read a rule whose peers stand in lists, as one rule for each peer."""
    protocols = read_protocols(properties, "protocol")
    ports = read_rule_ports(properties, protocols)

    def rule(peer: Peer | Unknown, remotes: IntervalSet | Unknown = EVERYWHERE) -> Rule:
        return Rule(
            origin=properties.origin,
            direction=direction,
            pattern=pattern_of(protocols, remotes, ports),
            peer=peer,
        )

    for key in ("cidrBlocks", "ipv6CidrBlocks"):
        for remotes in _addresses(properties, key):
            yield rule(Peer(kind=PeerKind.ADDRESSES), remotes)
    prefix_lists = properties.items("prefixListIds")
    for index, item in enumerate(() if isinstance(prefix_lists, Unknown) else prefix_lists):
        text = text_item(properties, "prefixListIds", index, item)
        yield rule(_prefix_list(text))
    if isinstance(prefix_lists, Unknown):
        yield rule(_prefix_list(prefix_lists))
    for reference in _groups(properties, links, groups_key):
        yield rule(Peer(kind=PeerKind.SECURITY_GROUP, reference=reference))
    own = properties.flag("self")
    if isinstance(own, Unknown):
        yield _doubt(rule(Peer(kind=PeerKind.SECURITY_GROUP, reference=itself)), own)
    elif own:
        yield rule(Peer(kind=PeerKind.SECURITY_GROUP, reference=itself))


def _addresses(properties: Properties, key: str) -> Iterator[IntervalSet | Unknown]:
    items = properties.items(key)
    if isinstance(items, Unknown):
        yield items
        return
    for index, item in enumerate(items):
        text = text_item(properties, key, index, item)
        if isinstance(text, Unknown):
            yield text
        else:
            yield cidr_of(text) or properties.unknown(f"{key}[{index}]", Reason.MALFORMED)


def _groups(properties: Properties, links: Links, key: str) -> tuple[Reference, ...]:
    if key == "sourceSecurityGroupId":
        if not properties.has(key):
            return ()
        reference = links.one(properties, key, Family.SECURITY_GROUP)
        return () if reference is None else (reference,)
    groups = links.many(properties, key, Family.SECURITY_GROUP)
    if isinstance(groups, Unknown):
        return (links.any_of(properties, key, Family.SECURITY_GROUP, groups),)
    return groups


def _selected_rule(properties: Properties, links: Links, direction: Direction) -> Rule:
    """Read a rule resource of the newer kind, which has exactly one peer."""
    protocols = read_protocols(properties, "ipProtocol")
    peer, remotes = _selected_peer(properties, links)
    return Rule(
        origin=properties.origin,
        direction=direction,
        pattern=pattern_of(protocols, remotes, read_rule_ports(properties, protocols)),
        peer=peer,
    )


def _selected_peer(properties: Properties, links: Links) -> tuple[Peer | Unknown, IntervalSet | Unknown]:
    group = links.one(properties, "referencedSecurityGroupId", Family.SECURITY_GROUP)
    if properties.unseen:
        return properties.unknown("referencedSecurityGroupId", Reason.NOT_LOOKED_AT), EVERYWHERE
    if group is not None:
        return Peer(kind=PeerKind.SECURITY_GROUP, reference=group), EVERYWHERE
    prefix_list = properties.text("prefixListId")
    if prefix_list is not None:
        return _prefix_list(prefix_list), EVERYWHERE
    for key in ("cidrIpv4", "cidrIpv6"):
        remotes = read_cidr(properties, key)
        if remotes is not None:
            return Peer(kind=PeerKind.ADDRESSES), remotes
    return properties.unknown("referencedSecurityGroupId", Reason.MALFORMED), EVERYWHERE


def _prefix_list(text: str | Unknown) -> Peer:
    reference = Unresolved(text) if isinstance(text, Unknown) else Outside(text)
    return Peer(kind=PeerKind.PREFIX_LIST, reference=reference)


def _doubt(rule: Rule, unknown: Unknown) -> Rule:
    """Return a rule that may not be there: it matches at most what it would."""
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))


def _hidden_rule(origin: Origin, direction: Direction, unknown: Unknown) -> Rule:
    """Return a rule that may be anything, for a part of a list that nobody can see."""
    return Rule(
        origin=origin,
        direction=direction,
        pattern=Pattern.at_most(EVERYTHING, unknown),
        peer=unknown,
    )
