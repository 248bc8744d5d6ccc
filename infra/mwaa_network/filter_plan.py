"""What the environment's security group lets through. Pure: values, no resources."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from mwaa_guardrails.documents.facts import ALL_PROTOCOLS, ANY_IPV4, DATABASE_PORT, HTTPS_PORT, TCP
from mwaa_guardrails.documents.requirements import (
    SECURITY_GROUP_443_FROM_ITSELF,
    SECURITY_GROUP_5432_FROM_ITSELF,
    SECURITY_GROUP_OUTBOUND_ALL,
    SECURITY_GROUP_OUTBOUND_NARROW,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
    Requirement,
)
from mwaa_network.arguments import Egress, Ingress


class Peer(Enum):
    """The far side of a rule, where it is no CIDR block."""

    ITSELF = "the group itself"
    S3 = "the prefix list of S3"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlan:
    """A rule of the environment's security group.

    Attributes:
        label: Its name within the network.
        requirement: What the guide says about it.
        peer: The far side; text is a CIDR block.
        protocol: As EC2 spells it.
        port: The one port it lets through; None for every port.
    """

    label: str
    requirement: Requirement
    peer: Peer | str
    protocol: str = ALL_PROTOCOLS
    port: int | None = None

    @property
    def description(self) -> str:
        """What EC2 shows beside the rule: the requirement's id and sentence."""
        return f"{self.requirement.id}: {self.requirement.sentence}"


_INGRESS_RULES: Final = {
    Ingress.ALL: (RulePlan(label="self", requirement=SECURITY_GROUP_SELF_REFERENCE_ALL, peer=Peer.ITSELF),),
    Ingress.RESTRICTED: (
        RulePlan(
            label="self-database",
            requirement=SECURITY_GROUP_5432_FROM_ITSELF,
            peer=Peer.ITSELF,
            protocol=TCP,
            port=DATABASE_PORT,
        ),
        RulePlan(
            label="self-https",
            requirement=SECURITY_GROUP_443_FROM_ITSELF,
            peer=Peer.ITSELF,
            protocol=TCP,
            port=HTTPS_PORT,
        ),
    ),
}


def ingress_rules(ingress: Ingress) -> tuple[RulePlan, ...]:
    """Return the rules for inbound traffic, each from the group itself."""
    return _INGRESS_RULES[ingress]


def egress_rules(egress: Egress, cidr_block: str) -> tuple[RulePlan, ...]:
    """Return the rules for outbound traffic: to everywhere, or to what the guide narrows it to.

    The block is the VPC's.
    """
    if egress is Egress.ALL:
        return (RulePlan(label="outbound", requirement=SECURITY_GROUP_OUTBOUND_ALL, peer=ANY_IPV4),)
    narrow = SECURITY_GROUP_OUTBOUND_NARROW
    return (
        RulePlan(label="outbound-self", requirement=narrow, peer=Peer.ITSELF),
        RulePlan(label="outbound-vpc", requirement=narrow, peer=cidr_block),
        RulePlan(label="outbound-s3", requirement=narrow, peer=Peer.S3, protocol=TCP, port=HTTPS_PORT),
    )
