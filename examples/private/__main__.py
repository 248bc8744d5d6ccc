"""A network without internet access: private subnets that reach AWS through VPC endpoints alone."""

import sys
from pathlib import Path

import pulumi

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Network, NetworkArgs, Routing

config = pulumi.Config()
network = Network(
    "analytics",
    NetworkArgs(
        routing=Routing.PRIVATE,
        s3_endpoint_buckets=[config.require("dagBucket")],
        extra_endpoints=["secretsmanager"],
        webserver_clients=config.require_object("clients"),
        tags={"team": "data"},
    ),
)
for key, value in network.outputs().items():
    pulumi.export(key, value)
