"""Availability Zones: whether two subnets lie in one, by names or by ids, never by one against the other.

Source: "Availability Zone IDs for your AWS resources": which id a name means differs from account to account.
"""

from mwaa_guardrails.aws.model import Subnet


def same_zone(one: Subnet, other: Subnet) -> bool | None:
    """Tell whether two subnets lie in one Availability Zone; None when nobody can tell."""
    for mine, theirs in ((one.zone, other.zone), (one.zone_id, other.zone_id)):
        if isinstance(mine, str) and isinstance(theirs, str):
            return mine == theirs
    return None
