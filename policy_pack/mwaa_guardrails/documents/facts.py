"""The typed values behind the sentences: ports, CIDRs, rule numbers, services, names of buckets and tags."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mwaa_guardrails.aws.model import FIRST_ADDRESSES_KEPT, LAST_ADDRESSES_KEPT

# Addresses, protocols and ports: "Security in your VPC on Amazon MWAA".
ANY_IPV4: Final = "0.0.0.0/0"
ANY_IPV6: Final = "::/0"
ALL_PROTOCOLS: Final = "-1"
TCP: Final = "tcp"
DATABASE_PORT: Final = 5432
HTTPS_PORT: Final = 443

# The entry of the example network ACL, the same in both directions.
DOCUMENTED_ENTRY_NUMBER: Final = 100
ALLOW: Final = "allow"

# Ports on which replies come back: "Custom network ACLs for your VPC", ephemeral ports. MWAA runs Amazon
# Linux, whose own range is the required part; NAT gateways use the whole of the wider one.
LINUX_EPHEMERAL_PORTS: Final = (32768, 60999)
EPHEMERAL_PORTS: Final = (1024, 65535)

# "NetworkConfiguration": exactly two subnets, one to five security groups.
SUBNETS_PER_ENVIRONMENT: Final = 2
SECURITY_GROUPS_MIN: Final = 1
SECURITY_GROUPS_MAX: Final = 5

# "Create the VPC network".
TEMPLATE_VPC_CIDR: Final = "10.192.0.0/16"
UNSUPPORTED_ZONE_IDS: Final = frozenset({"use1-az3"})

# "Apache Airflow access modes": the first major version whose workers call the web server.
WORKERS_CALL_WEB_SERVER_FROM: Final = 3

# What this project writes on subnets and security groups that an environment will get.
ENVIRONMENT_TAG: Final = "mwaa:environment"
ROUTING_TAG: Final = "mwaa:routing"
# What a project writes on a resource that it wants exempt from a check, whose id follows.
EXEMPTION_TAG_PREFIX: Final = "mwaa:exempt:"


class EndpointKind(StrEnum):
    """The two kinds of VPC endpoint this project makes, as EC2 spells them."""

    GATEWAY = "Gateway"
    INTERFACE = "Interface"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointService:
    """An AWS service that an environment with private routing reaches through a VPC endpoint.

    Attributes:
        suffix: The service's name after the Region, such as `logs`.
        kind: The kind of endpoint the guide asks for.
    """

    suffix: str
    kind: EndpointKind


# "Creating the required VPC service endpoints": the list of five, which AWS's own template makes.
S3: Final = EndpointService(suffix="s3", kind=EndpointKind.GATEWAY)
REQUIRED_ENDPOINT_SERVICES: Final = (
    S3,
    EndpointService(suffix="sqs", kind=EndpointKind.INTERFACE),
    EndpointService(suffix="logs", kind=EndpointKind.INTERFACE),
    EndpointService(suffix="monitoring", kind=EndpointKind.INTERFACE),
    EndpointService(suffix="kms", kind=EndpointKind.INTERFACE),
)

# The prefix of a service's name in China is decided service by service, not by the partition (AWS CDK,
# `vpc-endpoint.ts`). Of the five, `monitoring` and `sqs` carry it.
_CHINA_PREFIXED: Final = frozenset(
    {
        *("athena", "batch", "cloudformation", "databrew", "dms", "ec2", "ecr.api", "ecr.dkr", "eks"),
        *("elasticfilesystem", "emr-containers", "execute-api", "fsx", "kinesis-streams", "lambda"),
        *("monitoring", "rds", "redshift", "redshift-data", "sagemaker.api", "sagemaker.runtime"),
        *("sagemaker.featurestore-runtime", "sqs", "states", "sts", "sync-states", "transfer"),
        "xray",
    }
)


def partition(region: str) -> str:
    """Return the partition of a Region: `aws`, `aws-cn` or `aws-us-gov`."""
    prefixes = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    return next((name for prefix, name in prefixes.items() if region.startswith(prefix)), "aws")


def endpoint_service_name(region: str, service: EndpointService) -> str:
    """Return the full name of an endpoint service, such as `com.amazonaws.eu-west-1.sqs`."""
    prefix = "cn." if partition(region) == "aws-cn" and service.suffix in _CHINA_PREFIXED else ""
    return f"{prefix}com.amazonaws.{region}.{service.suffix}"


def starport_layer_bucket(region: str) -> str:
    """Return the bucket that Amazon ECR serves image layers from in a Region ("Security in your VPC")."""
    return f"prod-{region}-starport-layer-bucket"


# "Security in your VPC": what the S3 gateway endpoint must let through for Amazon ECR.
STARPORT_ACTIONS: Final = ("s3:GetObject",)
# "Amazon MWAA execution role": what the role may do with the environment's own bucket.
EXECUTION_ROLE_S3_ACTIONS: Final = ("s3:GetObject*", "s3:GetBucket*", "s3:List*")
# Listing all buckets is no request on one of them; the sample policy denies it.
EXECUTION_ROLE_DENIED_S3_ACTION: Final = "s3:ListAllMyBuckets"
# The same page: what the role may do with the queue that Celery uses, in an account of MWAA,
EXECUTION_ROLE_SQS_ACTIONS: Final = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
)
QUEUE_NAME_PREFIX: Final = "airflow-celery-"
# with the log groups of the environment, whose names begin with its own,
EXECUTION_ROLE_LOGS_ACTIONS: Final = (
    "logs:CreateLogStream",
    "logs:CreateLogGroup",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetLogGroupFields",
    "logs:GetQueryResults",
    "logs:DescribeLogStreams",
)
EXECUTION_ROLE_LOG_LIST_ACTION: Final = "logs:DescribeLogGroups"
LOG_GROUP_NAME_PREFIX: Final = "airflow-"
# with metrics, which are no resources,
EXECUTION_ROLE_METRICS_ACTION: Final = "cloudwatch:PutMetricData"
# and with the key of the queue: one that AWS owns, in an account of AWS, or the environment's own.
EXECUTION_ROLE_KMS_ACTIONS: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt")

# "VPC endpoint policies" in "Security in your VPC": the example for interface endpoints, and the name of the
# statement in the example for the S3 gateway endpoint.
FULL_ACCESS_STATEMENT: Final[Mapping[str, str]] = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "*",
    "Resource": "*",
}
STARPORT_STATEMENT_ID: Final = "Access-to-specific-bucket-only"
# "IAM JSON policy elements: Version": the current language of policy documents.
POLICY_LANGUAGE_VERSION: Final = "2012-10-17"
# "CreateVpcEndpoint", EC2 API Reference: characters a policy document may have.
ENDPOINT_POLICY_MAX_CHARACTERS: Final = 20480

# "VPC CIDR blocks": sizes, and the ranges that are set aside for private use (RFC 1918, RFC 6598).
LARGEST_VPC_PREFIX: Final = 16
SMALLEST_VPC_PREFIX: Final = 28
PRIVATE_IPV4_RANGES: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
# "Create the VPC network": the size of the template's subnets.
TEMPLATE_SUBNET_PREFIX: Final = 24
# Our estimate from "Amazon MWAA environment class" and "Subnet CIDR blocks": while 25 workers, the default
# quota, are replaced in an update, a subnet gives out about 36 addresses; a /27 has 27.
SMALLEST_SUBNET_PREFIX: Final = 26

# "Subnet CIDR blocks": what EC2 takes, and how many addresses of each it keeps.
LARGEST_SUBNET_PREFIX: Final = 16
RESERVED_SUBNET_ADDRESSES: Final = FIRST_ADDRESSES_KEPT + LAST_ADDRESSES_KEPT
IPV6_SUBNET_PREFIX: Final = 64
# The estimate above.
ADDRESSES_IN_AN_UPDATE: Final = 36

# "Vpc" and "Subnet", EC2 API Reference: what their ids look like.
VPC_ID_PATTERN: Final = r"vpc-([0-9a-f]{8}|[0-9a-f]{17})"
SUBNET_ID_PATTERN: Final = r"subnet-([0-9a-f]{8}|[0-9a-f]{17})"

# "Environment", MWAA API Reference: what the services of its database and of its web server are called.
ENVIRONMENT_SERVICE_PATTERN: Final = r"com\.amazonaws\.vpce\.(?P<region>[a-z0-9-]+)\.vpce-svc-[0-9a-f]+"

# "AllocateAddress", EC2 API Reference: what an allocation's id looks like.
ALLOCATION_ID_PATTERN: Final = r"eipalloc-([0-9a-f]{8}|[0-9a-f]{17})"

# "NAT gateway basics" and AWS CDK issue 5847: zones in which no NAT gateway can be made.
ZONE_IDS_WITHOUT_NAT_GATEWAYS: Final = frozenset({"apne1-az3"})

# "Amazon VPC quotas": by default, for each direction, IPv4 and IPv6 apart. The last entry, which AWS adds, is
# among the entries; a rule that names a group counts for both families.
NETWORK_ACL_ENTRIES_QUOTA: Final = 20
NETWORK_ACL_ENTRIES_QUOTA_MAX: Final = 40
SECURITY_GROUP_RULES_QUOTA: Final = 60

# "CreateEnvironment", MWAA API Reference: what an environment may be called.
ENVIRONMENT_NAME_MAX_CHARACTERS: Final = 80
ENVIRONMENT_NAME_PATTERN: Final = r"[a-zA-Z][0-9a-zA-Z_-]*"

# "CreateRole", IAM API Reference: how long a role's name may be.
ROLE_NAME_MAX_CHARACTERS: Final = 64

# "Tag your Amazon EC2 resources": restrictions. EC2 shows the tag `Name` as a resource's name.
NAME_TAG: Final = "Name"
RESERVED_TAG_PREFIX: Final = "aws:"
TAGS_PER_RESOURCE_MAX: Final = 50
TAG_KEY_MAX_CHARACTERS: Final = 128
TAG_VALUE_MAX_CHARACTERS: Final = 256
# What this project's own tag keys begin with.
OWN_TAG_PREFIX: Final = "mwaa:"

# "General purpose bucket naming rules".
BUCKET_NAME_CHARACTERS: Final = (3, 63)
BUCKET_NAME_PATTERN: Final = r"(?!.*\.\.)[a-z0-9][a-z0-9.-]*[a-z0-9]"
BUCKET_NAME_RESERVED_PREFIXES: Final = ("xn--", "sthree-", "amzn-s3-demo-")
BUCKET_NAME_RESERVED_SUFFIXES: Final = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")

# "SecurityGroupRule" and "CreateSecurityGroup", EC2 API Reference: what descriptions may hold.
DESCRIPTION_MAX_CHARACTERS: Final = 255
DESCRIPTION_PATTERN: Final = r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]*"
