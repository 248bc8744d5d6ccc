"""What Checkov says of the documented networks, and of the hardened one, is what the tables say."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from mwaa_guardrails.reading.resource import Resource
from mwaa_network import Network
from mwaa_network.validation import read_arguments
from tests.checkov.configurations import stack
from tests.checkov.scan import Report, Word, scan, write
from tests.infra.judged import deployed
from tests.policy_pack.verdicts import verdict
from tools.scanners.objections import (
    DOCUMENTED,
    HARDENED_KEYS,
    OBJECTIONS,
    SATISFIED,
    Configuration,
    Objection,
)
from tools.scanners.waivers import in_cloudformation, in_settings, in_terraform

Stacks = Mapping[Configuration, Sequence[Resource]]


@pytest.fixture(scope="module", name="stacks")
def all_stacks() -> Stacks:
    """Every configuration."""
    return {each: stack(each) for each in Configuration}


@pytest.fixture(scope="module", name="report")
def first_report(stacks: Stacks, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What Checkov says when nothing is waived."""
    folder = tmp_path_factory.mktemp("scanned")
    write(folder, stacks)
    return scan(folder)


def is_meant(objection: Objection, address: str) -> bool:
    """Whether an objection is about the resource of an address."""
    return any(fnmatchcase(address, each) for each in objection.resources)


def test_every_objection_is_in_the_table(report: Report) -> None:
    """Checkov says nothing else, neither of the documented networks nor of the hardened one."""
    unforeseen = [
        word
        for word in report.failed
        if not any(
            (each.rule, True) == (word.rule, is_meant(each, word.address))
            and word.configuration in each.raised_by
            for each in OBJECTIONS
        )
    ]
    assert unforeseen == []


def test_every_row_of_the_table_is_an_objection(report: Report) -> None:
    """Of each configuration that it names, and of resources of each kind that it names."""
    told = {
        (each.rule, configuration, pattern)
        for each in OBJECTIONS
        for configuration in each.raised_by
        for pattern in each.resources
    }
    said = {
        (each.rule, configuration, pattern)
        for each in OBJECTIONS
        for pattern in each.resources
        for configuration, rule, address in report.failed
        if rule == each.rule and configuration in each.raised_by and fnmatchcase(address, pattern)
    }
    assert told - said == set()


def test_what_the_hardened_configuration_leaves_is_what_stands(report: Report) -> None:
    """By id, and nothing else."""
    left = {word.rule for word in report.failed if word.configuration is Configuration.HARDENED}
    assert left == {each.rule for each in OBJECTIONS if each.stands}


def test_the_hardened_configuration_is_right_by_our_own_checks(stacks: Stacks) -> None:
    """The pack says no word of it."""
    assert verdict(stacks[Configuration.HARDENED]) == verdict(())


def test_the_keys_make_the_network_of_the_example(stacks: Stacks) -> None:
    """What the page shows as keys is what Checkov looked at."""
    args, problems = read_arguments(HARDENED_KEYS)
    network = deployed(lambda: Network("analytics", args))
    assert problems == ()
    assert {each.urn: each.inputs for each in network}.items() <= {
        each.urn: each.inputs for each in stacks[Configuration.HARDENED]
    }.items()


def test_what_is_right_already_is_looked_at_and_passes(report: Report) -> None:
    """In both documented networks."""
    passed = {(word.configuration, word.rule) for word in report.passed}
    assert {(each, rule) for each in DOCUMENTED for rule in SATISFIED} <= passed
    assert {word.rule for word in report.failed}.isdisjoint(SATISFIED)


def test_a_waiver_inside_each_resource_silences_it(stacks: Stacks, report: Report, tmp_path: Path) -> None:
    """As comments of Terraform and as metadata of CloudFormation: all that failed is skipped."""
    write(
        tmp_path,
        stacks,
        comments_of=lambda address: [in_terraform(each) for each in OBJECTIONS if is_meant(each, address)],
        metadata_of=lambda address: in_cloudformation(
            [each for each in OBJECTIONS if is_meant(each, address)]
        ),
    )
    waived = scan(tmp_path)
    assert waived.failed == frozenset()
    assert report.failed <= waived.skipped


def test_the_settings_file_silences_everything(stacks: Stacks, report: Report, tmp_path: Path) -> None:
    """And no other rule than those of the table."""
    write(tmp_path, stacks)
    (tmp_path / ".checkov.yaml").write_text(in_settings(OBJECTIONS))
    quiet = scan(tmp_path)
    assert quiet.failed == frozenset()
    skipped = set(yaml.safe_load(in_settings(OBJECTIONS))["skip-check"])
    assert quiet.passed == frozenset(Word(*word) for word in report.passed if word.rule not in skipped)
