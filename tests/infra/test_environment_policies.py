"""The policy documents of an environment, statement by statement, as the guide's samples have them."""

import json
from typing import Any

import pytest

from mwaa_network.environment.log_plan import plan_log_groups
from mwaa_network.environment.policies import Place, key_policy, role_policy, trust_policy

IRELAND = Place(region="eu-west-1", account="123456789012")
BEIJING = Place(region="cn-north-1", account="123456789012")
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"

# "Amazon MWAA execution role", sample policy for an AWS-owned key, with `mwaa` and `our-dags` filled in.
SAMPLE = [
    {
        "Effect": "Allow",
        "Action": "airflow:PublishMetrics",
        "Resource": "arn:aws:airflow:eu-west-1:123456789012:environment/mwaa",
    },
    {
        "Effect": "Deny",
        "Action": "s3:ListAllMyBuckets",
        "Resource": ["arn:aws:s3:::our-dags", "arn:aws:s3:::our-dags/*"],
    },
    {
        "Effect": "Allow",
        "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
        "Resource": ["arn:aws:s3:::our-dags", "arn:aws:s3:::our-dags/*"],
    },
    {
        "Effect": "Allow",
        "Action": [
            "logs:CreateLogStream",
            "logs:CreateLogGroup",
            "logs:PutLogEvents",
            "logs:GetLogEvents",
            "logs:GetLogRecord",
            "logs:GetLogGroupFields",
            "logs:GetQueryResults",
            "logs:DescribeLogStreams",
        ],
        "Resource": "arn:aws:logs:eu-west-1:123456789012:log-group:airflow-mwaa-*",
    },
    {"Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "*"},
    {"Effect": "Allow", "Action": "s3:GetAccountPublicAccessBlock", "Resource": "*"},
    {"Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*"},
    {
        "Effect": "Allow",
        "Action": [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
        ],
        "Resource": "arn:aws:sqs:eu-west-1:*:airflow-celery-*",
    },
    {
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt"],
        "NotResource": "arn:aws:kms:*:123456789012:key/*",
        "Condition": {"StringLike": {"kms:ViaService": ["sqs.eu-west-1.amazonaws.com"]}},
    },
]


def statements(document: str) -> list[Any]:
    """Return the statements of a policy document of the current language."""
    read = json.loads(document)
    assert read["Version"] == "2012-10-17"
    found: list[Any] = read["Statement"]
    return found


def test_the_role_may_do_what_the_sample_says_and_nothing_else() -> None:
    """With a key that AWS owns."""
    assert statements(role_policy("mwaa", "our-dags", IRELAND)) == SAMPLE


def test_with_a_customer_managed_key_the_last_statement_names_it() -> None:
    """And it is used through S3 as well; the rest is the same, PublishMetrics included."""
    *most, last = statements(role_policy("mwaa", "our-dags", IRELAND, KEY))
    assert most == SAMPLE[:-1]
    assert last == {
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt"],
        "Resource": KEY,
        "Condition": {
            "StringLike": {"kms:ViaService": ["sqs.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"]}
        },
    }


def test_in_china_every_arn_is_of_its_partition() -> None:
    """The service that a key is used through is named with either end, since no page says which it is."""
    china = statements(role_policy("mwaa", "our-dags", BEIJING))
    translated = json.loads(
        json.dumps(SAMPLE).replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1")
    )
    translated[-1]["Condition"]["StringLike"]["kms:ViaService"].append("sqs.cn-north-1.amazonaws.com.cn")
    assert china == translated


def test_two_services_of_mwaa_assume_the_role() -> None:
    """The second one runs the tasks."""
    assert statements(trust_policy()) == [
        {
            "Effect": "Allow",
            "Principal": {"Service": ["airflow.amazonaws.com", "airflow-env.amazonaws.com"]},
            "Action": "sts:AssumeRole",
        }
    ]


@pytest.mark.parametrize(
    ("place", "partition", "service"),
    [
        (IRELAND, "aws", "logs.eu-west-1.amazonaws.com"),
        (BEIJING, "aws-cn", "logs.cn-north-1.amazonaws.com.cn"),
    ],
    ids=["aws", "aws-cn"],
)
def test_the_account_and_cloudwatch_logs_use_the_key(place: Place, partition: str, service: str) -> None:
    """The account through IAM, CloudWatch Logs for log groups of the account alone."""
    log_groups = f"arn:{partition}:logs:{place.region}:123456789012:*"
    assert statements(key_policy(place)) == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{partition}:iam::123456789012:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": [
                "kms:Encrypt*",
                "kms:Decrypt*",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:Describe*",
            ],
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        },
    ]


def test_each_kind_of_log_has_a_group() -> None:
    """Named as MWAA names it."""
    assert [(each.label, each.name) for each in plan_log_groups("mwaa")] == [
        ("logs-dagprocessing", "airflow-mwaa-DAGProcessing"),
        ("logs-scheduler", "airflow-mwaa-Scheduler"),
        ("logs-task", "airflow-mwaa-Task"),
        ("logs-webserver", "airflow-mwaa-WebServer"),
        ("logs-worker", "airflow-mwaa-Worker"),
    ]
