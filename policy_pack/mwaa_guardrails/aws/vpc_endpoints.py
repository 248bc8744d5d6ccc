"""What VPC endpoints do for an environment: which there are, where they stand, whom they let in.

Sources: "Access an AWS service using an interface VPC endpoint" and "Gateway endpoints" in the AWS
PrivateLink guide; EC2 API Reference, CreateVpcEndpoint.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mwaa_guardrails.aws.decisions import Decision, Outcome, united
from mwaa_guardrails.aws.model import (
    Direction,
    EndpointType,
    Environment,
    Inside,
    NetworkModel,
    Outside,
    Peer,
    PeerKind,
    Reference,
    References,
    Rule,
    SecurityGroup,
    Service,
    Subnet,
    Unresolved,
    VpcEndpoint,
    surely_differ,
)
from mwaa_guardrails.aws.routes import lists_table_of
from mwaa_guardrails.aws.security_group import (
    decide,
    rules_for_addresses,
    rules_for_group,
    rules_for_prefix_lists,
)
from mwaa_guardrails.aws.zones import same_zone
from mwaa_guardrails.net.addresses import ANY_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import TCP, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown


def vpc_of(model: NetworkModel, environment: Environment) -> Reference | None:
    """Return the VPC of an environment's subnets, a known one first; None when no subnet is at hand."""
    if isinstance(environment.subnets, Unknown):
        return Unresolved(environment.subnets)
    vpcs = [vpc for subnet in environment.subnets or () if (vpc := model.vpc_of(subnet)) is not None]
    return next((vpc for vpc in vpcs if not isinstance(vpc, Unresolved)), vpcs[0] if vpcs else None)


def listed(references: References) -> tuple[Reference, ...]:
    """Return a list of references; one that is unknown as a whole as a reference to anything it may hold."""
    return (references,) if isinstance(references, Unresolved) else references


def endpoints_of(model: NetworkModel, vpc: Reference) -> tuple[VpcEndpoint, ...]:
    """Return the endpoints that surely stand in a VPC, in the order of URNs."""
    if isinstance(vpc, Unresolved):
        return ()
    return tuple(each for each in _in_order(model) if each.vpc == vpc)


def endpoints_for(model: NetworkModel, environment: Environment, service: str) -> tuple[VpcEndpoint, ...]:
    """Return the endpoints of a service that surely stand in an environment's VPC, in the order of URNs.

    Those of another Region do not count; where nobody knows the environment's Region, any counts.
    """
    vpc = vpc_of(model, environment)
    return tuple(
        each
        for each in (() if vpc is None else endpoints_of(model, vpc))
        if isinstance(each.service, Service)
        and _is_of(each.service, environment, (service,))
        and each.type is not EndpointType.OTHER
    )


def doubtful_endpoints(
    model: NetworkModel, environment: Environment, services: Iterable[str]
) -> tuple[Unknown, ...]:
    """Return, for each endpoint that may turn out to be one of these services' in a VPC, what hides it."""
    vpc = vpc_of(model, environment)
    if vpc is None or isinstance(vpc, Unresolved):
        return ()
    wanted = tuple(services)
    return tuple(
        unknown
        for each in _in_order(model)
        if each.type is not EndpointType.OTHER
        if (unknown := _doubt(each, environment, vpc, wanted)) is not None
    )


def _in_order(model: NetworkModel) -> Iterator[VpcEndpoint]:
    return (model.vpc_endpoints[urn] for urn in sorted(model.vpc_endpoints))


def _is_of(service: Service, environment: Environment, names: tuple[str, ...]) -> bool:
    return service.name in names and (
        not isinstance(environment.region, str) or service.region == environment.region
    )


def _doubt(
    endpoint: VpcEndpoint, environment: Environment, vpc: Inside | Outside, services: tuple[str, ...]
) -> Unknown | None:
    named = endpoint.service
    if named is None or (isinstance(named, Service) and not _is_of(named, environment, services)):
        return None
    if isinstance(endpoint.vpc, Unresolved):
        return endpoint.vpc.unknown if endpoint.vpc.may_mean(vpc) else None
    return named if endpoint.vpc == vpc and isinstance(named, Unknown) else None


def serving(endpoints: tuple[VpcEndpoint, ...], *, by_gateway: bool) -> tuple[VpcEndpoint, ...] | Unknown:
    """Return, of the endpoints of one service, those by which a VPC's clients reach it, or what hides that.

    The service's public name leads to an interface endpoint with private DNS. Without one, a gateway endpoint
    takes the traffic by its route, where the service has such endpoints; then any interface endpoint is left.
    """
    interfaces = tuple(each for each in endpoints if each.type is EndpointType.INTERFACE)
    gateways = tuple(each for each in endpoints if each.type is EndpointType.GATEWAY)
    named = tuple(each for each in interfaces if each.private_dns is True)
    untold = tuple(each for each in endpoints if isinstance(each.type, Unknown))
    if by_gateway and gateways and not named:
        hidden = (_hidden_name(each) for each in (*interfaces, *untold))
        return next((each for each in hidden if each is not None), gateways)
    return next((found for found in (named, interfaces, untold) if found), gateways)


def _hidden_name(endpoint: VpcEndpoint) -> Unknown | None:
    """Return why the public name of a service may lead to an endpoint although nobody knows that it does."""
    if endpoint.private_dns is False:
        return None
    return next((each for each in (endpoint.type, endpoint.private_dns) if isinstance(each, Unknown)), None)


class Zones(StrEnum):
    """Whether an endpoint stands in the Availability Zones of subnets that it is not in."""

    COVERED = "it stands in the same Availability Zones"
    LACKED = "it stands in none of them"
    UNSEEN = "its subnets lie outside this stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where an endpoint does not stand although an environment does.

    Attributes:
        lacking: The subnets without it; empty when it stands in too few and nobody knows which.
        crossing: Of these, the ones in whose Availability Zone nobody sees it either.
        zones: Whether it stands in their Availability Zones nevertheless, or what hides the answer.
    """

    lacking: tuple[Reference, ...]
    crossing: tuple[Reference, ...]
    zones: Zones | Unknown


def gap_of(
    model: NetworkModel, endpoints: tuple[VpcEndpoint, ...], environment: Environment
) -> Gap | Unknown | None:
    """Return where none of these endpoints, of one type and one service, stands; None when there is no gap.

    An interface endpoint stands in subnets, a gateway endpoint in the route tables that they follow. What
    cannot be known hides a gap only where nothing else shows one.
    """
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    subnets = tuple(dict.fromkeys(environment.subnets or ()))
    lacking: list[Reference] = []
    hidden: list[Unknown] = []
    for subnet in subnets:
        answers = [stands_in(model, each, subnet) for each in endpoints]
        unknown = next((each for each in answers if isinstance(each, Unknown)), None)
        if True in answers or None in answers:
            continue
        if unknown is None:
            lacking.append(subnet)
        else:
            hidden.append(unknown)
    too_few = _has_fewer_interfaces(endpoints, subnets)
    if not lacking:
        if hidden and too_few:
            return Gap(lacking=(), crossing=(), zones=Zones.LACKED)
        return hidden[0] if hidden else None
    if _are_gateways(endpoints):
        return Gap(lacking=tuple(lacking), crossing=tuple(lacking), zones=Zones.LACKED)
    places = tuple(place for each in endpoints for place in listed(each.subnets))
    by_subnet = {each: _zone_of(model, each, places) for each in lacking}
    crossing = tuple(each for each, zone in by_subnet.items() if zone is not Zones.COVERED)
    zones = Zones.LACKED if too_few and crossing else _zones(by_subnet.values())
    return Gap(lacking=tuple(lacking), crossing=crossing, zones=zones)


def subnets_for(
    model: NetworkModel, endpoint: VpcEndpoint, environment: Environment, gap: Gap
) -> tuple[Reference, ...]:
    """Return where an interface endpoint should stand to close a gap, still serving whom it serves.

    It can be in one subnet of a zone ("Create an interface endpoint"). Where it is in none it is added, and
    moved only where it is in another subnet of the same zone.
    """
    subnets = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    standing = listed(endpoint.subnets)
    if gap.crossing and gap.zones is Zones.LACKED:
        return tuple(dict.fromkeys((*standing, *gap.crossing)))
    others = (each for each in standing if _zone_of(model, each, subnets) is Zones.LACKED)
    return tuple(dict.fromkeys((*subnets, *others)))


def one_of_each_zone(model: NetworkModel, subnets: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return the subnets without those that lie in the Availability Zone of one before."""
    kept: list[Reference] = []
    for each in dict.fromkeys(subnets):
        if _zone_of(model, each, kept) is not Zones.COVERED:
            kept.append(each)
    return tuple(kept)


def _are_gateways(endpoints: tuple[VpcEndpoint, ...]) -> bool:
    return endpoints[0].type is EndpointType.GATEWAY


def _has_fewer_interfaces(endpoints: tuple[VpcEndpoint, ...], subnets: Iterable[Reference]) -> bool:
    """Tell whether there are surely fewer interfaces than subnets, each in a zone of its own."""
    if _are_gateways(endpoints) or any(isinstance(each.subnets, Unresolved) for each in endpoints):
        return False
    distinct = sum(not isinstance(each, Unresolved) for each in subnets)
    return sum(len(listed(each.subnets)) for each in endpoints) < distinct


def stands_in(model: NetworkModel, endpoint: VpcEndpoint, subnet: Reference) -> bool | Unknown | None:
    """Tell whether an endpoint stands in a subnet; None when it may, by what lies outside the stack."""
    places = endpoint.route_tables if endpoint.type is EndpointType.GATEWAY else endpoint.subnets
    if places == ():
        return False
    if isinstance(subnet, Unresolved):
        return subnet.unknown
    if endpoint.type is EndpointType.GATEWAY:
        found = lists_table_of(model, places, subnet)
        followed = model.route_table_of(subnet)
        # Without an association at hand, the table of what lies outside may be any.
        unseen = isinstance(followed, Outside) and followed in (subnet, model.vpc_of(subnet))
        return None if unseen and found is False else found
    return subnet in listed(places) or next(
        (each.unknown for each in listed(places) if isinstance(each, Unresolved) and each.may_mean(subnet)),
        False,
    )


def _zones(answers: Collection[Zones | Unknown]) -> Zones | Unknown:
    for answer in (Zones.LACKED, Zones.UNSEEN):
        if answer in answers:
            return answer
    return next((each for each in answers if isinstance(each, Unknown)), Zones.COVERED)


def _zone_of(model: NetworkModel, subnet: Reference, places: Collection[Reference]) -> Zones | Unknown:
    """Return whether one of the places lies in the Availability Zone of a subnet."""
    if not places:
        return Zones.LACKED
    if not isinstance(subnet, Inside):
        return Zones.UNSEEN
    part = model.subnets[subnet.urn]
    answers: list[Zones | Unknown] = []
    for place in places:
        if isinstance(place, Outside):
            answers.append(Zones.UNSEEN)
        elif isinstance(place, Inside):
            answers.append(_shared_zone(part, model.subnets[place.urn]))
        elif place.may_lie_outside or any(
            same_zone(part, model.subnets[urn]) is not False for urn in place.candidates
        ):
            answers.append(place.unknown)
    if Zones.COVERED in answers:
        return Zones.COVERED
    hidden = next((each for each in answers if isinstance(each, Unknown)), None)
    return hidden or (Zones.UNSEEN if Zones.UNSEEN in answers else Zones.LACKED)


def _shared_zone(one: Subnet, other: Subnet) -> Zones | Unknown:
    same = same_zone(one, other)
    if same is not None:
        return Zones.COVERED if same else Zones.LACKED
    untold = one if not isinstance(one.zone, str) else other
    if isinstance(untold.zone, Unknown):
        return untold.zone
    return Unknown(urn=untold.origin.urn, path="availabilityZone", reason=Reason.NOT_YET)


class Admittance(StrEnum):
    """Whether the security groups of an endpoint let an environment in on a TCP port."""

    BY_GROUP_OF_ENVIRONMENT = "by a group of the environment"
    BY_OWN_GROUP = "by a group of its own"
    REFUSED = "refused"
    UNSEEN = "by what lies outside this stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What the security groups of an endpoint say to an environment.

    Attributes:
        port: The TCP port asked for.
        admittance: Whether they let it in.
        denied: What nothing lets in.
    """

    port: int
    admittance: Admittance
    denied: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """Who meets whom at an endpoint, as far as it is sure, and as far as it is possible.

    Attributes:
        carried: The groups that the endpoint carries.
        own: The groups that the environment carries.
        outside: Why the environment may carry others that lie outside; None when it does not.
        asked: The packets of the environment.
        exact: Whether it surely sends all of them; else nobody knows which.
    """

    carried: tuple[Reference, ...]
    own: tuple[Reference, ...]
    outside: Unknown | None
    asked: TrafficSet
    exact: bool

    def admits(self, model: NetworkModel) -> bool:
        """Tell whether all of the packets are surely let in."""
        return united(self.sure(model), Outcome.ALLOW).covers(self.asked)

    def refused(self, model: NetworkModel) -> tuple[Decision, ...]:
        """Return what is surely refused of what the environment surely sends."""
        possible = self.possible(model)
        if self.exact or united(possible, Outcome.DENY).covers(self.asked):
            return tuple(each for each in possible if each.outcome is Outcome.DENY)
        return ()

    def sure(self, model: NetworkModel) -> tuple[Decision, ...]:
        """Return what the groups decide that are surely there."""
        return self._decided(model, _known(self.carried), _known(self.own))

    def possible(self, model: NetworkModel) -> tuple[Decision, ...]:
        """Return what the groups decide together with all that may be there."""
        carried = _possible(self.carried)
        return self._decided(model, carried, (*_possible(self.own), *self._outsiders(model, carried)))

    def _outsiders(self, model: NetworkModel, carried: tuple[Reference, ...]) -> Iterator[Outside]:
        """Yield the groups outside that rules name and that the environment may carry."""
        if self.outside is not None:
            for group in _groups(model, carried):
                for rule in group.rules:
                    if isinstance(rule.peer, Peer) and isinstance(rule.peer.reference, Outside):
                        yield rule.peer.reference

    def _decided(
        self, model: NetworkModel, carried: tuple[Reference, ...], own: tuple[Reference, ...]
    ) -> tuple[Decision, ...]:
        groups = _groups(model, carried)
        return decide(
            [
                *(rule for group in groups for peer in own for rule in _from_group(group, peer)),
                *(rule for group in groups for rule in rules_for_addresses(group, Direction.INGRESS)),
            ],
            self.asked,
        )


def admission(
    model: NetworkModel, endpoint: VpcEndpoint, environment: Environment, port: int
) -> Admission | Unknown:
    """Return whether the groups of an interface endpoint let an environment in on a TCP port.

    The groups of an interface unite, on either side. Where an endpoint carries a group of the environment
    that lets nobody in, and no group of the environment lets it in from itself, the environment's own rules
    are at fault, not the endpoint.
    """
    if isinstance(environment.security_groups, Unknown):
        return environment.security_groups
    addresses = _addresses_of(model, environment)
    remotes = addresses if isinstance(addresses, IntervalSet) else ANY_IPV4
    asked = TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=remotes, ports=IntervalSet.single(port))
    own = tuple(dict.fromkeys(environment.security_groups or ()))
    door = _Door(
        carried=listed(endpoint.security_groups),
        own=own,
        outside=environment.groups_outside,
        asked=asked,
        exact=isinstance(addresses, IntervalSet),
    )
    if not own:
        return Admission(port=port, admittance=Admittance.UNSEEN)
    if door.admits(model):
        return _admitted(door, port)
    refused = door.refused(model)
    lists = tuple(_prefix_lists(model, door))
    outside = any(isinstance(each, Outside) for each in (*door.carried, *lists))
    hidden = [
        each.unknown
        for each in (*door.carried, *own, *lists)
        if isinstance(each, Unresolved) and each.may_lie_outside
    ]
    if refused and not outside and not hidden:
        return _refused(model, door, Admission(port=port, admittance=Admittance.REFUSED, denied=refused))
    if outside or addresses is None:
        by = Admittance.BY_GROUP_OF_ENVIRONMENT if _shared(door) is True else Admittance.UNSEEN
        return Admission(port=port, admittance=by)
    hidden += (each.by for each in door.sure(model) if isinstance(each.by, Unknown))
    hidden += (each.unknown for each in (*door.carried, *own) if isinstance(each, Unresolved))
    hidden += (each for each in (door.outside,) if each is not None)
    return (*hidden, addresses)[0] if isinstance(addresses, Unknown) else hidden[0]


def _refused(model: NetworkModel, door: _Door, refusal: Admission) -> Admission | Unknown:
    at_fault = _own_rules_at_fault(model, door)
    if isinstance(at_fault, Unknown):
        return at_fault
    by = Admittance.BY_GROUP_OF_ENVIRONMENT
    return Admission(port=refusal.port, admittance=by) if at_fault else refusal


def _admitted(door: _Door, port: int) -> Admission | Unknown:
    shared = _shared(door)
    if isinstance(shared, Unknown):
        return shared
    by = Admittance.BY_GROUP_OF_ENVIRONMENT if shared else Admittance.BY_OWN_GROUP
    return Admission(port=port, admittance=by)


def _shared(door: _Door) -> bool | Unknown:
    """Tell whether an endpoint carries a group of the environment."""
    if any(each in _known(door.own) for each in door.carried):
        return True
    for one, others in ((door.carried, door.own), (door.own, door.carried)):
        for each in one:
            if isinstance(each, Unresolved) and any(not surely_differ(each, other) for other in others):
                return each.unknown
    if door.outside is not None and any(isinstance(each, Outside) for each in door.carried):
        return door.outside
    return False


def _own_rules_at_fault(model: NetworkModel, door: _Door) -> bool | Unknown:
    """Tell whether an endpoint refuses only what the environment's groups, all of them, refuse themselves.

    Of a group that lies outside nobody can say so.
    """
    shared = _shared(door)
    if shared is False or any(isinstance(each, Outside) for each in door.own):
        return False
    within = replace(door, carried=door.own)
    if within.admits(model):
        return False
    hidden = [each for each in (shared, door.outside) if isinstance(each, Unknown)]
    hidden += (
        each.unknown
        for each in _prefix_lists(model, within)
        if isinstance(each, Unresolved) and each.may_lie_outside
    )
    if not within.refused(model):
        hidden += [each.by for each in within.sure(model) if isinstance(each.by, Unknown)]
        hidden += [each.unknown for each in door.own if isinstance(each, Unresolved)]
    return hidden[0] if hidden else True


def _known(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple(each for each in references if not isinstance(each, Unresolved))


def _possible(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return the references and, in place of one that cannot be followed yet, all it may mean."""
    meant: list[Reference] = []
    for each in references:
        meant += (Inside(urn) for urn in each.candidates) if isinstance(each, Unresolved) else (each,)
    return tuple(dict.fromkeys(meant))


def _groups(model: NetworkModel, references: Iterable[Reference]) -> tuple[SecurityGroup, ...]:
    return tuple(model.security_groups[each.urn] for each in references if isinstance(each, Inside))


def _from_group(group: SecurityGroup, peer: Reference) -> tuple[Rule, ...]:
    return rules_for_group(group, Direction.INGRESS, peer)


def _prefix_lists(model: NetworkModel, door: _Door) -> Iterator[Reference]:
    """Return the prefix lists by which a group may let the environment in: what is in them is not at hand."""
    for group in _groups(model, _possible(door.carried)):
        for rule in rules_for_prefix_lists(group, Direction.INGRESS):
            if (
                isinstance(rule.peer, Peer)
                and rule.peer.kind is PeerKind.PREFIX_LIST
                and rule.peer.reference is not None
                and not rule.pattern.possible.isdisjoint(door.asked)
            ):
                yield rule.peer.reference


def _addresses_of(model: NetworkModel, environment: Environment) -> IntervalSet | Unknown | None:
    """Return the addresses of an environment's subnets; None when one of them lies outside."""
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    addresses = IntervalSet()
    hidden: Unknown | None = None
    for subnet in environment.subnets or ():
        if isinstance(subnet, Outside):
            return None
        hosts = model.subnets[subnet.urn].hosts if isinstance(subnet, Inside) else subnet.unknown
        if isinstance(hosts, Unknown):
            hidden = hidden or hosts
        else:
            addresses |= hosts
    return hidden or addresses or None
