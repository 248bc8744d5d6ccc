"""Decides whether written values make an environment."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from mwaa_guardrails.documents.environments import (
    AIRFLOW_VERSION_PATTERN,
    ENVIRONMENT_CLASSES,
    LOG_RETENTION_DAYS,
)
from mwaa_guardrails.documents.facts import ROLE_NAME_MAX_CHARACTERS
from mwaa_guardrails.documents.requirements import ENDPOINT_MANAGEMENT_FIXED, S3_GATEWAY_POLICY_DAG_BUCKET_TOO
from mwaa_guardrails.documents.sources import CREATE_ENVIRONMENT
from mwaa_network.arguments import NetworkArgs
from mwaa_network.buckets import bucket_name_problems
from mwaa_network.environment.access_modes import (
    AIRFLOW_VERSION,
    DEFAULTS,
    Version,
    access_mode_problems,
    read_access_mode,
)
from mwaa_network.environment.arguments import A_YEAR, EndpointManagement, EnvironmentArgs
from mwaa_network.environment.role import LABEL as EXECUTION_ROLE
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, listed, nearest, shown
from mwaa_network.tags import read_tags
from mwaa_network.validation import name_problems

BUCKET_NAME: Final = "bucket_name"
# Pulumi ends the names that it makes with a hyphen and seven characters.
_LONGEST_NAME: Final = ROLE_NAME_MAX_CHARACTERS - len(f"-{EXECUTION_ROLE}-0123456")
_Value = TypeVar("_Value")
_Default = TypeVar("_Default")


def read_environment(args: EnvironmentArgs) -> tuple[EnvironmentArgs, tuple[Problem, ...]]:
    """Return the choices in force, with what was left open filled in, and everything that is wrong with them.

    A choice that is wrong has its default in what is returned.
    """
    problems: list[Problem] = []

    def read(
        value: object, reader: Callable[[object], _Value | Refused], default: _Default
    ) -> _Value | _Default:
        outcome = default if value is None else reader(value)
        if isinstance(outcome, Refused):
            problems.extend(outcome.problems)
            return default
        return outcome

    network = args.network.args
    version = read(args.airflow_version, _read_version, None)
    mode = read(args.webserver_access_mode, read_access_mode, DEFAULTS[network.routing])
    in_force = replace(
        args,
        environment_class=read(args.environment_class, _read_class, None),
        webserver_access_mode=mode,
        endpoint_management=read(args.endpoint_management, _read_management, EndpointManagement.SERVICE),
        bucket_name=read(args.bucket_name, _read_bucket_name, _first_bucket(network)),
        customer_key=read(args.customer_key, _read_switch, default=False),
        log_retention_days=read(args.log_retention_days, _read_days, A_YEAR),
        tags=read(args.tags, read_tags, network.tags),
    )
    if not any(each.key == AIRFLOW_VERSION for each in problems):
        problems += access_mode_problems(mode, version, network.routing)
    problems += _shut_out_bucket_problems(in_force.bucket_name, network)
    return in_force, tuple(problems)


def environment_name_problems(name: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of an environment, with which the names of its role's begin."""
    problems = tuple(name_problems(name))
    yield from problems
    if not problems and len(name) > _LONGEST_NAME:
        yield Problem(
            key="name",
            fault=f"{shown(name)} has {len(name)} characters",
            allowed=f"up to {_LONGEST_NAME} characters for an environment with an execution role made here",
            why=(
                f"The role is called after it, and IAM takes names of {ROLE_NAME_MAX_CHARACTERS} characters "
                "(CreateRole)."
            ),
            remedy=did_you_mean(name[:_LONGEST_NAME].rstrip("-_")),
        )


def _first_bucket(network: NetworkArgs) -> str | None:
    return network.s3_endpoint_buckets[0] if network.s3_endpoint_buckets else None


def _shut_out_bucket_problems(name: str | None, network: NetworkArgs) -> Iterator[Problem]:
    allowed = network.s3_endpoint_buckets
    if name is not None and allowed is not None and name not in allowed:
        yield Problem(
            key=BUCKET_NAME,
            fault=f"{shown(name)} is not among the buckets that the network's S3 endpoint lets through",
            allowed=listed(allowed),
            why=cited(S3_GATEWAY_POLICY_DAG_BUCKET_TOO),
            remedy=(
                "Add it to the network's s3_endpoint_buckets. "
                f"{did_you_mean(nearest(name, allowed) or allowed[0])}"
            ),
        )


def _read_version(value: object) -> Version | Refused:
    if isinstance(value, str) and (numbers := re.fullmatch(AIRFLOW_VERSION_PATTERN, value)):
        return tuple(int(each) for each in numbers.groups())
    near = re.search(AIRFLOW_VERSION_PATTERN, value) if isinstance(value, str) else None
    return _refused(
        AIRFLOW_VERSION,
        f"{shown(value)} is no version of Apache Airflow",
        allowed="three numbers, such as 3.2.1",
        why=f"MWAA takes the versions that it lists ({CREATE_ENVIRONMENT.title}).",
        remedy=did_you_mean(near[0]) if near else f"Leave {AIRFLOW_VERSION} out for the newest.",
    )


def _read_management(value: object) -> EndpointManagement | Refused:
    words = [each.value for each in EndpointManagement]
    if isinstance(value, str) and value in words:
        return EndpointManagement(value)
    near = nearest(value, words) if isinstance(value, str) else None
    return _refused(
        "endpoint_management",
        f"{shown(value)} is none of its values",
        allowed=listed(words),
        why=f"{ENDPOINT_MANAGEMENT_FIXED.sentence.removesuffix('.')} ({CREATE_ENVIRONMENT.title}).",
        remedy=did_you_mean(near) if near else "Leave endpoint_management out for MWAA's own endpoints.",
    )


def _read_class(value: object) -> str | Refused:
    if isinstance(value, str) and value in ENVIRONMENT_CLASSES:
        return value
    near = nearest(value, ENVIRONMENT_CLASSES) if isinstance(value, str) else None
    return _refused(
        "environment_class",
        f"{shown(value)} is no class of environments",
        allowed=listed(ENVIRONMENT_CLASSES),
        why=f"MWAA has these sizes and no others ({CREATE_ENVIRONMENT.title}).",
        remedy=did_you_mean(near) if near else "Leave environment_class out for MWAA's default.",
    )


def _read_bucket_name(value: object) -> str | Refused:
    problems = tuple(bucket_name_problems(BUCKET_NAME, value))
    return Refused(problems) if problems else str(value)


def _read_switch(value: object) -> bool | Refused:
    if isinstance(value, bool):
        return value
    return _refused(
        "customer_key",
        f"{shown(value)} is neither True nor False",
        allowed="True or False",
        why="Either a key is made for the environment, or AWS's own keys encrypt it.",
        remedy="Set it to True for a key of one's own; it names no key.",
    )


def _read_days(value: object) -> int | Refused:
    if isinstance(value, int) and value in LOG_RETENTION_DAYS:
        return value
    number = value if isinstance(value, int) else 0
    longer = [days for days in LOG_RETENTION_DAYS if days >= number]
    return _refused(
        "log_retention_days",
        f"{shown(value)} is no time that logs can be kept",
        allowed=f"{listed(str(days) for days in LOG_RETENTION_DAYS)} days",
        why="CloudWatch Logs takes no other numbers (PutRetentionPolicy).",
        remedy=did_you_mean(longer[0] if longer else LOG_RETENTION_DAYS[-1])
        if number > 0
        else "Leave log_retention_days out for a year.",
    )


def _refused(key: str, fault: str, *, allowed: str, why: str, remedy: str) -> Refused:
    return Refused((Problem(key=key, fault=fault, allowed=allowed, why=why, remedy=remedy),))
