"""The security groups of an environment, united, must let out all traffic.

## What it does

Unites the outbound rules of the environment's groups and compares what they let out with all traffic to
0.0.0.0/0. With private routing the guide's narrower set passes as well: to the group itself, to the VPC's
block and to S3's prefix list. Groups that let out all that the environment needs, though not all traffic, are
advice: TCP 5432 and 443 to its own subnets, and TCP 443 to the internet or, with private routing, to its VPC
endpoints. Where the customer makes the endpoints of the database and the web server, what is let out to the
groups of these reaches them.

## Why is this bad?

Schedulers and workers cannot reach the metadata database, the queue, the logs or the bucket, and the
environment ends in `CREATE_FAILED`. pulumi-aws takes away the outbound rule that AWS gives a new group: a
group without a rule lets nothing out.

## Known limits

Silent where one of the environment's groups is outside the stack, since that group may hold the rule, and
where a prefix list outside the stack may hold the addresses. AWS does not say which public addresses its
services use: groups that let traffic out to none of them are at fault, and groups that let it out to a list
cannot be judged.

A list of groups that is unknown as a whole at a first preview may hold a group outside the stack beside the
one it is made from: what lacks is then undetermined, unless the tag mwaa:environment declares that group.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from mwaa_guardrails.aws.decisions import Decision, Outcome, united
from mwaa_guardrails.aws.model import (
    Direction,
    EndpointType,
    Environment,
    EnvironmentPart,
    Inside,
    NetworkModel,
    Outside,
    Peer,
    PeerKind,
    Reference,
    Rule,
    SecurityGroup,
    Service,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.aws.routes import WayOut, has_s3_gateway_endpoint, routing_of
from mwaa_guardrails.aws.security_group import (
    decide,
    rules_for_addresses,
    rules_for_group,
    rules_for_prefix_lists,
)
from mwaa_guardrails.aws.vpc_endpoints import endpoints_of, listed, vpc_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import endpoints_serving
from mwaa_guardrails.checks.groups import Carried, carried_by
from mwaa_guardrails.checks.spelling import spelling_of
from mwaa_guardrails.documents.facts import DATABASE_PORT, HTTPS_PORT, REQUIRED_ENDPOINT_SERVICES, S3
from mwaa_guardrails.documents.requirements import (
    SECURITY_GROUP_DEFAULT_OUTBOUND_ALL,
    SECURITY_GROUP_OUTBOUND_ALL,
    SECURITY_GROUP_OUTBOUND_MUST,
    SECURITY_GROUP_OUTBOUND_NARROW,
    SECURITY_GROUP_RULES_TOWARD_NAT,
)
from mwaa_guardrails.faults import BlockedOutbound, Outbound, Refused
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.addresses import ANY_IPV4, PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ICMP, TCP, UDP, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown

_ALL: Final = TrafficSet.of(remotes=ANY_IPV4)
_REQUIRED_SERVICES: Final = frozenset(each.suffix for each in REQUIRED_ENDPOINT_SERVICES)
_WELL_KNOWN: Final = ((UDP, 53), (ICMP, 8 * 256), (TCP, 22))
# What an environment reaches of itself, by the port.
_PARTS: Final = {DATABASE_PORT: EnvironmentPart.DATABASE, HTTPS_PORT: EnvironmentPart.WEB_SERVER}
# Where nobody sees the routes, what holds under each of these holds.
_WAYS_THERE_ARE: Final = (WayOut.NONE, WayOut.ELSEWHERE, WayOut.INTERNET)
# Stands for a prefix list that lies outside the stack: it may hold any address, and no preview will tell.
_UNSEEN: Final = Unknown(urn="", path="", reason=Reason.NOT_PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outbound:
    """The outbound rules of all groups of an environment, by what they let traffic out to.

    Attributes:
        addresses: To addresses, or what may be some.
        itself: To interfaces that carry one of the groups, or to addresses.
        s3: To the prefix list of S3, or what may be it, or to addresses.
    """

    addresses: tuple[Rule, ...]
    itself: tuple[Rule, ...]
    s3: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An environment, the groups it carries, and what they let out."""

    model: NetworkModel
    environment: Environment
    groups: Mapping[str, SecurityGroup]
    rules: _Outbound


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    """A TCP port that an environment must reach.

    Attributes:
        remotes: The addresses, each of them, or some of them where it is not known which.
        exact: Whether each of them must be reached.
        obstacle: Why it is not known which; None when that lies outside the stack.
    """

    toward: Outbound
    rules: tuple[Rule, ...]
    remotes: IntervalSet
    port: int
    exact: bool = True
    obstacle: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What the groups do not let out, and how bad that is.

    Attributes:
        private: Whether the narrower set would do.
        disputed: Whether AWS's documents disagree on whether that is let out.
    """

    degree: Degree
    refused: tuple[Refused, ...]
    private: bool = False
    disputed: bool = False


_Answer: TypeAlias = _Fault | Unknown | None


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        carried = carried_by(model, environment)
        answer = _judge(model, environment, carried) if isinstance(carried, Carried) else carried
        if isinstance(answer, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
        elif isinstance(answer, _Fault) and isinstance(carried, Carried):
            yield _finding(environment, carried.groups, answer)


def _judge(model: NetworkModel, environment: Environment, carried: Carried) -> _Answer:
    groups = carried.groups
    case = _Case(model=model, environment=environment, groups=groups, rules=_outbound(model, groups))
    everything = decide(case.rules.addresses, _ALL)
    if united(everything, Outcome.ALLOW).covers(_ALL):
        return None
    routing = routing_of(model, environment)
    ways = (routing,) if isinstance(routing, WayOut) and routing is not WayOut.UNSEEN else _WAYS_THERE_ARE
    answers = [_judge_way(case, everything, way) for way in ways]
    answer = min(answers, key=_weight)
    if isinstance(routing, Unknown) and not all(_alike(each, answer) for each in answers):
        return routing
    if isinstance(answer, Unknown) and answer.reason is Reason.DISPUTED:
        answer = _disputed(everything, answer)
    return carried.unresolved[0] if isinstance(answer, _Fault) and carried.unresolved else answer


def _disputed(everything: tuple[Decision, ...], unknown: Unknown) -> _Fault:
    """Return the advice not to rely on what AWS's documents disagree about."""
    share = next(each.share for each in everything if each.by == unknown)
    return _Fault(degree=Degree.ADVICE, refused=(_example(share),), disputed=True)


def _alike(one: _Answer, other: _Answer) -> bool:
    if isinstance(one, _Fault) and isinstance(other, _Fault):
        return one.degree is other.degree
    return one == other


def _weight(answer: _Answer) -> int:
    if isinstance(answer, _Fault):
        return 2 if answer.degree is Degree.ADVICE else 3
    return 0 if answer is None else 1


def _outbound(model: NetworkModel, groups: Mapping[str, SecurityGroup]) -> _Outbound:
    addresses: list[Rule] = []
    s3: list[Rule] = []
    for group in groups.values():
        addresses += rules_for_addresses(group, Direction.EGRESS)
        for rule in rules_for_prefix_lists(group, Direction.EGRESS):
            match rule.peer:
                case Peer(reference=Outside()):
                    # First, for whatever else is not known of the same packets would settle nothing.
                    addresses.insert(0, _at_most(rule, _UNSEEN))
                case Peer(reference=Unresolved(unknown, candidates)):
                    s3.append(_at_most(rule, unknown))
                    if not candidates:
                        addresses.append(_at_most(rule, unknown))
                case Peer(reference=Inside(urn)):
                    service = model.vpc_endpoints[urn].service
                    if isinstance(service, Unknown):
                        s3.append(_at_most(rule, service))
                    elif service is not None and service.name == S3.suffix:
                        s3.append(rule)
    itself = (
        rule
        for group in groups.values()
        for urn in groups
        for rule in rules_for_group(group, Direction.EGRESS, Inside(urn))
    )
    return _Outbound(addresses=tuple(addresses), itself=(*addresses, *itself), s3=(*addresses, *s3))


def _at_most(rule: Rule, unknown: Unknown) -> Rule:
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))


def _judge_way(case: _Case, everything: tuple[Decision, ...], way: WayOut) -> _Answer:
    """Judge groups that do not surely let out everything, for one way out."""
    private = way is WayOut.NONE
    answers = [_refusal(need) for need in _needs(case, way)]
    if private:
        answers.append(_refusal_to_s3(case))
    refused: dict[tuple[Outbound, int | None], Refused] = {}
    for each in answers:
        if isinstance(each, Refused):
            refused.setdefault((each.toward, each.witness.port), each)
    if refused:
        return _Fault(degree=Degree.VIOLATION, refused=tuple(refused.values()), private=private)
    unknown = next((each for each in answers if isinstance(each, Unknown)), None)
    if unknown is not None:
        return unknown
    narrow = _is_narrower_set(case) if private else False
    if narrow is not False:
        return None if narrow is True else narrow
    denied = [each.share for each in everything if each.outcome is Outcome.DENY]
    if denied:
        return _Fault(degree=Degree.ADVICE, refused=(_example(denied[0]),), private=private)
    return _first_unknown(everything)


def _needs(case: _Case, way: WayOut) -> Iterator[_Need]:
    # An environment whose subnets nobody names is somewhere all the same.
    own = case.environment.subnets or (Outside(""),)
    for remotes, exact, obstacle in _places(case.model, own, ANY_IPV4):
        for port, part in _PARTS.items():
            yield _Need(
                toward=Outbound.TO_ITSELF,
                rules=(*case.rules.itself, *_toward_part(case, part)),
                remotes=remotes,
                port=port,
                exact=exact,
                obstacle=obstacle,
            )
    if way is WayOut.INTERNET:
        yield _to_public_addresses(case, Outbound.TO_THE_INTERNET, case.rules.addresses)
    if way is WayOut.NONE:
        for endpoint in _interface_endpoints(case):
            yield from _to_endpoint(case, endpoint)


def _toward_part(case: _Case, part: EnvironmentPart) -> Iterator[Rule]:
    """Return the rules that let traffic out to the groups of the customer's endpoint of a part."""
    urn = case.environment.origin.urn
    for _, endpoint in sorted(case.model.vpc_endpoints.items()):
        service = endpoint.environment_service
        if service is None or urn not in service.environments or service.part not in (part, None):
            continue
        surely = service.sure and service.part is part
        for rule in _toward_groups_of(case, endpoint):
            yield rule if surely else _at_most(rule, Unknown(urn=endpoint.origin.urn, path="serviceName"))


def _to_endpoint(case: _Case, endpoint: VpcEndpoint) -> Iterator[_Need]:
    """Return the need to reach an interface endpoint in each of its subnets; it lies in its VPC anyhow."""
    rules = (*case.rules.addresses, *_toward_groups_of(case, endpoint))
    around = _addresses_in(case.model, endpoint.vpc)
    for remotes, exact, obstacle in _places(case.model, listed(endpoint.subnets), around):
        yield _Need(
            toward=Outbound.TO_ENDPOINTS,
            rules=rules,
            remotes=remotes,
            port=HTTPS_PORT,
            exact=exact,
            obstacle=obstacle,
        )


def _addresses_in(model: NetworkModel, vpc: Reference) -> IntervalSet:
    """Return the addresses that parts of a VPC may have, as far as anybody can say."""
    block = model.vpcs[vpc.urn].cidr if isinstance(vpc, Inside) else None
    if not isinstance(block, IntervalSet):
        return ANY_IPV4
    blocks = (subnet.cidr for subnet in model.subnets.values() if subnet.vpc == vpc)
    return IntervalSet.of(
        *block.spans, *(span for each in blocks if isinstance(each, IntervalSet) for span in each.spans)
    )


def _places(
    model: NetworkModel, subnets: tuple[Reference, ...] | Unknown, around: IntervalSet
) -> Iterator[tuple[IntervalSet, bool, Unknown | None]]:
    """Return the addresses of some subnets and that they are exact; else what is around, and why so."""
    for subnet in (Unresolved(subnets),) if isinstance(subnets, Unknown) else dict.fromkeys(subnets):
        hosts = model.subnets[subnet.urn].hosts if isinstance(subnet, Inside) else None
        if isinstance(hosts, IntervalSet):
            yield hosts, True, None
        else:
            yield around, False, subnet.unknown if isinstance(subnet, Unresolved) else hosts


def _to_public_addresses(case: _Case, toward: Outbound, rules: tuple[Rule, ...]) -> _Need:
    first = next(iter(case.groups.values())).origin
    return _Need(
        toward=toward,
        rules=rules,
        remotes=PUBLIC_IPV4,
        port=HTTPS_PORT,
        exact=False,
        obstacle=Unknown(urn=first.urn, path=first.path, reason=Reason.NOT_PUBLISHED),
    )


def _interface_endpoints(case: _Case) -> Iterator[VpcEndpoint]:
    vpc = vpc_of(case.model, case.environment)
    to_s3 = endpoints_serving(case.model, case.environment, S3.suffix)
    services = _REQUIRED_SERVICES - ({S3.suffix} if isinstance(to_s3, Unknown) else set())
    for endpoint in () if vpc is None else endpoints_of(case.model, vpc):
        if (
            endpoint.type is EndpointType.INTERFACE
            and isinstance(endpoint.service, Service)
            and endpoint.service.name in services
            and endpoint.private_dns is not False
        ):
            yield endpoint


def _toward_groups_of(case: _Case, endpoint: VpcEndpoint) -> Iterator[Rule]:
    """Return the rules that let traffic out to interfaces with one of an endpoint's security groups."""
    for group in case.groups.values():
        for reference in listed(endpoint.security_groups):
            if not isinstance(reference, Unresolved):
                yield from rules_for_group(group, Direction.EGRESS, reference)
                continue
            for rule in group.rules:
                if rule.direction is Direction.EGRESS and _is_toward_a_group(rule):
                    yield _at_most(rule, reference.unknown)


def _is_toward_a_group(rule: Rule) -> bool:
    return isinstance(rule.peer, Peer) and rule.peer.kind is PeerKind.SECURITY_GROUP


def _refusal_to_s3(case: _Case) -> Refused | Unknown | None:
    """Return what keeps an environment from S3 where its routes lead there by a gateway endpoint."""
    serving = endpoints_serving(case.model, case.environment, S3.suffix)
    if isinstance(serving, Unknown):
        return serving
    if any(
        isinstance(each.service, Service) and each.service.name == S3.suffix
        for each in _interface_endpoints(case)
    ):
        return None
    subnets = case.environment.subnets
    if isinstance(subnets, Unknown):
        return None
    gateways = [has_s3_gateway_endpoint(case.model, subnet) for subnet in subnets or ()]
    refusal = _refusal(_to_public_addresses(case, Outbound.TO_S3, case.rules.s3))
    if True in gateways or refusal is None:
        return refusal
    return next((each for each in gateways if isinstance(each, Unknown)), None)


def _refusal(need: _Need) -> Refused | Unknown | None:
    """Return a needed packet that nothing lets out, or why nobody knows; None also where it is unseen."""
    decisions = decide(need.rules, _tcp(need.remotes, need.port))
    denied = next((each.share for each in decisions if each.outcome is Outcome.DENY), None)
    if denied is not None and (need.exact or len(decisions) == 1):
        return Refused(toward=need.toward, witness=denied.witness())
    return _first_unknown(decisions) or (need.obstacle if denied else None)


def _is_narrower_set(case: _Case) -> bool | Unknown:
    """Tell whether the groups let out to themselves, to the VPC's block and to S3's prefix list."""
    rules = case.rules
    vpc = vpc_of(case.model, case.environment)
    block = case.model.vpcs[vpc.urn].cidr if isinstance(vpc, Inside) else None
    answers = [
        decide(rules.s3, _tcp(PUBLIC_IPV4, HTTPS_PORT)),
        *(
            decide(rules.itself, TrafficSet.of(remotes=remotes))
            for remotes, exact, _ in _places(case.model, case.environment.subnets or (), ANY_IPV4)
            if exact
        ),
    ]
    if isinstance(block, IntervalSet):
        answers.append(decide(rules.addresses, TrafficSet.of(remotes=block)))
    elif united(decide(rules.addresses, _ALL), Outcome.DENY).remotes.covers(ANY_IPV4):
        return False  # wherever the block lies, some of the traffic to it is denied
    if any(each.outcome is Outcome.DENY for decisions in answers for each in decisions):
        return False
    unknowns = [unknown for each in answers if (unknown := _first_unknown(each)) is not None]
    if isinstance(block, Unknown):
        unknowns.append(block)
    return unknowns[0] if unknowns else True


def _first_unknown(decisions: Iterable[Decision]) -> Unknown | None:
    return next((each.by for each in decisions if isinstance(each.by, Unknown) and each.by != _UNSEEN), None)


def _tcp(remotes: IntervalSet, port: int) -> TrafficSet:
    return TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=remotes, ports=IntervalSet.single(port))


def _example(denied: TrafficSet) -> Refused:
    """Return a packet out of all that is denied which people know: a look-up of a name, a ping, a login."""
    wanted = (
        TrafficSet.of(
            protocols=IntervalSet.single(protocol), remotes=PUBLIC_IPV4, ports=IntervalSet.single(port)
        )
        for protocol, port in _WELL_KNOWN
    )
    shares = (denied & each for each in wanted)
    return Refused(
        toward=Outbound.ANYWHERE, witness=next((each for each in shares if each), denied).witness()
    )


def _finding(environment: Environment, groups: Mapping[str, SecurityGroup], fault: _Fault) -> Finding:
    first, *others = groups.values()
    return Finding(
        check=CHECK.id,
        degree=fault.degree,
        environment=environment,
        subject=first.origin,
        related=tuple(group.origin for group in others),
        fault=BlockedOutbound(
            refused=fault.refused,
            spelling=spelling_of(first, Direction.EGRESS),
            disputed=fault.disputed,
        ),
        requirements=(SECURITY_GROUP_OUTBOUND_ALL, SECURITY_GROUP_OUTBOUND_NARROW)
        if fault.private
        else (SECURITY_GROUP_OUTBOUND_ALL,),
    )


CHECK: Final = Check(
    id="security-group-blocks-outbound",
    title="The security groups of the environment let out all traffic, or what the guide asks for at least.",
    severity=Severity.CRITICAL,
    requirements=(
        SECURITY_GROUP_OUTBOUND_ALL,
        SECURITY_GROUP_OUTBOUND_MUST,
        SECURITY_GROUP_OUTBOUND_NARROW,
        SECURITY_GROUP_RULES_TOWARD_NAT,
        SECURITY_GROUP_DEFAULT_OUTBOUND_ALL,
    ),
    find=_find,
)
