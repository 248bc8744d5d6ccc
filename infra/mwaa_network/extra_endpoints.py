"""Reads which VPC endpoints a network has beyond those that it needs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from mwaa_guardrails.documents.endpoint_services import OPTIONAL_ENDPOINT_SERVICES
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES
from mwaa_guardrails.documents.sources import PRIVATELINK_ACCESS
from mwaa_network.arguments import NetworkArgs
from mwaa_network.endpoint_plan import extra_endpoints, is_full_name, plan_endpoints
from mwaa_network.problems import Problem, Refused, did_you_mean, listed, nearest, shown

KEY: Final = "extraEndpoints"
_SUFFIXES: Final = tuple(each.suffix for each in (*OPTIONAL_ENDPOINT_SERVICES, *REQUIRED_ENDPOINT_SERVICES))
_ALLOWED: Final = "a list of services, such as secretsmanager or sts, or of full names of endpoint services"
_WHY: Final = (
    f"An endpoint leads to one service, by the name that EC2 has for it ({PRIVATELINK_ACCESS.title})."
)


def read_extra_endpoints(value: object) -> tuple[str, ...] | Refused:
    """Return the services that a value lists, each once, or everything that is wrong with the value."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        remedy = (
            did_you_mean([each.strip() for each in value.split(",")])
            if isinstance(value, str)
            else f"Leave {KEY} out for no others."
        )
        return Refused((_problem(f"{shown(value)} is no list of services", remedy),))
    problems = tuple(_problems(value))
    return Refused(problems) if problems else tuple(dict.fromkeys(value))


def _problems(services: Sequence[object]) -> Iterator[Problem]:
    for each in services:
        if not isinstance(each, str) or not (each in _SUFFIXES or is_full_name(each)):
            near = nearest(each, _SUFFIXES) if isinstance(each, str) else None
            yield _problem(
                f"{shown(each)} is no service that is known here",
                did_you_mean(near)
                if near
                else "Write its full name, as `aws ec2 describe-vpc-endpoint-services` lists it.",
            )


def extra_endpoint_problems(args: NetworkArgs, region: str) -> Iterator[Problem]:
    """Yield what is wrong with further endpoints in this Region, beside those that the network makes."""
    others = plan_endpoints(replace(args, extra_endpoints=None), region)
    made = {each.label for each in others} | {*(args.existing_endpoints or ())}
    before: set[str] = set()
    for written, plan in zip(args.extra_endpoints or (), extra_endpoints(args, region), strict=True):
        if plan.label in made:
            yield _problem(
                f"{shown(written)} is already made",
                f"Leave it out: routing {args.routing} has {listed(sorted(made), last='and')}.",
            )
        elif plan.label in before:
            yield _problem(f"{shown(written)} is {plan.label}, which is listed before", "Leave it out.")
        elif is_full_name(written) and f".{region}." not in written:
            yield _problem(
                f"{shown(written)} is no service of {region}",
                did_you_mean(re.sub(r"\b[a-z]{2}(-[a-z]+)+-\d\b", region, written)),
            )
        before.add(plan.label)


def _problem(fault: str, remedy: str) -> Problem:
    return Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=_WHY, remedy=remedy)
