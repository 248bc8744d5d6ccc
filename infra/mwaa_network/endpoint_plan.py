"""Which VPC endpoints a network has, and the policy document of each. Pure: values, no resources."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    EXECUTION_ROLE_S3_ACTIONS,
    FULL_ACCESS_STATEMENT,
    POLICY_LANGUAGE_VERSION,
    REQUIRED_ENDPOINT_SERVICES,
    S3,
    STARPORT_ACTIONS,
    STARPORT_STATEMENT_ID,
    EndpointKind,
    endpoint_service_name,
    partition,
    starport_layer_bucket,
)

_Statement: TypeAlias = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointPlan:
    """A VPC endpoint to make.

    Attributes:
        label: Its name within the network: the service, such as `logs`.
        kind: Gateway or interface.
        service_name: The full name of the service, such as `com.amazonaws.eu-west-1.logs`.
        policy: The policy document, as JSON.
    """

    label: str
    kind: EndpointKind
    service_name: str
    policy: str


def plan_endpoints(
    region: str, routing: Routing, s3_buckets: Sequence[str] | None
) -> tuple[EndpointPlan, ...]:
    """Return the endpoints for a Region: the guide's five, or S3's alone where NAT reaches the rest."""
    return tuple(
        EndpointPlan(
            label=service.suffix,
            kind=service.kind,
            service_name=endpoint_service_name(region, service),
            policy=s3_policy(region, s3_buckets) if service is S3 else _document(FULL_ACCESS_STATEMENT),
        )
        for service in REQUIRED_ENDPOINT_SERVICES
        if routing is Routing.PRIVATE or service is S3
    )


def s3_policy(region: str, buckets: Sequence[str] | None) -> str:
    """Return the S3 endpoint's policy document.

    Without buckets it allows everything. With buckets it allows what Amazon ECR needs and what the execution
    role may do with those buckets ("Security in your VPC on Amazon MWAA", "Amazon MWAA execution role").
    """
    if buckets is None:
        return _document(FULL_ACCESS_STATEMENT)
    arn = f"arn:{partition(region)}:s3:::"
    starport: _Statement = {
        **FULL_ACCESS_STATEMENT,
        "Sid": STARPORT_STATEMENT_ID,
        "Action": STARPORT_ACTIONS,
        "Resource": [f"{arn}{starport_layer_bucket(region)}/*"],
    }
    environment: _Statement = {
        **FULL_ACCESS_STATEMENT,
        "Sid": "Environment-buckets",
        "Action": EXECUTION_ROLE_S3_ACTIONS,
        "Resource": [f"{arn}{bucket}{objects}" for bucket in buckets for objects in ("", "/*")],
    }
    return _document(starport, environment)


def _document(*statements: _Statement) -> str:
    return json.dumps({"Version": POLICY_LANGUAGE_VERSION, "Statement": statements})
