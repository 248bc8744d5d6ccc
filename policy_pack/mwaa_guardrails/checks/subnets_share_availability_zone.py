"""The subnets of an environment must lie in different Availability Zones.

## What it does

Compares the zones of the environment's subnets, names with names and ids with ids. A finding needs all of
them in one zone; of more than two subnets, `subnet-count-not-two` asks which two are meant.

## Why is this bad?

The guide asks for two private subnets in two zones, so that an environment outlives the loss of one. The
API refuses two subnets of one zone.

## Known limits

Which id a zone's name means differs from account to account: a name and an id are not compared. A zone
that the program leaves to AWS, or that is not known yet, equals no other.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import Inside, NetworkModel, Subnet
from mwaa_guardrails.aws.zones import same_zone
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.documents.requirements import SUBNETS_IN_TWO_ZONES
from mwaa_guardrails.faults import SharedZone
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        if isinstance(environment.subnets, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=environment.subnets)
            continue
        given = tuple(dict.fromkeys(environment.subnets or ()))
        subnets = [model.subnets[each.urn] for each in given if isinstance(each, Inside)]
        if len(given) > 1 and len(subnets) == len(given) and _share(subnets):
            yield Finding(
                check=CHECK.id,
                degree=Degree.VIOLATION,
                environment=environment,
                subject=subnets[0].origin,
                related=tuple(each.origin for each in subnets[1:]),
                fault=SharedZone(zone=_zone(subnets), subnets=tuple(each.origin for each in subnets)),
                requirements=CHECK.requirements,
            )


def _share(subnets: list[Subnet]) -> bool:
    return all(same_zone(subnets[0], each) for each in subnets[1:])


def _zone(subnets: list[Subnet]) -> str:
    """Return the zone that the subnets share, by name where each has one."""
    names = {each.zone for each in subnets if isinstance(each.zone, str)}
    ids = {each.zone_id for each in subnets if isinstance(each.zone_id, str)}
    return min(names if len(names) == 1 else ids)


CHECK: Final = Check(
    id="subnets-share-availability-zone",
    title="The subnets of an environment lie in different Availability Zones.",
    severity=Severity.HIGH,
    requirements=(SUBNETS_IN_TWO_ZONES,),
    find=_find,
)
