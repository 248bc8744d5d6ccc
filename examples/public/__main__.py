"""A network with public routing: private subnets that reach the internet through NAT gateways."""

import sys
from pathlib import Path

import pulumi

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Network, NetworkArgs

network = Network("analytics", NetworkArgs(tags={"team": "data"}))
for key, value in network.outputs().items():
    pulumi.export(key, value)
