"""The environment itself, on a network: a second component, loaded by the programs that want one."""

from mwaa_network.environment.access_modes import AccessMode
from mwaa_network.environment.arguments import EndpointManagement, EnvironmentArgs
from mwaa_network.environment.component import Environment

__all__ = ["AccessMode", "EndpointManagement", "Environment", "EnvironmentArgs"]
