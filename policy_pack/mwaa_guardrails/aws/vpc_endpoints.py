"""What VPC endpoints do for an environment: which there are, where they stand, whom they let in.

Sources: "Access an AWS service using an interface VPC endpoint" and "Gateway endpoints" in the AWS
PrivateLink guide; EC2 API Reference, CreateVpcEndpoint.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mwaa_guardrails.aws.decisions import Decision, Outcome, united
from mwaa_guardrails.aws.model import (
    Direction,
    EndpointType,
    Environment,
    Inside,
    NetworkModel,
    Outside,
    Reference,
    Rule,
    SecurityGroup,
    Service,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.routes import is_table_of
from mwaa_guardrails.aws.security_group import decide, rules_for_addresses, rules_for_group
from mwaa_guardrails.aws.zones import same_zone
from mwaa_guardrails.net.addresses import EVERYWHERE
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import TCP, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown


class Standing(StrEnum):
    """How an endpoint stands to the subnets of an environment."""

    IN_ALL = "in each subnet"
    SAME_ZONES = "in other subnets, which cover the same Availability Zones"
    LACKS_SOME = "not in each subnet"
    UNSEEN = "in subnets that lie outside this stack"


class Admittance(StrEnum):
    """Whether the security groups of an endpoint let an environment in on a TCP port."""

    BY_GROUP_OF_ENVIRONMENT = "by a group of the environment"
    BY_OWN_GROUP = "by a group of its own"
    REFUSED = "refused"
    UNSEEN = "by groups that lie outside this stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What the security groups of an endpoint say to an environment; `denied` is what nothing lets in."""

    admittance: Admittance
    denied: tuple[Decision, ...] = ()


def vpc_of(model: NetworkModel, environment: Environment) -> Reference | None:
    """Return the VPC of an environment's subnets; None when no subnet is at hand."""
    if isinstance(environment.subnets, Unknown):
        return Unresolved(environment.subnets)
    vpcs = (model.vpc_of(subnet) for subnet in environment.subnets or ())
    return next((vpc for vpc in vpcs if vpc is not None), None)


def endpoints_of(model: NetworkModel, vpc: Reference) -> tuple[VpcEndpoint, ...]:
    """Return the endpoints that surely stand in a VPC."""
    return tuple(each for each in model.vpc_endpoints.values() if each.vpc == vpc)


def endpoints_for(model: NetworkModel, environment: Environment, service: str) -> tuple[VpcEndpoint, ...]:
    """Return the endpoints of a service in an environment's VPC, those of other Regions left out."""
    vpc = vpc_of(model, environment)
    if vpc is None or isinstance(vpc, Unresolved):
        return ()
    return tuple(
        each
        for each in endpoints_of(model, vpc)
        if isinstance(each.service, Service)
        and each.service.name == service
        and (not isinstance(environment.region, str) or each.service.region == environment.region)
    )


def doubtful_endpoint(model: NetworkModel, vpc: Inside | Outside) -> Unknown | None:
    """Return why an endpoint may serve a VPC in a way nobody can see: its VPC or its service is unknown."""
    for each in model.vpc_endpoints.values():
        if isinstance(each.vpc, Unresolved):
            if each.vpc.may_mean(vpc):
                return each.vpc.unknown
        elif each.vpc == vpc and isinstance(each.service, Unknown):
            return each.service
    return None


def lacking_subnets(
    model: NetworkModel, endpoint: VpcEndpoint, environment: Environment
) -> tuple[Reference, ...] | Unknown:
    """Return the subnets of an environment that an endpoint is not in, or whose route table lacks it."""
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    gateway = endpoint.type is EndpointType.GATEWAY
    places = endpoint.route_tables if gateway else endpoint.subnets
    if isinstance(places, Unknown):
        return places
    lacking: list[Reference] = []
    for subnet in dict.fromkeys(environment.subnets or ()):
        if isinstance(subnet, Unresolved):
            return subnet.unknown
        if gateway:
            found = _table_has_route(model, places, subnet)
        else:
            found = subnet in places or _may_be_among(places, subnet)
        if isinstance(found, Unknown):
            return found
        if not found:
            lacking.append(subnet)
    return tuple(lacking)


def standing(model: NetworkModel, endpoint: VpcEndpoint, environment: Environment) -> Standing | Unknown:
    """Return how an endpoint stands to the subnets of an environment."""
    lacking = lacking_subnets(model, endpoint, environment)
    if isinstance(lacking, Unknown):
        return lacking
    if not lacking:
        return Standing.IN_ALL
    if endpoint.type is EndpointType.GATEWAY or isinstance(endpoint.subnets, Unknown):
        return Standing.LACKS_SOME
    # As many zones as there are subnets: with fewer interfaces some zone is surely without one.
    subnets = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    if len(endpoint.subnets) < len(subnets):
        return Standing.LACKS_SOME
    answers = [_in_zone_of(model, subnet, endpoint.subnets) for subnet in lacking]
    for answer in (Standing.LACKS_SOME, Standing.UNSEEN):
        if answer in answers:
            return answer
    return next((each for each in answers if isinstance(each, Unknown)), Standing.SAME_ZONES)


def _in_zone_of(model: NetworkModel, subnet: Reference, places: tuple[Reference, ...]) -> Standing | Unknown:
    """Return whether one of the places lies in the Availability Zone of a subnet."""
    if not isinstance(subnet, Inside):
        return Standing.UNSEEN
    part = model.subnets[subnet.urn]
    doubt: Standing | Unknown = Standing.LACKS_SOME
    for place in places:
        if isinstance(place, Unresolved):
            doubt = place.unknown
        elif isinstance(place, Outside):
            doubt = Standing.UNSEEN
        else:
            same = same_zone(part, model.subnets[place.urn])
            if same:
                return Standing.SAME_ZONES
            if same is None:
                doubt = Unknown(urn=part.origin.urn, path="availabilityZone", reason=Reason.NOT_YET)
    return doubt


def admission(
    model: NetworkModel, endpoint: VpcEndpoint, environment: Environment, port: int
) -> Admission | Unknown:
    """Return whether the groups of an interface endpoint let an environment in on a TCP port."""
    carried, own = endpoint.security_groups, environment.security_groups
    if isinstance(carried, Unknown):
        return carried
    if isinstance(own, Unknown):
        return own
    if own is None:
        return Admission(admittance=Admittance.UNSEEN)
    groups = [model.security_groups[each.urn] for each in carried if isinstance(each, Inside)]
    addresses = _addresses_of(model, environment)
    if isinstance(addresses, Unknown):
        return addresses
    asked = TrafficSet.of(
        protocols=IntervalSet.single(TCP), remotes=addresses or EVERYWHERE, ports=IntervalSet.single(port)
    )
    from_addresses = [rule for group in groups for rule in rules_for_addresses(group, Direction.INGRESS)]
    from_groups = tuple(_from_groups(groups, own))
    decisions = decide([*from_groups, *from_addresses], asked)
    shared = any(each in own for each in carried)
    if united(decisions, Outcome.ALLOW).covers(asked):
        by = Admittance.BY_GROUP_OF_ENVIRONMENT if shared else Admittance.BY_OWN_GROUP
        return Admission(admittance=by)
    hidden = [each.unknown for each in (*carried, *own) if isinstance(each, Unresolved)]
    if hidden:
        return hidden[0]
    denied = tuple(each for each in decisions if each.outcome is Outcome.DENY)
    if any(isinstance(each, Outside) for each in carried) or (addresses is None and from_addresses):
        return Admission(admittance=Admittance.UNSEEN)
    if not denied:
        return next(each.by for each in decisions if isinstance(each.by, Unknown))
    return Admission(admittance=Admittance.REFUSED, denied=denied)


def _from_groups(groups: Iterable[SecurityGroup], peers: Iterable[Reference]) -> Iterator[Rule]:
    for group in groups:
        for peer in dict.fromkeys(peers):
            yield from rules_for_group(group, Direction.INGRESS, peer)


def _table_has_route(model: NetworkModel, tables: tuple[Reference, ...], subnet: Reference) -> bool | Unknown:
    followed = model.route_table_of(subnet)
    if isinstance(followed, Unknown):
        return followed
    if any(is_table_of(model, table, subnet) for table in tables if not isinstance(table, Unresolved)):
        return True
    hidden = next((table.unknown for table in tables if isinstance(table, Unresolved)), None)
    if hidden is not None:
        return hidden
    # The table of a subnet that lies outside is not at hand: it may be any of the ids given.
    return isinstance(followed, Outside) and any(isinstance(table, Outside) for table in tables)


def _may_be_among(places: tuple[Reference, ...], subnet: Inside | Outside) -> bool | Unknown:
    for place in places:
        if isinstance(place, Unresolved) and place.may_mean(subnet):
            return place.unknown
    return False


def _addresses_of(model: NetworkModel, environment: Environment) -> IntervalSet | Unknown | None:
    """Return the addresses of an environment's subnets; None when one of them lies outside."""
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    addresses = IntervalSet()
    for subnet in environment.subnets or ():
        if isinstance(subnet, Unresolved):
            return subnet.unknown
        if isinstance(subnet, Outside):
            return None
        cidr = model.subnets[subnet.urn].cidr
        if isinstance(cidr, Unknown):
            return cidr
        addresses |= cidr
    return addresses or None
