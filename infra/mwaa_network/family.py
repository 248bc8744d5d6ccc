"""What all resources of one network share: the beginning of their names, their parent, the user's tags."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from mwaa_network.tags import name_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The resources of one network.

    Attributes:
        name: The component's name, with which every name begins.
        parent: The component.
        tags: The user's tags.
    """

    name: str
    parent: pulumi.ComponentResource
    tags: Mapping[str, pulumi.Input[str]]

    def child(self, label: str) -> str:
        """Return a resource's logical name; no setting changes it."""
        return f"{self.name}-{label}"

    def tags_of(self, label: str, more: Mapping[str, str] | None = None) -> dict[str, pulumi.Input[str]]:
        """Return a resource's tags: the user's, its name, and those of its own."""
        return {**self.tags, **name_tag(self.child(label)), **(more or {})}


def label_of(block: str) -> str:
    """Return a CIDR block as a part of a name."""
    return re.sub(r"[^0-9a-f]", "-", block)


def is_ipv6(block: str) -> bool:
    """Tell an IPv6 block from an IPv4 one."""
    return ":" in block
