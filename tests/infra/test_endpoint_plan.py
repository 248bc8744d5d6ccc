"""The VPC endpoints of each routing and Region, and their policy documents."""

import json

import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import EndpointKind
from mwaa_network.arguments import NetworkArgs
from mwaa_network.endpoint_plan import EndpointPlan, plan_endpoints, s3_policy

PRIVATE = NetworkArgs(routing=Routing.PRIVATE)
EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}],
}


def test_private_routing_has_the_five_endpoints_of_the_guide() -> None:
    """S3 by a gateway endpoint, the others by interface endpoints."""
    plans = plan_endpoints(PRIVATE, "eu-west-1")
    assert [(each.label, each.kind.value, each.service_name) for each in plans] == [
        ("s3", "Gateway", "com.amazonaws.eu-west-1.s3"),
        ("sqs", "Interface", "com.amazonaws.eu-west-1.sqs"),
        ("logs", "Interface", "com.amazonaws.eu-west-1.logs"),
        ("monitoring", "Interface", "com.amazonaws.eu-west-1.monitoring"),
        ("kms", "Interface", "com.amazonaws.eu-west-1.kms"),
    ]


def test_public_routing_has_the_one_endpoint_that_costs_nothing() -> None:
    """The others are reached through NAT."""
    plans = plan_endpoints(NetworkArgs(), "eu-west-1")
    assert [(each.label, each.kind.value) for each in plans] == [("s3", "Gateway")]


SERVICE = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"


@pytest.mark.parametrize("routing", Routing)
def test_an_environment_of_another_stack_is_reached_by_its_own_endpoint_service(routing: Routing) -> None:
    """By an interface endpoint without policy and public name, which such a service has not."""
    args = NetworkArgs(routing=routing, customer_endpoint_services=(SERVICE,))
    *others, last = plan_endpoints(args, "eu-west-1")
    assert others == [*plan_endpoints(NetworkArgs(routing=routing), "eu-west-1")]
    assert last == EndpointPlan(
        label="vpce-svc-0123456789abcdef0",
        kind=EndpointKind.INTERFACE,
        service_name=SERVICE,
        policy=None,
        private_dns=False,
    )


def test_so_is_a_service_of_somebody_elses() -> None:
    """Among the extra endpoints."""
    args = NetworkArgs(extra_endpoints=(SERVICE,))
    of_customer = NetworkArgs(customer_endpoint_services=(SERVICE,))
    assert plan_endpoints(args, "eu-west-1") == plan_endpoints(of_customer, "eu-west-1")


def test_the_s3_endpoint_in_a_given_vpc_names_the_buckets_too() -> None:
    """Also where routing alone would not have it."""
    args = NetworkArgs(
        vpc_id="vpc-0123456789abcdef0", extra_endpoints=("s3",), s3_endpoint_buckets=("our-dags",)
    )
    assert [each.policy for each in plan_endpoints(args, "eu-west-1")] == [
        s3_policy("eu-west-1", ["our-dags"])
    ]


def test_names_in_china_have_their_prefix_service_by_service() -> None:
    """Of the five, monitoring and sqs carry it."""
    assert [each.service_name for each in plan_endpoints(PRIVATE, "cn-north-1")] == [
        "com.amazonaws.cn-north-1.s3",
        "cn.com.amazonaws.cn-north-1.sqs",
        "com.amazonaws.cn-north-1.logs",
        "cn.com.amazonaws.cn-north-1.monitoring",
        "com.amazonaws.cn-north-1.kms",
    ]


def test_every_endpoint_gives_full_access_unless_buckets_are_named() -> None:
    """The guide recommends full access on interface endpoints, and the role alone to grant permissions."""
    plans = plan_endpoints(PRIVATE, "eu-west-1")
    assert [json.loads(each.policy or "") for each in plans] == [EVERYTHING] * 5


@pytest.mark.parametrize(
    ("region", "arn"),
    [("eu-west-1", "arn:aws:s3:::"), ("cn-northwest-1", "arn:aws-cn:s3:::")],
)
@pytest.mark.parametrize("routing", Routing)
def test_named_buckets_are_let_through_beside_the_one_of_ecr(region: str, arn: str, routing: Routing) -> None:
    """The Region's starport layer bucket for images, the others with what the execution role may do."""
    args = NetworkArgs(routing=routing, s3_endpoint_buckets=("our-dags", "our-data"))
    s3, *others = plan_endpoints(args, region)
    assert json.loads(s3.policy or "") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Access-to-specific-bucket-only",
                "Effect": "Allow",
                "Principal": "*",
                "Action": ["s3:GetObject"],
                "Resource": [f"{arn}prod-{region}-starport-layer-bucket/*"],
            },
            {
                "Sid": "Environment-buckets",
                "Effect": "Allow",
                "Principal": "*",
                "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
                "Resource": [
                    f"{arn}our-dags",
                    f"{arn}our-dags/*",
                    f"{arn}our-data",
                    f"{arn}our-data/*",
                ],
            },
        ],
    }
    assert [json.loads(each.policy or "") for each in others] == [EVERYTHING] * len(others)


@pytest.mark.parametrize(
    ("region", "written", "expected"),
    [
        (
            "eu-west-1",
            "secretsmanager",
            ("secretsmanager", "com.amazonaws.eu-west-1.secretsmanager", "Interface"),
        ),
        ("eu-west-1", "dynamodb", ("dynamodb", "com.amazonaws.eu-west-1.dynamodb", "Gateway")),
        (
            "eu-west-1",
            "com.amazonaws.eu-west-1.ecr.api",
            ("ecr.api", "com.amazonaws.eu-west-1.ecr.api", "Interface"),
        ),
        ("eu-west-1", "aws.api.eu-west-1.tax", ("tax", "aws.api.eu-west-1.tax", "Interface")),
        ("cn-north-1", "sts", ("sts", "cn.com.amazonaws.cn-north-1.sts", "Interface")),
        (
            "cn-north-1",
            "secretsmanager",
            ("secretsmanager", "com.amazonaws.cn-north-1.secretsmanager", "Interface"),
        ),
    ],
)
def test_further_services_have_the_names_that_ec2_knows(
    region: str, written: str, expected: tuple[str, str, str]
) -> None:
    """Written short or in full, with full access."""
    plan = plan_endpoints(NetworkArgs(extra_endpoints=(written,)), region)[-1]
    assert (plan.label, plan.service_name, plan.kind.value) == expected
    assert json.loads(plan.policy or "") == EVERYTHING
