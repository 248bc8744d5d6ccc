"""The Pulumi program: the network of an Amazon MWAA environment, and on request the environment itself."""

import sys
from pathlib import Path

import pulumi

sys.path.append(str(Path(__file__).resolve().parents[1] / "policy_pack"))

from mwaa_network import Network, environment_on, read_settings

settings = read_settings()
network = Network("mwaa", settings.network)
outputs = network.outputs()
if settings.environment:
    outputs |= environment_on(network)
for key, value in outputs.items():
    pulumi.export(key, value)
