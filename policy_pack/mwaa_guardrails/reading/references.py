"""Following references: by id where it is known, else by what the property depends on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, repeat
from typing import Final

from mwaa_guardrails.aws.model import Inside, Outside, Reference, Unresolved
from mwaa_guardrails.reading.properties import Properties, properties_of, text_item
from mwaa_guardrails.reading.resource import Opaque, Resource
from mwaa_guardrails.unknown import Reason, Unknown


class Family(Enum):
    """What an id can mean; several types of resource make the same kind of thing."""

    VPC = "VPC"
    SUBNET = "subnet"
    ROUTE_TABLE = "route table"
    NETWORK_ACL = "network ACL"
    SECURITY_GROUP = "security group"
    INTERNET_GATEWAY = "internet gateway"
    NAT_GATEWAY = "NAT gateway"
    EGRESS_ONLY_INTERNET_GATEWAY = "egress-only internet gateway"
    VPC_ENDPOINT = "VPC endpoint"
    PREFIX_LIST = "prefix list"
    BUCKET = "S3 bucket"
    ENVIRONMENT = "environment"


FAMILIES: Final[Mapping[str, Family]] = {
    "aws:ec2/vpc:Vpc": Family.VPC,
    "aws:ec2/defaultVpc:DefaultVpc": Family.VPC,
    "aws:ec2/subnet:Subnet": Family.SUBNET,
    "aws:ec2/defaultSubnet:DefaultSubnet": Family.SUBNET,
    "aws:ec2/routeTable:RouteTable": Family.ROUTE_TABLE,
    "aws:ec2/defaultRouteTable:DefaultRouteTable": Family.ROUTE_TABLE,
    "aws:ec2/networkAcl:NetworkAcl": Family.NETWORK_ACL,
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": Family.NETWORK_ACL,
    "aws:ec2/securityGroup:SecurityGroup": Family.SECURITY_GROUP,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Family.SECURITY_GROUP,
    "aws:ec2/internetGateway:InternetGateway": Family.INTERNET_GATEWAY,
    "aws:ec2/natGateway:NatGateway": Family.NAT_GATEWAY,
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": Family.EGRESS_ONLY_INTERNET_GATEWAY,
    "aws:ec2/vpcEndpoint:VpcEndpoint": Family.VPC_ENDPOINT,
    "aws:ec2/managedPrefixList:ManagedPrefixList": Family.PREFIX_LIST,
    "aws:s3/bucket:Bucket": Family.BUCKET,
    "aws:mwaa/environment:Environment": Family.ENVIRONMENT,
}

# What a VPC always has, by the output that gives its id.
_OF_A_VPC: Final[Mapping[str, Family]] = {
    "defaultNetworkAclId": Family.NETWORK_ACL,
    "defaultSecurityGroupId": Family.SECURITY_GROUP,
    "defaultRouteTableId": Family.ROUTE_TABLE,
    "mainRouteTableId": Family.ROUTE_TABLE,
}
# The property by which a resource names something that its dependents may ask it for: a subnet that must wait
# for a secondary block of its VPC takes the VPC's id from the block.
_PASSED_ON: Final[Mapping[Family, str]] = {
    Family.VPC: "vpcId",
    Family.SUBNET: "subnetId",
    Family.ROUTE_TABLE: "routeTableId",
    Family.NETWORK_ACL: "networkAclId",
    Family.SECURITY_GROUP: "securityGroupId",
    Family.VPC_ENDPOINT: "vpcEndpointId",
    Family.INTERNET_GATEWAY: "internetGatewayId",
    Family.NAT_GATEWAY: "natGatewayId",
}
# A security group of another account is written behind that account; its id is nobody else's.
_OF_AN_ACCOUNT: Final = re.compile(r"^\d{12}/(?=sg-)")
_WITH_VPC: Final = frozenset(_OF_A_VPC.values())
# A gateway endpoint gives the id of AWS's own prefix list of its service.
_LIST_OF_AN_ENDPOINT: Final = "prefixListId"

# The types that adopt what a VPC always has, by the property that says which VPC.
_ADOPTED: Final[Mapping[str, tuple[str, Family]]] = {
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ("defaultNetworkAclId", Family.NETWORK_ACL),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": ("defaultRouteTableId", Family.ROUTE_TABLE),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ("vpcId", Family.VPC),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How ids and URNs lead to the parts of the model.

    Attributes:
        ids: The part that each known id means, by family.
        families: What each resource makes.
        keys: The URN under which a part stands in the model, where it is not its own.
        depends: What each property of each resource depends on.
    """

    ids: Mapping[tuple[Family, str], str]
    families: Mapping[str, Family]
    keys: Mapping[str, str]
    depends: Mapping[str, Mapping[str, tuple[str, ...]]]

    def key_of(self, urn: str) -> str:
        """Return the URN under which a resource's part stands in the model."""
        return self.keys.get(urn, urn)

    def one(self, properties: Properties, key: str, *families: Family) -> Reference | None:
        """Follow a property that holds one id; None when it is absent.

        Of several families the first that fits what the property depends on is taken.
        """
        value = properties.text(key)
        if value is None:
            return None
        if isinstance(value, str):
            return self._by_id(value, families)
        meant = self.by_dependencies(properties, key, *families)
        return meant or Unresolved(value, self.candidates(properties, key, *families))

    def many(self, properties: Properties, key: str, family: Family) -> tuple[Reference, ...] | Unknown:
        """Follow a property that holds a list of ids.

        Where as many elements are unknown as there are resources they can mean, each means one of them; of an
        inline line, only where no other line takes what the property depends on. Where more are, and nothing
        but these resources can be meant, some of them stand there again.
        """
        items = properties.items(key)
        if isinstance(items, Unknown):
            return items
        texts = [text_item(properties, key, index, item) for index, item in enumerate(items)]
        known = [self._by_id(text, (family,)) for text in texts if isinstance(text, str)]
        named = {each.urn for each in known if isinstance(each, Inside)}
        candidates = [urn for urn in self.candidates(properties, key, family) if urn not in named]
        unknown = [text for text in texts if isinstance(text, Unknown)]
        followed = iter(known)
        meant: Iterator[str] = iter(())
        if unknown and len(unknown) == len(candidates) and self._takes_all(properties, key, unknown):
            meant = iter(candidates)
        elif 0 < len(candidates) < len(unknown) and self._is_closed(properties, key, unknown):
            meant = chain(candidates, repeat(candidates[0]))
        foreign = bool(candidates) and self._depends_on_others(properties, key)
        return tuple(
            next(followed)
            if isinstance(text, str)
            else self._meant(text, next(meant, None), tuple(candidates), foreign=foreign)
            for text in texts
        )

    def _takes_all(self, properties: Properties, key: str, unknown: Sequence[Unknown]) -> bool:
        """Tell whether no other line can name one of the parts that unknown ids of this line seem to mean."""
        return self._is_closed(properties, key, unknown) or len(unknown) == _untold(properties, key)

    def _is_closed(self, properties: Properties, key: str, unknown: Iterable[Unknown]) -> bool:
        """Tell whether unknown ids come from nothing but parts that their property depends on."""
        return not self._depends_on_others(properties, key) and all(
            each.reason is Reason.NOT_YET for each in unknown
        )

    def _depends_on_others(self, properties: Properties, key: str) -> bool:
        """Tell whether a property depends on what makes no part of the model, and may name what that made."""
        depends = properties.resource.property_dependencies.get(self._top(properties, key), ())
        return not all(urn in self.families for urn in depends)

    @staticmethod
    def _top(properties: Properties, key: str) -> str:
        return (properties.path or key).partition(".")[0].partition("[")[0]

    def any_of(self, properties: Properties, key: str, family: Family, unknown: Unknown) -> Unresolved:
        """Return a list that is unknown as a whole as one reference to anything it may hold.

        Beside what it depends on it may hold ids that somebody wrote down.
        """
        candidates = self.candidates(properties, key, family)
        return Unresolved(unknown, candidates, outside=bool(candidates))

    @staticmethod
    def _meant(unknown: Unknown, urn: str | None, candidates: tuple[str, ...], *, foreign: bool) -> Reference:
        return Unresolved(unknown, candidates, outside=foreign) if urn is None else Inside(urn)

    def _by_id(self, text: str, families: Iterable[Family]) -> Reference:
        for family in families:
            urn = self.ids.get((family, _OF_AN_ACCOUNT.sub("", text)))
            if urn is not None:
                return Inside(urn)
        return Outside(text)

    def by_dependencies(self, properties: Properties, key: str, *families: Family) -> Inside | None:
        """Follow a property by what it depends on alone; None when that leaves a choice or nothing."""
        candidates = self.candidates(properties, key, *families)
        return Inside(candidates[0]) if len(candidates) == 1 else None

    def candidates(self, properties: Properties, key: str, *families: Family) -> tuple[str, ...]:
        """Return the parts that an unknown id, or list of ids, may mean, by what its property depends on."""
        resource = properties.resource
        top = self._top(properties, key)
        by_property = resource.property_dependencies
        # An engine that tells no property's dependencies leaves those of the whole resource.
        depends = by_property.get(top, ()) if by_property else resource.dependencies
        for family in families:
            fitting = (family, Family.VPC_ENDPOINT) if family is Family.PREFIX_LIST else (family,)
            passed_on = [each for urn in depends for each in self._passed_on(urn, family)]
            with_vpc = (Family.VPC,) if family in _WITH_VPC else ()
            direct = (
                self._fitting(depends, fitting)
                or self._fitting(depends, with_vpc)
                or self._fitting(passed_on, fitting)
            )
            if direct:
                return tuple(dict.fromkeys(self.key_of(urn) for urn in direct))
        return ()

    def _fitting(self, urns: Iterable[str], families: tuple[Family, ...]) -> list[str]:
        return [urn for urn in urns if self.families.get(urn) in families]

    def _passed_on(self, urn: str, family: Family) -> tuple[str, ...]:
        """Return what a resource may pass on: of two that it names, as a peering does, either."""
        depends = self.depends.get(urn, {})
        if not depends.get(_PASSED_ON.get(family, "")):
            return ()
        return tuple(self._fitting(chain.from_iterable(depends.values()), (family,)))


def _untold(properties: Properties, key: str) -> int:
    """Return how many ids of a kind are unknown in a list, or in all inline lines where it stands in one."""
    lines, is_nested, _ = properties.path.partition("[")
    objects = properties_of(properties.resource).objects(lines) if is_nested else (properties,)
    found = 0
    for each in () if isinstance(objects, Unknown) else objects:
        items = each if isinstance(each, Unknown) else each.items(key)
        found += 1 if isinstance(items, Unknown) else sum(isinstance(item, Opaque) for item in items)
    return found


def link(resources: Iterable[Resource]) -> Links:
    """Return how ids and URNs of these resources lead to parts of the model."""
    given = tuple(resources)
    known = [resource for resource in given if resource.type in FAMILIES]
    depends = {resource.urn: resource.property_dependencies for resource in given}
    families = {resource.urn: FAMILIES[resource.type] for resource in known}
    of_a_vpc = {
        (family, value): vpc.urn
        for vpc in known
        if families[vpc.urn] is Family.VPC
        for key, family in _OF_A_VPC.items()
        if isinstance(value := vpc.outputs.get(key), str)
    }
    own = {
        (families[resource.urn], value): resource.urn
        for resource in known
        if isinstance(value := resource.outputs.get("id"), str)
    }
    of_an_endpoint = {
        (Family.PREFIX_LIST, value): endpoint.urn
        for endpoint in known
        if families[endpoint.urn] is Family.VPC_ENDPOINT
        if isinstance(value := endpoint.outputs.get(_LIST_OF_AN_ENDPOINT), str)
    }
    # A VPC names as its default table whichever is the main one: the table itself is the better answer.
    ids = {**of_a_vpc, **of_an_endpoint, **own}
    keys: dict[str, str] = {}
    for resource in known:
        if resource.type in _ADOPTED:
            key, family = _ADOPTED[resource.type]
            by_id = Links(ids={**own, **of_a_vpc}, families=families, keys={}, depends=depends)
            adopted = by_id.one(properties_of(resource), key, family)
            if not (isinstance(adopted, Inside) and families[adopted.urn] is Family.VPC):
                adopted = by_id.by_dependencies(properties_of(resource), key, Family.VPC)
            if adopted is not None:
                keys[resource.urn] = adopted.urn
    return Links(
        ids={each: keys.get(urn, urn) for each, urn in ids.items()},
        families=families,
        keys=keys,
        depends=depends,
    )


def required(reference: Reference | None, properties: Properties, key: str) -> Reference:
    """Return a reference that AWS does not do without: an absent one cannot be followed."""
    return reference or Unresolved(properties.unknown(key, Reason.MALFORMED))


def in_doubt(reference: Reference, doubt: Unknown | None) -> Reference:
    """Return a reference that may not be there: it may mean the same, or nothing."""
    if doubt is None or isinstance(reference, Unresolved):
        return reference
    return Unresolved(doubt, (reference.urn,) if isinstance(reference, Inside) else ())


def from_memory(reference: Reference, recalled: Unknown | None) -> Reference:
    """Return what a list held when it was last read: a part of the stack's may have left it since."""
    return in_doubt(reference, recalled) if isinstance(reference, Inside) else reference


def in_order(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return references in an order of their own: the program's means nothing to AWS.

    A preview that cannot tell which of two unknown ids is which part's names the same one first.
    """
    return tuple(sorted(references, key=_place))


def _place(reference: Reference) -> tuple[int, str]:
    if isinstance(reference, Inside):
        return 0, reference.urn
    return (1, reference.id) if isinstance(reference, Outside) else (2, reference.unknown.path)
