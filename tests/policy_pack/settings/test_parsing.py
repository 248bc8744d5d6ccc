"""A document of settings is taken whole or refused whole, and every problem is told."""

from datetime import date
from typing import Final

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level, Options, Substitutes
from mwaa_guardrails.settings import Exemption, Settings, SettingsError, parse_settings, problems_of
from tests.policy_pack.verdicts import COUNT, PUBLIC, REFUSES, SELF

EXEMPT: Final = {"check": SELF, "reason": "The partner moves", "expires": "2027-03-31", "name": "legacy-*"}

TAKEN: Final = {
    "nothing is stated": ({}, Settings()),
    "levels, of a check and of a report": (
        {"checks": {COUNT: {"level": "advisory"}, "undetermined": {"level": "mandatory"}}},
        Settings(levels={COUNT: Level.ADVISORY, "undetermined": Level.MANDATORY}),
    ),
    "an option of one check": (
        {"checks": {SELF: {"substitutes": "advise"}}},
        Settings(options={SELF: Options(substitutes=Substitutes.ADVISE)}),
    ),
    "a day without quotation marks, as JSON has it": (
        {"exemptions": [EXEMPT]},
        Settings(
            exemptions=(
                Exemption(check=SELF, reason="The partner moves", expires=date(2027, 3, 31), name="legacy-*"),
            )
        ),
    ),
    "an exemption without end, with all that can be stated": (
        {
            "exemptions": [
                {
                    "check": COUNT,
                    "reason": "Agreed",
                    "expires": "never",
                    "approved_by": "Platform",
                    "ticket": "NET-1",
                    "urn": "urn:pulumi:prod::*",
                    "type": "aws:ec2/subnet:Subnet",
                    "tags": {"team": "data"},
                    "environment": "airflow",
                }
            ]
        },
        Settings(
            exemptions=(
                Exemption(
                    check=COUNT,
                    reason="Agreed",
                    expires=None,
                    approved_by="Platform",
                    ticket="NET-1",
                    urn="urn:pulumi:prod::*",
                    type="aws:ec2/subnet:Subnet",
                    tags={"team": "data"},
                    environment="airflow",
                ),
            )
        ),
    ),
    "what projects may exempt by tags, and that nothing is exempt": (
        {"tag_exemptions": [SELF], "ignore_exemptions": True},
        Settings(tag_exemptions=frozenset({SELF}), ignore_exemptions=True),
    ),
}

KEYS: Final = "checks, substitutes, tags, outside, exemptions, tag_exemptions, ignore_exemptions"

REFUSED: Final = {
    "a key is misspelt": (
        {"check": {}},
        ((f"check: no such key; it is one of {KEYS}; did you mean checks?"),),
    ),
    "a key is like no other": (
        {"colour": "red"},
        ((f"colour: no such key; it is one of {KEYS}"),),
    ),
    "a level is none": (
        {"checks": {COUNT: {"level": "mandatroy"}}},
        (
            (
                f"checks.{COUNT}.level: 'mandatroy' is none of mandatory, advisory, disabled; "
                "did you mean mandatory?"
            ),
        ),
    ),
    "a check has no options": (
        {"checks": {COUNT: {"substitutes": "accept"}}},
        (f"checks.{COUNT}.substitutes: no such key; it is one of level",),
    ),
    "a level is a number, a list, nothing": (
        {"checks": {COUNT: {"level": 1}, SELF: {"level": ["advisory"]}, PUBLIC: {"level": None}}},
        (
            f"checks.{COUNT}.level: 1 is not a text",
            f"checks.{SELF}.level: a list is not a text",
            f"checks.{PUBLIC}.level: nothing is not a text",
        ),
    ),
    "an exemption lacks what it must state": (
        {"exemptions": [{"check": SELF, "expires": "2027-03-31"}]},
        (
            "exemptions[0]: reason is missing: Why; whoever reads a report sees it.",
            "exemptions[0]: one of urn, name, type, tags, environment is missing",
        ),
    ),
    "an exemption's check is misspelt": (
        {"exemptions": [{**EXEMPT, "check": "subnet-count-not-tow"}]},
        (
            (
                f"exemptions[0].check: 'subnet-count-not-tow' is none of the {len(ALL_CHECKS)} that the "
                "documentation lists; did you mean subnet-count-not-two?"
            ),
        ),
    ),
    "a reason is empty": (
        {"exemptions": [{**EXEMPT, "reason": ""}]},
        ("exemptions[0].reason: the text is empty",),
    ),
    "a day is in words": (
        {"exemptions": [{**EXEMPT, "expires": "next year"}]},
        (
            (
                "exemptions[0].expires: 'next year' is not as it must be: "
                "The last day on which it holds, such as 2027-03-31, or never."
            ),
        ),
    ),
    "a day is not in the calendar": (
        {"exemptions": [EXEMPT, {**EXEMPT, "expires": "2027-02-30"}]},
        ("exemptions[1].expires: '2027-02-30' is no day of the calendar",),
    ),
    "a fact is about no id": (
        {"outside": {"subnets": {"vpc-1": {}}}},
        ("outside.subnets.vpc-1: 'vpc-1' is not an id such as subnet-0123456789abcdef0",),
    ),
    "a fact has a property that no reader knows": (
        {"outside": {"subnets": {"subnet-1": {"zone": "euw1-az1"}}}},
        (
            (
                "outside.subnets.subnet-1.zone: no such key; it is one of vpcId, availabilityZone, "
                "availabilityZoneId, cidrBlock, routeTableId, networkAclId"
            ),
        ),
    ),
    "keys are a number, a flag and nothing": (
        {"exemptions": [{**EXEMPT, "tags": {2024: "x", True: "y", None: "z", "team": "data"}}]},
        (
            "exemptions[0].tags: the key 2024 is not a text; write it in quotes",
            "exemptions[0].tags: the key true is not a text; write it in quotes",
            "exemptions[0].tags: the key nothing is not a text; write it in quotes",
        ),
    ),
    "an exemption names no tag, and would be for all": (
        {"exemptions": [{key: EXEMPT[key] for key in ("check", "reason", "expires")} | {"tags": {}}]},
        ("exemptions[0].tags: the mapping is empty",),
    ),
    "a flag is a word": (
        {"ignore_exemptions": "yes"},
        ("ignore_exemptions: 'yes' is not true or false",),
    ),
}


@pytest.mark.parametrize(("document", "settings"), TAKEN.values(), ids=TAKEN.keys())
def test_settings_are_what_a_document_states(document: dict[str, object], settings: Settings) -> None:
    """Nothing else is in them."""
    assert problems_of(document) == ()
    assert parse_settings(document, "a file") == settings


@pytest.mark.parametrize(("document", "problems"), REFUSED.values(), ids=REFUSED.keys())
def test_what_means_nothing_is_refused(document: dict[str, object], problems: tuple[str, ...]) -> None:
    """Each line says where it stands, what is allowed and what may be meant."""
    assert problems_of(document) == problems
    with pytest.raises(SettingsError) as refused:
        parse_settings(document, "a file")
    assert str(refused.value) == "\n".join(f"a file: {each}" for each in problems)


def test_what_is_stated_for_the_whole_pack_holds_where_a_check_states_nothing() -> None:
    """Only checks that know substitutes have the option."""
    settings = parse_settings(
        {"substitutes": "accept", "checks": {REFUSES: {"substitutes": "refuse"}}}, "a file"
    )
    assert {name: each.substitutes for name, each in settings.options.items()} == {
        SELF: Substitutes.ACCEPT,
        "vpc-endpoint-not-attached": Substitutes.ACCEPT,
        "vpc-endpoint-policy-denies-environment": Substitutes.ACCEPT,
        REFUSES: Substitutes.REFUSE,
    }
