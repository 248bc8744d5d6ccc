"""The security groups of an environment, as far as they are at hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    NetworkModel,
    Outside,
    SecurityGroup,
    Unresolved,
)
from mwaa_guardrails.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The security groups that every interface of an environment carries.

    Attributes:
        groups: Those at hand, by URN and in the order of their names; at least one.
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
    urns = {each.urn for each in references if isinstance(each, Inside)}
    unresolved = [each.unknown for each in references if isinstance(each, Unresolved)]
    if environment.groups_outside is not None:
        unresolved.append(environment.groups_outside)
    if not urns:
        return unresolved[0]
    # By name first: no verdict depends on which provider makes them.
    groups = sorted(
        ((urn, model.security_groups[urn]) for urn in urns), key=lambda each: (each[1].origin.name, each[0])
    )
    return Carried(groups=dict(groups), unresolved=tuple(unresolved))
