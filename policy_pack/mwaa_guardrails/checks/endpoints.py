"""What the checks of VPC endpoints share: which endpoints count, and what stands around them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    Inside,
    NetworkModel,
    Reference,
    References,
    RouteTable,
    SecurityGroup,
    Subnet,
    Unresolved,
    Vpc,
    VpcEndpoint,
)
from mwaa_guardrails.aws.vpc_endpoints import (
    Admission,
    Gap,
    endpoints_for,
    listed,
    one_of_each_zone,
    serving,
    subnets_for,
    vpc_of,
)
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES, EndpointKind, EndpointService
from mwaa_guardrails.faults import Goal, NotAttached, Part, RefusesEnvironment, Surroundings
from mwaa_guardrails.unknown import Unknown

_BY_GATEWAY: Final = frozenset(
    each.suffix for each in REQUIRED_ENDPOINT_SERVICES if each.kind is EndpointKind.GATEWAY
)


# Parts of the network that resources made, of one kind, by URN.
_Made: TypeAlias = (
    Mapping[str, Vpc] | Mapping[str, Subnet] | Mapping[str, RouteTable] | Mapping[str, SecurityGroup]
)


def serving_endpoints(
    model: NetworkModel, environment: Environment
) -> Iterator[tuple[EndpointService, tuple[VpcEndpoint, ...] | Unknown]]:
    """Return each required service with the endpoints that an environment reaches it by, if there are any."""
    for service in REQUIRED_ENDPOINT_SERVICES:
        found = endpoints_serving(model, environment, service.suffix)
        if found:
            yield service, found


def endpoints_serving(
    model: NetworkModel, environment: Environment, service: str
) -> tuple[VpcEndpoint, ...] | Unknown:
    """Return the endpoints that an environment reaches a service by, or what hides which they are."""
    return serving(endpoints_for(model, environment, service), by_gateway=service in _BY_GATEWAY)


def surroundings(model: NetworkModel, *environments: Environment) -> Surroundings:
    """Return where an endpoint for environments of one VPC belongs."""
    vpc = vpc_of(model, environments[0])
    subnets = [each for environment in environments for each in _known(environment.subnets)]
    groups = [each for environment in environments for each in _known(environment.security_groups)]
    tables = (model.route_table_of(subnet) for subnet in subnets)
    return Surroundings(
        vpc=next(iter(parts(model.vpcs, () if vpc is None else (vpc,))), None),
        subnets=parts(model.subnets, one_of_each_zone(model, subnets)),
        route_tables=tuple(dict.fromkeys(each.origin for each in tables if isinstance(each, RouteTable))),
        security_groups=parts(model.security_groups, groups),
        on_main_table=parts(
            model.subnets, (each for each in subnets if model.follows_main_route_table(each))
        ),
    )


def _known(references: tuple[Reference, ...] | Unknown | None) -> tuple[Reference, ...]:
    return () if isinstance(references, Unknown) else references or ()


def not_attached(
    model: NetworkModel,
    environment: Environment,
    endpoints: tuple[VpcEndpoint, ...],
    gap: Gap,
    goal: Goal,
) -> NotAttached:
    """Return, as a fault, where endpoints of one service, and of one type, do not stand."""
    first = endpoints[0]
    gateway = first.type is EndpointType.GATEWAY
    wanted = subnets_for(model, first, environment, gap)
    standing = (
        part
        for each in endpoints
        for part in (
            parts(model.route_tables, each.route_tables) if gateway else parts(model.subnets, each.subnets)
        )
    )
    return NotAttached(
        goal=goal,
        gateway=gateway,
        lacking=parts(model.subnets, gap.lacking),
        crossing=parts(model.subnets, gap.crossing),
        zones=gap.zones,
        standing=tuple(dict.fromkeys(standing)),
        wanted=_tables_for(model, first, gap) if gateway else parts(model.subnets, wanted),
        more=any(
            isinstance(each, Unresolved) for each in (listed(first.route_tables) if gateway else wanted)
        ),
        around=surroundings(model, environment),
        separate=first.separate,
    )


def _tables_for(model: NetworkModel, endpoint: VpcEndpoint, gap: Gap) -> tuple[Part, ...]:
    """Return the route tables that a gateway endpoint should be in: those it is in, and those it lacks."""
    lacking = (model.route_table_of(subnet) for subnet in gap.lacking)
    tables = (each.origin for each in lacking if isinstance(each, RouteTable))
    return tuple(dict.fromkeys((*parts(model.route_tables, endpoint.route_tables), *tables)))


def refusal(
    model: NetworkModel, environment: Environment, endpoint: VpcEndpoint, goal: Goal, answer: Admission
) -> RefusesEnvironment:
    """Return, as a fault, that an endpoint's groups let an environment in not at all or by another group."""
    return RefusesEnvironment(
        goal=goal,
        port=answer.port,
        groups=parts(model.security_groups, endpoint.security_groups),
        witness=answer.denied[0].share.witness() if answer.denied else None,
        more=any(isinstance(each, Unresolved) for each in listed(endpoint.security_groups)),
        own_groups=surroundings(model, environment).security_groups,
    )


def parts(model: _Made, references: References | Iterable[Reference]) -> tuple[Part, ...]:
    """Return the parts that references mean, those left out that cannot be followed yet."""
    followed = () if isinstance(references, Unresolved) else references
    return tuple(
        model[each.urn].origin if isinstance(each, Inside) else each
        for each in dict.fromkeys(followed)
        if not isinstance(each, Unresolved)
    )
