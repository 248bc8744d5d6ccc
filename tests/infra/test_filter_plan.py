"""What the security group lets through, as values."""

import re

import pytest

from mwaa_network.arguments import Egress, Ingress, NetworkArgs
from mwaa_network.filter_plan import Peer, PrefixListOf, RulePlan, egress_rules, ingress_rules

EC2_TAKES = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}")
VPC, SECOND = "10.192.0.0/16", "100.64.0.0/16"
GATEWAYS = ("s3", "dynamodb")
CLIENTS = ("10.20.0.0/16", "192.0.2.7/32")


@pytest.mark.parametrize(
    ("ingress", "expected"),
    [
        (Ingress.ALL, [("self", "security-group-self-reference-all", "-1", None)]),
        (
            Ingress.RESTRICTED,
            [
                ("self-database", "security-group-5432-from-itself", "tcp", 5432),
                ("self-https", "security-group-443-from-itself", "tcp", 443),
            ],
        ),
    ],
)
def test_the_group_lets_itself_in(ingress: Ingress, expected: list[tuple[str, str, str, int | None]]) -> None:
    """On every port, or on those of the database and the web server, never on one of them alone."""
    rules = ingress_rules(NetworkArgs(ingress=ingress))
    assert [(each.label, each.requirement.id, each.protocol, each.port) for each in rules] == expected
    assert {each.peer for each in rules} == {Peer.ITSELF}


@pytest.mark.parametrize(
    ("egress", "expected"),
    [
        (Egress.ALL, [("outbound-ipv6", "::/0", "security-group-outbound-must")]),
        (Egress.NARROW, [("outbound-vpc-ipv6", Peer.VPC_IPV6, "security-group-outbound-narrow")]),
    ],
)
def test_dual_stack_has_a_further_rule(egress: Egress, expected: list[tuple[str, object, str]]) -> None:
    """For IPv6 everywhere, or within the VPC."""
    single = egress_rules(NetworkArgs(egress=egress), [VPC], GATEWAYS)
    dual = egress_rules(NetworkArgs(egress=egress, ipv6=True), [VPC], GATEWAYS)
    further = [each for each in dual if each not in single]
    assert [(each.label, each.peer, each.requirement.id) for each in further] == expected
    assert {*single} < {*dual}


def test_people_reach_the_web_server_from_where_they_are() -> None:
    """By HTTPS, with a name that follows from the block."""
    rules = ingress_rules(NetworkArgs(webserver_clients=CLIENTS))[1:]
    assert [(each.label, each.peer, each.protocol, each.port) for each in rules] == [
        ("web-10-20-0-0-16", "10.20.0.0/16", "tcp", 443),
        ("web-192-0-2-7-32", "192.0.2.7/32", "tcp", 443),
    ]


def test_the_group_lets_everything_out() -> None:
    """The one outbound rule has all protocols and all addresses."""
    (rule,) = egress_rules(NetworkArgs(), [VPC], GATEWAYS)
    assert (rule.requirement.id, rule.protocol, rule.port, rule.peer) == (
        "security-group-outbound-all",
        "-1",
        None,
        "0.0.0.0/0",
    )


def test_the_narrower_set_of_the_guide_names_its_places() -> None:
    """To the group itself and to the VPC's blocks without limit, to services with a gateway by HTTPS."""
    rules = egress_rules(NetworkArgs(egress=Egress.NARROW), [VPC, SECOND], GATEWAYS)
    assert {each.requirement.id for each in rules} == {"security-group-outbound-narrow"}
    assert [(each.label, each.peer, each.protocol, each.port) for each in rules] == [
        ("outbound-self", Peer.ITSELF, "-1", None),
        ("outbound-vpc", VPC, "-1", None),
        ("outbound-vpc-100-64-0-0-16", SECOND, "-1", None),
        ("outbound-s3", PrefixListOf("s3"), "tcp", 443),
        ("outbound-dynamodb", PrefixListOf("dynamodb"), "tcp", 443),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        *(
            rule
            for egress in Egress
            for rule in egress_rules(NetworkArgs(egress=egress, ipv6=True), [VPC], GATEWAYS)
        ),
        *(
            rule
            for ingress in Ingress
            for rule in ingress_rules(NetworkArgs(ingress=ingress, webserver_clients=CLIENTS))
        ),
    ],
    ids=lambda rule: rule.label,
)
def test_ec2_takes_every_description(rule: RulePlan) -> None:
    """It starts with the requirement's id, in characters that EC2 takes, 255 at most."""
    description = rule.description
    assert description.startswith(f"{rule.requirement.id}: ")
    assert EC2_TAKES.fullmatch(description)
