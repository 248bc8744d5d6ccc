"""What Checkov says: every rule that objects, and to which resources. A test runs Checkov."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tools.scanners.practices import (
    ACL,
    BUCKET,
    FLOW_LOGS,
    KEYS,
    OUTBOUND,
    PUBLIC_SUBNETS,
    WEB_SERVER,
    Practice,
)


class Configuration(StrEnum):
    """What Checkov looks at."""

    PUBLIC = "public routing"
    PRIVATE = "private routing"
    INLINE = "the guide's filters inline"
    HARDENED = "hardened"


HARDENED_KEYS: Final[Mapping[str, object]] = {
    "routing": "private",
    "ingress": "restricted",
    "egress": "narrow",
    "networkAcl": "restricted",
    "s3EndpointBuckets": ["analytics-dags-of-our-own"],
    "flowLogBucketArn": "arn:aws:s3:::central-logs-of-our-own",
    "protect": True,
}
"""The network of the hardened example, as keys of the network program."""


DOCUMENTED: Final = (Configuration.PUBLIC, Configuration.PRIVATE)
_EVERYWHERE: Final = (*DOCUMENTED, Configuration.HARDENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A rule of Checkov that objects.

    Attributes:
        rule: Its id.
        practice: What it objects to, as AWS documents it.
        asks: What it asks for, in our words.
        resources: Patterns of the addresses of the resources: in Terraform, and in CloudFormation where the
            rule is there too.
        raised_by: The configurations to which it objects; among them the hardened one where it stands.
        answer: What the hardened configuration does about it, or why the objection stands.
        waiver: Why the rule should let it be, where that is not the practice's own reason.
    """

    rule: str
    practice: Practice
    asks: str
    resources: tuple[str, ...]
    raised_by: tuple[Configuration, ...]
    answer: str
    waiver: str = ""

    @property
    def stands(self) -> bool:
        """Whether it objects to the hardened configuration too."""
        return Configuration.HARDENED in self.raised_by


_BUCKET: Final = "aws_s3_bucket.*-dags"
_BUCKET_IN_CLOUDFORMATION: Final = "AWS::S3::Bucket.*DagsBucket"
_ENTRY: Final = "aws_network_acl_rule.*-ingress"
_INLINE_ACL: Final = "aws_network_acl.guide-acl"
_RESTRICTED: Final = (
    "`networkAcl: restricted` lets in TCP 443 and 1024 to 65535 from the private subnets, and replies on "
    "32768 to 60999 from everywhere."
)


def _of_a_port(rule: str, port: int) -> tuple[Objection, Objection]:
    asks = f"no entry that lets everybody in on port {port}"
    return (
        Objection(
            rule=rule,
            practice=ACL,
            asks=asks,
            resources=(_ENTRY,),
            raised_by=DOCUMENTED,
            answer=_RESTRICTED,
        ),
        Objection(
            rule=rule,
            practice=ACL,
            asks=asks,
            resources=(_INLINE_ACL,),
            raised_by=(Configuration.INLINE,),
            answer=_RESTRICTED,
        ),
    )


OBJECTIONS: Final = (
    *_of_a_port("CKV_AWS_229", 21),
    *_of_a_port("CKV_AWS_230", 20),
    *_of_a_port("CKV_AWS_231", 3389),
    *_of_a_port("CKV_AWS_232", 22),
    Objection(
        rule="CKV_AWS_352",
        practice=ACL,
        asks="ports in every inbound entry",
        resources=(_ENTRY,),
        raised_by=DOCUMENTED,
        answer=_RESTRICTED,
    ),
    Objection(
        rule="CKV2_AWS_1",
        practice=ACL,
        asks="a list of subnets in the network ACL",
        resources=("aws_network_acl.*-network-acl",),
        raised_by=_EVERYWHERE,
        answer=(
            "The subnets are there, each by an association of its own, which the rule does not look for. "
            "Whoever attaches a subnet of theirs does not change the list of somebody else."
        ),
        waiver="The subnets are attached by associations",
    ),
    Objection(
        rule="CKV_AWS_382",
        practice=OUTBOUND,
        asks="no outbound rule for all ports to everywhere",
        resources=("aws_security_group.guide-group",),
        raised_by=(Configuration.INLINE,),
        answer=(
            "`egress: narrow` lets out to the group itself, to the VPC's block and to S3. Where the rule is "
            "a resource of its own, as in our networks, Checkov does not see that it is for all ports."
        ),
    ),
    Objection(
        rule="CKV_AWS_130",
        practice=PUBLIC_SUBNETS,
        asks="no public address for what is started in a subnet",
        resources=("aws_subnet.*-public-?",),
        raised_by=(Configuration.PUBLIC,),
        answer="Private routing has no public subnets.",
    ),
    Objection(
        rule="CKV2_AWS_66",
        practice=WEB_SERVER,
        asks="a web server that is reached inside the VPC alone",
        resources=("aws_mwaa_environment.*-environment",),
        raised_by=(Configuration.PUBLIC,),
        answer="`webserver_access_mode` is `PRIVATE_ONLY`, the component's choice with private routing.",
    ),
    Objection(
        rule="CKV_AWS_158",
        practice=KEYS,
        asks="a key of one's own for log groups",
        resources=("aws_cloudwatch_log_group.*-logs-*", "AWS::Logs::LogGroup.*LogGroup"),
        raised_by=DOCUMENTED,
        answer="`customer_key` encrypts them.",
    ),
    Objection(
        rule="CKV_AWS_145",
        practice=KEYS,
        asks="encryption of the bucket by KMS",
        resources=(_BUCKET,),
        raised_by=DOCUMENTED,
        answer="`customer_key` encrypts it.",
    ),
    Objection(
        rule="CKV2_AWS_11",
        practice=FLOW_LOGS,
        asks="flow logs",
        resources=("aws_vpc.*-vpc",),
        raised_by=DOCUMENTED,
        answer="`flowLogBucketArn` sends them to a bucket.",
    ),
    Objection(
        rule="CKV_AWS_18",
        practice=BUCKET,
        asks="logs of every access to the bucket",
        resources=(_BUCKET, _BUCKET_IN_CLOUDFORMATION),
        raised_by=DOCUMENTED,
        answer="`aws.s3.BucketLogging` on the output `dagBucket`, as in the example.",
    ),
    Objection(
        rule="CKV_AWS_144",
        practice=BUCKET,
        asks="a copy of the bucket in another Region",
        resources=(_BUCKET,),
        raised_by=_EVERYWHERE,
        answer="An environment reads DAGs in its own Region alone, and they come from version control.",
    ),
    Objection(
        rule="CKV2_AWS_61",
        practice=BUCKET,
        asks="a lifecycle configuration",
        resources=(_BUCKET,),
        raised_by=DOCUMENTED,
        answer="`aws.s3.BucketLifecycleConfiguration` on the output `dagBucket`, as in the example.",
    ),
    Objection(
        rule="CKV2_AWS_62",
        practice=BUCKET,
        asks="notifications of events",
        resources=(_BUCKET,),
        raised_by=_EVERYWHERE,
        answer="Nobody listens; whoever does adds `aws.s3.BucketNotification` on the output `dagBucket`.",
    ),
)


SATISFIED: Final = {
    "CKV_AWS_242": "the scheduler's logs are on",
    "CKV_AWS_243": "the workers' logs are on",
    "CKV_AWS_244": "the web server's logs are on",
    "CKV_AWS_338": "logs are kept for a year",
    "CKV_AWS_23": "security groups and rules have descriptions",
    "CKV_AWS_24": "nobody from outside gets in on port 22",
    "CKV_AWS_25": "nobody from outside gets in on port 3389",
    "CKV_AWS_277": "nobody from outside gets in on all ports",
    "CKV2_AWS_12": "the default security group is empty",
    "CKV2_AWS_6": "the bucket of DAGs blocks public access",
    "CKV_AWS_21": "the bucket of DAGs keeps versions",
}
"""Rules of Checkov to which both documented networks, with an environment, are right: what they ask for."""
