"""The component for programs in other languages: answers the engine that starts this program."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "policy_pack"))

from mwaa_network.package import serve

serve()
