"""Two environments on one network: the same subnets, network ACL, security group and endpoints."""

import sys
from pathlib import Path

import pulumi

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Network, NetworkArgs, Routing
from mwaa_network.environment import Environment, EnvironmentArgs

prefix = pulumi.Config().require("bucketPrefix")
buckets = {name: f"{prefix}-{name}" for name in ("ingest", "reports")}

network = Network("airflow", NetworkArgs(routing=Routing.PRIVATE, s3_endpoint_buckets=list(buckets.values())))
for name, bucket in buckets.items():
    environment = Environment(name, EnvironmentArgs(network=network, bucket_name=bucket))
    pulumi.export(name, environment.outputs())
