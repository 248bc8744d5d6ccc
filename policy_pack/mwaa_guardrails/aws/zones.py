"""Zones: whether two subnets lie in one, what kind a zone is, and whose Region it belongs to.

Sources: "Availability Zones", "Local Zones" and "Wavelength Zones" in the AWS documentation on Regions and
zones; "Availability Zone IDs for your AWS resources": which id a name means differs from account to
account, so names are compared with names and ids with ids.
"""

import re
from typing import Final

from mwaa_guardrails.aws.model import Subnet

# An Availability Zone's name is its Region's and a letter; a Local Zone's has a place and a number between,
# a Wavelength Zone's even more: us-west-2a, us-west-2-lax-1a, us-west-2-wl1-las-wlz-1.
_NAME: Final = re.compile(r"(?P<region>[a-z]{2}(?:-[a-z]+)+-[0-9]+)(?P<rest>[a-z]|-[a-z0-9-]+)")
# Ids begin with the Region in short: usw2-az1, usw2-lax1-az1, usw2-wl1-las-wlz1.
_ID: Final = re.compile(r"(?P<code>[a-z]{3,}[0-9]+)-(?P<rest>(?:[a-z0-9]+-)*(?:az|wlz)[0-9]+)")
_OF_REGION: Final = re.compile(r"az[0-9]+")
_DIRECTIONS: Final = {
    "central": "c",
    "east": "e",
    "gov": "g",
    "north": "n",
    "northeast": "ne",
    "northwest": "nw",
    "south": "s",
    "southeast": "se",
    "southwest": "sw",
    "west": "w",
}


def same_zone(one: Subnet, other: Subnet) -> bool | None:
    """Tell whether two subnets lie in one zone; None when nobody can tell."""
    for mine, theirs in ((one.zone, other.zone), (one.zone_id, other.zone_id)):
        if isinstance(mine, str) and isinstance(theirs, str):
            return mine == theirs
    return None


def is_zone(text: str) -> bool:
    """Tell whether a text has the form of a zone's name or id."""
    return _NAME.fullmatch(text) is not None or _ID.fullmatch(text) is not None


def is_availability_zone(zone: str) -> bool | None:
    """Tell whether a zone, by name or id, is an Availability Zone; None when the text is neither."""
    name, id_ = _NAME.fullmatch(zone), _ID.fullmatch(zone)
    if name is not None:
        return not name["rest"].startswith("-")
    return None if id_ is None else _OF_REGION.fullmatch(id_["rest"]) is not None


def belongs_to(zone: str, region: str) -> bool | None:
    """Tell whether a zone, by name or id, belongs to a Region; None when the texts do not say."""
    name, id_ = _NAME.fullmatch(zone), _ID.fullmatch(zone)
    if name is not None:
        return name["region"] == region
    code = _code_of(region)
    return None if id_ is None or code is None else id_["code"] == code


def _code_of(region: str) -> str | None:
    """Return how zone ids name a Region, such as `euw1` for `eu-west-1`."""
    area, *directions = region.split("-")
    if len(directions) < 2:  # noqa: PLR2004 - at least a direction and a number
        return None
    *directions, number = directions
    letters = [_DIRECTIONS[each] for each in directions if each in _DIRECTIONS]
    return f"{area}{''.join(letters)}{number}" if len(letters) == len(directions) else None
