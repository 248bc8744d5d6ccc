"""What the checks say of a stack, short enough for tables."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from mwaa_guardrails.evaluation import NOTHING_STATED, evaluate
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.settings import Settings

ACL: Final = "network-acl-blocks-required-traffic"
SELF: Final = "security-group-lacks-self-reference"
GROUPS: Final = "security-group-count-outside-limits"
COUNT: Final = "subnet-count-not-two"
PUBLIC: Final = "subnet-routes-to-internet-gateway"

OUTBOUND: Final = "security-group-blocks-outbound"
FOREIGN_GROUP: Final = "security-group-of-another-vpc"
SHARED_ZONE: Final = "subnets-share-availability-zone"
UNUSABLE_ZONE: Final = "subnet-in-unusable-zone"
NAT: Final = "subnet-lacks-working-nat"
REACHES: Final = "private-routing-reaches-internet"
MISSING: Final = "vpc-endpoint-missing"
PRIVATE_DNS: Final = "vpc-endpoint-private-dns-disabled"
ATTACHED: Final = "vpc-endpoint-not-attached"
REFUSES: Final = "vpc-endpoint-refuses-environment"
POLICY: Final = "vpc-endpoint-policy-denies-environment"
S3_POLICY: Final = "s3-endpoint-policy-denies-buckets"
DNS: Final = "vpc-dns-attributes-disabled"
DNS_TWICE: Final = "private-dns-claimed-twice"
CUSTOMER: Final = "customer-endpoint-missing"
WEB_SERVER: Final = "web-server-out-of-workers-reach"
CONTESTED: Final = "inline-and-separate-lines-conflict"

Verdict: TypeAlias = frozenset[tuple[str, str, str]]
SILENT: Final[Verdict] = frozenset()


def violation(check: str, *subjects: str) -> Verdict:
    """Return violations of a check on resources, by logical name."""
    return frozenset((check, subject, "violation") for subject in subjects)


def advice(check: str, *subjects: str) -> Verdict:
    """Return advice of a check on resources."""
    return frozenset((check, subject, "advice") for subject in subjects)


def undetermined(name: str, path: str) -> Verdict:
    """Return the open question about a property of a resource."""
    return frozenset({("undetermined", name, path)})


def verdict(resources: Iterable[Resource], settings: Settings = NOTHING_STATED) -> Verdict:
    """Return everything that the checks say of a stack."""
    evaluation = evaluate(resources, settings)
    assert evaluation.failures == ()
    findings = (*evaluation.violations, *evaluation.advice)
    return frozenset(
        {(each.check, each.subject.name, each.degree.value) for each in findings}
        | {
            ("undetermined", each.unknown.urn.rpartition("::")[2], each.unknown.path)
            for each in evaluation.undetermined
        }
    )


def said_by(check: str, resources: Iterable[Resource]) -> Verdict:
    """Return what one check says of a stack, and what it asks."""
    evaluation = evaluate(resources)
    return frozenset(
        {
            (each.check, each.subject.name, each.degree.value)
            for each in (*evaluation.violations, *evaluation.advice)
            if each.check == check
        }
        | {
            ("undetermined", each.unknown.urn.rpartition("::")[2], each.unknown.path)
            for each in evaluation.undetermined
            if check in each.checks
        }
    )
