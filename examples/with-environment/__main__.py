"""A network without internet access, and an environment on it that people sign in to over the internet."""

import json
import sys
from pathlib import Path

import pulumi
import pulumi_aws as aws

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Network, NetworkArgs, Routing
from mwaa_network.environment import AccessMode, Environment, EnvironmentArgs

NAME = "analytics"


def more_workers(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Set what the component has no choice for."""
    if args.type_ != "aws:mwaa/environment:Environment":
        return None
    return pulumi.ResourceTransformResult(props={**args.props, "maxWorkers": 20}, opts=args.opts)


network = Network(
    NAME,
    NetworkArgs(
        routing=Routing.PRIVATE,
        s3_endpoint_buckets=[pulumi.Config().require("dagBucket")],
        extra_endpoints=["secretsmanager"],
        tags={"team": "data"},
    ),
)
environment = Environment(
    NAME,
    EnvironmentArgs(
        network=network,
        airflow_version="3.2.1",
        webserver_access_mode=AccessMode.PUBLIC_AND_PRIVATE,
        environment_class="mw1.medium",
        customer_key=True,
        log_retention_days=90,
    ),
    pulumi.ResourceOptions(transforms=[more_workers]),
)
aws.iam.RolePolicy(
    f"{NAME}-secrets",
    role=environment.execution_role_name,
    policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                    "Resource": f"arn:aws:secretsmanager:{network.region}:*:secret:airflow/*",
                }
            ],
        }
    ),
)
for key, value in environment.outputs().items():
    pulumi.export(key, value)
