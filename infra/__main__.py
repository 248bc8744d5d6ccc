"""The Pulumi program: the network of an Amazon MWAA environment, and on request the environment itself."""

import gc
import sys
from pathlib import Path

import pulumi

gc.disable()  # a short run leaves little; looking for it among the classes of AWS takes a third of the start
sys.path.append(str(Path(__file__).resolve().parents[1] / "policy_pack"))

from mwaa_network import Network, environment_on, read_settings  # noqa: E402 - found by the path above

settings = read_settings()
network = Network("mwaa", settings.network)
outputs = network.outputs() | (environment_on(network) if settings.environment else {})
for key, value in outputs.items():
    pulumi.export(key, value)
