"""How people and workers reach the web server, and what routing and Airflow version have to do with it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.environments import BOTH_ACCESS_MODES_FROM
from mwaa_guardrails.documents.facts import WORKERS_CALL_WEB_SERVER_FROM
from mwaa_guardrails.documents.requirements import (
    WEB_SERVER_BOTH_MODES_VERSION,
    WEB_SERVER_PUBLIC_NEEDS_INTERNET,
)
from mwaa_guardrails.documents.sources import CONFIGURING_NETWORKING
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, listed, nearest, shown

ACCESS_MODE: Final = "webserver_access_mode"
AIRFLOW_VERSION: Final = "airflow_version"
Version: TypeAlias = tuple[int, ...]


class AccessMode(StrEnum):
    """Who reaches the web server of an environment, and which way."""

    PUBLIC_ONLY = "PUBLIC_ONLY"
    PRIVATE_ONLY = "PRIVATE_ONLY"
    PUBLIC_AND_PRIVATE = "PUBLIC_AND_PRIVATE"


DEFAULTS: Final = {Routing.PUBLIC: AccessMode.PUBLIC_ONLY, Routing.PRIVATE: AccessMode.PRIVATE_ONLY}
"""The mode that every version of Airflow takes, by routing."""


def read_access_mode(value: object) -> AccessMode | Refused:
    """Return the mode that a value spells, or what is wrong with the value."""
    words = [each.value for each in AccessMode]
    if isinstance(value, str) and value in words:
        return AccessMode(value)
    near = nearest(value, words) if isinstance(value, str) else None
    problem = Problem(
        key=ACCESS_MODE,
        fault=f"{shown(value)} is none of its values",
        allowed=listed(words),
        why=f"MWAA has these modes of access and no others ({CONFIGURING_NETWORKING.title}).",
        remedy=did_you_mean(near) if near else f"Leave {ACCESS_MODE} out; the routing decides.",
    )
    return Refused((problem,))


def access_mode_problems(mode: AccessMode, version: Version | None, routing: Routing) -> Iterator[Problem]:
    """Yield what is wrong with a mode on a network; without a version, MWAA takes its newest."""
    if mode is AccessMode.PUBLIC_AND_PRIVATE and (version is None or version < BOTH_ACCESS_MODES_FROM):
        first = _text(BOTH_ACCESS_MODES_FROM)
        yield Problem(
            key=AIRFLOW_VERSION,
            fault=f"{'not set' if version is None else shown(_text(version))}, but {ACCESS_MODE} is {mode}",
            allowed=f"{first} or newer with {mode}",
            why=cited(WEB_SERVER_BOTH_MODES_VERSION),
            remedy=f"Set {AIRFLOW_VERSION} to {first}, or {ACCESS_MODE} to {DEFAULTS[routing]}.",
        )
    if mode is AccessMode.PUBLIC_ONLY and routing is Routing.PRIVATE and _workers_call(version):
        both = version is not None and version >= BOTH_ACCESS_MODES_FROM
        yield Problem(
            key=ACCESS_MODE,
            fault=f"{mode} is set, but routing is {routing}, and {_stated(version)}",
            allowed=(
                f"{AccessMode.PRIVATE_ONLY} or {AccessMode.PUBLIC_AND_PRIVATE} with routing {routing}; "
                f"{mode} with Airflow {WORKERS_CALL_WEB_SERVER_FROM - 1} as well"
            ),
            why=f"{cited(WEB_SERVER_PUBLIC_NEEDS_INTERNET)} This network has no way there, and tasks fail.",
            remedy=did_you_mean(AccessMode.PUBLIC_AND_PRIVATE if both else AccessMode.PRIVATE_ONLY),
        )


def _workers_call(version: Version | None) -> bool:
    return version is None or version[0] >= WORKERS_CALL_WEB_SERVER_FROM


def _stated(version: Version | None) -> str:
    return f"{AIRFLOW_VERSION} is not set" if version is None else f"{AIRFLOW_VERSION} is {_text(version)}"


def _text(version: Version) -> str:
    return ".".join(str(number) for number in version)
