"""Which policies count: those of endpoints that an environment with private routing uses."""

import json

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, endpoint, environment, interface_endpoint, right_network
from tests.policy_pack.shapes.policies import (
    DAGS_ONLY,
    FULL,
    LAYERS_ONLY,
    RIGHT,
    document,
    env,
    interface,
    long_document,
    native_s3,
    s3,
    statement,
)
from tests.policy_pack.stacks import EXACT, Made, Written, made, ref, render
from tests.policy_pack.verdicts import (
    POLICY,
    S3_POLICY,
    SILENT,
    Verdict,
    undetermined,
    violation,
)

OF_POLICIES = tuple(check for check in ALL_CHECKS if check.id in (POLICY, S3_POLICY))
DENIES_ALL = json.dumps(document(statement("Deny")))


def said(stack: tuple[Made, ...]) -> Verdict:
    """Return what the two checks of policies say, which must be the same at a preview and after it."""
    verdicts = []
    for rendering in EXACT:
        evaluation = evaluate(render(stack, rendering), checks=OF_POLICIES)
        assert evaluation.failures == ()
        findings = (*evaluation.violations, *evaluation.advice)
        verdicts.append(
            {(each.check, each.subject.name, each.degree.value) for each in findings}
            | {
                ("undetermined", each.unknown.urn.rpartition("::")[2], each.unknown.path)
                for each in evaluation.undetermined
            }
        )
    assert verdicts[0] == verdicts[1]
    return frozenset(verdicts[0])


def route(**inputs: Written) -> Made:
    """Return a default route of the private subnets."""
    return made(
        "ec2/route:Route",
        "way-out",
        routeTableId=ref("private-table"),
        **{"destinationCidrBlock": "0.0.0.0/0", **inputs},
    )


def gateway(name: str, table: str, policy: Written) -> Made:
    """Return a gateway endpoint of S3 in one route table."""
    return made(
        "ec2/vpcEndpoint:VpcEndpoint",
        name,
        vpcId=ref("vpc"),
        serviceName="com.amazonaws.eu-west-1.s3",
        vpcEndpointType="Gateway",
        routeTableIds=[ref(table)] if table else Opaque.COMPUTED,
        policy=policy,
    )


OTHER_TABLE = made("ec2/routeTable:RouteTable", "other-table", vpcId=ref("vpc"))
DENIED = violation(S3_POLICY, "s3")
TABLE = (
    ("private routing", s3(DAGS_ONLY), DENIED),
    ("no environment", changed(s3(DAGS_ONLY), without=("env",)), SILENT),
    (
        "public routing",
        changed(
            right_network(),
            endpoint(
                "s3", vpcEndpointType="Gateway", routeTableIds=[ref("private-table")], policy=DENIES_ALL
            ),
        ),
        SILENT,
    ),
    ("a way out elsewhere", changed(s3(DAGS_ONLY), route(transitGatewayId="tgw-1")), SILENT),
    (
        "a way out that is not known",
        changed(s3(DAGS_ONLY), route(gatewayId=Opaque.COMPUTED)),
        undetermined("way-out", "gatewayId"),
    ),
    (
        "a way out that is not known, and a right policy",
        changed(s3(FULL), route(gatewayId=Opaque.COMPUTED)),
        SILENT,
    ),
    ("the longest policy that EC2 takes", s3(policy=long_document(20480)), SILENT),
    ("a character more", s3(policy=long_document(20481)), DENIED),
    (
        "as JSON, and longer by white space that pulumi-aws leaves out",
        s3(policy=json.dumps(long_document(20480), indent=2)),
        SILENT,
    ),
    ("a character more, as JSON", s3(policy=json.dumps(long_document(20481))), DENIED),
    (
        "longer by white space that another provider may send",
        native_s3(json.dumps(long_document(20480), indent=2)),
        undetermined("s3", "policyDocument"),
    ),
    ("a character more, by another provider", native_s3(json.dumps(long_document(20481), indent=2)), DENIED),
    ("another provider's, as an object", native_s3(long_document(20480)), SILENT),
    (
        "longer by escapes that may be sent",
        s3(policy=document(FULL, Id="a" * 20000 + "&" * 200)),
        undetermined("s3", "policy"),
    ),
    (
        "longer by white space, and wrong whatever it is",
        native_s3(json.dumps(document(DAGS_ONLY, Id="a" * 20100), indent=80)),
        DENIED,
    ),
    (
        "a character more, of SQS",
        changed(RIGHT, interface_endpoint("sqs", policy=json.dumps(long_document(20481)))),
        violation(POLICY, "sqs"),
    ),
    ("subnets outside", changed(s3(DAGS_ONLY), environment([], ["group"])), SILENT),
    (
        "an endpoint for other subnets alone",
        changed(RIGHT, OTHER_TABLE, gateway("s3", "other-table", DENIES_ALL)),
        SILENT,
    ),
    (
        "an endpoint for other subnets, and the right one",
        changed(RIGHT, OTHER_TABLE, gateway("s3-other", "other-table", DENIES_ALL)),
        SILENT,
    ),
    (
        "an endpoint of nobody knows which tables, and the right one",
        changed(RIGHT, gateway("s3-other", "", DENIES_ALL)),
        undetermined("s3-other", "routeTableIds"),
    ),
    (
        "the only endpoint, of nobody knows which tables",
        changed(RIGHT, gateway("s3", "", DENIES_ALL)),
        DENIED,
    ),
    (
        "S3 by interface",
        changed(RIGHT, interface_endpoint("s3", policy=json.dumps(document(DAGS_ONLY)))),
        DENIED,
    ),
    (
        "S3 by interface without private DNS, alone",
        changed(
            RIGHT,
            interface_endpoint("s3", privateDnsEnabled=False, policy=json.dumps(document(DAGS_ONLY))),
        ),
        DENIED,
    ),
    (
        "S3 by interface without private DNS, beside the gateway",
        changed(
            RIGHT,
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "s3-interface",
                **{**interface_endpoint("s3", privateDnsEnabled=False).inputs, "policy": DENIES_ALL},
            ),
        ),
        SILENT,
    ),
    (
        "another Region's endpoint",
        changed(
            RIGHT, interface_endpoint("sqs", serviceName="com.amazonaws.us-east-1.sqs", policy=DENIES_ALL)
        ),
        SILENT,
    ),
    ("another service", changed(RIGHT, interface_endpoint("athena", policy=DENIES_ALL)), SILENT),
    (
        "what the role does with no service is no need",
        interface("kms", FULL, statement("Deny", Action="kms:Sign")),
        SILENT,
    ),
    (
        "each environment by itself",
        changed(
            s3(LAYERS_ONLY, DAGS_ONLY),
            made(
                "mwaa/environment:Environment",
                "second",
                **{**env().inputs, "sourceBucketArn": "arn:aws:s3:::second"},
            ),
        ),
        DENIED,
    ),
    (
        "a bucket by an ARN that names none",
        changed(s3(LAYERS_ONLY, DAGS_ONLY), env(sourceBucketArn="arn:aws:s3:::x/y")),
        undetermined("env", "sourceBucketArn"),
    ),
    (
        "a bucket of no name yet",
        changed(
            s3(LAYERS_ONLY, DAGS_ONLY),
            made("s3/bucket:Bucket", "bucket", bucket=Opaque.COMPUTED),
            env(sourceBucketArn=Opaque.COMPUTED),
        ),
        undetermined("env", "sourceBucketArn"),
    ),
    (
        "an ARN without an account",
        changed(
            interface("logs", statement(Resource="arn:aws:logs:*:999999999999:*")),
            env(executionRoleArn="role"),
        ),
        SILENT,
    ),
)


@pytest.mark.parametrize(("stack", "expected"), rows(TABLE))
def test_which_policies_count(stack: tuple[Made, ...], expected: Verdict) -> None:
    """A policy that denies everything is nobody's concern where the environment does not use the endpoint."""
    assert said(stack) == expected
