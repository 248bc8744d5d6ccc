"""Counts what a network has against AWS's default quotas. Pure: texts from plans.

Only `webserverClients` adds lines without end, and most of them are inbound.
"""

from collections.abc import Iterator

from mwaa_guardrails.aws.model import Direction
from mwaa_guardrails.documents.facts import (
    NETWORK_ACL_ENTRIES_QUOTA,
    NETWORK_ACL_ENTRIES_QUOTA_MAX,
    SECURITY_GROUP_RULES_QUOTA,
)
from mwaa_guardrails.documents.sources import VPC_QUOTAS
from mwaa_network.address_plan import AddressPlan
from mwaa_network.arguments import NetworkArgs
from mwaa_network.entry_plan import Ipv6BlockOf, plan_network_acls
from mwaa_network.family import is_ipv6
from mwaa_network.filter_plan import ingress_rules


def beyond_quotas(args: NetworkArgs, addresses: AddressPlan) -> Iterator[str]:
    """Yield what AWS refuses unless a quota is raised."""
    of_private_subnets = plan_network_acls(args, addresses)[0]
    entries = [each.block for each in of_private_subnets.entries if each.direction is Direction.INGRESS]
    rules = [each.peer for each in ingress_rules(args)]
    for family in ("IPv4", "IPv6"):
        count = sum(_counts_for(family, each) for each in entries) + 1
        if count > NETWORK_ACL_ENTRIES_QUOTA:
            yield _told(
                f"the network ACL has {count} inbound entries for {family}, AWS's own last one too",
                f"{NETWORK_ACL_ENTRIES_QUOTA}, or {NETWORK_ACL_ENTRIES_QUOTA_MAX} on request",
            )
        count = sum(_counts_for(family, each) for each in rules)
        if count > SECURITY_GROUP_RULES_QUOTA:
            yield _told(
                f"the security group has {count} inbound rules for {family}",
                f"{SECURITY_GROUP_RULES_QUOTA}, or more on request",
            )


def _counts_for(family: str, far_side: object) -> bool:
    """Tell whether a line with this far side counts for a family; one that names a group counts for both."""
    if isinstance(far_side, str):
        return is_ipv6(far_side) is (family == "IPv6")
    return family == "IPv6" or not isinstance(far_side, Ipv6BlockOf)


def _told(fact: str, quota: str) -> str:
    return (
        f"with these webserverClients {fact}; the quota is {quota} ({VPC_QUOTAS.title}). Have it raised "
        "first, or name fewer and wider blocks"
    )
