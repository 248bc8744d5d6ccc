"""The Pulumi program: the network of an Amazon MWAA environment, chosen by the stack's configuration."""

import sys
from pathlib import Path

import pulumi

sys.path.append(str(Path(__file__).resolve().parents[1] / "policy_pack"))

from mwaa_network import Network, read_settings

network = Network("mwaa", read_settings())
for key, value in network.outputs().items():
    pulumi.export(key, value)
