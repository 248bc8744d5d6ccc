"""A private network and an environment, with every restriction there is."""

import sys
from pathlib import Path

import pulumi
import pulumi_aws as aws

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Egress, Ingress, Network, NetworkAclEntries, NetworkArgs, Routing
from mwaa_network.environment import AccessMode, Environment, EnvironmentArgs

NAME = "analytics"

config = pulumi.Config()
protect = config.require_bool("protect")
network = Network(
    NAME,
    NetworkArgs(
        routing=Routing.PRIVATE,
        ingress=Ingress.RESTRICTED,
        egress=Egress.NARROW,
        network_acl=NetworkAclEntries.RESTRICTED,
        s3_endpoint_buckets=[config.require("dagBucket")],
        flow_log_bucket_arn=f"arn:aws:s3:::{config.require('logBucket')}",
        protect=protect,
    ),
)
environment = Environment(
    NAME,
    EnvironmentArgs(
        network=network,
        webserver_access_mode=AccessMode.PRIVATE_ONLY,
        customer_key=True,
        log_retention_days=365,
    ),
    pulumi.ResourceOptions(protect=protect),
)
# What the component leaves to the bucket's owner.
aws.s3.BucketLogging(
    f"{NAME}-dags",
    bucket=environment.dag_bucket,
    target_bucket=config.require("logBucket"),
    target_prefix=f"{NAME}-dags/",
)
aws.s3.BucketLifecycleConfiguration(
    f"{NAME}-dags",
    bucket=environment.dag_bucket,
    rules=[
        {
            "id": "earlier-versions",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "noncurrent_version_expiration": {"noncurrent_days": 90},
            "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
        }
    ],
)
for key, value in {**network.outputs(), **environment.outputs()}.items():
    pulumi.export(key, value)
