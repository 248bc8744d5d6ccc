"""Networks that tags declare for environments of other stacks, and the routing that tags of subnets state.

One name may declare a network in each of several VPCs: what surely lies apart belongs to no one network.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    Reference,
    Routing,
    Unresolved,
    surely_differ,
)
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.regions import Regions, region_of
from mwaa_guardrails.unknown import Unknown

# The routing that the tags of each subnet state.
Routings: TypeAlias = Mapping[Inside, str | Unknown | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Home:
    """Where a subnet or a security group is."""

    region: str | Unknown | None
    vpc: Reference

    def is_in_another_region(self, other: "_Home") -> bool:
        """Tell whether two surely are in different Regions."""
        regions = {self.region, other.region}
        return len(regions) > 1 and all(isinstance(each, str) for each in regions)

    def is_apart(self, other: "_Home") -> bool:
        """Tell whether two surely are in different VPCs, each of which is in one Region."""
        return self.vpc != other.vpc and (
            self.is_in_another_region(other) or surely_differ(self.vpc, other.vpc)
        )

    def among(self, homes: tuple["_Home", ...]) -> tuple["_Home", ...]:
        """Return which of several this is or may be; those of the same Region, where it is none of them."""
        possible = tuple(each for each in homes if not self.is_apart(each))
        same = tuple(each for each in possible if each.vpc == self.vpc)
        return same or possible or tuple(each for each in homes if not self.is_in_another_region(each))

    def unknown_beside(self, other: "_Home", *, alone: bool) -> Unknown | None:
        """Return why nobody can tell whether this is the other; of the only one, a VPC not known is one."""
        if self.vpc == other.vpc:
            return None
        vpcs = () if alone else (self.vpc, other.vpc)
        hidden = [each.unknown for each in vpcs if isinstance(each, Unresolved)]
        hidden += (each for each in (self.region, other.region) if isinstance(each, Unknown))
        return next(iter(hidden), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tagged:
    """A subnet, or a security group, that tags declare or may declare.

    Attributes:
        names: The names that its tag states.
        hidden: Why its tag is not known, so that it may state any name.
    """

    properties: Properties
    itself: Inside
    home: _Home
    names: tuple[str, ...]
    hidden: Unknown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """The subnets and the security groups that tags declare or may declare, in the order of their names."""

    subnets: tuple[_Tagged, ...]
    groups: tuple[_Tagged, ...]

    def declares_group(self, urns: Container[str]) -> bool:
        """Tell whether tags surely declare one of these security groups."""
        return any(each.names and each.itself.urn in urns for each in self.groups)


def read_tagged(
    subnets: Iterable[Properties],
    groups: Iterable[Properties],
    links: Links,
    regions: Regions,
    names_of: Callable[[Properties], str | Unknown | None],
) -> Tagged:
    """Return which of these subnets and security groups a tag declares, or may declare.

    Args:
        subnets: The subnets.
        groups: The security groups.
        links: How ids lead to parts.
        regions: The Region of each provider.
        names_of: Gives the tag's value: names, separated by blanks.
    """

    def tagged(parts: Iterable[Properties]) -> tuple[_Tagged, ...]:
        ordered = sorted(parts, key=lambda each: (each.resource.name, each.resource.urn))
        read = (_tagged(each, links, regions, names_of(each)) for each in ordered)
        return tuple(each for each in read if each.names or each.hidden)

    return Tagged(subnets=tagged(subnets), groups=tagged(groups))


def _tagged(properties: Properties, links: Links, regions: Regions, tag: str | Unknown | None) -> _Tagged:
    return _Tagged(
        properties=properties,
        itself=Inside(links.key_of(properties.resource.urn)),
        home=_Home(
            region=region_of(properties, regions),
            vpc=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
        ),
        names=() if isinstance(tag, Unknown) else tuple(dict.fromkeys((tag or "").split())),
        hidden=tag if isinstance(tag, Unknown) else None,
    )


def declared_networks(
    tagged: Tagged, used: Container[Reference], routings: Routings
) -> Iterator[Environment]:
    """Yield the declared networks that no environment uses.

    A tag that is not known, on a part that an environment uses, may make any of them that may be in the same
    place that environment's; so nothing is known of them.
    """
    doubtful = [
        (each.home, each.hidden)
        for each in (*tagged.subnets, *tagged.groups)
        if each.hidden is not None and each.itself in used
    ]
    for home, declared in _networks(tagged, routings):
        if any(part in used for part in parts_of(declared)):
            continue
        doubt = next((hidden for other, hidden in doubtful if not other.is_apart(home)), None)
        yield (
            declared
            if doubt is None
            else replace(
                declared,
                subnets=declared.subnets and doubt,
                security_groups=declared.security_groups and doubt,
                intention=doubt,
            )
        )


def parts_of(environment: Environment) -> Iterator[Reference]:
    """Yield the subnets and the security groups of an environment, as far as they are listed."""
    for references in (environment.subnets, environment.security_groups):
        if isinstance(references, tuple):
            yield from references


def _networks(tagged: Tagged, routings: Routings) -> Iterator[tuple[_Home, Environment]]:
    for name in sorted({name for each in (*tagged.subnets, *tagged.groups) for name in each.names}):
        homes = _homes_of(name, tagged)
        for home in homes:
            subnets, groups = (
                _Members.of(name, home, homes, parts) for parts in (tagged.subnets, tagged.groups)
            )
            first = (*subnets.sure, *groups.sure)[0]
            named = subnets.references
            yield (
                home,
                Environment(
                    origin=first.properties.origin,
                    name=name,
                    declared=True,
                    subnets=named,
                    security_groups=groups.references,
                    intention=intention(named if isinstance(named, tuple) else (), routings),
                    region=first.home.region,
                ),
            )


def _homes_of(name: str, tagged: Tagged) -> tuple[_Home, ...]:
    """Return where the networks are that a name declares: in each VPC that has subnets of the name, one.

    A group elsewhere in the Region is a mistake in the one network there; where there are several, or none,
    it declares a network without subnets.
    """
    subnets, groups = (
        [each.home for each in parts if name in each.names] for parts in (tagged.subnets, tagged.groups)
    )
    homes = _apart(subnets) or _apart(groups)
    strays = [
        each
        for each in groups
        if all(each.is_apart(home) for home in homes)
        and sum(not each.is_in_another_region(home) for home in homes) != 1
    ]
    return (*homes, *_apart(strays))


def _apart(homes: Iterable[_Home]) -> tuple[_Home, ...]:
    """Return those that surely are different ones; what is not known may be one of them."""
    apart: list[_Home] = []
    for home in sorted(homes, key=lambda each: isinstance(each.vpc, Unresolved)):
        if all(home.is_apart(each) for each in apart):
            apart.append(home)
    return tuple(apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Members:
    """The subnets, or the security groups, of one declared network.

    Attributes:
        sure: Those that surely belong to it.
        doubtful: Those that may, for their tags or their VPC are not known.
    """

    sure: tuple[_Tagged, ...]
    doubtful: tuple[Unresolved, ...]

    @staticmethod
    def of(name: str, home: _Home, homes: tuple[_Home, ...], parts: Iterable[_Tagged]) -> "_Members":
        """Return those that a name declares in one place of several."""
        sure: list[_Tagged] = []
        doubtful: list[Unresolved] = []
        for part in parts:
            fitting = part.home.among(homes)
            if home not in fitting or not (part.hidden or name in part.names):
                continue
            doubt = part.hidden or part.home.unknown_beside(home, alone=len(fitting) == 1)
            if doubt is None:
                sure.append(part)
            else:
                doubtful.append(Unresolved(doubt, (part.itself.urn,)))
        return _Members(sure=tuple(sure), doubtful=tuple(doubtful))

    @property
    def references(self) -> tuple[Reference, ...] | Unknown | None:
        """What the declaration names; None when it names nothing of the kind."""
        if self.sure:
            return (*(each.itself for each in self.sure), *self.doubtful)
        return next((each.unknown for each in self.doubtful), None)


def intention(subnets: Iterable[Reference], routings: Routings) -> Routing | Unknown | None:
    """Return the routing that the tags of subnets agree on; None when they state none, or more than one."""
    given = tuple(subnets)
    tags = [routings[each] for each in given if isinstance(each, Inside)]
    stated = {each for each in tags if isinstance(each, str)}
    if len(stated) > 1 or not stated <= set(Routing):
        return None
    hidden = [each for each in tags if isinstance(each, Unknown)]
    hidden += (
        each.unknown
        for each in given
        if isinstance(each, Unresolved)
        and any(tag not in {None, *stated} for subnet, tag in routings.items() if each.may_mean(subnet))
    )
    if hidden:
        return hidden[0]
    return Routing(stated.pop()) if stated else None
