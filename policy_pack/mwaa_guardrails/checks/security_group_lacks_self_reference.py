"""A security group of an environment must let in all traffic from itself, or at least TCP 5432 and 443.

## What it does

Unites the inbound rules of the environment's groups and looks among the rules whose peer is the group itself
for all traffic, or for TCP 5432 and TCP 443 together, in one rule or in several.

## Why is this bad?

Schedulers and workers cannot reach the metadata database (TCP 5432) or the endpoints and the web server (TCP
443). The environment stays in `CREATING`, or comes up with a user interface that says the scheduler does not
seem to be running. Addresses in place of the group let in more than the guide's rule does.

## Known limits

Silent where one of the environment's groups is outside the stack, since that group may hold the rule. Groups
that let one another in, but none itself, get advice: every interface carries all of them, so packets pass. A
range of addresses in place of the group is a violation unless the option says otherwise.

A list of groups that is unknown as a whole at a first preview may hold a group outside the stack beside the
one it is made from: what lacks is then undetermined, unless the tag mwaa:environment declares that group.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from mwaa_guardrails.aws.decisions import Decision, Outcome, united
from mwaa_guardrails.aws.model import (
    Direction,
    Environment,
    Inside,
    NetworkModel,
    SecurityGroup,
    Unresolved,
)
from mwaa_guardrails.aws.security_group import decide, rules_for_addresses, rules_for_group
from mwaa_guardrails.checks.check import Check, Options, Severity, Substitutes
from mwaa_guardrails.checks.groups import Carried, carried_by
from mwaa_guardrails.checks.spelling import spelling_of
from mwaa_guardrails.documents.facts import DATABASE_PORT, HTTPS_PORT
from mwaa_guardrails.documents.requirements import (
    MWAA_MAKES_ITS_OWN_ENDPOINTS,
    SECURITY_GROUP_443_FROM_ITSELF,
    SECURITY_GROUP_5432_FROM_ITSELF,
    SECURITY_GROUP_5432_NEEDS_443,
    SECURITY_GROUP_DEFAULT_NO_INBOUND,
    SECURITY_GROUP_EITHER_FORM,
    SECURITY_GROUP_INBOUND_MUST,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
)
from mwaa_guardrails.faults import NoSelfReference
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.addresses import ANY_IPV4, EVERYWHERE
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import TCP, TrafficSet
from mwaa_guardrails.unknown import Unknown


def _tcp(port: int, remotes: IntervalSet = EVERYWHERE) -> TrafficSet:
    return TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=remotes, ports=IntervalSet.single(port))


# A rule's pattern spans every far address where the peer is a group, so the question does as well.
_DATABASE: Final = _tcp(DATABASE_PORT)
_PAIR: Final = _DATABASE | _tcp(HTTPS_PORT)


def _find(model: NetworkModel, options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        carried = carried_by(model, environment)
        if isinstance(carried, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=carried)
        elif carried is not None:
            yield from _judge(model, environment, carried, options)


def _judge(
    model: NetworkModel, environment: Environment, carried: Carried, options: Options
) -> Iterator[Finding | Undetermined]:
    groups = carried.groups
    own = [
        rule
        for urn, group in groups.items()
        for rule in rules_for_group(group, Direction.INGRESS, Inside(urn))
    ]
    decisions = decide(own, _PAIR)
    if united(decisions, Outcome.ALLOW).covers(_PAIR):
        return
    denied = tuple(each for each in decisions if each.outcome is Outcome.DENY)
    verdict = _degree(model, environment, groups, options) if denied else _first_unknown(decisions)
    if carried.unresolved and verdict is not None:
        verdict = carried.unresolved[0]
    if isinstance(verdict, Unknown):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=verdict)
    elif verdict is not None:
        first, *others = groups.values()
        yield Finding(
            check=CHECK.id,
            degree=verdict,
            environment=environment,
            subject=first.origin,
            related=tuple(group.origin for group in others),
            fault=NoSelfReference(denied=denied, spelling=spelling_of(first, Direction.INGRESS)),
            requirements=(SECURITY_GROUP_SELF_REFERENCE_ALL, SECURITY_GROUP_5432_NEEDS_443),
        )


def _degree(
    model: NetworkModel, environment: Environment, groups: Mapping[str, SecurityGroup], options: Options
) -> Degree | Unknown | None:
    """Say how bad the lack of a self reference is, by what lets the same packets in instead."""
    by_groups = [
        rule
        for group in groups.values()
        for urn in groups
        for rule in rules_for_group(group, Direction.INGRESS, Inside(urn))
    ]
    database = decide(by_groups, _DATABASE)
    if unknown := _first_unknown(database):
        return unknown
    chosen = options.substitutes
    if united(database, Outcome.DENY) and chosen in (None, Substitutes.REFUSE):
        # At best, addresses stand in place of the group: more gets in than the guide's rule lets in.
        return Degree.VIOLATION
    addresses = _addresses_of(model, environment)
    if isinstance(addresses, Unknown):
        return addresses
    by_anything = [
        *by_groups,
        *(rule for group in groups.values() for rule in rules_for_addresses(group, Direction.INGRESS)),
    ]
    packets = decide(by_anything, _tcp(DATABASE_PORT, addresses) | _tcp(HTTPS_PORT, addresses))
    if united(packets, Outcome.DENY):
        return Degree.VIOLATION
    if unknown := _first_unknown(packets):
        return unknown
    return None if chosen is Substitutes.ACCEPT else Degree.ADVICE


def _addresses_of(model: NetworkModel, environment: Environment) -> IntervalSet | Unknown:
    """Return the addresses of an environment's subnets; all of IPv4 where they lie outside the stack."""
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    addresses = IntervalSet()
    for subnet in environment.subnets or ():
        if isinstance(subnet, Unresolved):
            return subnet.unknown
        hosts = model.subnets[subnet.urn].hosts if isinstance(subnet, Inside) else ANY_IPV4
        if isinstance(hosts, Unknown):
            return hosts
        addresses |= hosts
    return addresses or ANY_IPV4


def _first_unknown(decisions: tuple[Decision, ...]) -> Unknown | None:
    return next((each.by for each in decisions if isinstance(each.by, Unknown)), None)


CHECK: Final = Check(
    id="security-group-lacks-self-reference",
    title="A security group of the environment lets in all traffic from itself, or TCP 5432 and 443.",
    severity=Severity.CRITICAL,
    requirements=(
        SECURITY_GROUP_SELF_REFERENCE_ALL,
        SECURITY_GROUP_5432_FROM_ITSELF,
        SECURITY_GROUP_5432_NEEDS_443,
        SECURITY_GROUP_443_FROM_ITSELF,
        SECURITY_GROUP_INBOUND_MUST,
        SECURITY_GROUP_EITHER_FORM,
        SECURITY_GROUP_DEFAULT_NO_INBOUND,
        MWAA_MAKES_ITS_OWN_ENDPOINTS,
    ),
    find=_find,
    knows_substitutes=True,
)
