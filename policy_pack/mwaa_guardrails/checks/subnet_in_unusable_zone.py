"""The subnets of an environment should lie in zones that MWAA supports.

## What it does

Looks at the zone of each subnet, by name and by id: the Availability Zone `use1-az3`, which MWAA does not
support; a Local Zone or a Wavelength Zone; a zone of another Region than the subnet's own, which is that
of its `region`, else of its provider. What it finds is advice, since the environment fails when it is
created and not without a word.

## Why is this bad?

MWAA cannot make an environment there, and the subnets of an environment can never be changed.

## Known limits

Which name means `use1-az3` differs from account to account: before deployment only the id tells. A zone
that is not known yet is not judged.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import Inside, NetworkModel, Subnet
from mwaa_guardrails.aws.zones import belongs_to, is_availability_zone
from mwaa_guardrails.checks.check import Check, Level, Options, Severity
from mwaa_guardrails.documents.facts import UNSUPPORTED_ZONE_IDS
from mwaa_guardrails.documents.requirements import (
    SUBNETS_IN_TWO_ZONES,
    ZONE_USE1_AZ3_UNSUPPORTED,
    ZONES_ASSIGNED_EXPLICITLY,
)
from mwaa_guardrails.faults import UnusableZone, ZoneTrouble
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        subnets = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
        for reference in dict.fromkeys(subnets):
            subnet = model.subnets[reference.urn] if isinstance(reference, Inside) else None
            fault = None if subnet is None else _fault(subnet)
            if subnet is not None and fault is not None:
                unsupported = fault.trouble is ZoneTrouble.UNSUPPORTED
                yield Finding(
                    check=CHECK.id,
                    degree=Degree.ADVICE,
                    environment=environment,
                    subject=subnet.origin,
                    related=(),
                    fault=fault,
                    requirements=(
                        (ZONE_USE1_AZ3_UNSUPPORTED, ZONES_ASSIGNED_EXPLICITLY)
                        if unsupported
                        else (SUBNETS_IN_TWO_ZONES,)
                    ),
                )


def _fault(subnet: Subnet) -> UnusableZone | None:
    for zone in (subnet.zone_id, subnet.zone):
        trouble = _trouble(zone, subnet.region) if isinstance(zone, str) else None
        if isinstance(zone, str) and trouble is not None:
            return UnusableZone(zone=zone, trouble=trouble)
    return None


def _trouble(zone: str, region: str | Unknown | None) -> ZoneTrouble | None:
    if isinstance(region, str) and belongs_to(zone, region) is False:
        return ZoneTrouble.OTHER_REGION
    if zone in UNSUPPORTED_ZONE_IDS:
        return ZoneTrouble.UNSUPPORTED
    return ZoneTrouble.NO_AVAILABILITY_ZONE if is_availability_zone(zone) is False else None


CHECK: Final = Check(
    id="subnet-in-unusable-zone",
    title="The subnets of an environment lie in Availability Zones that MWAA supports.",
    severity=Severity.MEDIUM,
    requirements=(ZONE_USE1_AZ3_UNSUPPORTED, ZONES_ASSIGNED_EXPLICITLY, SUBNETS_IN_TWO_ZONES),
    find=_find,
    level=Level.ADVISORY,
)
