"""What the network ACLs let through, as values."""

from mwaa_guardrails.aws.model import Routing
from mwaa_network.address_plan import plan_addresses
from mwaa_network.arguments import NetworkAclEntries
from mwaa_network.entry_plan import AclPlan, plan_network_acls

EVERYTHING = [("ingress", 100, "-1", None, "0.0.0.0/0"), ("egress", 100, "-1", None, "0.0.0.0/0")]
PRIVATE = ("private-a", "private-b")
PUBLIC = ("public-a", "public-b")
A, B, ANY = "10.192.0.0/24", "10.192.1.0/24", "0.0.0.0/0"


def _plans(entries: NetworkAclEntries, routing: Routing) -> tuple[AclPlan, ...]:
    return plan_network_acls(entries, plan_addresses("10.192.0.0/16", routing))


def _rows(plan: AclPlan) -> list[tuple[object, ...]]:
    assert {each.action for each in plan.entries} == {"allow"}
    return [
        (each.direction.value, each.number, each.protocol, each.ports, each.cidr_block)
        for each in plan.entries
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
