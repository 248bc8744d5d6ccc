"""With private routing a service's public name must lead to its interface endpoint: private DNS is on.

## What it does

Looks at the interface endpoints of the required services. One endpoint of a service with private DNS is
enough; a second one without does no harm. pulumi-aws leaves private DNS off unless it is stated.

## Why is this bad?

Without private DNS the public name of the service leads to public addresses, and nothing leads there. The
endpoint stands in the VPC and no request comes to it.

## Known limits

S3 is reached by a gateway endpoint's route as well, and by an interface endpoint through a hosted zone of
one's own, so that for S3 it is advice.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import EndpointType, Environment, NetworkModel
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import serving_endpoints
from mwaa_guardrails.checks.private_routing import with_private_routing
from mwaa_guardrails.documents.facts import EndpointKind
from mwaa_guardrails.documents.requirements import ENDPOINTS_PRIVATE_DNS
from mwaa_guardrails.faults import NoPrivateDns
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    return with_private_routing(CHECK.id, model, partial(_judge, model))


def _judge(model: NetworkModel, environment: Environment) -> Iterator[Finding | Undetermined]:
    for service, endpoints in serving_endpoints(model, environment):
        if isinstance(endpoints, Unknown):
            continue  # a gateway endpoint serves where no name does
        first, *others = endpoints
        if first.type is not EndpointType.INTERFACE or first.private_dns is True:
            continue
        hidden = [each.private_dns for each in endpoints if isinstance(each.private_dns, Unknown)]
        if hidden:
            yield Undetermined(check=CHECK.id, environment=environment, unknown=hidden[0])
            continue
        yield Finding(
            check=CHECK.id,
            degree=Degree.ADVICE if service.kind is EndpointKind.GATEWAY else Degree.VIOLATION,
            environment=environment,
            subject=first.origin,
            related=tuple(each.origin for each in others),
            fault=NoPrivateDns(
                service=service.suffix,
                by=first.private_dns_by or first.origin,
                outside_alone=first.outside_alone,
            ),
            requirements=CHECK.requirements,
        )


CHECK: Final = Check(
    id="vpc-endpoint-private-dns-disabled",
    title="With private routing the interface endpoints have private DNS.",
    severity=Severity.CRITICAL,
    requirements=(ENDPOINTS_PRIVATE_DNS,),
    find=_find,
)
