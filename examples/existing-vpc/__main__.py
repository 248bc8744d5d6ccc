"""What an environment needs in a VPC that is there already: what is missing is made, the rest is checked."""

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
        vpc_id=config.require("vpcId"),
        private_subnet_ids=config.require_object("privateSubnetIds"),
        routing=Routing.PRIVATE,
        existing_endpoints=[],
    ),
)
for key, value in network.outputs().items():
    pulumi.export(key, value)
