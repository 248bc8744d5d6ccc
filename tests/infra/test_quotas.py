"""A preview counts what people's addresses add against AWS's quotas."""

import pytest

from mwaa_network import Network, NetworkAclEntries, NetworkArgs
from mwaa_network.address_plan import plan_addresses
from mwaa_network.quotas import beyond_quotas
from tests.infra.world import World

IPV4 = [f"10.{each}.0.0/16" for each in range(60)]
IPV6 = [f"2001:db8:{each}::/48" for each in range(1, 61)]
ENTRIES = (
    "with these webserverClients the network ACL has 21 inbound entries for {}, AWS's own last one too; the "
    "quota is 20, or 40 on request (Amazon VPC quotas). Have it raised first, or name fewer and wider blocks"
)
RULES = (
    "with these webserverClients the security group has 61 inbound rules for {}; the quota is 60, or more on "
    "request (Amazon VPC quotas). Have it raised first, or name fewer and wider blocks"
)


@pytest.mark.parametrize(
    ("sentence", "acl", "clients", "told"),
    [
        ("a network ACL is full", NetworkAclEntries.RESTRICTED, IPV4[:14], []),
        ("a network ACL is too full", NetworkAclEntries.RESTRICTED, IPV4[:15], [ENTRIES.format("IPv4")]),
        ("IPv6 is counted apart", NetworkAclEntries.RESTRICTED, IPV4[:14] + IPV6[:14], []),
        (
            "IPv6 alone is too much",
            NetworkAclEntries.RESTRICTED,
            IPV4[:14] + IPV6[:15],
            [ENTRIES.format("IPv6")],
        ),
        ("the guide's entries name no clients", NetworkAclEntries.DOCUMENTED, IPV4[:15], []),
        ("a security group is full", NetworkAclEntries.DOCUMENTED, IPV4[:59] + IPV6[:59], []),
        (
            "a security group is too full: its rule for itself counts for both",
            NetworkAclEntries.DOCUMENTED,
            IPV4 + IPV6,
            [RULES.format("IPv4"), RULES.format("IPv6")],
        ),
    ],
)
def test_what_is_beyond_a_quota_is_told(
    sentence: str, acl: NetworkAclEntries, clients: list[str], told: list[str]
) -> None:
    """With the count and the quota."""
    args = NetworkArgs(network_acl=acl, ipv6=True, webserver_clients=clients)
    assert [*beyond_quotas(args, plan_addresses(args))] == told, sentence


def test_it_is_a_hint() -> None:
    """For AWS raises a quota for who asks."""
    world = World()
    args = NetworkArgs(network_acl=NetworkAclEntries.RESTRICTED, webserver_clients=IPV4[:15])
    world.run(lambda: Network("mwaa", args).outputs(), preview=True)
    assert world.logged[-1] == ENTRIES.format("IPv4")
