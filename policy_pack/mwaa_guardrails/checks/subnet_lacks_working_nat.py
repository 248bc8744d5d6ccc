"""With public routing, each subnet of an environment must lead to a NAT device that reaches the internet.

## What it does

Routing is public where tags declare it, or where a subnet leads to the internet. Each subnet's effective
route table must lead all public addresses of IPv4 to NAT devices, by one route or by several; narrower routes
may take some of them another way. A NAT gateway must be in the VPC of the subnet and itself lead to the
internet: a public one by the VPC's internet gateway in the route table of its own subnet, a regional one by
the internet gateway of its VPC. An instance
or an interface as the target of such a route is taken for a NAT instance.

Advice, not a violation: an internet gateway that nothing in the stack attaches; public subnets in one
Availability Zone only; a way out by a transit gateway, a firewall or a virtual private gateway, where VPC
endpoints of the required services are missing.

## Why is this bad?

An environment with public routing reaches Amazon S3, its queue, its logs and its keys over the internet. A
subnet without a way there, or with a NAT gateway that leads nowhere, leaves its tasks without them: the
environment is not created, or its tasks fail.

## Known limits

A subnet that leads to an internet gateway instead is the matter of `subnet-routes-to-internet-gateway` alone.
Where no subnet leads to a NAT device and nothing declares public routing, nobody can tell that one is meant.
What lies outside the stack (a NAT gateway by its id, a NAT gateway's subnet by its id) is not judged, and so
are routes that a virtual private gateway propagates, or that the account's default VPC has in its main table.
That a route's target is gone (the state `blackhole`) is not read: a preview still shows it where the program
mends it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    NatGateway,
    NetworkModel,
    Origin,
    Outside,
    Reference,
    Route,
    RouteTable,
    Routing,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.aws.nat_gateways import DEAD, LEADING, NatState, state_of_target
from mwaa_guardrails.aws.routes import (
    NAT_DEVICES,
    WayOut,
    hidden_routes,
    leads_to_the_internet,
    public_subnets_of,
    route_of,
    routes_to,
    routing_of,
)
from mwaa_guardrails.aws.vpc_endpoints import doubtful_endpoints, endpoints_for, vpc_of
from mwaa_guardrails.aws.zones import same_zone
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import surroundings
from mwaa_guardrails.checks.subnets import reported_on
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES
from mwaa_guardrails.documents.requirements import (
    NAT_DEVICE_PER_ZONE,
    NAT_GATEWAY_OF_THE_VPC,
    NAT_IN_PUBLIC_SUBNET,
    NAT_SUBNET_LEADS_TO_INTERNET_GATEWAY,
    PUBLIC_ROUTING_HAS_INTERNET,
    PUBLIC_ROUTING_NAT,
    PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
    PUBLIC_SUBNETS_LEAD_TO_INTERNET_GATEWAY,
    TRANSIT_GATEWAY_ENDPOINTS_ADVISED,
    TRANSIT_GATEWAY_IS_A_WAY_OUT,
    Requirement,
)
from mwaa_guardrails.faults import Fault, FewPublicSubnets, NatLeadsNowhere, NoRouteToNat, WayOutElsewhere
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.addresses import PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Unknown

_ELSEWHERE: Final = frozenset({TargetKind.ELSEWHERE})
_NAT_GATEWAY: Final = frozenset({TargetKind.NAT_GATEWAY})
# What a NAT gateway in another VPC, or behind another VPC's gateway, goes against.
_REQUIREMENTS: Final = {
    NatState.ELSEWHERE: NAT_GATEWAY_OF_THE_VPC,
    NatState.GATEWAY_ELSEWHERE: PUBLIC_SUBNETS_LEAD_TO_INTERNET_GATEWAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A subnet of an environment, its VPC where that is at hand, and the route table that it follows."""

    subnet: Reference
    vpc: Reference | None
    table: RouteTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A route of a subnet to a NAT gateway, and where that leads."""

    way: _Way
    route: Route
    gateway: NatGateway
    state: NatState


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        for answer in _judge(model, environment):
            if isinstance(answer, Unknown):
                yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
            else:
                yield answer


def _judge(model: NetworkModel, environment: Environment) -> Iterator[Finding | Unknown]:
    routing = routing_of(model, environment)
    if isinstance(routing, Unknown):
        yield routing
        return
    # Only a list of subnets that is known shows a routing, and only its subnets' tags declare one.
    subnets = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    ways: list[_Way] = []
    for subnet in dict.fromkeys(subnets):
        table = model.route_table_of(subnet)
        if isinstance(table, RouteTable):
            ways.append(_Way(subnet=subnet, vpc=model.vpc_of(subnet), table=table))
        elif isinstance(table, Unknown) and routing is WayOut.INTERNET:
            yield table
    if routing is WayOut.INTERNET:
        yield from _judge_public(model, environment, ways)
    if routing in (WayOut.INTERNET, WayOut.ELSEWHERE):
        yield from _advise_endpoints(model, environment, ways)


def _judge_public(
    model: NetworkModel, environment: Environment, ways: list[_Way]
) -> Iterator[Finding | Unknown]:
    meant = _nat_is_meant(environment, ways)
    for way in ways:
        answer = _lacks(model, way)
        if isinstance(answer, Unknown):
            yield answer
        elif isinstance(answer, _Use):
            yield _leads_nowhere(model, environment, answer, Degree.VIOLATION)
        elif answer and meant is True:
            yield _no_route(model, environment, way)
        elif answer and isinstance(meant, Unknown):
            yield meant
        unattached = [use for use in _uses(model, way) if use.state is NatState.UNATTACHED]
        if answer is False and unattached:
            yield _leads_nowhere(model, environment, unattached[0], Degree.ADVICE)
    if all(_leads_to_nat(model, way) is True for way in ways):
        yield from _advise_public_subnets(model, environment, ways)


def _nat_is_meant(environment: Environment, ways: list[_Way]) -> bool | Unknown:
    """Tell whether the environment is meant to reach the internet by NAT devices."""
    if environment.intention is Routing.PUBLIC or any(routes_to(way.table, NAT_DEVICES) for way in ways):
        return True
    return next((hidden for way in ways for hidden in hidden_routes(way.table, NAT_DEVICES)), False)


def _lacks(model: NetworkModel, way: _Way) -> bool | _Use | Unknown:
    """Tell whether a subnet lacks a route to a working NAT device, or which gateway that it has is dead."""
    by_nat = _leads_to_nat(model, way)
    if by_nat is not False:
        return by_nat if isinstance(by_nat, Unknown) else False
    for doubt in (
        leads_to_the_internet(way.table, partial(_is_excused, model, way.vpc)),
        way.table.unseen,
    ):
        if doubt is not False:
            return doubt if isinstance(doubt, Unknown) else False
    if leads_to_the_internet(way.table, partial(_is_nat_or_excused, model, way.vpc)) is True:
        return next(use for use in _uses(model, way) if use.state in DEAD)
    return True


def _leads_to_nat(model: NetworkModel, way: _Way) -> bool | Unknown:
    """Tell whether a subnet leads to the internet by working NAT devices."""
    return leads_to_the_internet(way.table, partial(_is_working_nat, model, way.vpc))


def _is_working_nat(model: NetworkModel, vpc: Reference | None, target: Target) -> bool | Unknown:
    if target.kind is not TargetKind.NAT_GATEWAY:
        return target.kind is TargetKind.NAT_INSTANCE
    state = state_of_target(model, vpc, target)
    return state if isinstance(state, Unknown) else state in LEADING


def _is_excused(model: NetworkModel, vpc: Reference | None, target: Target) -> bool | Unknown:
    """Tell whether a target is a working NAT device, or something else that leads out of the VPC."""
    if target.kind is TargetKind.INTERNET_GATEWAY:
        return True
    return _is_nat_or_elsewhere(model, vpc, target)


def _is_nat_or_excused(model: NetworkModel, vpc: Reference | None, target: Target) -> bool | Unknown:
    return target.kind in NAT_DEVICES or _is_excused(model, vpc, target)


def _uses(model: NetworkModel, way: _Way) -> Iterator[_Use]:
    """Return the NAT gateways of the model that a subnet's packets to the internet may take."""
    for route in routes_to(way.table, _NAT_GATEWAY):
        if isinstance(route.target, Target) and _is_for_the_internet(route):
            state = state_of_target(model, way.vpc, route.target)
            if isinstance(state, NatState):
                for urn in _urns(route.target.reference):
                    yield _Use(way=way, route=route, gateway=model.nat_gateways[urn], state=state)


def _is_for_the_internet(route: Route) -> bool:
    return isinstance(route.destination, Unknown) or not route.destination.isdisjoint(PUBLIC_IPV4)


def _urns(reference: Reference) -> tuple[str, ...]:
    match reference:
        case Inside(urn):
            return (urn,)
        case Unresolved():
            return reference.candidates
        case _:
            return ()


def _no_route(model: NetworkModel, environment: Environment, way: _Way) -> Finding:
    partly = routes_to(way.table, NAT_DEVICES)
    address = _unserved(way.table)
    return _finding(
        environment,
        Degree.VIOLATION,
        subject=model.subnets[way.subnet.urn].origin
        if isinstance(way.subnet, Inside)
        else environment.origin,
        related=(way.table.origin,),
        fault=NoRouteToNat(
            subnet=way.subnet,
            table=way.table.origin,
            partial=partly[0] if partly else None,
            main=model.follows_main_route_table(way.subnet),
            inline=way.table.owned,
            address=address,
            taken=route_of(way.table, address),
        ),
        requirement=PUBLIC_ROUTING_NAT,
    )


def _unserved(table: RouteTable) -> int:
    """Return a public address that no NAT device serves."""
    served = IntervalSet()
    for route in routes_to(table, NAT_DEVICES):
        if isinstance(route.destination, IntervalSet):
            served |= route.destination
    return (PUBLIC_IPV4 - served or PUBLIC_IPV4).lowest


def _leads_nowhere(model: NetworkModel, environment: Environment, use: _Use, degree: Degree) -> Finding:
    by_place = NAT_SUBNET_LEADS_TO_INTERNET_GATEWAY if use.gateway.subnet else NAT_IN_PUBLIC_SUBNET
    return _finding(
        environment,
        degree,
        subject=reported_on(model, environment, use.way.subnet),
        related=(use.route.origin, use.gateway.origin),
        fault=NatLeadsNowhere(
            subnet=use.way.subnet, gateway=use.gateway.origin, state=use.state, route=use.route
        ),
        requirement=_REQUIREMENTS.get(use.state, by_place),
    )


def _advise_endpoints(model: NetworkModel, environment: Environment, ways: list[_Way]) -> Iterator[Finding]:
    """Advise VPC endpoints, once, where a subnet leads out elsewhere and its VPC surely lacks some."""
    vpc = vpc_of(model, environment)
    if not isinstance(vpc, Inside):
        return
    missing = tuple(
        service.suffix
        for service in REQUIRED_ENDPOINT_SERVICES
        if not endpoints_for(model, environment, service.suffix)
    )
    if doubtful_endpoints(model, environment, missing):
        return
    for way in ways:
        route = _route_elsewhere(model, way)
        if missing and route is not None:
            yield _finding(
                environment,
                Degree.ADVICE,
                subject=reported_on(model, environment, way.subnet),
                related=(way.table.origin, route.origin),
                fault=WayOutElsewhere(
                    subnet=way.subnet,
                    table=way.table.origin,
                    route=route,
                    missing=missing,
                    region=environment.region if isinstance(environment.region, str) else None,
                    around=surroundings(model, environment),
                ),
                requirement=TRANSIT_GATEWAY_ENDPOINTS_ADVISED,
            )
            return


def _route_elsewhere(model: NetworkModel, way: _Way) -> Route | None:
    """Return the widest route that leads a subnet to the internet by something outside the VPC."""
    if _leads_to_nat(model, way) is not False or (
        leads_to_the_internet(way.table, partial(_is_nat_or_elsewhere, model, way.vpc)) is not True
    ):
        return None
    return next(
        route
        for route in routes_to(way.table, _ELSEWHERE | _NAT_GATEWAY)
        if isinstance(route.target, Target)
        and _is_for_the_internet(route)
        and _leads_elsewhere(model, way.vpc, route.target)
    )


def _is_nat_or_elsewhere(model: NetworkModel, vpc: Reference | None, target: Target) -> bool | Unknown:
    return _leads_elsewhere(model, vpc, target) or _is_working_nat(model, vpc, target)


def _leads_elsewhere(model: NetworkModel, vpc: Reference | None, target: Target) -> bool:
    if target.kind is TargetKind.NAT_GATEWAY:
        return state_of_target(model, vpc, target) is NatState.PRIVATE_ELSEWHERE
    return target.kind is TargetKind.ELSEWHERE


def _advise_public_subnets(
    model: NetworkModel, environment: Environment, ways: list[_Way]
) -> Iterator[Finding]:
    """Advise a second public subnet where the only ones lie in one Availability Zone.

    A regional NAT gateway needs none; where a NAT device lies outside, so may a public subnet.
    """
    vpc = vpc_of(model, environment)
    outside = any(
        isinstance(route.target, Target) and isinstance(route.target.reference, Outside)
        for way in ways
        for route in routes_to(way.table, NAT_DEVICES)
    )
    used = [use for way in ways for use in _uses(model, way)]
    if not isinstance(vpc, Inside) or outside or all(use.gateway.subnet is None for use in used):
        return
    own = {way.subnet for way in ways}
    public = public_subnets_of(model, vpc)
    further = [each for each in public or () if Inside(each.origin.urn) not in own]
    if further and all(same_zone(further[0], each) for each in further[1:]):
        yield _finding(
            environment,
            Degree.ADVICE,
            subject=model.vpcs[vpc.urn].origin,
            related=tuple(each.origin for each in further),
            fault=FewPublicSubnets(subnets=tuple(each.origin for each in further)),
            requirement=PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
        )


def _finding(  # noqa: PLR0913 - the parts of a finding, each by its name
    environment: Environment,
    degree: Degree,
    *,
    subject: Origin,
    related: tuple[Origin, ...],
    fault: Fault,
    requirement: Requirement,
) -> Finding:
    return Finding(
        check=CHECK.id,
        degree=degree,
        environment=environment,
        subject=subject,
        related=related,
        fault=fault,
        requirements=(requirement,),
    )


CHECK: Final = Check(
    id="subnet-lacks-working-nat",
    title="With public routing, each subnet leads to a NAT device that reaches the internet.",
    severity=Severity.CRITICAL,
    requirements=(
        PUBLIC_ROUTING_NAT,
        NAT_IN_PUBLIC_SUBNET,
        NAT_SUBNET_LEADS_TO_INTERNET_GATEWAY,
        NAT_GATEWAY_OF_THE_VPC,
        PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
        TRANSIT_GATEWAY_ENDPOINTS_ADVISED,
        PUBLIC_ROUTING_HAS_INTERNET,
        PUBLIC_SUBNETS_LEAD_TO_INTERNET_GATEWAY,
        NAT_DEVICE_PER_ZONE,
        TRANSIT_GATEWAY_IS_A_WAY_OUT,
    ),
    find=_find,
)
