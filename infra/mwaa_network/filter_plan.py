"""What the network ACL and the environment's security group let through. Pure: values, no resources."""

from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.aws.model import Direction
from mwaa_guardrails.documents.facts import (
    ALL_PROTOCOLS,
    ALLOW,
    ANY_IPV4,
    DATABASE_PORT,
    DOCUMENTED_ENTRY_NUMBER,
    HTTPS_PORT,
    TCP,
)
from mwaa_guardrails.documents.requirements import (
    SECURITY_GROUP_443_FROM_ITSELF,
    SECURITY_GROUP_5432_FROM_ITSELF,
    SECURITY_GROUP_OUTBOUND_ALL,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
    Requirement,
)
from mwaa_network.arguments import Ingress


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlan:
    """An entry of the network ACL."""

    label: str
    direction: Direction
    number: int
    protocol: str
    action: str
    cidr_block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlan:
    """A rule of the environment's security group.

    Attributes:
        label: Its name within the network.
        requirement: What the guide says about it.
        protocol: As EC2 spells it.
        port: The one port it lets through; None for every port.
        cidr_block: The addresses on the far side; None for the group itself.
    """

    label: str
    requirement: Requirement
    protocol: str = ALL_PROTOCOLS
    port: int | None = None
    cidr_block: str | None = None

    @property
    def description(self) -> str:
        """What EC2 shows beside the rule: the requirement's id and sentence."""
        return f"{self.requirement.id}: {self.requirement.sentence}"


ENTRIES: Final = tuple(
    EntryPlan(
        label=direction.value,
        direction=direction,
        number=DOCUMENTED_ENTRY_NUMBER,
        protocol=ALL_PROTOCOLS,
        action=ALLOW,
        cidr_block=ANY_IPV4,
    )
    for direction in Direction
)
"""The guide's example for either routing: everything, in and out."""

EGRESS_RULES: Final = (
    RulePlan(label="outbound", requirement=SECURITY_GROUP_OUTBOUND_ALL, cidr_block=ANY_IPV4),
)

_INGRESS_RULES: Final = {
    Ingress.ALL: (RulePlan(label="self", requirement=SECURITY_GROUP_SELF_REFERENCE_ALL),),
    Ingress.RESTRICTED: (
        RulePlan(
            label="self-database",
            requirement=SECURITY_GROUP_5432_FROM_ITSELF,
            protocol=TCP,
            port=DATABASE_PORT,
        ),
        RulePlan(
            label="self-https", requirement=SECURITY_GROUP_443_FROM_ITSELF, protocol=TCP, port=HTTPS_PORT
        ),
    ),
}


def ingress_rules(ingress: Ingress) -> tuple[RulePlan, ...]:
    """Return the rules for inbound traffic, each from the group itself."""
    return _INGRESS_RULES[ingress]
