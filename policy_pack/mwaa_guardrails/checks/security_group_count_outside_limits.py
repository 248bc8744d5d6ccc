"""An environment must have one to five distinct security groups.

## What it does

Counts the distinct security groups of each environment, or of the network that tags declare for one.

## Why is this bad?

The API of MWAA takes 1 to 5 and refuses the environment, when everything else has been built.

## Known limits

At a first preview two groups with unknown ids may turn out to be one: the count is then undetermined where
that decides.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.counts import wrong_count
from mwaa_guardrails.documents.facts import SECURITY_GROUPS_MAX, SECURITY_GROUPS_MIN
from mwaa_guardrails.documents.requirements import SECURITY_GROUPS_ONE_TO_FIVE
from mwaa_guardrails.faults import Counted
from mwaa_guardrails.findings import Finding, Undetermined


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        yield from wrong_count(
            CHECK.id,
            environment,
            environment.security_groups,
            parts=model.security_groups,
            counted=Counted.SECURITY_GROUPS,
            allowed=range(SECURITY_GROUPS_MIN, SECURITY_GROUPS_MAX + 1),
            requirements=CHECK.requirements,
        )


CHECK: Final = Check(
    id="security-group-count-outside-limits",
    title="An environment has one to five security groups.",
    severity=Severity.HIGH,
    requirements=(SECURITY_GROUPS_ONE_TO_FIVE,),
    find=_find,
    irreparable=True,
)
