"""From Airflow 3, workers must reach the web server: a public one over the internet.

## What it does

Holds for environments of Airflow 3 or newer whose access mode is `PUBLIC_ONLY`, where the program states
both. A finding needs subnets that surely have no way to the internet, by their effective routes.

## Why is this bad?

From Airflow 3 the web server also hosts the interface that tasks report to. A public web server is in the
internet, and MWAA makes no endpoint for it in the VPC: without a way out every task fails.

## Known limits

A version or an access mode that the program leaves to MWAA is not judged. Where public routing is declared
and no subnet has a way out, `subnet-lacks-working-nat` tells it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from mwaa_guardrails.aws.model import Environment, NetworkModel, Routing, WebServerAccess
from mwaa_guardrails.aws.routes import WayOut, routing_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.documents.facts import WORKERS_CALL_WEB_SERVER_FROM
from mwaa_guardrails.documents.requirements import WEB_SERVER_PUBLIC_NEEDS_INTERNET
from mwaa_guardrails.faults import WebServerUnreachable
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown

_MAJOR: Final = re.compile(r"([0-9]{1,3})(?:\.[0-9]{1,3}){1,3}")


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        answers = (
            _calls_web_server(environment),
            _is_public(environment),
            _is_without_internet(model, environment),
        )
        if False in answers:
            continue
        hidden = [each for each in answers if isinstance(each, Unknown)]
        for unknown in hidden:
            yield Undetermined(check=CHECK.id, environment=environment, unknown=unknown)
        if not hidden:
            yield Finding(
                check=CHECK.id,
                degree=Degree.VIOLATION,
                environment=environment,
                subject=environment.origin,
                related=(),
                fault=WebServerUnreachable(version=str(environment.airflow_version)),
                requirements=CHECK.requirements,
            )


def _calls_web_server(environment: Environment) -> bool | Unknown:
    """Tell whether the workers of an environment's version call the web server."""
    version = environment.airflow_version
    if isinstance(version, Unknown):
        return version
    numbers = _MAJOR.fullmatch(version or "")
    return numbers is not None and int(numbers[1]) >= WORKERS_CALL_WEB_SERVER_FROM


def _is_public(environment: Environment) -> bool | Unknown:
    access = environment.web_server_access
    return access if isinstance(access, Unknown) else access is WebServerAccess.PUBLIC_ONLY


def _is_without_internet(model: NetworkModel, environment: Environment) -> bool | Unknown:
    """Tell whether an environment has no way to the internet by its routes, whatever tags declare."""
    if environment.intention is Routing.PUBLIC:
        return False
    routing = routing_of(model, replace(environment, intention=None))
    if routing is WayOut.NONE and isinstance(environment.intention, Unknown):
        return environment.intention
    return routing if isinstance(routing, Unknown) else routing is WayOut.NONE


CHECK: Final = Check(
    id="web-server-out-of-workers-reach",
    title="From Airflow 3, the workers reach the web server.",
    severity=Severity.HIGH,
    requirements=(WEB_SERVER_PUBLIC_NEEDS_INTERNET,),
    find=_find,
)
