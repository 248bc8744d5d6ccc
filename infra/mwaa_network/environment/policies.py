"""The policy documents of an environment's role and key. Pure: values, no resources."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mwaa_guardrails.documents.environments import (
    CUSTOMER_KEY_SERVICES,
    EXECUTION_ROLE_ACCOUNT_BLOCK_ACTION,
    EXECUTION_ROLE_PRINCIPALS,
    EXECUTION_ROLE_PUBLISH_ACTION,
    KEY_ADMINISTRATION_ACTION,
    KEY_POLICY_LOGS_ACTIONS,
    OWNED_KEY_SERVICES,
    log_group_name,
    logs_principal,
    via_services,
)
from mwaa_guardrails.documents.facts import (
    EXECUTION_ROLE_DENIED_S3_ACTION,
    EXECUTION_ROLE_KMS_ACTIONS,
    EXECUTION_ROLE_LOG_LIST_ACTION,
    EXECUTION_ROLE_LOGS_ACTIONS,
    EXECUTION_ROLE_METRICS_ACTION,
    EXECUTION_ROLE_S3_ACTIONS,
    EXECUTION_ROLE_SQS_ACTIONS,
    POLICY_LANGUAGE_VERSION,
    QUEUE_NAME_PREFIX,
    partition,
)

_Element: TypeAlias = str | Sequence[str] | Mapping[str, "_Element"]
_Statement: TypeAlias = Mapping[str, _Element]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The account and the Region of an environment."""

    region: str
    account: str

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this place, such as that of a log group."""
        return self._arn(service, self.region, self.account, resource)

    def bucket_arn(self, bucket: str) -> str:
        """Return the ARN of a bucket, which names neither account nor Region."""
        return self._arn("s3", "", "", bucket)

    def any_account_arn(self, service: str, resource: str) -> str:
        """Return an ARN pattern for this Region in whichever account."""
        return self._arn(service, self.region, "*", resource)

    def any_region_arn(self, service: str, resource: str) -> str:
        """Return an ARN pattern for this account in whichever Region."""
        return self._arn(service, "*", self.account, resource)

    def root_arn(self) -> str:
        """Return the ARN that stands for the account as a principal."""
        return self._arn("iam", "", self.account, "root")

    def _arn(self, service: str, region: str, account: str, resource: str) -> str:
        return f"arn:{partition(self.region)}:{service}:{region}:{account}:{resource}"


def trust_policy() -> str:
    """Return who may assume the execution role."""
    return _document(
        {
            "Effect": "Allow",
            "Principal": {"Service": EXECUTION_ROLE_PRINCIPALS},
            "Action": "sts:AssumeRole",
        }
    )


def role_policy(environment: str, bucket: str, place: Place, key_arn: str | None = None) -> str:
    """Return what the execution role may do: the statements of the guide's samples, and no others.

    Args:
        environment: The environment's name.
        bucket: The name of its bucket.
        place: Where it is.
        key_arn: The ARN of its customer managed key; None for a key that AWS owns.
    """
    bucket_arns = (place.bucket_arn(bucket), place.bucket_arn(f"{bucket}/*"))
    return _document(
        _allow(EXECUTION_ROLE_PUBLISH_ACTION, place.arn("airflow", f"environment/{environment}")),
        {"Effect": "Deny", "Action": EXECUTION_ROLE_DENIED_S3_ACTION, "Resource": bucket_arns},
        _allow(EXECUTION_ROLE_S3_ACTIONS, bucket_arns),
        _allow(
            EXECUTION_ROLE_LOGS_ACTIONS, place.arn("logs", f"log-group:{log_group_name(environment, '*')}")
        ),
        _allow(EXECUTION_ROLE_LOG_LIST_ACTION, "*"),
        _allow(EXECUTION_ROLE_ACCOUNT_BLOCK_ACTION, "*"),
        _allow(EXECUTION_ROLE_METRICS_ACTION, "*"),
        _allow(EXECUTION_ROLE_SQS_ACTIONS, place.any_account_arn("sqs", f"{QUEUE_NAME_PREFIX}*")),
        _key_statement(place, key_arn),
    )


def _key_statement(place: Place, key_arn: str | None) -> _Statement:
    """A key that AWS owns is in an account of AWS, whichever that is: not in one's own."""
    key: _Statement = (
        {"NotResource": place.any_region_arn("kms", "key/*")} if key_arn is None else {"Resource": key_arn}
    )
    services = OWNED_KEY_SERVICES if key_arn is None else CUSTOMER_KEY_SERVICES
    return {
        "Effect": "Allow",
        "Action": EXECUTION_ROLE_KMS_ACTIONS,
        **key,
        "Condition": {"StringLike": {"kms:ViaService": via_services(place.region, services)}},
    }


def key_policy(place: Place) -> str:
    """Return who may use a customer managed key: the account as it decides, and CloudWatch Logs."""
    return _document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": place.root_arn()},
            "Action": KEY_ADMINISTRATION_ACTION,
            "Resource": "*",
        },
        {
            "Effect": "Allow",
            "Principal": {"Service": logs_principal(place.region)},
            "Action": KEY_POLICY_LOGS_ACTIONS,
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": place.arn("logs", "*")}},
        },
    )


def _allow(actions: _Element, resources: _Element) -> _Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def _document(*statements: _Statement) -> str:
    return json.dumps({"Version": POLICY_LANGUAGE_VERSION, "Statement": statements})
