"""Network ACLs: own and default ones, their entries inline or as resources, and the subnets they filter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from mwaa_guardrails.aws.model import (
    HIGHEST_ENTRY_NUMBER,
    LOWEST_ENTRY_NUMBER,
    Action,
    Association,
    Direction,
    Entry,
    Inside,
    NetworkAcl,
    Origin,
    Unresolved,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.addresses import ANY_IPV4, ANY_IPV6
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import EVERYTHING, TrafficSet
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, from_memory, required
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.spellings import NO_TYPE_FOR_ENTRIES
from mwaa_guardrails.reading.traffic import pattern_of, read_cidr, read_entry_ports, read_protocols
from mwaa_guardrails.unknown import Reason, Unknown

OWN = "aws:ec2/networkAcl:NetworkAcl"
DEFAULT = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
ENTRY = "aws:ec2/networkAclRule:NetworkAclRule"
ASSOCIATION = "aws:ec2/networkAclAssociation:NetworkAclAssociation"

_SUBNETS: Final = "subnetIds"
_INLINE = {Direction.INGRESS: "ingress", Direction.EGRESS: "egress"}


def read_network_acls(
    by_type: Mapping[str, tuple[Properties, ...]],
    links: Links,
    vpcs: Iterable[Origin],
    templates: Iterable[Resource],
) -> dict[str, NetworkAcl]:
    """Return every network ACL under its URN, a default one under the URN of its VPC.

    Entries also come from CloudFormation templates, which nobody reads: an ACL without entries that a
    template may fill is not taken for one that denies everything.
    """
    unread_templates = tuple(templates)
    acls = {vpc.urn: _implied(vpc) for vpc in vpcs}
    for properties in (*by_type[OWN], *by_type[DEFAULT]):
        acls[links.key_of(properties.resource.urn)] = NetworkAcl(
            origin=properties.origin,
            entries=tuple(_inline_entries(properties)),
            owned=_owned(properties),
        )
    for properties in by_type[ENTRY]:
        entries = _separate_entry(properties)
        match links.one(properties, "networkAclId", Family.NETWORK_ACL):
            case Inside(urn):
                acls[urn] = _with_entries(acls[urn], entries)
            case Unresolved(unknown, candidates):
                doubtful = tuple(_doubt(entry, unknown) for entry in entries)
                for urn in candidates or tuple(acls):
                    acls[urn] = _with_entries(acls[urn], doubtful)
            case _:
                pass  # an entry of an ACL that lies outside
    acls = {urn: _without_claimed(acl) for urn, acl in acls.items()}
    for properties in by_type[OWN]:
        acl = acls[properties.resource.urn]
        if not acl.entries and _may_be_filled(properties, unread_templates):
            unread = Unknown(urn=acl.origin.urn, path=acl.origin.path, reason=Reason.UNREAD)
            hidden = tuple(_hidden_entry(acl.origin, direction, unread) for direction in Direction)
            acls[properties.resource.urn] = _with_entries(acl, hidden)
    return acls


def _without_claimed(acl: NetworkAcl) -> NetworkAcl:
    """Return an ACL without what it had under numbers for which resources state an entry; it has one each."""
    stated = {(each.direction, each.number) for each in acl.entries if each.doubt is None}
    return replace(
        acl,
        entries=tuple(
            each
            for each in acl.entries
            if each.doubt is None
            or each.doubt.reason is not Reason.RECALLED
            or (each.direction, each.number) not in stated
        ),
    )


def _may_be_filled(acl: Properties, templates: tuple[Resource, ...]) -> bool:
    """Tell whether a template may hold entries of an ACL: any, where no type of the provider makes them."""
    if acl.flag(NO_TYPE_FOR_ENTRIES) is True:
        return bool(templates)
    return any(acl.resource.urn in each.dependencies for each in templates)


def read_network_acl_associations(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> tuple[Association, ...]:
    """Return which subnet each network ACL filters, stated on the ACL or by a resource between them."""
    acls = (*by_type[OWN], *by_type[DEFAULT])
    stated = (
        *(each for acl in acls if acl.recalled(_SUBNETS) is None for each in _listed_subnets(acl, links)),
        *(
            Association(
                origin=properties.origin,
                member=required(links.one(properties, "subnetId", Family.SUBNET), properties, "subnetId"),
                target=required(
                    links.one(properties, "networkAclId", Family.NETWORK_ACL), properties, "networkAclId"
                ),
            )
            for properties in by_type[ASSOCIATION]
        ),
    )
    taken = {each.member for each in stated}
    remembered = (
        replace(each, member=from_memory(each.member, recalled))
        for acl in by_type[OWN]
        if (recalled := acl.recalled(_SUBNETS)) is not None
        for each in _listed_subnets(acl, links)
        if each.member not in taken
    )
    return (*stated, *remembered)


def _listed_subnets(acl: Properties, links: Links) -> Iterator[Association]:
    subnets = links.many(acl, _SUBNETS, Family.SUBNET)
    if isinstance(subnets, Unknown):
        subnets = (links.any_of(acl, _SUBNETS, Family.SUBNET, subnets),)
    for subnet in subnets:
        yield Association(origin=acl.origin, member=subnet, target=Inside(links.key_of(acl.resource.urn)))


def _implied(vpc: Origin) -> NetworkAcl:
    """Return the default ACL that AWS gives a VPC: 100 and 101 allow all ("Default network ACL")."""
    origin = Origin(urn=vpc.urn, type=vpc.type, name=vpc.name, path="defaultNetworkAclId", implied=True)
    return NetworkAcl(
        origin=origin,
        entries=tuple(
            Entry(
                origin=origin,
                number=number,
                direction=direction,
                action=Action.ALLOW,
                pattern=Pattern.known(TrafficSet.of(remotes=remotes)),
            )
            for direction in Direction
            for number, remotes in ((100, ANY_IPV4), (101, ANY_IPV6))
        ),
    )


def _owned(properties: Properties) -> frozenset[Direction]:
    """Return the directions whose entries the ACL's resource takes for its own, and removes all others.

    An adopted default ACL has no entry but those it states ("aws.ec2.DefaultNetworkAcl").
    """
    if properties.resource.type == DEFAULT:
        return frozenset(Direction)
    return frozenset(direction for direction, key in _INLINE.items() if properties.is_written(key))


def _inline_entries(properties: Properties) -> Iterator[Entry]:
    for direction, key in _INLINE.items():
        objects = properties.objects(key)
        if isinstance(objects, Unknown):
            yield _hidden_entry(properties.origin, direction, objects)
            continue
        recalled = None if direction in _owned(properties) else properties.recalled(key)
        for each in objects:
            if isinstance(each, Unknown):
                yield _hidden_entry(properties.origin, direction, each)
                continue
            entry = _entry(each, direction, number="ruleNo", action="action")
            yield entry if recalled is None else _doubt(entry, replace(recalled, path=entry.origin.path))


def _separate_entry(properties: Properties) -> tuple[Entry, ...]:
    egress = properties.flag("egress")
    if isinstance(egress, Unknown):
        return tuple(
            _doubt(_entry(properties, direction, number="ruleNumber", action="ruleAction"), egress)
            for direction in Direction
        )
    direction = Direction.EGRESS if egress else Direction.INGRESS
    return (_entry(properties, direction, number="ruleNumber", action="ruleAction"),)


def _entry(properties: Properties, direction: Direction, *, number: str, action: str) -> Entry:
    protocols = read_protocols(properties, "protocol")
    remotes = _remotes(properties)
    return Entry(
        origin=properties.origin,
        number=_number(properties, number),
        direction=direction,
        action=_action(properties, action),
        pattern=pattern_of(protocols, remotes, read_entry_ports(properties, protocols, remotes)),
    )


def _number(properties: Properties, key: str) -> int | Unknown:
    number = properties.number(key)
    if isinstance(number, Unknown):
        return number
    if number is None or not LOWEST_ENTRY_NUMBER <= number <= HIGHEST_ENTRY_NUMBER:
        return properties.unknown(key, Reason.MALFORMED)
    return number


def _action(properties: Properties, key: str) -> Action | Unknown:
    text = properties.text(key)
    if isinstance(text, Unknown):
        return text
    try:
        return Action((text or "").lower())
    except ValueError:
        return properties.unknown(key, Reason.MALFORMED)


def _remotes(properties: Properties) -> IntervalSet | Unknown:
    for key in ("cidrBlock", "ipv6CidrBlock"):
        cidr = read_cidr(properties, key)
        if cidr is not None:
            return cidr
    return properties.unknown("cidrBlock", Reason.MALFORMED)


def _with_entries(acl: NetworkAcl, entries: tuple[Entry, ...]) -> NetworkAcl:
    return replace(acl, entries=acl.entries + entries)


def _doubt(entry: Entry, unknown: Unknown) -> Entry:
    """Return an entry that may not belong here: it matches at most what it would."""
    return replace(entry, pattern=Pattern.at_most(entry.pattern.possible, unknown), doubt=unknown)


def _hidden_entry(origin: Origin, direction: Direction, unknown: Unknown) -> Entry:
    """Return an entry that may be anything, for a part of a list that nobody can see."""
    return Entry(
        origin=origin,
        number=unknown,
        direction=direction,
        action=unknown,
        pattern=Pattern.at_most(EVERYTHING, unknown),
    )
