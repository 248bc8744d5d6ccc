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
    "customer-endpoint-missing": (
        "Make an interface endpoint for the environment's database, and one for its web server unless that "
        "is public alone: in the environment's own subnets, with a group that lets in all traffic from the "
        "environment's."
    ),
    "inline-and-separate-lines-conflict": (
        "Keep one form: move the inline lines to resources of their own and leave the argument out, or move "
        "the resources' lines inline. An adopted default group or ACL takes inline lines only."
    ),
    "network-acl-blocks-required-traffic": (
        f"Give the ACL entry {DOCUMENTED_ENTRY_NUMBER} that allows all traffic from and to {ANY_IPV4}, "
        "in both directions, or move the entry that denies behind one that allows what the environment needs."
    ),
    "private-dns-claimed-twice": (
        "Leave private DNS on for one endpoint of the service in the VPC, and let it serve all its clients."
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
    "vpc-dns-attributes-disabled": "Set both enableDnsSupport and enableDnsHostnames of the VPC to true.",
    "vpc-endpoint-missing": (
        "Make an endpoint for each of s3 (gateway), sqs, logs, monitoring and kms (interface) in the "
        "environment's VPC, with the environment's Region in the service's name."
    ),
    "vpc-endpoint-not-attached": (
        "Give an interface endpoint the type Interface and both subnets of the environment, and the S3 "
        "gateway endpoint the route tables of both."
    ),
    "web-server-out-of-workers-reach": (
        "Set the access mode of the web server to PRIVATE_ONLY, which gives it an endpoint in the VPC, or "
        f"lead {ANY_IPV4} in the route tables of the subnets to a NAT gateway."
    ),
    "vpc-endpoint-policy-denies-environment": (
        "Let the endpoint's policy allow what the execution role does with the service, whatever the account "
        "of the queue and of the key; or give the endpoint no policy, which means full access."
    ),
    "vpc-endpoint-private-dns-disabled": "Set privateDnsEnabled of the interface endpoint to true.",
    "vpc-endpoint-refuses-environment": (
        f"Give the endpoint the environment's security group, or one that lets in TCP {HTTPS_PORT} from it."
    ),
}


def remediation_text(check: str) -> str:
    """Return the steps that remedy a finding of a check, in general."""
    return _REMEDIES[check]
