"""The security groups of an environment, as far as they are at hand, and how a program writes their rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from mwaa_guardrails.aws.model import (
    Direction,
    Environment,
    Inside,
    NetworkModel,
    Outside,
    SecurityGroup,
    Unresolved,
)
from mwaa_guardrails.faults import Spelling
from mwaa_guardrails.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The security groups that every interface of an environment carries.

    Attributes:
        groups: Those at hand, by URN; at least one.
        unresolved: Why there may be others.
    """

    groups: Mapping[str, SecurityGroup]
    unresolved: tuple[Unknown, ...]


def carried_by(model: NetworkModel, environment: Environment) -> Carried | Unknown | None:
    """Return the groups of an environment; None when one that nobody can see may hold any rule."""
    references = environment.security_groups
    if isinstance(references, Unknown):
        return references
    if not references or any(isinstance(each, Outside) for each in references):
        return None
    urns = sorted({each.urn for each in references if isinstance(each, Inside)})
    unresolved = tuple(each.unknown for each in references if isinstance(each, Unresolved))
    if not urns:
        return unresolved[0]
    return Carried(groups={urn: model.security_groups[urn] for urn in urns}, unresolved=unresolved)


def spelling_of(group: SecurityGroup, direction: Direction) -> Spelling:
    """Return how the program writes the rules of a group, or would by what else it writes."""
    separate = {
        rule.origin.type.rpartition(":")[2] for rule in group.rules if rule.origin.urn != group.origin.urn
    }
    inline = group.owned or any(
        rule.origin.urn == group.origin.urn and not rule.origin.implied for rule in group.rules
    )
    if direction in group.owned or (inline and not separate):
        return Spelling.INLINE
    return Spelling.OLDER_RULE if "SecurityGroupRule" in separate else Spelling.RULE
