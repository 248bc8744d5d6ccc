"""The network of an Amazon MWAA environment, a Pulumi component and its configuration."""

from mwaa_guardrails.aws.model import Routing
from mwaa_network.arguments import Egress, Ingress, Nat, NetworkAclEntries, NetworkArgs
from mwaa_network.network import Network
from mwaa_network.on_request import environment_on
from mwaa_network.problems import ConfigurationError
from mwaa_network.settings import read_settings

__all__ = [
    "ConfigurationError",
    "Egress",
    "Ingress",
    "Nat",
    "Network",
    "NetworkAclEntries",
    "NetworkArgs",
    "Routing",
    "environment_on",
    "read_settings",
]
