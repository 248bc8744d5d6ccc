"""The steps that remedy a finding of a check, in general."""

from collections.abc import Mapping
from typing import Final

from mwaa_guardrails.documents.facts import (
    ANY_IPV4,
    DATABASE_PORT,
    DOCUMENTED_ENTRY_NUMBER,
    HTTPS_PORT,
    SECURITY_GROUPS_MAX,
    SECURITY_GROUPS_MIN,
    SUBNETS_PER_ENVIRONMENT,
)

_REMEDIES: Final[Mapping[str, str]] = {
    "inline-and-separate-lines-conflict": (
        "Keep one form: move the inline lines to resources of their own and leave the argument out, or move "
        "the resources' lines inline. An adopted default group or ACL takes inline lines only."
    ),
    "network-acl-blocks-required-traffic": (
        f"Give the ACL entry {DOCUMENTED_ENTRY_NUMBER} that allows all traffic from and to {ANY_IPV4}, "
        "in both directions, or move the entry that denies behind one that allows what the environment needs."
    ),
    "s3-endpoint-policy-denies-buckets": (
        "Let the S3 endpoint's policy allow s3:GetObject on the objects of the Region's starport layer "
        "bucket, and the execution role's read actions on the environment's bucket and its objects; or give "
        "the endpoint no policy, which means full access."
    ),
    "security-group-blocks-outbound": (
        f"Give a security group of the environment an outbound rule for all traffic to {ANY_IPV4}; with "
        "private routing three do as well: to the group itself, to the VPC's block and to S3's prefix list."
    ),
    "security-group-count-outside-limits": (
        f"Give the environment {SECURITY_GROUPS_MIN} to {SECURITY_GROUPS_MAX} distinct security groups."
    ),
    "security-group-lacks-self-reference": (
        "Give a security group of the environment an inbound rule for all traffic from itself, or two rules, "
        f"for TCP {DATABASE_PORT} and TCP {HTTPS_PORT}."
    ),
    "security-group-of-another-vpc": (
        "Make the security group in the VPC of the environment's subnets, or associate it with that VPC."
    ),
    "subnet-count-not-two": (
        f"Give the environment exactly {SUBNETS_PER_ENVIRONMENT} private subnets, in two Availability Zones."
    ),
    "private-routing-reaches-internet": (
        "Leave out the routes that lead the subnet to a NAT device, or tie the subnet to a route table "
        "without any; where public routing is meant, tag the subnets mwaa:routing=public."
    ),
    "subnet-in-unusable-zone": (
        "Make the subnet in an Availability Zone of its Region that MWAA supports, and state the zone."
    ),
    "subnets-share-availability-zone": (
        "Make the two subnets in two Availability Zones, and state the zones; do so before the environment, "
        "whose subnets can never be changed."
    ),
    "subnet-lacks-working-nat": (
        f"Lead {ANY_IPV4} in the route table of each subnet to a NAT gateway that stands in a public subnet, "
        "whose own route table leads to an internet gateway; a regional NAT gateway needs no subnet."
    ),
    "subnet-routes-to-internet-gateway": (
        "Associate the subnet with a route table that has no route to an internet gateway; "
        f"with public routing lead {ANY_IPV4} to a NAT gateway instead."
    ),
    "vpc-endpoint-policy-denies-environment": (
        "Let the endpoint's policy allow what the execution role does with the service, whatever the account "
        "of the queue and of the key; or give the endpoint no policy, which means full access."
    ),
}


def remediation_text(check: str) -> str:
    """Return the steps that remedy a finding of a check, in general."""
    return _REMEDIES[check]
