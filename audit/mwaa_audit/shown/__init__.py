"""What reports show of networks: an allow-list of values, made from the pack's model alone."""

from mwaa_audit.shown.failing import failing_paths
from mwaa_audit.shown.networks import shown_network
from mwaa_audit.shown.values import (
    EndKind,
    FailingPath,
    NetworkKey,
    PathEnd,
    ShownAcl,
    ShownEndpoint,
    ShownEntry,
    ShownGateway,
    ShownGroup,
    ShownNetwork,
    ShownRoute,
    ShownRouteTable,
    ShownRule,
    ShownSubnet,
    ShownVpc,
)

__all__ = [
    "EndKind",
    "FailingPath",
    "NetworkKey",
    "PathEnd",
    "ShownAcl",
    "ShownEndpoint",
    "ShownEntry",
    "ShownGateway",
    "ShownGroup",
    "ShownNetwork",
    "ShownRoute",
    "ShownRouteTable",
    "ShownRule",
    "ShownSubnet",
    "ShownVpc",
    "failing_paths",
    "shown_network",
]
