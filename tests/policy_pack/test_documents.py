"""The sentences of the pages: each is listed once, and is checked, built, or stated with a reason."""

from pathlib import Path

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.documents.requirements import REQUIREMENTS, Requirement, State
from mwaa_guardrails.documents.sources import VPC_SECURITY, VPC_SECURITY_JAPANESE

PROGRAM = Path(__file__).parents[2] / "infra" / "mwaa_network"
CITED = {each.id for check in ALL_CHECKS for each in check.requirements}

# "Security in your VPC on Amazon MWAA", every sentence from top to bottom.
SECURITY_PAGE = [
    "english-version-governs",
    "components-need-their-settings",
    "public-routing-has-internet",
    "private-routing-has-no-internet",
    "groups-and-acls-control-traffic",
    "acl-controls-subnet-traffic",
    "acl-one-is-enough",
    "acl-shared-between-environments",
    "security-groups-control-instance-traffic",
    "security-groups-one-to-five",
    "endpoint-policies-control-instance-traffic",
    "endpoint-policy-required-in-private-routing",
    "acl-allows-or-denies-per-subnet",
    "acl-stateless-both-directions",
    "acl-names-traffic-types",
    "acl-default-allows-all",
    "acl-default-edited-or-custom",
    "acl-one-per-subnet",
    "acl-serves-many-subnets",
    "acl-example-fits-both-routings",
    "acl-inbound-allow-all",
    "acl-outbound-allow-all",
    "acl-denies-the-rest",
    "security-group-instance-firewall",
    "security-group-stateful-replies",
    "security-group-names-traffic-types",
    "security-group-default-no-inbound",
    "security-group-default-outbound-all",
    "security-group-default-edited-or-custom",
    "security-group-rules-toward-nat",
    "security-group-self-reference-all",
    "security-group-outbound-all",
    "security-group-5432-from-itself",
    "security-group-5432-needs-443",
    "security-group-443-from-itself",
    "endpoint-policies-for-private-routing-only",
    "endpoint-policy-controls-service-access",
    "endpoint-policy-is-resource-policy",
    "endpoint-policy-grants-what-is-needed",
    "endpoint-policy-full-access-each",
    "access-decided-by-execution-role",
    "endpoint-policy-allow-all-example",
    "s3-gateway-policy-starport",
    "s3-gateway-policy-dag-bucket-too",
]


def test_every_sentence_of_the_page_on_security_is_listed() -> None:
    """The page that this project began with is listed whole, its translation's own sentences included."""
    listed = {each.id for each in REQUIREMENTS if each.source in (VPC_SECURITY, VPC_SECURITY_JAPANESE)}
    assert listed == set(SECURITY_PAGE)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: each.id)
def test_a_requirement_is_what_it_says_it_is(requirement: Requirement) -> None:
    """What is checked has a check, what is built a file of the program, and the rest a reason."""
    assert (requirement.state is State.CHECKED) == (requirement.id in CITED)
    assert requirement.state is not State.BUILT or requirement.built_by
    assert (requirement.state is State.STATED) == bool(requirement.reason)
    assert all((PROGRAM / name).is_file() for name in requirement.built_by)


def test_no_id_means_two_sentences() -> None:
    """Rule descriptions, messages and pages carry the ids."""
    assert len({each.id for each in REQUIREMENTS}) == len(REQUIREMENTS)


def test_each_check_rests_on_sentences_that_are_listed() -> None:
    """No check is an opinion of ours."""
    assert all(check.requirements and {*check.requirements} <= {*REQUIREMENTS} for check in ALL_CHECKS)
