"""A security group, network ACL or route table should have its lines in one place: inline, or as resources.

## What it does

Looks at the security groups of an environment, and at the network ACLs and route tables of its subnets, for
lines in the resource itself (`ingress`, `egress`, `routes`) beside resources of their own for the same
direction. What the program wrote counts: after a refresh AWS's answer shows separate lines inline, too. An
adopted default group or ACL takes all lines for its own, whether it states any or none.

## Why is this bad?

A resource with inline lines removes every other line at its next update, and the next update after that puts
them back: half of the time a rule that the environment needs is not there.

## Known limits

The other checks judge the union of all lines, as it is right after a deployment.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import (
    Direction,
    Entry,
    Environment,
    Inside,
    NetworkAcl,
    NetworkModel,
    Route,
    RouteTable,
    Rule,
    SecurityGroup,
)
from mwaa_guardrails.checks.check import Check, Level, Options, Severity
from mwaa_guardrails.checks.possible import possibly_named
from mwaa_guardrails.documents.requirements import (
    SEPARATE_ENTRIES_NOT_BESIDE_INLINE,
    SEPARATE_ROUTES_NOT_BESIDE_INLINE,
    SEPARATE_RULES_NOT_BESIDE_INLINE,
    Requirement,
)
from mwaa_guardrails.faults import Contested, Overwritten
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown

_Holder: TypeAlias = SecurityGroup | NetworkAcl | RouteTable
_RULES: Final = {
    Direction.INGRESS: Overwritten.INBOUND_RULES,
    Direction.EGRESS: Overwritten.OUTBOUND_RULES,
}
_ENTRIES: Final = {
    Direction.INGRESS: Overwritten.INBOUND_ENTRIES,
    Direction.EGRESS: Overwritten.OUTBOUND_ENTRIES,
}

_SENTENCES: Final[Mapping[Overwritten, Requirement]] = {
    Overwritten.INBOUND_RULES: SEPARATE_RULES_NOT_BESIDE_INLINE,
    Overwritten.OUTBOUND_RULES: SEPARATE_RULES_NOT_BESIDE_INLINE,
    Overwritten.INBOUND_ENTRIES: SEPARATE_ENTRIES_NOT_BESIDE_INLINE,
    Overwritten.OUTBOUND_ENTRIES: SEPARATE_ENTRIES_NOT_BESIDE_INLINE,
    Overwritten.ROUTES: SEPARATE_ROUTES_NOT_BESIDE_INLINE,
}


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        holders: dict[str, tuple[_Holder, Unknown | None]] = {}
        for holder, hidden in _holders(model, environment):
            # What is surely the environment's is not hidden by what may be.
            known = holders.get(holder.origin.urn)
            if known is None or known[1] is not None:
                holders[holder.origin.urn] = (holder, hidden)
        for holder, hidden in holders.values():
            yield from _judge(environment, holder, hidden)


def _holders(model: NetworkModel, environment: Environment) -> Iterator[tuple[_Holder, Unknown | None]]:
    for urn, hidden in possibly_named(environment.security_groups, model.security_groups):
        yield model.security_groups[urn], hidden
    for urn, hidden in possibly_named(environment.subnets, model.subnets):
        possible = model.network_acls_of(Inside(urn))
        for acl in possible.acls:
            if isinstance(acl, NetworkAcl):
                yield acl, hidden or possible.unknown
        table = model.route_table_of(Inside(urn))
        if isinstance(table, RouteTable):
            yield table, hidden


def _judge(
    environment: Environment, holder: _Holder, hidden: Unknown | None
) -> Iterator[Finding | Undetermined]:
    for what, lines in _owned(holder):
        separate = [each for each in lines if each.origin.urn != holder.origin.urn]
        doubts = {_doubt(each) for each in separate}
        if None in doubts and hidden is None:
            rivals = dict.fromkeys(each.origin for each in separate if _doubt(each) is None)
            yield Finding(
                check=CHECK.id,
                degree=Degree.ADVICE,
                environment=environment,
                subject=holder.origin,
                related=tuple(rivals),
                fault=Contested(what=what, rivals=tuple(rivals)),
                requirements=(_SENTENCES[what],),
            )
        elif separate:
            unknown = hidden or next(each for each in map(_doubt, separate) if each is not None)
            yield Undetermined(check=CHECK.id, environment=environment, unknown=unknown)


def _owned(holder: _Holder) -> Iterator[tuple[Overwritten, tuple[Rule | Entry | Route, ...]]]:
    """Return what a resource takes for its own, with all the lines there are of it."""
    match holder:
        case SecurityGroup():
            for each in sorted(holder.owned):
                yield _RULES[each], tuple(rule for rule in holder.rules if rule.direction is each)
        case NetworkAcl():
            for each in sorted(holder.owned):
                yield _ENTRIES[each], tuple(entry for entry in holder.entries if entry.direction is each)
        case _ if holder.owned:
            yield Overwritten.ROUTES, holder.routes
        case _:
            pass  # a route table whose routes are resources of their own


def _doubt(line: Rule | Entry | Route) -> Unknown | None:
    return None if isinstance(line, Route) else line.doubt


CHECK: Final = Check(
    id="inline-and-separate-lines-conflict",
    title="Security groups, network ACLs and route tables have their lines inline or as resources, not both.",
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    requirements=(
        SEPARATE_RULES_NOT_BESIDE_INLINE,
        SEPARATE_ENTRIES_NOT_BESIDE_INLINE,
        SEPARATE_ROUTES_NOT_BESIDE_INLINE,
    ),
    find=_find,
)
