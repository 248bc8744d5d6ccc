"""The VPC endpoints of private routing: which there are, how they are attached, and what they let through."""

import json
from typing import Final

from tests.policy_pack.mutations.changes import Change, add, all_of, drop, new, put, take
from tests.policy_pack.mutations.labels import (
    EMPTIED,
    GROUP,
    INTERFACES,
    KMS,
    LOGS,
    MONITORING,
    S3,
    SQS,
    TABLE_A,
    TABLE_B,
    TIE_A,
    TIE_B,
    VPC,
    A,
    B,
)
from tests.policy_pack.mutations.program import BUCKET, BUCKETS, ENVIRONMENT, PRIVATE, PUBLIC, VIRGINIA
from tests.policy_pack.mutations.rows import EITHER, IN_PRIVATE, IN_PUBLIC, Mutation
from tests.policy_pack.stacks import Made, Written, ref
from tests.policy_pack.verdicts import (
    ATTACHED,
    CUSTOMER,
    DNS_TWICE,
    MISSING,
    POLICY,
    PRIVATE_DNS,
    REFUSES,
    S3_POLICY,
    SILENT,
    WEB_SERVER,
    advice,
    violation,
)

_REGION: Final = "com.amazonaws.eu-west-1"
_LACKING: Final = violation(MISSING, VPC)
_STARPORT: Final = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket"
_DAGS: Final = f"arn:aws:s3:::{BUCKET}"
_READS: Final[list[Written]] = ["s3:GetObject*", "s3:GetBucket*", "s3:List*"]


def _service(label: str, suffix: str) -> Change:
    return put(label, serviceName=f"{_REGION}.{suffix}")


def _subnet(name: str, zone: str) -> Made:
    return new(
        "ec2/subnet:Subnet",
        name,
        vpcId=ref(VPC),
        cidrBlock=f"10.192.{8 + len(name)}.0/24",
        availabilityZoneId=zone,
        region="eu-west-1",
    )


def _group(name: str, **inputs: Written) -> Made:
    return new("ec2/securityGroup:SecurityGroup", name, vpcId=ref(VPC), **inputs)


def _https_from(**source: Written) -> list[Written]:
    return [{"protocol": "tcp", "fromPort": 443, "toPort": 443, **source}]


def _allow(action: Written = "*", resource: Written = "*", **more: Written) -> dict[str, Written]:
    return {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource, **more}


def _deny(action: Written = "*", resource: Written = "*") -> dict[str, Written]:
    return _allow(action, resource, Effect="Deny")


def _policy(label: str, *statements: dict[str, Written]) -> Change:
    return put(label, policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))


def _layers(*resources: Written) -> dict[str, Written]:
    return _allow("s3:GetObject", list(resources) or [f"{_STARPORT}/*"])


def _bucket(actions: list[Written] | None = None) -> dict[str, Written]:
    return _allow(actions or _READS, [_DAGS, f"{_DAGS}/*"])


def _table_association(name: str, table: str) -> Made:
    return new(
        "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
        name,
        vpcEndpointId=ref(S3),
        routeTableId=ref(table),
    )


def _subnet_association(name: str, subnet: str) -> Made:
    return new(
        "ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
        name,
        vpcEndpointId=ref(SQS),
        subnetId=ref(subnet),
    )


_OWN_GROUP: Final = ref("SecurityGroup own")
_OTHER_VPC: Final = new("ec2/vpc:Vpc", "other", cidrBlock="10.192.0.0/16")
_TWIN: Final = new(
    "ec2/vpcEndpoint:VpcEndpoint",
    "twin",
    vpcId=ref(VPC),
    serviceName=f"{_REGION}.sqs",
    vpcEndpointType="Interface",
    privateDnsEnabled=True,
    subnetIds=[ref(A), ref(B)],
    securityGroupIds=[ref(GROUP)],
)
_BY_INTERFACE: Final = all_of(
    take(S3, "routeTableIds"),
    put(S3, vpcEndpointType="Interface", subnetIds=[ref(A), ref(B)], securityGroupIds=[ref(GROUP)]),
)

_WHICH: Final[tuple[Mutation, ...]] = (
    ("no S3 endpoint", IN_PRIVATE, drop(S3), _LACKING),
    ("no SQS endpoint", IN_PRIVATE, drop(SQS), _LACKING),
    ("no CloudWatch Logs endpoint", IN_PRIVATE, drop(LOGS), _LACKING),
    ("no CloudWatch endpoint", IN_PRIVATE, drop(MONITORING), _LACKING),
    ("no KMS endpoint", IN_PRIVATE, drop(KMS), _LACKING),
    ("no endpoint at all", IN_PRIVATE, drop(S3, *INTERFACES), _LACKING),
    ("no S3 endpoint, a NAT gateway", IN_PUBLIC, drop(S3), SILENT),
    ("SQS of another Region", IN_PRIVATE, put(SQS, serviceName="com.amazonaws.eu-west-2.sqs"), _LACKING),
    ("S3 of another Region", IN_PRIVATE, put(S3, serviceName="com.amazonaws.us-east-1.s3"), _LACKING),
    ("S3 Express in place of S3", IN_PRIVATE, _service(S3, "s3express"), _LACKING),
    ("KMS by FIPS in place of KMS", IN_PRIVATE, _service(KMS, "kms-fips"), _LACKING),
    ("SNS in place of SQS", IN_PRIVATE, _service(SQS, "sns"), _LACKING),
    ("events in place of monitoring", IN_PRIVATE, _service(MONITORING, "events"), _LACKING),
    ("a name without a service", IN_PRIVATE, put(LOGS, serviceName="com.amazonaws.logs"), _LACKING),
    (
        "the endpoint of a service in another VPC",
        IN_PRIVATE,
        all_of(add(_OTHER_VPC), put(LOGS, vpcId=ref("Vpc other"))),
        _LACKING,
    ),
    (
        "a service beside the five",
        IN_PRIVATE,
        add(
            new(
                "ec2/vpcEndpoint:VpcEndpoint",
                "sts",
                vpcId=ref(VPC),
                serviceName=f"{_REGION}.sts",
                vpcEndpointType="Interface",
            )
        ),
        SILENT,
    ),
    (
        "a second endpoint of a service with private DNS",
        IN_PRIVATE,
        add(_TWIN),
        violation(DNS_TWICE, "VpcEndpoint twin"),
    ),
)

_ATTACHED: Final[tuple[Mutation, ...]] = (
    *(
        (
            f"private DNS off: {label.partition('-')[2]}",
            IN_PRIVATE,
            put(label, privateDnsEnabled=False),
            violation(PRIVATE_DNS, label),
        )
        for label in INTERFACES
    ),
    (
        "private DNS left at the default",
        (BUCKETS,),
        take(SQS, "privateDnsEnabled"),
        violation(PRIVATE_DNS, SQS),
    ),
    (
        "private DNS by a resource of its own",
        IN_PRIVATE,
        all_of(
            take(SQS, "privateDnsEnabled"),
            add(
                new(
                    "vpc/endpointPrivateDns:EndpointPrivateDns",
                    "dns",
                    vpcEndpointId=ref(SQS),
                    privateDnsEnabled=True,
                )
            ),
        ),
        SILENT,
    ),
    *(
        (
            f"in one of the two subnets: {label.partition('-')[2]}",
            IN_PRIVATE,
            put(label, subnetIds=[ref(A)]),
            violation(ATTACHED, label),
        )
        for label in INTERFACES
    ),
    ("in no subnet", IN_PRIVATE, take(KMS, "subnetIds"), violation(ATTACHED, KMS)),
    (
        "in other subnets that cover the zones",
        IN_PRIVATE,
        all_of(
            add(_subnet("else-a", "euw1-az1"), _subnet("more-else-b", "euw1-az2")),
            put(KMS, subnetIds=[ref("Subnet else-a"), ref("Subnet more-else-b")]),
        ),
        advice(ATTACHED, KMS),
    ),
    (
        "in another subnet of one zone",
        IN_PRIVATE,
        all_of(add(_subnet("else-a", "euw1-az1")), put(KMS, subnetIds=[ref("Subnet else-a")])),
        violation(ATTACHED, KMS),
    ),
    (
        "in a third subnet as well",
        IN_PRIVATE,
        all_of(add(_subnet("c", "euw1-az3")), put(SQS, subnetIds=[ref(A), ref(B), ref("Subnet c")])),
        SILENT,
    ),
    (
        "in both subnets by resources of their own",
        IN_PRIVATE,
        all_of(take(SQS, "subnetIds"), add(_subnet_association("one", A), _subnet_association("two", B))),
        SILENT,
    ),
    (
        "in one subnet by a resource of its own",
        IN_PRIVATE,
        all_of(take(SQS, "subnetIds"), add(_subnet_association("one", A))),
        violation(ATTACHED, SQS),
    ),
    (
        "S3 on one of the two tables",
        IN_PRIVATE,
        put(S3, routeTableIds=[ref(TABLE_A)]),
        violation(ATTACHED, S3),
    ),
    ("S3 on no table", IN_PRIVATE, take(S3, "routeTableIds"), violation(ATTACHED, S3)),
    (
        "S3 on the main table, the subnets have their own",
        IN_PRIVATE,
        put(S3, routeTableIds=[ref(VPC, "mainRouteTableId")]),
        violation(ATTACHED, S3),
    ),
    (
        "S3 on the main table, which the subnets follow",
        IN_PRIVATE,
        all_of(drop(TIE_A, TIE_B), put(S3, routeTableIds=[ref(VPC, "mainRouteTableId")])),
        SILENT,
    ),
    ("S3 on one table, a NAT gateway", IN_PUBLIC, put(S3, routeTableIds=[ref(TABLE_A)]), SILENT),
    (
        "S3 on both tables by resources of their own",
        IN_PRIVATE,
        all_of(
            take(S3, "routeTableIds"),
            add(_table_association("one", TABLE_A), _table_association("two", TABLE_B)),
        ),
        SILENT,
    ),
    (
        "S3 on one table by a resource of its own",
        IN_PRIVATE,
        all_of(take(S3, "routeTableIds"), add(_table_association("one", TABLE_A))),
        violation(ATTACHED, S3),
    ),
    ("S3 without a type", IN_PRIVATE, take(S3, "vpcEndpointType"), SILENT),
    (
        "S3 by interface, with private DNS",
        IN_PRIVATE,
        all_of(_BY_INTERFACE, put(S3, privateDnsEnabled=True)),
        SILENT,
    ),
    ("S3 by interface, without private DNS", IN_PRIVATE, _BY_INTERFACE, advice(PRIVATE_DNS, S3)),
    *(
        (
            f"the type left out, which is Gateway: {label.partition('-')[2]}",
            IN_PRIVATE,
            take(label, "vpcEndpointType"),
            violation(ATTACHED, label),
        )
        for label in INTERFACES
    ),
    (
        "the type Gateway for an interface service",
        IN_PRIVATE,
        put(SQS, vpcEndpointType="Gateway"),
        violation(ATTACHED, SQS),
    ),
    # The environment's group, and HTTPS from it.
    *(
        (
            f"no group, and the VPC's default group is empty: {label.partition('-')[2]}",
            IN_PRIVATE,
            take(label, "securityGroupIds"),
            violation(REFUSES, label),
        )
        for label in INTERFACES
    ),
    (
        "the emptied default group",
        IN_PRIVATE,
        put(LOGS, securityGroupIds=[ref(EMPTIED)]),
        violation(REFUSES, LOGS),
    ),
    (
        "no group, the default group as AWS made it",
        IN_PRIVATE,
        all_of(drop(EMPTIED), take(LOGS, "securityGroupIds")),
        violation(REFUSES, LOGS),
    ),
    (
        "a group of its own without rules",
        IN_PRIVATE,
        all_of(add(_group("own")), put(LOGS, securityGroupIds=[_OWN_GROUP])),
        violation(REFUSES, LOGS),
    ),
    (
        "a group of its own that lets in another port",
        IN_PRIVATE,
        all_of(
            add(
                _group(
                    "own",
                    ingress=[
                        {"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": ["10.192.0.0/16"]}
                    ],
                )
            ),
            put(LOGS, securityGroupIds=[_OWN_GROUP]),
        ),
        violation(REFUSES, LOGS),
    ),
    (
        "a group of its own that lets in one of the subnets",
        IN_PRIVATE,
        all_of(
            add(_group("own", ingress=_https_from(cidrBlocks=["10.192.0.0/24"]))),
            put(LOGS, securityGroupIds=[_OWN_GROUP]),
        ),
        violation(REFUSES, LOGS),
    ),
    (
        "a group of its own that lets the VPC in",
        IN_PRIVATE,
        all_of(
            add(_group("own", ingress=_https_from(cidrBlocks=["10.192.0.0/16"]))),
            put(LOGS, securityGroupIds=[_OWN_GROUP]),
        ),
        advice(REFUSES, LOGS),
    ),
    (
        "a group of its own that lets the environment's group in",
        IN_PRIVATE,
        all_of(
            add(_group("own", ingress=_https_from(securityGroups=[ref(GROUP)]))),
            put(LOGS, securityGroupIds=[_OWN_GROUP]),
        ),
        advice(REFUSES, LOGS),
    ),
    (
        "the environment's group and one of its own",
        IN_PRIVATE,
        all_of(add(_group("own")), put(LOGS, securityGroupIds=[ref(GROUP), _OWN_GROUP])),
        SILENT,
    ),
)

_POLICIES: Final[tuple[Mutation, ...]] = (
    *(
        (
            f"the policy denies all: {label.partition('-')[2]}",
            IN_PRIVATE,
            _policy(label, _deny()),
            violation(POLICY, label),
        )
        for label in INTERFACES
    ),
    *(
        (
            f"the policy allows another service: {label.partition('-')[2]}",
            IN_PRIVATE,
            _policy(label, _allow("ec2:*")),
            violation(POLICY, label),
        )
        for label in INTERFACES
    ),
    *(
        (
            f"no policy, which is full access: {label.partition('-')[2]}",
            IN_PRIVATE,
            take(label, "policy"),
            SILENT,
        )
        for label in (S3, *INTERFACES)
    ),
    *(
        (
            f"the policy is longer than EC2 takes: {label.partition('-')[2]}",
            IN_PRIVATE,
            _policy(label, _allow(resource=["*", f"arn:aws:s3:::{'a' * 20_480}"])),
            violation(S3_POLICY if label == S3 else POLICY, label),
        )
        for label in (S3, *INTERFACES)
    ),
    (
        "SQS: messages are sent but not received",
        IN_PRIVATE,
        _policy(SQS, _allow(["sqs:SendMessage", "sqs:GetQueueUrl"])),
        violation(POLICY, SQS),
    ),
    (
        "SQS: deleting messages denied",
        IN_PRIVATE,
        _policy(SQS, _allow(), _deny("sqs:DeleteMessage")),
        violation(POLICY, SQS),
    ),
    (
        "SQS: all that the role does",
        IN_PRIVATE,
        _policy(SQS, _allow("SQS:*", "arn:aws:sqs:eu-west-1:*:airflow-celery-*")),
        SILENT,
    ),
    (
        "SQS: queues of one account",
        IN_PRIVATE,
        _policy(SQS, _allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:*")),
        advice(POLICY, SQS),
    ),
    (
        "SQS: queues of another name",
        IN_PRIVATE,
        _policy(SQS, _allow("sqs:*", "arn:aws:sqs:eu-west-1:*:jobs-*")),
        violation(POLICY, SQS),
    ),
    (
        "SQS: queues of another Region",
        IN_PRIVATE,
        _policy(SQS, _allow("sqs:*", "arn:aws:sqs:us-east-1:*:*")),
        violation(POLICY, SQS),
    ),
    (
        "logs: events are not put",
        IN_PRIVATE,
        _policy(LOGS, _allow(), _deny("logs:PutLogEvents")),
        violation(POLICY, LOGS),
    ),
    (
        "logs: groups of another name",
        IN_PRIVATE,
        _policy(LOGS, _allow("logs:*", "arn:aws:logs:eu-west-1:*:log-group:/aws/lambda/*")),
        violation(POLICY, LOGS),
    ),
    (
        "logs: read only",
        IN_PRIVATE,
        _policy(LOGS, _allow(["logs:Get*", "logs:Describe*"])),
        violation(POLICY, LOGS),
    ),
    (
        "monitoring: metrics are read but not put",
        IN_PRIVATE,
        _policy(MONITORING, _allow("cloudwatch:GetMetricData")),
        violation(POLICY, MONITORING),
    ),
    (
        "monitoring: what the role does",
        IN_PRIVATE,
        _policy(MONITORING, _allow("cloudwatch:PutMetricData")),
        SILENT,
    ),
    (
        "KMS: encrypting denied",
        IN_PRIVATE,
        _policy(KMS, _allow(), _deny("kms:Encrypt")),
        violation(POLICY, KMS),
    ),
    ("KMS: decrypting alone", IN_PRIVATE, _policy(KMS, _allow("kms:Decrypt")), violation(POLICY, KMS)),
    (
        "KMS: all that the role does",
        IN_PRIVATE,
        _policy(KMS, _allow(["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt"])),
        SILENT,
    ),
    ("a deny of what nobody needs", IN_PRIVATE, _policy(SQS, _allow(), _deny("sqs:PurgeQueue")), SILENT),
    # S3: the starport layer bucket of the Region, and the bucket with the DAGs.
    ("S3: all denied", IN_PRIVATE, _policy(S3, _deny()), violation(S3_POLICY, S3)),
    (
        "S3: the starport bucket alone, as the guide prints it",
        IN_PRIVATE,
        _policy(S3, _layers()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: the bucket of the DAGs alone",
        (PRIVATE, BUCKETS),
        _policy(S3, _bucket()),
        violation(S3_POLICY, S3),
    ),
    ("S3: both, written by hand", IN_PRIVATE, _policy(S3, _layers(), _bucket()), SILENT),
    (
        "S3: the placeholder of the guide's older page",
        IN_PRIVATE,
        _policy(S3, _layers("arn:aws:s3:::prod-region-starport-layer-bucket/*"), _bucket()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: the starport bucket of another Region",
        IN_PRIVATE,
        _policy(S3, _layers("arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"), _bucket()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: the starport bucket of every Region",
        IN_PRIVATE,
        _policy(S3, _layers("arn:aws:s3:::prod-*-starport-layer-bucket/*"), _bucket()),
        SILENT,
    ),
    (
        "S3: the starport bucket without its objects",
        IN_PRIVATE,
        _policy(S3, _layers(_STARPORT), _bucket()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: the starport bucket of another partition",
        IN_PRIVATE,
        _policy(S3, _layers("arn:aws-cn:s3:::prod-eu-west-1-starport-layer-bucket/*"), _bucket()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: actions that get no object",
        IN_PRIVATE,
        _policy(S3, _allow("s3:PutObject"), _bucket()),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: actions in another case, by wildcard",
        IN_PRIVATE,
        _policy(
            S3,
            _allow("S3:getobject", f"{_STARPORT}/*"),
            _allow("s3:Get*", [_DAGS, f"{_DAGS}/*"]),
            _allow("s3:L*", _DAGS),
        ),
        SILENT,
    ),
    (
        "S3: a deny of the starport bucket",
        IN_PRIVATE,
        _policy(S3, _allow(), _deny("s3:*", f"{_STARPORT}/*")),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: a deny of everything but one's own bucket",
        IN_PRIVATE,
        _policy(
            S3,
            _allow(),
            {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "NotResource": [_DAGS, f"{_DAGS}/*"]},
        ),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: a deny of other buckets",
        IN_PRIVATE,
        _policy(S3, _allow(), _deny("s3:*", "arn:aws:s3:::secrets/*")),
        SILENT,
    ),
    (
        "S3: a deny of listing all buckets",
        IN_PRIVATE,
        _policy(S3, _allow(), _deny("s3:ListAllMyBuckets")),
        SILENT,
    ),
    ("S3: no policy, NAT gateways, starport alone", IN_PUBLIC, _policy(S3, _layers()), SILENT),
)

ROWS: Final[tuple[Mutation, ...]] = (*_WHICH, *_ATTACHED, *_POLICIES)

ENVIRONMENT_ROWS: Final[tuple[Mutation, ...]] = (
    (
        "S3: another bucket than the environment's",
        (BUCKETS,),
        put(ENVIRONMENT, sourceBucketArn="arn:aws:s3:::other-dags"),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: objects of the bucket without the bucket",
        IN_PRIVATE,
        _policy(S3, _layers(), _allow(_READS, f"{_DAGS}/*")),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: the bucket without its objects",
        IN_PRIVATE,
        _policy(S3, _layers(), _allow(_READS, _DAGS)),
        violation(S3_POLICY, S3),
    ),
    (
        "S3: objects are got, nothing is listed",
        IN_PRIVATE,
        _policy(S3, _layers(), _bucket(["s3:GetObject"])),
        violation(S3_POLICY, S3),
    ),
    (
        "Airflow 3 with a private web server and no internet",
        IN_PRIVATE,
        put(ENVIRONMENT, airflowVersion="3.0.6", webserverAccessMode="PRIVATE_ONLY"),
        SILENT,
    ),
    (
        "Airflow 3 with a public web server and no internet",
        IN_PRIVATE,
        put(ENVIRONMENT, airflowVersion="3.0.6", webserverAccessMode="PUBLIC_ONLY"),
        violation(WEB_SERVER, ENVIRONMENT),
    ),
    (
        "Airflow 3 with a public web server over NAT",
        IN_PUBLIC,
        put(ENVIRONMENT, airflowVersion="3.0.6", webserverAccessMode="PUBLIC_ONLY"),
        SILENT,
    ),
    (
        "Airflow 2 with a public web server and no internet",
        IN_PRIVATE,
        put(ENVIRONMENT, airflowVersion="2.10.3", webserverAccessMode="PUBLIC_ONLY"),
        SILENT,
    ),
    (
        "a private web server over NAT",
        (PUBLIC, VIRGINIA),
        put(ENVIRONMENT, webserverAccessMode="PRIVATE_ONLY"),
        SILENT,
    ),
    (
        "endpoints that the customer must make, and does not",
        EITHER,
        put(ENVIRONMENT, endpointManagement="CUSTOMER"),
        advice(CUSTOMER, ENVIRONMENT),
    ),
)
