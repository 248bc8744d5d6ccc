"""MWAA environments, and networks that tags declare for environments of other stacks."""

from collections.abc import Iterable, Iterator, Mapping

from mwaa_guardrails.aws.model import Environment, Inside, Reference, Routing
from mwaa_guardrails.documents.facts import ENVIRONMENT_TAG, ROUTING_TAG
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links
from mwaa_guardrails.reading.security_groups import DEFAULT as DEFAULT_GROUP
from mwaa_guardrails.reading.security_groups import OWN as OWN_GROUP
from mwaa_guardrails.reading.vpcs import SUBNETS
from mwaa_guardrails.unknown import Unknown

ENVIRONMENT = "aws:mwaa/environment:Environment"


def read_environments(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> tuple[Environment, ...]:
    """Return the environments, then the declared networks that none of them uses."""
    environments = tuple(_environment(properties, links) for properties in by_type[ENVIRONMENT])
    used = {part for each in environments for part in _parts(each)}
    declared = tuple(
        each for each in _declared(by_type, links) if not any(part in used for part in _parts(each))
    )
    return environments + declared


def _parts(environment: Environment) -> Iterator[Reference]:
    for references in (environment.subnets, environment.security_groups):
        if isinstance(references, tuple):
            yield from references


def _environment(properties: Properties, links: Links) -> Environment:
    subnets, groups = _network_of(properties, links)
    return Environment(
        origin=properties.origin,
        name=properties.resource.name,
        declared=False,
        subnets=subnets,
        security_groups=groups,
    )


def _network_of(
    properties: Properties, links: Links
) -> tuple[tuple[Reference, ...] | Unknown, tuple[Reference, ...] | Unknown]:
    """Return an environment's subnets and security groups."""
    network = properties.object("networkConfiguration")
    if isinstance(network, Unknown):
        return network, network
    if network is None:
        return (), ()
    return (
        links.many(network, "subnetIds", Family.SUBNET),
        links.many(network, "securityGroupIds", Family.SECURITY_GROUP),
    )


def _declared(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> Iterator[Environment]:
    subnets = _by_name(properties for type_ in SUBNETS for properties in by_type[type_])
    groups = _by_name(properties for type_ in (OWN_GROUP, DEFAULT_GROUP) for properties in by_type[type_])
    for name in sorted({*subnets, *groups}):
        parts = (*subnets.get(name, ()), *groups.get(name, ()))
        yield Environment(
            origin=parts[0].origin,
            name=name,
            declared=True,
            subnets=_references(subnets.get(name), links),
            security_groups=_references(groups.get(name), links),
            intention=_intention(subnets.get(name, ())),
        )


def _by_name(parts: Iterable[Properties]) -> dict[str, list[Properties]]:
    """Return the parts that each declared name names, in the order of their URNs."""
    by_name: dict[str, list[Properties]] = {}
    for properties in sorted(parts, key=lambda each: each.resource.urn):
        for name in dict.fromkeys((_tag(properties, ENVIRONMENT_TAG) or "").split()):
            by_name.setdefault(name, []).append(properties)
    return by_name


def _references(parts: Iterable[Properties] | None, links: Links) -> tuple[Reference, ...] | None:
    return None if parts is None else tuple(Inside(links.key_of(each.resource.urn)) for each in parts)


def _intention(subnets: Iterable[Properties]) -> Routing | None:
    """Return the routing that the subnets' tags agree on; None when they state none, or more than one."""
    stated = {_tag(properties, ROUTING_TAG) for properties in subnets} - {None}
    return next((each for each in Routing if stated == {each.value}), None)


def _tag(properties: Properties, key: str) -> str | None:
    """Return a tag, default tags included; one that cannot be known yet declares nothing."""
    for tags_key in ("tagsAll", "tags"):
        tags = properties.object(tags_key)
        if isinstance(tags, Properties):
            value = tags.text(key)
            return value if isinstance(value, str) else None
    return None
