"""Which VPC endpoints a network has, and the policy document of each. Pure: values, no resources."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.endpoint_services import OPTIONAL_ENDPOINT_SERVICES
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
from mwaa_network.arguments import NetworkArgs

_KNOWN: Final = (*REQUIRED_ENDPOINT_SERVICES, *OPTIONAL_ENDPOINT_SERVICES)
_OF_OTHERS: Final = "vpce"
_Statement: TypeAlias = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointPlan:
    """A VPC endpoint to make.

    Attributes:
        label: Its name within the network: the service, such as `logs`, as it is called after the Region.
        kind: Gateway or interface.
        service_name: The full name of the service, such as `com.amazonaws.eu-west-1.logs`.
        policy: The policy document, as JSON; None where the service takes none.
        private_dns: Whether an interface endpoint answers to the service's public name, if it has one.
    """

    label: str
    kind: EndpointKind
    service_name: str
    policy: str | None
    private_dns: bool = True


def plan_endpoints(args: NetworkArgs, region: str) -> tuple[EndpointPlan, ...]:
    """Return the endpoints: those that the routing needs, extra ones, and those to environments of others."""
    return (
        *needed_endpoints(args, region),
        *extra_endpoints(args, region),
        *(_service_of_others(each) for each in args.customer_endpoint_services or ()),
    )


def needed_endpoints(args: NetworkArgs, region: str) -> tuple[EndpointPlan, ...]:
    """Return the guide's five, or S3's alone where NAT reaches the rest."""
    return tuple(
        EndpointPlan(
            label=service.suffix,
            kind=service.kind,
            service_name=endpoint_service_name(region, service),
            policy=_policy(args, region, service.suffix),
        )
        for service in REQUIRED_ENDPOINT_SERVICES
        if args.routing is Routing.PRIVATE or (service is S3 and args.vpc_id is None)
        if service.suffix not in (args.existing_endpoints or ())
    )


def extra_endpoints(args: NetworkArgs, region: str) -> tuple[EndpointPlan, ...]:
    """Return those for the services of `extra_endpoints`, in their order."""
    return tuple(_extra_endpoint(args, region, each) for each in args.extra_endpoints or ())


def is_full_name(service: str) -> bool:
    """Tell the full name of an AWS service's endpoints from the end of one."""
    return re.fullmatch(r"(cn\.com\.amazonaws|com\.amazonaws|aws)(\.[a-z0-9-]+)+", service) is not None


def _extra_endpoint(args: NetworkArgs, region: str, written: str) -> EndpointPlan:
    """Return the endpoint for a service that is written short or in full."""
    if f".{_OF_OTHERS}." in written:
        return _service_of_others(written)
    suffix = written.rpartition(f".{region}.")[2]
    known = next((each for each in _KNOWN if each.suffix == suffix), None)
    return EndpointPlan(
        label=suffix,
        kind=known.kind if known else EndpointKind.INTERFACE,
        service_name=written
        if is_full_name(written) or known is None
        else endpoint_service_name(region, known),
        policy=_policy(args, region, suffix),
    )


def _service_of_others(name: str) -> EndpointPlan:
    """Return the endpoint for a service that is not AWS's: it takes no policy, and has no public name."""
    return EndpointPlan(
        label=name.rpartition(".")[2],
        kind=EndpointKind.INTERFACE,
        service_name=name,
        policy=None,
        private_dns=False,
    )


def _policy(args: NetworkArgs, region: str, suffix: str) -> str:
    if suffix == S3.suffix:
        return s3_policy(region, args.s3_endpoint_buckets)
    return _document(FULL_ACCESS_STATEMENT)


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
