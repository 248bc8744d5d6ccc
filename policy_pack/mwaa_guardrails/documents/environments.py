"""The typed values behind what an environment has beside its network: role, bucket, key, log groups."""

from collections.abc import Mapping
from typing import Final

from mwaa_guardrails.documents.facts import LOG_GROUP_NAME_PREFIX, partition

# "Amazon MWAA execution role": who assumes the role, and what the samples let it do beside what stands in
# `facts`. A key is used through services alone: an AWS-owned one through SQS, one's own through S3 as well.
EXECUTION_ROLE_PRINCIPALS: Final = ("airflow.amazonaws.com", "airflow-env.amazonaws.com")
EXECUTION_ROLE_PUBLISH_ACTION: Final = "airflow:PublishMetrics"
EXECUTION_ROLE_ACCOUNT_BLOCK_ACTION: Final = "s3:GetAccountPublicAccessBlock"
OWNED_KEY_SERVICES: Final = ("sqs",)
CUSTOMER_KEY_SERVICES: Final = ("sqs", "s3")

# "Using customer managed keys for encryption": what CloudWatch Logs may do with the key. The account's own
# right to administer a key is in the policy that KMS gives to each new key ("Default key policy").
KEY_POLICY_LOGS_ACTIONS: Final = (
    "kms:Encrypt*",
    "kms:Decrypt*",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:Describe*",
)
KEY_ADMINISTRATION_ACTION: Final = "kms:*"

# "Adding or updating DAGs": the folder of DAGs in the bucket, as the guide names it.
DAGS_FOLDER: Final = "dags"

# "CreateEnvironment": what an environment class may be; the names of versions are three numbers.
ENVIRONMENT_CLASSES: Final = (
    "mw1.micro",
    "mw1.small",
    "mw1.medium",
    "mw1.large",
    "mw1.xlarge",
    "mw1.2xlarge",
)
AIRFLOW_VERSION_PATTERN: Final = r"(\d+)\.(\d+)\.(\d+)"
# "Apache Airflow access modes": the first version that takes PUBLIC_AND_PRIVATE.
BOTH_ACCESS_MODES_FROM: Final = (3, 2, 1)

# "PutRetentionPolicy", CloudWatch Logs API Reference: the days that events may be kept.
LOG_RETENTION_DAYS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)


# "Viewing Airflow logs in Amazon CloudWatch": the kinds of logs, and the level that shows what tasks do.
LOG_TYPES: Final = ("DAGProcessing", "Scheduler", "Task", "WebServer", "Worker")
LOG_LEVEL: Final = "INFO"


def log_group_name(environment: str, log_type: str) -> str:
    """Return the name of a log group, such as `airflow-mwaa-Task`, or with `*` for the type, of all."""
    return f"{LOG_GROUP_NAME_PREFIX}{environment}-{log_type}"


# Ends of the domain names of services, by partition.
_DOMAINS: Final[Mapping[str, str]] = {"aws-cn": "amazonaws.com.cn"}
_DOMAIN: Final = "amazonaws.com"


def logs_principal(region: str) -> str:
    """Return the service principal of CloudWatch Logs in a Region (AWS CDK, region-info/lib/default.ts)."""
    return f"logs.{region}.{_DOMAINS.get(partition(region), _DOMAIN)}"


def via_services(region: str, services: tuple[str, ...]) -> tuple[str, ...]:
    """Return what `kms:ViaService` is for requests through services.

    No page says how it ends in China. Either end is named there: no service answers to the other one.
    """
    domains = dict.fromkeys((_DOMAIN, _DOMAINS.get(partition(region), _DOMAIN)))
    return tuple(f"{service}.{region}.{domain}" for service in services for domain in domains)
