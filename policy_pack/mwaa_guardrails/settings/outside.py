"""What lies outside a stack and is referred to by id: facts, which become resources that a program looks up.

A fact is written in the properties of pulumi-aws, so that it is read by the readers of those resources. What
a fact does not state is not known, rather than absent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from mwaa_guardrails.reading import network_acls, route_tables, security_groups
from mwaa_guardrails.reading.references import FAMILIES
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.reading.spellings import as_aws

Shape: TypeAlias = Mapping[str, object]

# What the URNs of facts begin with; no stack has such ones.
_URN: Final = "urn:pulumi:outside::settings::"

_TEXT: Final[Shape] = {"type": "string"}
_FLAG: Final[Shape] = {"type": "boolean"}
_TEXTS: Final[Shape] = {"type": "array", "items": _TEXT}
_NUMBER: Final[Shape] = {"type": "integer"}


def _lines(**properties: Shape) -> Shape:
    line = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "array", "items": line}


_RULES: Final = _lines(
    protocol=_TEXT,
    fromPort=_NUMBER,
    toPort=_NUMBER,
    cidrBlocks=_TEXTS,
    ipv6CidrBlocks=_TEXTS,
    prefixListIds=_TEXTS,
    securityGroups=_TEXTS,
    self=_FLAG,
)
_ENTRIES: Final = _lines(
    ruleNo=_NUMBER,
    action=_TEXT,
    protocol=_TEXT,
    cidrBlock=_TEXT,
    ipv6CidrBlock=_TEXT,
    fromPort=_NUMBER,
    toPort=_NUMBER,
    icmpType=_NUMBER,
    icmpCode=_NUMBER,
)
_ROUTES: Final = _lines(
    cidrBlock=_TEXT,
    ipv6CidrBlock=_TEXT,
    destinationPrefixListId=_TEXT,
    gatewayId=_TEXT,
    natGatewayId=_TEXT,
    egressOnlyGatewayId=_TEXT,
    transitGatewayId=_TEXT,
    vpcEndpointId=_TEXT,
    vpcPeeringConnectionId=_TEXT,
    networkInterfaceId=_TEXT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of thing that may lie outside.

    Attributes:
        what: What AWS calls it.
        prefix: What its ids begin with, before the dash.
        type: The type of resource that it is read as.
        properties: What may be stated of it, each as a JSON Schema.
        relations: Which of these are said by a resource of their own: its type, and its word for this thing.
    """

    what: str
    prefix: str
    type: str
    properties: Mapping[str, Shape]
    relations: Mapping[str, tuple[str, str]]


FACTS: Final[Mapping[str, Kind]] = {
    "subnets": Kind(
        what="Subnets",
        prefix="subnet",
        type="aws:ec2/subnet:Subnet",
        properties={
            "vpcId": _TEXT,
            "availabilityZone": _TEXT,
            "availabilityZoneId": _TEXT,
            "cidrBlock": _TEXT,
            "routeTableId": _TEXT,
            "networkAclId": _TEXT,
        },
        relations={
            "routeTableId": (route_tables.ASSOCIATION, "subnetId"),
            "networkAclId": (network_acls.ASSOCIATION, "subnetId"),
        },
    ),
    "security_groups": Kind(
        what="Security groups",
        prefix="sg",
        type=security_groups.OWN,
        properties={"vpcId": _TEXT, "ingress": _RULES, "egress": _RULES},
        relations={},
    ),
    "vpc_endpoints": Kind(
        what="VPC endpoints",
        prefix="vpce",
        type="aws:ec2/vpcEndpoint:VpcEndpoint",
        properties={
            "vpcId": _TEXT,
            "serviceName": _TEXT,
            "vpcEndpointType": _TEXT,
            "privateDnsEnabled": _FLAG,
            "subnetIds": _TEXTS,
            "routeTableIds": _TEXTS,
            "securityGroupIds": _TEXTS,
            "policy": _TEXT,
        },
        relations={},
    ),
    "route_tables": Kind(
        what="Route tables",
        prefix="rtb",
        type=route_tables.OWN,
        properties={"vpcId": _TEXT, "routes": _ROUTES, "propagatingVgws": _TEXTS},
        relations={},
    ),
    "network_acls": Kind(
        what="Network ACLs",
        prefix="acl",
        type=network_acls.OWN,
        properties={"vpcId": _TEXT, "ingress": _ENTRIES, "egress": _ENTRIES},
        relations={},
    ),
    "nat_gateways": Kind(
        what="NAT gateways",
        prefix="nat",
        type="aws:ec2/natGateway:NatGateway",
        properties={"subnetId": _TEXT, "connectivityType": _TEXT},
        relations={},
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something outside the stack.

    Attributes:
        id: Its physical id.
        itself: It, as a resource.
        relations: What it is associated with, as resources, by the property of theirs that names it.
    """

    id: str
    itself: Resource
    relations: tuple[tuple[str, Resource], ...]


def facts_in(stated: Mapping[str, Mapping[str, Mapping[str, object]]]) -> tuple[Fact, ...]:
    """Return the facts of a document, which has been found right."""
    return tuple(
        _fact(FACTS[kind], id_, properties)
        for kind, by_id in stated.items()
        for id_, properties in by_id.items()
    )


def facts_beside(facts: Iterable[Fact], resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Return facts as resources, but for those of which the stack has a resource of its own.

    Its own is one of the same kind with the same id: another, which a project may give any id, takes nothing
    away from what an administrator states.
    """
    given = tuple(as_aws(each) for each in resources)
    own = {
        (FAMILIES[resource.type], id_)
        for resource in given
        if resource.type in FAMILIES and isinstance(id_ := resource.outputs.get("id"), str)
    }
    kept = [fact for fact in facts if (FAMILIES[fact.itself.type], fact.id) not in own]
    keys = {(each.type, key) for fact in kept for key, each in fact.relations}
    related = {
        (type_, key, value)
        for resource in given
        for type_, key in keys
        if resource.type == type_
        and isinstance(value := {**resource.inputs, **resource.outputs}.get(key), str)
    }
    return tuple(
        resource
        for fact in kept
        for resource in (
            fact.itself,
            *(each for key, each in fact.relations if (each.type, key, fact.id) not in related),
        )
    )


def is_outside(urn: str) -> bool:
    """Tell whether a URN is that of a fact, not of a resource that the engine knows."""
    return urn.startswith(_URN)


def _fact(kind: Kind, id_: str, stated: Mapping[str, object]) -> Fact:
    values = {key: _value(stated[key]) if key in stated else Opaque.NOT_STATED for key in kind.properties}
    return Fact(
        id=id_,
        itself=_resource(
            kind.type,
            id_,
            # Tags would declare networks, and what a fact says of its tags would be asked for.
            {
                "id": id_,
                "tagsAll": {},
                **{key: each for key, each in values.items() if key not in kind.relations},
            },
        ),
        relations=tuple(
            (itself, _resource(type_, id_, {itself: id_, key: values[key]}))
            for key, (type_, itself) in kind.relations.items()
        ),
    )


def _resource(type_: str, name: str, outputs: Mapping[str, Value]) -> Resource:
    return Resource(urn=f"{_URN}{type_}::{name}", type=type_, name=name, outputs=outputs, registered=False)


def _value(stated: object) -> Value:
    match stated:
        case list():
            return tuple(_value(item) for item in stated)
        case Mapping():
            return {str(key): _value(item) for key, item in stated.items()}
        case bool() | str():
            return stated
        case _:
            # The schema allows nothing else but numbers.
            return float(cast("float", stated))
