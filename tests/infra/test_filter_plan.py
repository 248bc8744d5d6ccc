"""What the security group lets through, as values."""

import re

import pytest

from mwaa_network.arguments import Egress, Ingress
from mwaa_network.filter_plan import Peer, RulePlan, egress_rules, ingress_rules

EC2_TAKES = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}")
VPC = "10.192.0.0/16"


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
    rules = ingress_rules(ingress)
    assert [(each.label, each.requirement.id, each.protocol, each.port) for each in rules] == expected
    assert {each.peer for each in rules} == {Peer.ITSELF}


def test_the_group_lets_everything_out() -> None:
    """The one outbound rule has all protocols and all addresses."""
    (rule,) = egress_rules(Egress.ALL, VPC)
    assert (rule.requirement.id, rule.protocol, rule.port, rule.peer) == (
        "security-group-outbound-all",
        "-1",
        None,
        "0.0.0.0/0",
    )


def test_the_narrower_set_of_the_guide_has_three_rules() -> None:
    """To the group itself and to the VPC's block without limit, and to S3 as far as S3 answers."""
    rules = egress_rules(Egress.NARROW, VPC)
    assert {each.requirement.id for each in rules} == {"security-group-outbound-narrow"}
    assert [(each.label, each.peer, each.protocol, each.port) for each in rules] == [
        ("outbound-self", Peer.ITSELF, "-1", None),
        ("outbound-vpc", VPC, "-1", None),
        ("outbound-s3", Peer.S3, "tcp", 443),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        *(rule for egress in Egress for rule in egress_rules(egress, VPC)),
        *(rule for ingress in Ingress for rule in ingress_rules(ingress)),
    ],
    ids=lambda rule: rule.label,
)
def test_ec2_takes_every_description(rule: RulePlan) -> None:
    """It starts with the requirement's id, in characters that EC2 takes, 255 at most."""
    description = rule.description
    assert description.startswith(f"{rule.requirement.id}: ")
    assert EC2_TAKES.fullmatch(description)
