"""What the network ACLs let through, as values."""

from mwaa_guardrails.aws.model import Direction, Routing
from mwaa_network.address_plan import plan_addresses
from mwaa_network.arguments import NetworkAclEntries, NetworkArgs
from mwaa_network.entry_plan import AclPlan, EntryPlan, Ipv6BlockOf, plan_network_acls

EVERYTHING = [("ingress", 100, "-1", None, "0.0.0.0/0"), ("egress", 100, "-1", None, "0.0.0.0/0")]
PRIVATE = ("private-a", "private-b")
PUBLIC = ("public-a", "public-b")
A, B, ANY = "10.192.0.0/24", "10.192.1.0/24", "0.0.0.0/0"


def _plans(entries: NetworkAclEntries, routing: Routing) -> tuple[AclPlan, ...]:
    args = NetworkArgs(routing=routing, network_acl=entries)
    return plan_network_acls(args, plan_addresses(args))


def _rows(plan: AclPlan) -> list[tuple[object, ...]]:
    assert {each.action for each in plan.entries} == {"allow"}
    return [
        (each.direction.value, each.number, each.protocol, each.ports, each.block) for each in plan.entries
    ]


def test_the_entries_are_the_guides_example() -> None:
    """Number 100 allows everything, once in each direction, and one network ACL serves every subnet."""
    (plan,) = _plans(NetworkAclEntries.DOCUMENTED, Routing.PUBLIC)
    assert _rows(plan) == EVERYTHING
    assert plan.subnets == (*PRIVATE, *PUBLIC)


def test_restricted_entries_are_the_flows_that_the_pages_describe() -> None:
    """Between the private subnets HTTPS, the database and replies; out, HTTPS; in, the replies to that."""
    (plan,) = _plans(NetworkAclEntries.RESTRICTED, Routing.PRIVATE)
    assert _rows(plan) == [
        ("ingress", 110, "tcp", (443, 443), A),
        ("ingress", 111, "tcp", (443, 443), B),
        ("ingress", 120, "tcp", (1024, 65535), A),
        ("ingress", 121, "tcp", (1024, 65535), B),
        ("ingress", 130, "tcp", (32768, 60999), ANY),
        ("egress", 110, "tcp", (443, 443), ANY),
        ("egress", 120, "tcp", (1024, 65535), A),
        ("egress", 121, "tcp", (1024, 65535), B),
    ]
    assert plan.subnets == PRIVATE


def test_dual_stack_repeats_each_flow_for_ipv6() -> None:
    """Between the subnets' IPv6 blocks, which AWS chooses; the numbers for IPv4 stay what they are."""
    args = NetworkArgs(routing=Routing.PRIVATE, network_acl=NetworkAclEntries.RESTRICTED, ipv6=True)
    (plan,) = plan_network_acls(args, plan_addresses(args))
    a, b, anywhere = Ipv6BlockOf("private-a"), Ipv6BlockOf("private-b"), "::/0"
    assert _rows(plan) == [
        ("ingress", 110, "tcp", (443, 443), A),
        ("ingress", 111, "tcp", (443, 443), B),
        ("ingress", 112, "tcp", (443, 443), a),
        ("ingress", 113, "tcp", (443, 443), b),
        ("ingress", 120, "tcp", (1024, 65535), A),
        ("ingress", 121, "tcp", (1024, 65535), B),
        ("ingress", 122, "tcp", (1024, 65535), a),
        ("ingress", 123, "tcp", (1024, 65535), b),
        ("ingress", 130, "tcp", (32768, 60999), ANY),
        ("ingress", 131, "tcp", (32768, 60999), anywhere),
        ("egress", 110, "tcp", (443, 443), ANY),
        ("egress", 111, "tcp", (443, 443), anywhere),
        ("egress", 120, "tcp", (1024, 65535), A),
        ("egress", 121, "tcp", (1024, 65535), B),
        ("egress", 122, "tcp", (1024, 65535), a),
        ("egress", 123, "tcp", (1024, 65535), b),
    ]


def test_dual_stack_lets_all_of_ipv6_through_where_all_of_ipv4_passes() -> None:
    """By an entry of its own in each direction, as AWS numbers it in a default network ACL."""
    args = NetworkArgs(ipv6=True)
    (plan,) = plan_network_acls(args, plan_addresses(args))
    assert _rows(plan) == [
        *EVERYTHING,
        ("ingress", 101, "-1", None, "::/0"),
        ("egress", 101, "-1", None, "::/0"),
    ]


def test_public_subnets_stay_open() -> None:
    """NAT gateways stand there: they have a network ACL of their own, with the guide's entries."""
    restricted, opened = _plans(NetworkAclEntries.RESTRICTED, Routing.PUBLIC)
    assert (restricted,) == _plans(NetworkAclEntries.RESTRICTED, Routing.PRIVATE)
    assert _rows(opened) == EVERYTHING
    assert opened.subnets == PUBLIC


def test_no_entry_takes_the_number_or_the_name_of_another() -> None:
    """So that one set gives way to the other without a moment in which nothing passes."""
    every = [
        (plan.label, entry)
        for entries in NetworkAclEntries
        for plan in _plans(entries, Routing.PUBLIC)
        for entry in plan.entries
    ]
    assert len({entry.label for _, entry in every}) == len(every)
    assert len({(acl, entry.direction, entry.number) for acl, entry in every}) == len(every)


def test_a_client_that_comes_or_goes_leaves_the_others_their_numbers() -> None:
    """Or the engine would make an entry whose number is still taken."""
    numbers = _numbers_of("10.20.0.0/16", "10.30.0.0/16", "192.0.2.7/32")
    assert len(set(numbers.values())) == 3
    assert all(1000 <= each <= 32766 for each in numbers.values())
    del numbers["10.20.0.0/16"]
    assert _numbers_of("10.30.0.0/16", "192.0.2.7/32") == numbers


def test_two_clients_that_would_have_one_number_have_two() -> None:
    """The second of them takes the next."""
    first = _numbers_of("10.0.109.0/24")["10.0.109.0/24"]
    assert _numbers_of("10.0.136.0/24") == {"10.0.136.0/24": first}
    assert _numbers_of("10.0.136.0/24", "10.0.109.0/24") == {
        "10.0.109.0/24": first,
        "10.0.136.0/24": first + 1,
    }


def test_clients_get_in_by_https_and_their_replies_get_out() -> None:
    """On every port from which people's computers may call."""
    entries = _entries_of("10.20.0.0/16")
    assert [(each.direction, each.protocol, each.ports, each.block) for each in entries] == [
        (Direction.INGRESS, "tcp", (443, 443), "10.20.0.0/16"),
        (Direction.EGRESS, "tcp", (1024, 65535), "10.20.0.0/16"),
    ]


def _entries_of(*blocks: str) -> list[EntryPlan]:
    args = NetworkArgs(
        routing=Routing.PRIVATE, network_acl=NetworkAclEntries.RESTRICTED, webserver_clients=blocks
    )
    (plan,) = plan_network_acls(args, plan_addresses(args))
    return [each for each in plan.entries if "-web-" in each.label]


def _numbers_of(*blocks: str) -> dict[str | Ipv6BlockOf, int]:
    inbound, outbound = (
        {each.block: each.number for each in _entries_of(*blocks) if each.direction is direction}
        for direction in Direction
    )
    assert inbound == outbound
    return inbound
