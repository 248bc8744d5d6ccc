"""What the environment's security group lets through. Pure: values, no resources."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mwaa_guardrails.documents.facts import (
    ALL_PROTOCOLS,
    ANY_IPV4,
    ANY_IPV6,
    DATABASE_PORT,
    HTTPS_PORT,
    TCP,
)
from mwaa_guardrails.documents.requirements import (
    SECURITY_GROUP_443_FROM_ITSELF,
    SECURITY_GROUP_5432_FROM_ITSELF,
    SECURITY_GROUP_OUTBOUND_ALL,
    SECURITY_GROUP_OUTBOUND_MUST,
    SECURITY_GROUP_OUTBOUND_NARROW,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
    WEB_SERVER_PRIVATE_BY_ENDPOINT,
    Requirement,
)
from mwaa_network.arguments import Egress, Ingress, NetworkArgs
from mwaa_network.family import label_of


class Peer(Enum):
    """The far side of a rule, where it is no addresses."""

    ITSELF = "the group itself"
    VPC_IPV6 = "the VPC's IPv6 block, which AWS chooses"


@dataclass(frozen=True, slots=True)
class PrefixListOf:
    """The far side of a rule: the addresses of a service that a gateway endpoint leads to."""

    service: str


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
    peer: Peer | PrefixListOf | str
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


def ingress_rules(args: NetworkArgs) -> tuple[RulePlan, ...]:
    """Return the rules for inbound traffic: from the group itself, and from people to the web server."""
    clients = (
        RulePlan(
            label=f"web-{label_of(block)}",
            requirement=WEB_SERVER_PRIVATE_BY_ENDPOINT,
            peer=block,
            protocol=TCP,
            port=HTTPS_PORT,
        )
        for block in args.webserver_clients or ()
    )
    return (*_INGRESS_RULES[args.ingress], *clients)


def egress_rules(args: NetworkArgs, blocks: Sequence[str], gateways: Sequence[str]) -> tuple[RulePlan, ...]:
    """Return the rules for outbound traffic: to everywhere, or to what the guide narrows it to.

    Args:
        args: The choices.
        blocks: The IPv4 blocks of the VPC, the one that it was made with first.
        gateways: The services that gateway endpoints lead to.
    """
    if args.egress is Egress.ALL:
        everywhere = RulePlan(label="outbound", requirement=SECURITY_GROUP_OUTBOUND_ALL, peer=ANY_IPV4)
        ipv6 = RulePlan(label="outbound-ipv6", requirement=SECURITY_GROUP_OUTBOUND_MUST, peer=ANY_IPV6)
        return (everywhere, ipv6) if args.ipv6 else (everywhere,)
    narrow = SECURITY_GROUP_OUTBOUND_NARROW
    first, *others = blocks
    ipv6 = RulePlan(label="outbound-vpc-ipv6", requirement=narrow, peer=Peer.VPC_IPV6)
    return (
        RulePlan(label="outbound-self", requirement=narrow, peer=Peer.ITSELF),
        RulePlan(label="outbound-vpc", requirement=narrow, peer=first),
        *(
            RulePlan(label=f"outbound-vpc-{label_of(block)}", requirement=narrow, peer=block)
            for block in others
        ),
        *((ipv6,) if args.ipv6 else ()),
        *(
            RulePlan(
                label=f"outbound-{service}",
                requirement=narrow,
                peer=PrefixListOf(service),
                protocol=TCP,
                port=HTTPS_PORT,
            )
            for service in gateways
        ),
    )
