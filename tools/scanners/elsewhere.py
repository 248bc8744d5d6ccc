"""What other scanners say by their own documents and code. Nobody here has run them."""

from dataclasses import dataclass, replace
from typing import Final

from tools.scanners.practices import (
    ACL,
    BUCKET,
    ENDPOINT_LIST,
    ENDPOINT_POLICIES,
    FLOW_LOGS,
    KEYS,
    NO_PUBLIC_SUBNETS,
    OUTBOUND,
    PUBLIC_SUBNETS,
    ROLE,
    Practice,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """A tool.

    Attributes:
        name: Its name.
        looks_at: What it reads.
        read: What was read of it, and of which day.
    """

    name: str
    looks_at: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that objects to what AWS documents for MWAA.

    Attributes:
        scanner: Whose it is.
        id: What the scanner calls it.
        practice: What it objects to.
        asks: What it asks for, in our words.
        answer: What the hardened configuration does about it, or why it stands.
        stands: Whether it objects to that, too.
        url: Where it is described.
    """

    scanner: Scanner
    id: str
    practice: Practice
    asks: str
    answer: str
    stands: bool = False
    url: str


CDK_NAG: Final = Scanner(
    name="cdk-nag", looks_at="CDK programs, templates", read="rules and code of 29 June 2026"
)
TRIVY: Final = Scanner(
    name="Trivy", looks_at="Terraform, templates", read="code of the checks of 21 August 2026"
)
PROWLER: Final = Scanner(name="Prowler", looks_at="accounts", read="code of the checks of 21 August 2026")
CONFIG: Final = Scanner(name="AWS Config", looks_at="accounts", read="pages of the managed rules")
SECURITY_HUB: Final = Scanner(
    name="Security Hub", looks_at="accounts", read="the page of the controls for Amazon EC2"
)
SCANNERS: Final = (CDK_NAG, TRIVY, PROWLER, CONFIG, SECURITY_HUB)

_CDK_NAG: Final = "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md"
_TRIVY: Final = "https://github.com/aquasecurity/trivy-checks/blob/main/checks/cloud/aws"
_PROWLER: Final = "https://github.com/prowler-cloud/prowler/tree/master/prowler/providers/aws/services"
_CONFIG: Final = "https://docs.aws.amazon.com/config/latest/developerguide"
_HUB: Final = "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"

_RESTRICTED: Final = "`networkAcl: restricted`"
_NARROW: Final = "`egress: narrow`"
_PRIVATE: Final = "private routing"
_FLOW_LOGS: Final = "`flowLogBucketArn`"
_KEY: Final = "`customer_key`"
_LOGGING: Final = "`aws.s3.BucketLogging`, as in the example"
_LIFECYCLES: Final = "`aws.s3.BucketLifecycleConfiguration`, as in the example"
_OWNERS: Final = "the bucket's owner decides; the output `dagBucket` names it"

_NO_ADDRESS: Final = "no public address for what is started in a subnet"
_NO_REMOTE_ACCESS: Final = "no port 22 and 3389 for everybody"
_NO_ROUTE: Final = "no route to an internet gateway for everything"
_FOR_EC2: Final = "an endpoint for Amazon EC2"
_NO_PATTERNS: Final = "no patterns in policies"
_GUIDES: Final = "the guide's statements have them"
_OWN_KEY_FOR_LOGS: Final = "a key of one's own for log groups"
_OWN_KEY_FOR_BUCKET: Final = "a key of one's own for the bucket"
_LOGS_OF_TRAFFIC: Final = "flow logs"
_LOGS_OF_ACCESS: Final = "logs of every access"
_TLS: Final = "a policy that asks for TLS"
_LIFECYCLE: Final = "a lifecycle configuration"


def _rule(scanner: Scanner, id_: str, practice: Practice, asks: str, answer: str) -> Rule:
    """Return a rule that the hardened configuration satisfies."""
    return Rule(scanner=scanner, id=id_, practice=practice, asks=asks, answer=answer, url=_url(scanner, id_))


def _standing(scanner: Scanner, id_: str, practice: Practice, asks: str, answer: str) -> Rule:
    """Return a rule that stands."""
    return replace(_rule(scanner, id_, practice, asks, answer), stands=True)


def _url(scanner: Scanner, id_: str) -> str:
    if scanner is TRIVY:
        return f"{_TRIVY}/{_CHECKS_OF_TRIVY[id_]}.rego"
    if scanner is PROWLER:
        return f"{_PROWLER}/{id_.partition('_')[0]}/{id_}"
    if scanner is CONFIG:
        return f"{_CONFIG}/{id_}.html"
    return _CDK_NAG if scanner is CDK_NAG else _HUB


_CHECKS_OF_TRIVY: Final = {
    "AWS-0017": "cloudwatch/log_group_customer_key",
    "AWS-0057": "iam/no_policy_wildcards",
    "AWS-0089": "s3/enable_logging",
    "AWS-0102": "ec2/no_excessive_port_access",
    "AWS-0104": "ec2/no_public_egress_sgr",
    "AWS-0105": "ec2/no_public_ingress_acl",
    "AWS-0132": "s3/encryption_customer_key",
    "AWS-0164": "ec2/no_public_ip_subnet",
    "AWS-0178": "ec2/require_vpc_flow_logs_for_all_vpcs",
}

RULES: Final = (
    _standing(CDK_NAG, "AwsSolutions-VPC3", ACL, "no network ACL at all", "a VPC is never without one"),
    _rule(TRIVY, "AWS-0102", ACL, "ports in every entry", _RESTRICTED),
    _rule(TRIVY, "AWS-0105", ACL, _NO_REMOTE_ACCESS, _RESTRICTED),
    _rule(PROWLER, "ec2_networkacl_allow_ingress_any_port", ACL, "not all ports for everybody", _RESTRICTED),
    _rule(PROWLER, "ec2_networkacl_allow_ingress_tcp_port_22", ACL, "no port 22 for everybody", _RESTRICTED),
    _rule(
        PROWLER, "ec2_networkacl_allow_ingress_tcp_port_3389", ACL, "no port 3389 for everybody", _RESTRICTED
    ),
    _rule(CONFIG, "nacl-no-unrestricted-ssh-rdp", ACL, _NO_REMOTE_ACCESS, _RESTRICTED),
    _rule(SECURITY_HUB, "EC2.21", ACL, _NO_REMOTE_ACCESS, _RESTRICTED),
    _rule(TRIVY, "AWS-0104", OUTBOUND, "no outbound rule to everywhere", _NARROW),
    _rule(CDK_NAG, "HIPAA.Security-VPCNoUnrestrictedRouteToIGW", PUBLIC_SUBNETS, _NO_ROUTE, _PRIVATE),
    _rule(CONFIG, "no-unrestricted-route-to-igw", PUBLIC_SUBNETS, _NO_ROUTE, _PRIVATE),
    _rule(
        CDK_NAG,
        "HIPAA.Security-VPCSubnetAutoAssignPublicIpDisabled",
        PUBLIC_SUBNETS,
        _NO_ADDRESS,
        _PRIVATE,
    ),
    _rule(TRIVY, "AWS-0164", PUBLIC_SUBNETS, _NO_ADDRESS, _PRIVATE),
    _rule(PROWLER, "vpc_subnet_no_public_ip_by_default", PUBLIC_SUBNETS, _NO_ADDRESS, _PRIVATE),
    _rule(CONFIG, "subnet-auto-assign-public-ip-disabled", PUBLIC_SUBNETS, _NO_ADDRESS, _PRIVATE),
    _rule(SECURITY_HUB, "EC2.15", PUBLIC_SUBNETS, _NO_ADDRESS, _PRIVATE),
    _standing(
        PROWLER,
        "vpc_subnet_separate_private_public",
        NO_PUBLIC_SUBNETS,
        "a public subnet beside private ones",
        "private routing does without",
    ),
    _standing(
        PROWLER,
        "vpc_endpoint_connections_trust_boundaries",
        ENDPOINT_POLICIES,
        "trusted accounts in the policy of each endpoint",
        "a gateway endpoint takes no principal but everybody, and MWAA's queues are in an account of AWS",
    ),
    _rule(PROWLER, "vpc_endpoint_for_ec2_enabled", ENDPOINT_LIST, _FOR_EC2, "`extraEndpoints: [ec2]`"),
    _rule(SECURITY_HUB, "EC2.10", ENDPOINT_LIST, _FOR_EC2, "`extraEndpoints: [ec2]`"),
    _standing(CDK_NAG, "AwsSolutions-IAM5", ROLE, _NO_PATTERNS, _GUIDES),
    _standing(TRIVY, "AWS-0057", ROLE, _NO_PATTERNS, _GUIDES),
    _rule(CDK_NAG, "HIPAA.Security-CloudWatchLogGroupEncrypted", KEYS, _OWN_KEY_FOR_LOGS, _KEY),
    _rule(TRIVY, "AWS-0017", KEYS, _OWN_KEY_FOR_LOGS, _KEY),
    _rule(PROWLER, "cloudwatch_log_group_kms_encryption_enabled", KEYS, _OWN_KEY_FOR_LOGS, _KEY),
    _rule(TRIVY, "AWS-0132", KEYS, _OWN_KEY_FOR_BUCKET, _KEY),
    _rule(PROWLER, "s3_bucket_kms_encryption", KEYS, "encryption of the bucket by KMS", _KEY),
    _rule(CDK_NAG, "AwsSolutions-VPC7", FLOW_LOGS, _LOGS_OF_TRAFFIC, _FLOW_LOGS),
    _rule(TRIVY, "AWS-0178", FLOW_LOGS, _LOGS_OF_TRAFFIC, _FLOW_LOGS),
    _rule(PROWLER, "vpc_flow_logs_enabled", FLOW_LOGS, _LOGS_OF_TRAFFIC, _FLOW_LOGS),
    _rule(CONFIG, "vpc-flow-logs-enabled", FLOW_LOGS, _LOGS_OF_TRAFFIC, _FLOW_LOGS),
    _rule(SECURITY_HUB, "EC2.6", FLOW_LOGS, _LOGS_OF_TRAFFIC, _FLOW_LOGS),
    _rule(CDK_NAG, "AwsSolutions-S1", BUCKET, _LOGS_OF_ACCESS, _LOGGING),
    _rule(TRIVY, "AWS-0089", BUCKET, _LOGS_OF_ACCESS, _LOGGING),
    _rule(PROWLER, "s3_bucket_server_access_logging_enabled", BUCKET, _LOGS_OF_ACCESS, _LOGGING),
    _rule(CONFIG, "s3-bucket-logging-enabled", BUCKET, _LOGS_OF_ACCESS, _LOGGING),
    _standing(CDK_NAG, "AwsSolutions-S10", BUCKET, _TLS, _OWNERS),
    _standing(PROWLER, "s3_bucket_secure_transport_policy", BUCKET, _TLS, _OWNERS),
    _rule(PROWLER, "s3_bucket_lifecycle_enabled", BUCKET, _LIFECYCLE, _LIFECYCLES),
    _rule(CONFIG, "s3-version-lifecycle-policy-check", BUCKET, _LIFECYCLE, _LIFECYCLES),
    _standing(PROWLER, "s3_bucket_event_notifications_enabled", BUCKET, "notifications of events", _OWNERS),
    _standing(PROWLER, "s3_bucket_cross_region_replication", BUCKET, "a copy in another Region", _OWNERS),
)
