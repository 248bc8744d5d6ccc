"""Which log groups an environment has. Pure: values, no resources."""

from dataclasses import dataclass

from mwaa_guardrails.documents.environments import LOG_TYPES, log_group_name


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroupPlan:
    """A log group to make.

    Attributes:
        label: Its name within the environment.
        name: The name by which MWAA finds it.
    """

    label: str
    name: str


def plan_log_groups(environment: str) -> tuple[LogGroupPlan, ...]:
    """Return the log groups of an environment, one for each kind of log."""
    return tuple(
        LogGroupPlan(label=f"logs-{each.lower()}", name=log_group_name(environment, each))
        for each in LOG_TYPES
    )
