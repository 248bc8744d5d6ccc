"""Reads where the VPC's flow logs go, and makes what sends them there."""

import re
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_network.family import Family
from mwaa_network.problems import Problem, Refused, shown

KEY: Final = "flowLogBucketArn"
_ARN: Final = r"arn:aws(-cn)?:s3:::[a-z0-9][a-z0-9.-]+(/.*)?"


def read_flow_log_bucket(value: object) -> str | Refused:
    """Return the ARN that a value spells, or what is wrong with the value."""
    if isinstance(value, str) and re.fullmatch(_ARN, value):
        return value
    return Refused(
        (
            Problem(
                key=KEY,
                fault=f"{shown(value)} is no ARN of a bucket",
                allowed="the ARN of a bucket, or of a folder in it, such as arn:aws:s3:::our-flow-logs",
                why="Flow logs go to a bucket without a role of their own (Publish flow logs to Amazon S3).",
                remedy="Copy the ARN from the S3 console; the bucket's policy must let the logs in.",
            ),
        )
    )


def make_flow_log(family: Family, vpc: aws.ec2.Vpc, bucket_arn: str) -> None:
    """Send all traffic's records to a bucket; no environment waits for that."""
    aws.ec2.FlowLog(
        family.child("flow-log"),
        vpc_id=vpc.id,
        log_destination=bucket_arn,
        log_destination_type="s3",
        traffic_type="ALL",
        tags=family.tags_of("flow-log"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
