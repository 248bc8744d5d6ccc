"""An environment must have exactly two distinct subnets.

## What it does

Counts the distinct subnets of each environment, or of the network that tags declare for one.

## Why is this bad?

The API takes two, no fewer and no more, and answers anything else with a `ValidationException`. A list made
from all private subnets of a VPC often has three.

## Known limits

A list that is unknown as a whole at a first preview is taken for two subnets where it is made from exactly
two, and is undetermined elsewhere. So is a declared network beside subnets whose tags are not known: they may
be declared as well, or not. Tags that are not known declare nothing by themselves.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.counts import wrong_count
from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT
from mwaa_guardrails.documents.requirements import SUBNETS_EXACTLY_TWO
from mwaa_guardrails.faults import Counted
from mwaa_guardrails.findings import Finding, Undetermined


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        yield from wrong_count(
            CHECK.id,
            environment,
            environment.subnets,
            parts=model.subnets,
            counted=Counted.SUBNETS,
            allowed=range(SUBNETS_PER_ENVIRONMENT, SUBNETS_PER_ENVIRONMENT + 1),
            requirements=CHECK.requirements,
        )


CHECK: Final = Check(
    id="subnet-count-not-two",
    title="An environment has exactly two subnets.",
    severity=Severity.CRITICAL,
    requirements=(SUBNETS_EXACTLY_TWO,),
    find=_find,
    irreparable=True,
)
