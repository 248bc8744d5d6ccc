"""What the network ACL and the security group let through, as values."""

import re

import pytest

from mwaa_network.arguments import Ingress
from mwaa_network.filter_plan import EGRESS_RULES, ENTRIES, RulePlan, ingress_rules

EC2_TAKES = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}")


def test_the_entries_are_the_guides_example() -> None:
    """Number 100 allows everything, once in each direction."""
    assert [(each.label, each.number, each.protocol, each.action, each.cidr_block) for each in ENTRIES] == [
        ("ingress", 100, "-1", "allow", "0.0.0.0/0"),
        ("egress", 100, "-1", "allow", "0.0.0.0/0"),
    ]


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
    assert {each.cidr_block for each in rules} == {None}


def test_the_group_lets_everything_out() -> None:
    """The one outbound rule has all protocols and all addresses."""
    (rule,) = EGRESS_RULES
    assert (rule.requirement.id, rule.protocol, rule.port, rule.cidr_block) == (
        "security-group-outbound-all",
        "-1",
        None,
        "0.0.0.0/0",
    )


@pytest.mark.parametrize(
    "rule",
    [*EGRESS_RULES, *ingress_rules(Ingress.ALL), *ingress_rules(Ingress.RESTRICTED)],
    ids=lambda rule: rule.label,
)
def test_ec2_takes_every_description(rule: RulePlan) -> None:
    """It starts with the requirement's id, in characters that EC2 takes, 255 at most."""
    description = rule.description
    assert description.startswith(f"{rule.requirement.id}: ")
    assert EC2_TAKES.fullmatch(description)
