"""The security groups of an environment must belong to the VPC of its subnets.

## What it does

Compares the VPC of each security group, and the VPCs that the group is associated with besides, with the VPC
of each subnet: by resource where the stack makes them, by id where it names them. A group that names none is
in the default VPC of its Region, which is none that the stack has yet to make.

## Why is this bad?

EC2 refuses to put a group of another VPC on an interface, so that the environment cannot be created.

## Known limits

Silent where a group or a subnet is outside the stack, since its VPC is not known here.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    NetworkModel,
    Reference,
    Unresolved,
)
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.possible import possibly_named
from mwaa_guardrails.documents.requirements import SECURITY_GROUPS_OF_THE_VPC
from mwaa_guardrails.faults import ForeignGroup
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        subnets = tuple(possibly_named(environment.subnets, model.subnets))
        for group, hidden in possibly_named(environment.security_groups, model.security_groups):
            answers = tuple(_judge(model, environment, group, hidden, subnets))
            # One subnet that the group cannot serve is enough.
            findings = [each for each in answers if isinstance(each, Finding)]
            yield from findings[:1] or answers[:1]


def _judge(
    model: NetworkModel,
    environment: Environment,
    group: str,
    hidden: Unknown | None,
    subnets: tuple[tuple[str, Unknown | None], ...],
) -> Iterator[Finding | Undetermined]:
    for subnet, hidden_subnet in subnets:
        home = model.subnets[subnet].vpc
        belongs = _belongs(model, group, home)
        if belongs is True:
            continue
        unknown = hidden or hidden_subnet or (belongs if isinstance(belongs, Unknown) else None)
        if unknown is not None:
            yield Undetermined(check=CHECK.id, environment=environment, unknown=unknown)
            continue
        yield Finding(
            check=CHECK.id,
            degree=Degree.VIOLATION,
            environment=environment,
            subject=model.security_groups[group].origin,
            related=(model.subnets[subnet].origin,),
            fault=ForeignGroup(group_vpc=model.security_groups[group].vpc, subnet_vpc=home),
            requirements=CHECK.requirements,
        )


def _belongs(model: NetworkModel, group: str, vpc: Reference) -> bool | Unknown:
    """Tell whether a group can be put on interfaces in a VPC, its own or one it is associated with."""
    itself = Inside(group)
    homes = [model.security_groups[group].vpc]
    hidden: list[Unknown] = []
    for each in model.security_group_associations:
        if each.member == itself:
            homes.append(each.target)
        elif isinstance(each.member, Unresolved) and each.member.may_mean(itself):
            hidden.append(each.member.unknown)
    if vpc in homes:
        return True
    answers = [model.vpcs_differ(home, vpc) for home in homes]
    hidden += (each for each in answers if isinstance(each, Unknown))
    return hidden[0] if hidden else False


CHECK: Final = Check(
    id="security-group-of-another-vpc",
    title="The security groups of the environment belong to the VPC of its subnets.",
    severity=Severity.CRITICAL,
    requirements=(SECURITY_GROUPS_OF_THE_VPC,),
    find=_find,
)
