"""Security groups: own and default ones, with rules inline or as resources of either kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import (
    Association,
    Direction,
    Inside,
    Origin,
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
from mwaa_guardrails.reading.group_names import GroupNames, read_group_names
from mwaa_guardrails.reading.prefix_lists import PrefixList, read_prefix_lists
from mwaa_guardrails.reading.properties import Properties, text_item
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.resource import Opaque
from mwaa_guardrails.reading.spellings import KEEPS_DEFAULT_EGRESS, MAY_REPLACE_DEFAULT_EGRESS
from mwaa_guardrails.reading.traffic import cidr_of, pattern_of, read_cidr, read_protocols, read_rule_ports
from mwaa_guardrails.reading.vpcs import DEFAULT_VPC, VPCS
from mwaa_guardrails.unknown import Reason, Unknown

OWN = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
VPC_ASSOCIATION = "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation"

_VPC: Final = "vpcId"
_INLINE = {Direction.INGRESS: "ingress", Direction.EGRESS: "egress"}
# The far side of a rule, its addresses where the peer is a range of them, and why it may be another one.
_Far: TypeAlias = tuple[Peer | Unknown, IntervalSet | Unknown, Unknown | None]
_SELECTED = {INGRESS_RULE: Direction.INGRESS, EGRESS_RULE: Direction.EGRESS}


def read_security_groups(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, vpcs: Iterable[Origin]
) -> dict[str, SecurityGroup]:
    """Return every security group under its URN, a default one under the URN of its VPC."""
    origins = tuple(vpcs)
    sources = _Sources(
        links=links,
        prefix_lists=read_prefix_lists(by_type, links),
        names=read_group_names(by_type[OWN], by_type[DEFAULT], links, origins),
    )
    older = _older(by_type)
    groups = {vpc.urn: _implied(vpc) for vpc in origins}
    for properties in (*by_type[OWN], *by_type[DEFAULT]):
        key = links.key_of(properties.resource.urn)
        groups[key] = SecurityGroup(
            origin=properties.origin,
            vpc=_vpc_of(properties, links, older),
            rules=(*_inline_rules(properties, sources, Inside(key)), *_default_egress(properties)),
            owned=_owned(properties),
        )
    for properties in by_type[RULE]:
        owner = links.one(properties, "securityGroupId", Family.SECURITY_GROUP)
        _add(groups, owner, tuple(_rules_of(properties, sources, owner)))
    for type_, direction in _SELECTED.items():
        for properties in by_type[type_]:
            owner = sources.owner_of(properties)
            _add(groups, owner, tuple(_selected_rules(properties, sources, direction, owner)))
            if properties.flag(MAY_REPLACE_DEFAULT_EGRESS) is True:
                _doubt_default_egress(groups, links, properties)
    return groups


def _older(by_type: Mapping[str, tuple[Properties, ...]]) -> tuple[str, ...]:
    """Return the VPCs that are not yet to be made; AWS's own, made with the account, may be one of them."""
    return tuple(
        vpc.resource.urn
        for type_ in VPCS
        for vpc in by_type[type_]
        if type_ == DEFAULT_VPC or vpc.resource.outputs.get("id") is not Opaque.COMPUTED
    )


def _vpc_of(properties: Properties, links: Links, older: tuple[str, ...]) -> Reference:
    """Return the VPC of a group; without a word it is the Region's default one ("aws.ec2.SecurityGroup")."""
    if properties.unseen or properties.has(_VPC):
        return required(links.one(properties, _VPC, Family.VPC), properties, _VPC)
    unknown = properties.unknown(_VPC, Reason.LEFT_OPEN)
    by_pulumi_aws = properties.resource.type == OWN and properties.resource.written is None
    return Unresolved(unknown, older, outside=True) if by_pulumi_aws else Unresolved(unknown)


def read_security_group_associations(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> tuple[Association, ...]:
    """Return the further VPCs that security groups are associated with ("Security groups for your VPC")."""
    return tuple(
        Association(
            origin=properties.origin,
            member=required(
                links.one(properties, "securityGroupId", Family.SECURITY_GROUP), properties, "securityGroupId"
            ),
            target=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
        )
        for properties in by_type[VPC_ASSOCIATION]
    )


def _default_egress(properties: Properties) -> Iterator[Rule]:
    """Return the outbound rule that AWS gives a group, where the provider leaves it in place.

    A group that never had an outbound rule of its own keeps it; one that lost its rules later has none
    (CloudFormation, `AWS::EC2::SecurityGroup`). An empty list may be either until AWS has made the group.
    """
    key = _INLINE[Direction.EGRESS]
    if properties.flag(KEEPS_DEFAULT_EGRESS) is not True or properties.has(key):
        return
    rule = Rule(
        origin=properties.origin_of(key, implied=True),
        direction=Direction.EGRESS,
        pattern=Pattern.known(EVERYTHING),
        peer=Peer(kind=PeerKind.ADDRESSES),
    )
    if not properties.is_empty(key):
        yield rule
    elif not isinstance(properties.text("id"), str):
        yield _doubt(rule, properties.unknown(key, Reason.NOT_YET))


def _doubt_default_egress(groups: dict[str, SecurityGroup], links: Links, properties: Properties) -> None:
    """Doubt AWS's own outbound rule of the groups that a rule resource may take it from."""
    unknown = Unknown(urn=properties.resource.urn, path="", reason=Reason.DISPUTED)
    match links.one(properties, "securityGroupId", Family.SECURITY_GROUP):
        case Inside(urn):
            urns: tuple[str, ...] = (urn,)
        case Unresolved(_, candidates):
            urns = candidates
        case _:
            urns = ()
    for urn in urns:
        groups[urn] = replace(
            groups[urn],
            rules=tuple(
                _doubt(rule, unknown) if rule.origin.implied and rule.direction is Direction.EGRESS else rule
                for rule in groups[urn].rules
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What the peers of rules are read with."""

    links: Links
    prefix_lists: Mapping[str, PrefixList]
    names: GroupNames

    def owner_of(self, properties: Properties) -> Reference | None:
        """Return the group that a rule resource stands in, by its id or its name."""
        by_id = self.links.one(properties, "securityGroupId", Family.SECURITY_GROUP)
        return by_id or self.names.owner_of(properties)


def _add(
    groups: dict[str, SecurityGroup],
    owner: Reference | None,
    rules: tuple[Rule, ...],
) -> None:
    match owner:
        case Inside(urn):
            groups[urn] = replace(groups[urn], rules=groups[urn].rules + rules)
        case Unresolved(unknown, candidates):
            doubtful = tuple(_doubt(rule, unknown) for rule in rules)
            for urn in candidates or tuple(groups):
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


def _owned(properties: Properties) -> frozenset[Direction]:
    """Return the directions whose rules the group's resource takes for its own, and removes all others.

    Rules as resources of their own are not for an adopted default group ("aws.ec2.DefaultSecurityGroup").
    """
    if properties.resource.type == DEFAULT:
        return frozenset(Direction)
    return frozenset(direction for direction, key in _INLINE.items() if properties.is_written(key))


def _inline_rules(properties: Properties, sources: _Sources, itself: Inside) -> Iterator[Rule]:
    for direction, key in _INLINE.items():
        objects = properties.objects(key)
        for each in (objects,) if isinstance(objects, Unknown) else objects:
            if isinstance(each, Unknown):
                yield _hidden_rule(properties.origin, direction, each)
                continue
            for rule in _rules_with_lists(each, sources, direction, itself, "securityGroups"):
                recalled = None if _is_default_egress(properties, rule) else properties.recalled(key)
                yield rule if recalled is None else _doubt(rule, replace(recalled, path=rule.origin.path))


def _is_default_egress(properties: Properties, rule: Rule) -> bool:
    """Tell whether a rule is the one that AWS gives a group, which no resource has to state."""
    return (
        properties.flag(KEEPS_DEFAULT_EGRESS) is True
        and rule.direction is Direction.EGRESS
        and rule.peer == Peer(kind=PeerKind.ADDRESSES)
        and rule.pattern == Pattern.known(TrafficSet.of(remotes=ANY_IPV4))
    )


def _rules_of(properties: Properties, sources: _Sources, itself: Reference | None) -> Iterator[Rule]:
    """Read a rule resource of the older kind, whose type says the direction."""
    type_ = properties.text("type")
    direction = {"ingress": Direction.INGRESS, "egress": Direction.EGRESS}.get(str(type_))
    for each in Direction if direction is None else (direction,):
        for rule in _rules_with_lists(properties, sources, each, itself, "sourceSecurityGroupId"):
            if direction is None:
                hidden = type_ if isinstance(type_, Unknown) else properties.unknown("type", Reason.MALFORMED)
                yield _doubt(rule, hidden)
            else:
                yield rule


def _rules_with_lists(
    properties: Properties,
    sources: _Sources,
    direction: Direction,
    itself: Reference | None,
    groups_key: str,
) -> Iterator[Rule]:
    """Read a rule whose peers stand in lists, as one rule for each peer."""
    links = sources.links
    protocols = read_protocols(properties, "protocol")
    ports = read_rule_ports(properties, protocols)

    def rule(
        peer: Peer | Unknown, remotes: IntervalSet | Unknown = EVERYWHERE, doubt: Unknown | None = None
    ) -> Rule:
        return _rule(properties.origin, direction, protocols, ports, (peer, remotes, doubt))

    for key in ("cidrBlocks", "ipv6CidrBlocks"):
        for remotes in _addresses(properties, key):
            yield rule(Peer(kind=PeerKind.ADDRESSES), remotes)
    prefix_lists = links.many(properties, "prefixListIds", Family.PREFIX_LIST)
    if isinstance(prefix_lists, Unknown):
        prefix_lists = (links.any_of(properties, "prefixListIds", Family.PREFIX_LIST, prefix_lists),)
    for reference in prefix_lists:
        for far in _of_prefix_list(reference, sources):
            yield rule(*far)
    for reference in _groups(properties, sources, itself, groups_key):
        yield rule(Peer(kind=PeerKind.SECURITY_GROUP, reference=reference))
    own = properties.flag("self")
    if isinstance(own, Unknown):
        yield _at_most(rule(Peer(kind=PeerKind.SECURITY_GROUP, reference=itself)), own)
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


def _groups(
    properties: Properties, sources: _Sources, itself: Reference | None, key: str
) -> tuple[Reference, ...]:
    if key == "sourceSecurityGroupId":
        if not properties.has(key):
            return ()
        reference = sources.links.one(properties, key, Family.SECURITY_GROUP)
        return () if reference is None else (reference,)
    groups = sources.links.many(properties, key, Family.SECURITY_GROUP)
    if isinstance(groups, Unknown):
        return (sources.links.any_of(properties, key, Family.SECURITY_GROUP, groups),)
    named = None if groups else sources.names.source_of(properties, itself)
    return groups if named is None else (named,)


def _selected_rules(
    properties: Properties, sources: _Sources, direction: Direction, owner: Reference | None
) -> Iterator[Rule]:
    """Read a rule resource of the newer kind, which has exactly one peer; a prefix list has many blocks."""
    protocols = read_protocols(properties, "ipProtocol")
    ports = read_rule_ports(properties, protocols)
    for far in _selected_peers(properties, sources, owner):
        yield _rule(properties.origin, direction, protocols, ports, far)


def _selected_peers(properties: Properties, sources: _Sources, owner: Reference | None) -> Iterator[_Far]:
    group = sources.links.one(properties, "referencedSecurityGroupId", Family.SECURITY_GROUP)
    if properties.unseen:
        unseen = properties.unknown("referencedSecurityGroupId", properties.resource.unseen_because)
        yield unseen, EVERYWHERE, None
        return
    if group is not None:
        yield Peer(kind=PeerKind.SECURITY_GROUP, reference=group), EVERYWHERE, None
        return
    prefix_list = sources.links.one(properties, "prefixListId", Family.PREFIX_LIST)
    if prefix_list is not None:
        yield from _of_prefix_list(prefix_list, sources)
        return
    for key in ("cidrIpv4", "cidrIpv6"):
        remotes = read_cidr(properties, key)
        if remotes is not None:
            yield Peer(kind=PeerKind.ADDRESSES), remotes, None
            return
    named = sources.names.source_of(properties, owner)
    if named is not None:
        yield Peer(kind=PeerKind.SECURITY_GROUP, reference=named), EVERYWHERE, None
        return
    yield properties.unknown("referencedSecurityGroupId", Reason.MALFORMED), EVERYWHERE, None


def _of_prefix_list(reference: Reference, sources: _Sources) -> Iterator[_Far]:
    """Return what a prefix list stands for: the blocks in it where they are at hand, else the list.

    Of several lists that may be meant, each block may be.
    """
    doubt: Unknown | None = None
    match reference:
        case Inside(urn):
            meant: tuple[str, ...] = (urn,)
        case Unresolved(doubt, meant):
            pass
        case _:
            meant = ()
    own = [urn for urn in meant if urn in sources.prefix_lists]
    for urn in own:
        for block in sources.prefix_lists[urn]:
            yield Peer(kind=PeerKind.ADDRESSES), block, doubt
    others = tuple(urn for urn in meant if urn not in own)
    if others and doubt is not None:
        reference = Unresolved(doubt, others)
    if others or not own:
        yield Peer(kind=PeerKind.PREFIX_LIST, reference=reference), EVERYWHERE, None


def _rule(
    origin: Origin,
    direction: Direction,
    protocols: IntervalSet | Unknown,
    ports: IntervalSet | Unknown,
    far: _Far,
) -> Rule:
    peer, remotes, doubt = far
    rule = Rule(origin=origin, direction=direction, pattern=pattern_of(protocols, remotes, ports), peer=peer)
    return rule if doubt is None else _at_most(rule, doubt)


def _doubt(rule: Rule, unknown: Unknown) -> Rule:
    """Return a rule that may not be there: it matches at most what it would."""
    return replace(_at_most(rule, unknown), doubt=unknown)


def _at_most(rule: Rule, unknown: Unknown) -> Rule:
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))


def _hidden_rule(origin: Origin, direction: Direction, unknown: Unknown) -> Rule:
    """Return a rule that may be anything, for a part of a list that nobody can see."""
    return Rule(
        origin=origin,
        direction=direction,
        pattern=Pattern.at_most(EVERYTHING, unknown),
        peer=unknown,
    )
