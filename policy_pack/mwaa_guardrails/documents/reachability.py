"""What the Reachability Analyzer of AWS would say, check by check: its explanation codes, as AWS lists them.

The analyzer looks at a deployed network, one path at a time. Who has met one of its codes finds the check
here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationCode:
    """An explanation code.

    Attributes:
        code: The code.
        meaning: What AWS says that it means, in our words.
    """

    code: str
    meaning: str


_ACL: Final = ExplanationCode(
    code="SUBNET_ACL_RESTRICTION",
    meaning="traffic into or out of a subnet must be admitted by the subnet's network ACL",
)
_RULES: Final = ExplanationCode(
    code="ENI_SG_RULES_MISMATCH", meaning="the security group has no inbound or outbound rule that applies"
)
_NO_ROUTE: Final = ExplanationCode(
    code="NO_ROUTE_TO_DESTINATION", meaning="the route table has no route to the destination that applies"
)
_NO_PUBLIC_ADDRESS: Final = ExplanationCode(
    code="IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    meaning="an internet gateway takes no traffic from an address that has no public one beside it",
)
_NOTHING_THERE: Final = ExplanationCode(
    code="NO_SOURCE_OR_DESTINATION", meaning="the source or the destination does not exist"
)

# The nearest code of each check, or why none is near.
NEAREST_CODES: Final[Mapping[str, ExplanationCode | str]] = {
    "customer-endpoint-missing": _NOTHING_THERE,
    "inline-and-separate-lines-conflict": "it looks at the lines that are there, not at who wrote them",
    "network-acl-blocks-required-traffic": _ACL,
    "private-dns-claimed-twice": "it follows addresses, and does not resolve names",
    "private-routing-reaches-internet": "it explains paths that are missing, not a path too many",
    "s3-endpoint-policy-denies-buckets": "it follows packets, and does not read policy documents",
    "security-group-blocks-outbound": _RULES,
    "security-group-count-outside-limits": "it looks at one path, not at what the API of MWAA accepts",
    "security-group-lacks-self-reference": _RULES,
    "security-group-of-another-vpc": "no interface can carry a group of another VPC, so none can be analyzed",
    "subnet-count-not-two": "it looks at one path, not at what the API of MWAA accepts",
    "subnet-in-unusable-zone": "it looks at paths, not at what MWAA supports in a zone",
    "subnet-lacks-working-nat": _NO_ROUTE,
    "subnet-routes-to-internet-gateway": _NO_PUBLIC_ADDRESS,
    "subnets-share-availability-zone": "it looks at paths that are there, not at what a zone takes with it",
    "vpc-dns-attributes-disabled": "it follows addresses, and does not resolve names",
    "vpc-endpoint-missing": _NO_ROUTE,
    "vpc-endpoint-not-attached": _NO_ROUTE,
    "vpc-endpoint-policy-denies-environment": "it follows packets, and does not read policy documents",
    "vpc-endpoint-private-dns-disabled": "it follows addresses, and does not resolve names",
    "vpc-endpoint-refuses-environment": _RULES,
    "web-server-out-of-workers-reach": _NO_ROUTE,
}
