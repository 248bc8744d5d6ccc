"""Makes the log groups, and turns the logs on."""

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.environments import LOG_LEVEL
from mwaa_network.environment.log_plan import LogGroupPlan
from mwaa_network.family import Family

ALL_LOGS: Final[aws.mwaa.EnvironmentLoggingConfigurationArgsDict] = {
    "dag_processing_logs": {"enabled": True, "log_level": LOG_LEVEL},
    "scheduler_logs": {"enabled": True, "log_level": LOG_LEVEL},
    "task_logs": {"enabled": True, "log_level": LOG_LEVEL},
    "webserver_logs": {"enabled": True, "log_level": LOG_LEVEL},
    "worker_logs": {"enabled": True, "log_level": LOG_LEVEL},
}


def make_log_groups(
    family: Family, plans: Sequence[LogGroupPlan], days: int, key: aws.kms.Key | None
) -> tuple[aws.cloudwatch.LogGroup, ...]:
    """Make the planned log groups before MWAA makes them, which would keep events for ever."""
    return tuple(
        aws.cloudwatch.LogGroup(
            family.child(plan.label),
            name=plan.name,
            retention_in_days=days,
            kms_key_id=key.arn if key else None,
            tags=family.tags_of(plan.label),
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
        for plan in plans
    )
