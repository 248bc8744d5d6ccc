"""The network ACLs of an environment's subnets must let through what the environment needs, both ways.

## What it does

Asks each network ACL, entry by entry, about the flows that the documents describe: TCP 443 and 5432 between
the two subnets (endpoint interfaces and the metadata database stand in both, and names resolve to either),
TCP 443 out to Amazon S3 and, where there is a way out, to the internet, and the replies to all of them. The
ACL of a NAT gateway's own subnet is asked as well, and with private routing that of a subnet in which only an
interface endpoint stands. An entry that denies what nobody needs is no fault.

## Why is this bad?

Schedulers and workers lose the metadata database, the queue, the logs or the DAGs. A new environment stays in
`CREATING` and ends in `CREATE_FAILED`; one that ran stops when the entry is added, since an ACL cuts
connections that are open.

## Known limits

AWS does not say which public addresses its services use. An ACL that lets none through is at fault, one whose
owner denies some of them stays without a finding, and one that lets only a list through cannot be judged.
Replies are required on the ports of Amazon Linux, 32768 to 60999; the rest of 1024 to 65535 is advice. A NAT
gateway uses all of them: there an entry that denies one port of that rest, such as a service's, is advice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome, united
from mwaa_guardrails.aws.model import (
    HIGHEST_ENTRY_NUMBER,
    Direction,
    EndpointType,
    Entry,
    Environment,
    Inside,
    NetworkAcl,
    NetworkModel,
    Reference,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.network_acl import decide
from mwaa_guardrails.aws.routes import WayOut, has_s3_gateway_endpoint, nat_gateways_of, routing_of
from mwaa_guardrails.aws.vpc_endpoints import listed
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import serving_endpoints
from mwaa_guardrails.checks.spelling import spelling_of
from mwaa_guardrails.documents.facts import (
    DATABASE_PORT,
    DOCUMENTED_ENTRY_NUMBER,
    EPHEMERAL_PORTS,
    HTTPS_PORT,
    LINUX_EPHEMERAL_PORTS,
    S3,
    EndpointService,
)
from mwaa_guardrails.documents.requirements import (
    ACL_ALLOWS_OR_DENIES_PER_SUBNET,
    ACL_DEFAULT_ALLOWS_ALL,
    ACL_DENIES_THE_REST,
    ACL_EPHEMERAL_PORTS,
    ACL_EXAMPLE_FITS_BOTH_ROUTINGS,
    ACL_FIRST_MATCH_DECIDES,
    ACL_INBOUND_ALLOW_ALL,
    ACL_MUST_ALLOW_ALL,
    ACL_OUTBOUND_ALLOW_ALL,
    ACL_STATELESS_BOTH_DIRECTIONS,
    ACL_TAKES_NO_PREFIX_LIST,
    GATEWAY_ENDPOINT_TRAFFIC_IS_FILTERED,
)
from mwaa_guardrails.faults import BlockedFlow, BlockedTraffic, Purpose
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.addresses import ANY_IPV4, PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import TCP, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown

_HTTPS: Final = IntervalSet.single(HTTPS_PORT)
_DATABASE: Final = IntervalSet.single(DATABASE_PORT)
_LINUX_REPLIES: Final = IntervalSet.of(LINUX_EPHEMERAL_PORTS)
_ALL_REPLIES: Final = IntervalSet.of(EPHEMERAL_PORTS)
_BETWEEN_SUBNETS: Final = (
    (Purpose.DATABASE, _DATABASE),
    (Purpose.ENDPOINTS, _HTTPS),
    (Purpose.REPLIES, _LINUX_REPLIES),
)
_BOTH_WAYS: Final = (Direction.INGRESS, Direction.EGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Border:
    """The border of one subnet: every flow into or out of it passes this network ACL."""

    subnet: Reference
    acl: NetworkAcl


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What lies around one of an environment's own subnets.

    Attributes:
        others: The environment's other subnets.
        endpoints: Further subnets, in which interface endpoints stand that the environment is served by.
        routing: The way out of the VPC.
        s3_by_interface: Whether the name of S3 leads to an interface endpoint, or what hides it.
    """

    others: tuple[Reference, ...]
    endpoints: tuple[Reference, ...]
    routing: WayOut | Unknown
    s3_by_interface: bool | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocked:
    """A flow that an ACL denies, on its way to a finding."""

    degree: Degree
    acl: NetworkAcl
    direction: Direction
    flow: BlockedFlow


_Answer = _Blocked | Unknown
_Endpoints: TypeAlias = tuple[VpcEndpoint, ...] | Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        blocked: list[_Blocked] = []
        for answer in _judge(model, environment):
            if isinstance(answer, Unknown):
                yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
            else:
                blocked.append(answer)
        yield from _findings(environment, blocked)


def _judge(model: NetworkModel, environment: Environment) -> Iterator[_Answer]:
    if isinstance(environment.subnets, Unknown):
        yield environment.subnets
        return
    subnets = tuple(dict.fromkeys(environment.subnets or ()))
    routing = routing_of(model, environment)
    served = tuple(serving_endpoints(model, environment)) if routing is WayOut.NONE else ()
    endpoints = _endpoints(served)
    apart = [subnet for subnet in endpoints if subnet not in subnets]
    for subnet in subnets:
        own = _Own(
            others=tuple(other for other in subnets if other != subnet),
            endpoints=tuple(apart),
            routing=routing,
            s3_by_interface=next(
                (each for service, each in served if service == S3 and isinstance(each, Unknown)),
                any(S3.suffix in services for services in endpoints.values()),
            ),
        )
        yield from _settled(model, subnet, partial(_at_own_border, model, own))
        for other in apart:
            if not isinstance(other, Unresolved):
                yield from _settled(model, other, partial(_at_endpoints, model, subnet))
        for nat in nat_gateways_of(model, subnet):
            if nat.subnet is not None and nat.subnet != subnet and nat.public is True:
                yield from _settled(model, nat.subnet, partial(_through_nat, model, subnet))


def _settled(
    model: NetworkModel, subnet: Reference, judge: Callable[[_Border], Iterator[_Answer]]
) -> Iterator[_Answer]:
    """Judge the border of a subnet; of several network ACLs it may have, only what holds whichever it is."""
    possible = model.network_acls_of(subnet)
    answers = [
        _answers(judge(_Border(subnet=subnet, acl=acl))) if isinstance(acl, NetworkAcl) else ()
        for acl in possible.acls
    ]
    if possible.unknown is None or (answers and all(_breaks(each) for each in answers)):
        yield from answers[0]
    elif not answers or any(answers):
        yield possible.unknown


def _answers(judged: Iterable[_Answer]) -> tuple[_Answer, ...]:
    """Return what is said of a border; where it is broken in both directions, no question is left."""
    answers = tuple(judged)
    broken = {
        each.direction for each in answers if isinstance(each, _Blocked) and each.degree is Degree.VIOLATION
    }
    return tuple(each for each in answers if isinstance(each, _Blocked) or len(broken) < len(Direction))


def _breaks(answers: Iterable[_Answer]) -> bool:
    return any(isinstance(each, _Blocked) and each.degree is Degree.VIOLATION for each in answers)


def _endpoints(served: Iterable[tuple[EndpointService, _Endpoints]]) -> dict[Reference, set[str]]:
    """Return the subnets of the interface endpoints that serve an environment, each with the services."""
    found: dict[Reference, set[str]] = {}
    for service, endpoints in served:
        for endpoint in () if isinstance(endpoints, Unknown) else endpoints:
            if endpoint.type is EndpointType.INTERFACE:
                for subnet in listed(endpoint.subnets):
                    found.setdefault(subnet, set()).add(service.suffix)
    return found


def _at_own_border(model: NetworkModel, own: _Own, border: _Border) -> Iterator[_Answer]:
    """Judge what crosses the border of one of the environment's own subnets."""
    for other in own.others:
        yield from _between(model, border, other)
    for other in own.endpoints:
        yield from _to_endpoints(border, _addresses_of(model, other), Direction.EGRESS, Direction.INGRESS)
    if own.s3_by_interface is not True:
        yield from _to_public_addresses(model, border, own)


def _at_endpoints(model: NetworkModel, client: Reference, border: _Border) -> Iterator[_Answer]:
    """Judge what crosses the border of a subnet of endpoints, to and from one of the environment's."""
    yield from _to_endpoints(border, _addresses_of(model, client), Direction.INGRESS, Direction.EGRESS)


def _to_endpoints(
    border: _Border, far: IntervalSet | Unknown | None, there: Direction, back: Direction
) -> Iterator[_Answer]:
    yield from _required(border, there, Purpose.ENDPOINTS, _HTTPS, far)
    yield from _required(border, back, Purpose.REPLIES, _LINUX_REPLIES, far)
    yield from _advised_replies(border, back, far)


def _between(model: NetworkModel, border: _Border, other: Reference) -> Iterator[_Answer]:
    """Judge the flows between the subnet of a border and another subnet of the environment."""
    far = _addresses_of(model, other)
    for direction in _BOTH_WAYS:
        for purpose, ports in _BETWEEN_SUBNETS:
            yield from _required(border, direction, purpose, ports, far)
        yield from _advised_replies(border, direction, far)


def _addresses_of(model: NetworkModel, subnet: Reference) -> IntervalSet | Unknown | None:
    if isinstance(subnet, Inside):
        return model.subnets[subnet.urn].hosts
    return subnet.unknown if isinstance(subnet, Unresolved) else None


def _required(
    border: _Border,
    direction: Direction,
    purpose: Purpose,
    ports: IntervalSet,
    far: IntervalSet | Unknown | None,
) -> Iterator[_Answer]:
    """Judge one flow to or from known addresses; of unknown ones, only what holds wherever they lie."""
    if isinstance(far, IntervalSet):
        decisions = decide(border.acl, direction, _tcp(far, ports))
        yield from _denials(border, direction, purpose, decisions, Degree.VIOLATION)
        yield from _unknowns(decisions)
        return
    decisions = decide(border.acl, direction, _tcp(ANY_IPV4, ports))
    if not united(decisions, Outcome.ALLOW) and not any(_unknowns(decisions)):
        yield from _denials(border, direction, purpose, decisions, Degree.VIOLATION)
    elif far is not None and not united(decisions, Outcome.ALLOW).covers(_tcp(ANY_IPV4, ports)):
        yield far


def _advised_replies(
    border: _Border, direction: Direction, far: IntervalSet | Unknown | None
) -> Iterator[_Answer]:
    if isinstance(far, IntervalSet):
        decisions = decide(border.acl, direction, _tcp(far, _ALL_REPLIES - _LINUX_REPLIES - _DATABASE))
        yield from _denials(border, direction, Purpose.REPLIES, decisions, Degree.ADVICE)


def _to_public_addresses(model: NetworkModel, border: _Border, own: _Own) -> Iterator[_Answer]:
    """Judge TCP 443 to the internet or to S3's public addresses, and the replies."""
    internet = tuple(_public_flow(border, Purpose.INTERNET, _LINUX_REPLIES))
    if own.routing is WayOut.INTERNET:
        yield from internet
        return
    to_s3 = has_s3_gateway_endpoint(model, border.subnet)
    if to_s3 is True and isinstance(own.s3_by_interface, Unknown):
        to_s3 = own.s3_by_interface
    if to_s3 is True:
        yield from _public_flow(border, Purpose.S3, _LINUX_REPLIES)
    elif internet:
        yield from (each for each in (own.routing, to_s3) if isinstance(each, Unknown))


def _through_nat(model: NetworkModel, subnet: Reference, border: _Border) -> Iterator[_Answer]:
    """Judge the border of a NAT gateway's own subnet: traffic to the internet passes there too."""
    near = _addresses_of(model, subnet)
    yield from _required(border, Direction.INGRESS, Purpose.NAT, _HTTPS, near)
    yield from _required(border, Direction.EGRESS, Purpose.NAT, _LINUX_REPLIES, near)
    yield from _public_flow(border, Purpose.NAT, _ALL_REPLIES)


def _public_flow(border: _Border, purpose: Purpose, replies: IntervalSet) -> Iterator[_Answer]:
    """Judge TCP 443 out to public addresses and its replies: some address must pass both ways."""
    out = decide(border.acl, Direction.EGRESS, _tcp(PUBLIC_IPV4, _HTTPS))
    returning = decide(border.acl, Direction.INGRESS, _tcp(PUBLIC_IPV4, replies))
    holes = tuple(each for each in returning if _is_hole(each))
    back = tuple(each for each in returning if each not in holes)
    doubts = [*_unknowns(out), *_unknowns(back)]
    may_leave = PUBLIC_IPV4 - united(out, Outcome.DENY).remotes
    may_return = PUBLIC_IPV4 - united(back, Outcome.DENY).remotes
    usable = united(out, Outcome.ALLOW).remotes & (may_return - united(back, Outcome.UNKNOWN).remotes)
    if not may_leave:
        yield from _denials(border, Direction.EGRESS, purpose, out, Degree.VIOLATION)
    if not may_return or (may_leave and not may_leave & may_return):
        yield from _denials(border, Direction.INGRESS, purpose, back, Degree.VIOLATION)
    elif may_leave and not usable:
        yield doubts[0]
    elif may_leave and (_listed(out) or _listed(back)):
        yield Unknown(urn=border.acl.origin.urn, path="", reason=Reason.NOT_PUBLISHED)
    yield from _denials(border, Direction.INGRESS, purpose, holes, Degree.ADVICE)


def _is_hole(decision: Decision) -> bool:
    """Tell whether an entry denies replies on one port, such as a service's, that only NAT gateways use."""
    if decision.outcome is not Outcome.DENY or not isinstance(decision.by, Entry):
        return False
    denied = decision.by.pattern.possible
    return all(box.ports.size == 1 for box in denied.boxes) and denied.isdisjoint(
        _tcp(ANY_IPV4, _LINUX_REPLIES)
    )


def _listed(decisions: tuple[Decision, ...]) -> bool:
    """Tell whether only a list of public addresses passes: a line that denies them all denies the rest."""
    return any(
        each.by is Implicit.LAST_ENTRY
        or (isinstance(each.by, Entry) and each.by.pattern.sure.remotes.covers(PUBLIC_IPV4))
        for each in decisions
        if each.outcome is Outcome.DENY
    )


def _tcp(remotes: IntervalSet, ports: IntervalSet) -> TrafficSet:
    return TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=remotes, ports=ports)


def _unknowns(decisions: Iterable[Decision]) -> Iterator[Unknown]:
    return (each.by for each in decisions if isinstance(each.by, Unknown))


def _denials(
    border: _Border,
    direction: Direction,
    purpose: Purpose,
    decisions: tuple[Decision, ...],
    degree: Degree,
) -> Iterator[_Blocked]:
    for decision in decisions:
        if decision.outcome is Outcome.DENY:
            flow = BlockedFlow(
                purpose=purpose,
                subnet=border.subnet,
                decision=decision,
                witness=decision.share.witness(),
            )
            yield _Blocked(degree=degree, acl=border.acl, direction=direction, flow=flow)


def _findings(environment: Environment, blocked: list[_Blocked]) -> Iterator[Finding]:
    """Unite what one ACL denies in one direction; advice is left out where there is a violation."""
    by_place: dict[tuple[str, Direction], list[_Blocked]] = {}
    for each in blocked:
        by_place.setdefault((each.acl.origin.urn, each.direction), []).append(each)
    for (_, direction), all_of_place in by_place.items():
        worst = Degree.ADVICE
        if any(each.degree is Degree.VIOLATION for each in all_of_place):
            worst = Degree.VIOLATION
        flows = [each.flow for each in all_of_place if each.degree is worst]
        yield Finding(
            check=CHECK.id,
            degree=worst,
            environment=environment,
            subject=all_of_place[0].acl.origin,
            related=(),
            fault=BlockedTraffic(
                direction=direction,
                flows=tuple(flows),
                free_number=_number_before(flows, all_of_place[0].acl, direction),
                ports=EPHEMERAL_PORTS if all(_is_reply(flow) for flow in flows) else None,
                spelling=spelling_of(all_of_place[0].acl, direction),
            ),
            requirements=(
                ACL_INBOUND_ALLOW_ALL if direction is Direction.INGRESS else ACL_OUTBOUND_ALLOW_ALL,
                ACL_STATELESS_BOTH_DIRECTIONS,
            ),
        )


def _is_reply(flow: BlockedFlow) -> bool:
    return _tcp(ANY_IPV4, _ALL_REPLIES).covers(flow.decision.share)


def _number_before(flows: Iterable[BlockedFlow], acl: NetworkAcl, direction: Direction) -> int | None:
    """Return a rule number that comes before every entry that denies; the documented one where it is free."""
    deniers = [flow.decision.by for flow in flows if isinstance(flow.decision.by, Entry)]
    last = min(
        (each.number for each in deniers if isinstance(each.number, int)), default=HIGHEST_ENTRY_NUMBER + 1
    )
    used = {entry.number for entry in acl.entries if entry.direction is direction}
    wanted = (*range(DOCUMENTED_ENTRY_NUMBER, last), *range(last - 1, 0, -1))
    return next((number for number in wanted if number not in used), None)


CHECK: Final = Check(
    id="network-acl-blocks-required-traffic",
    title="The network ACLs let through what the environment needs, in both directions.",
    severity=Severity.CRITICAL,
    requirements=(
        ACL_INBOUND_ALLOW_ALL,
        ACL_OUTBOUND_ALLOW_ALL,
        ACL_STATELESS_BOTH_DIRECTIONS,
        ACL_FIRST_MATCH_DECIDES,
        ACL_MUST_ALLOW_ALL,
        ACL_EPHEMERAL_PORTS,
        ACL_EXAMPLE_FITS_BOTH_ROUTINGS,
        ACL_DENIES_THE_REST,
        ACL_DEFAULT_ALLOWS_ALL,
        ACL_ALLOWS_OR_DENIES_PER_SUBNET,
        ACL_TAKES_NO_PREFIX_LIST,
        GATEWAY_ENDPOINT_TRAFFIC_IS_FILTERED,
    ),
    find=_find,
)
