"""Reads the endpoint services of an environment whose endpoints the owner of the VPC makes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mwaa_guardrails.documents.facts import ENVIRONMENT_SERVICE_PATTERN
from mwaa_guardrails.documents.requirements import CUSTOMER_ENDPOINTS
from mwaa_network.arguments import NetworkArgs
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, shown

KEY: Final = "customerEndpointServices"
_ALLOWED: Final = (
    "a list of names such as com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0: the database's, and "
    "the web server's where it is private"
)
_WHY: Final = cited(CUSTOMER_ENDPOINTS)
_COPY: Final = (
    "Copy them from `aws mwaa get-environment`: DatabaseVpcEndpointService and WebserverVpcEndpointService."
)


def read_customer_services(value: object) -> tuple[str, ...] | Refused:
    """Return the names that a value lists, each once, or everything that is wrong with the value."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        split = [each.strip() for each in value.split(",")] if isinstance(value, str) else []
        right = split and all(_region_of(each) for each in split)
        return Refused(
            (_problem(f"{shown(value)} is no list of services", did_you_mean(split) if right else _COPY),)
        )
    problems = tuple(
        _problem(f"{shown(each)} is no endpoint service of an environment", _COPY)
        for each in value
        if not (isinstance(each, str) and _region_of(each))
    )
    return Refused(problems) if problems else tuple(dict.fromkeys(value))


def customer_service_problems(args: NetworkArgs, region: str) -> Iterator[Problem]:
    """Yield what is wrong with the services in this Region."""
    for each in args.customer_endpoint_services or ():
        if _region_of(each) != region:
            yield _problem(
                f"{shown(each)} is a service of {_region_of(each)}, and the network is in {region}", _COPY
            )


def _region_of(name: str) -> str | None:
    found = re.fullmatch(ENVIRONMENT_SERVICE_PATTERN, name)
    return found["region"] if found else None


def _problem(fault: str, remedy: str) -> Problem:
    return Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=_WHY, remedy=remedy)
