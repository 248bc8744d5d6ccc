"""Zones: equal or not, of which kind, and of which Region.

Sources: "Availability Zones", "Local Zones" and "Wavelength Zones"; "Availability Zone IDs for your AWS
resources".
"""

import pytest

from mwaa_guardrails.aws.model import Inside, Subnet
from mwaa_guardrails.aws.zones import belongs_to, is_availability_zone, same_zone
from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.unknown import Unknown
from tests.policy_pack.aws.parts import hidden, origin
from tests.policy_pack.net.tables import rows

ZONE = hidden("availabilityZone")
A, B = "eu-west-1a", "eu-west-1b"
AZ1, AZ2 = "euw1-az1", "euw1-az2"

Place = tuple[str | Unknown | None, str | Unknown | None]


def _subnet(place: Place) -> Subnet:
    name, id_ = place
    return Subnet(
        origin=origin("subnet"), vpc=Inside("vpc"), cidr=parse_cidr("10.0.0.0/24"), zone=name, zone_id=id_
    )


SAME: list[tuple[str, Place, Place, bool | None]] = [
    ("one name", (A, None), (A, None), True),
    ("two names", (A, None), (B, None), False),
    ("one id", (None, AZ1), (None, AZ1), True),
    ("two ids", (None, AZ1), (None, AZ2), False),
    ("names decide where both have one", (A, AZ1), (A, None), True),
    ("ids decide where one name is missing", (A, AZ1), (None, AZ1), True),
    ("ids decide where one name is not known", (ZONE, AZ1), (A, AZ2), False),
    ("a name and an id", (A, None), (None, AZ1), None),
    ("nothing", (None, None), (None, None), None),
    ("what is not known does not equal itself", (ZONE, None), (ZONE, None), None),
]


@pytest.mark.parametrize(("one", "other", "same"), rows(SAME))
def test_two_subnets_lie_in_one_zone_by_names_or_by_ids(
    one: Place,
    other: Place,
    same: bool | None,  # noqa: FBT001 - a value, no switch
) -> None:
    """Whichever is asked first."""
    assert same_zone(_subnet(one), _subnet(other)) is same
    assert same_zone(_subnet(other), _subnet(one)) is same


KINDS: list[tuple[str, str, bool | None]] = [
    ("an Availability Zone by name", "us-east-1a", True),
    ("one of GovCloud", "us-gov-west-1a", True),
    ("one of a Region with a long name", "ap-southeast-2c", True),
    ("an Availability Zone by id", "use1-az3", True),
    ("a Local Zone by name", "us-west-2-lax-1a", False),
    ("a Local Zone by id", "usw2-lax1-az1", False),
    ("a Wavelength Zone by name", "us-west-2-wl1-las-wlz-1", False),
    ("a Wavelength Zone by id", "usw2-wl1-las-wlz1", False),
    ("a Region is no zone", "us-east-1", None),
    ("nor is any other text", "a zone", None),
    ("nor is one that begins like an id", "euw1-a", None),
]


@pytest.mark.parametrize(("zone", "answer"), rows(KINDS))
def test_a_zone_shows_its_kind_by_its_form(
    zone: str,
    answer: bool | None,  # noqa: FBT001 - a value, no switch
) -> None:
    """By name or by id."""
    assert is_availability_zone(zone) is answer


OF_REGION: list[tuple[str, str, str, bool | None]] = [
    ("a name begins with its Region", "us-east-1a", "us-east-1", True),
    ("a name of another Region", "us-east-1a", "us-east-2", False),
    ("a Local Zone belongs to its Region", "us-west-2-lax-1a", "us-west-2", True),
    ("an id begins with its Region in short", "euw1-az2", "eu-west-1", True),
    ("an id of another Region", "use1-az2", "eu-west-1", False),
    ("a Local Zone's id", "usw2-lax1-az1", "us-west-2", True),
    ("an id of a Region that nobody can shorten", "mxx1-az1", "mx-midland-1", None),
    ("an id and no Region", "use1-az1", "region", None),
    ("no zone", "a zone", "us-east-1", None),
]


@pytest.mark.parametrize(("zone", "region", "answer"), rows(OF_REGION))
def test_a_zone_belongs_to_the_region_it_begins_with(
    zone: str,
    region: str,
    answer: bool | None,  # noqa: FBT001 - a value, no switch
) -> None:
    """By name or by id."""
    assert belongs_to(zone, region) is answer


# "Availability Zone IDs" in "AWS Regions", for every Region that has MWAA.
CODES = (
    ("us-east-1", "use1"),
    ("us-east-2", "use2"),
    ("us-west-1", "usw1"),
    ("us-west-2", "usw2"),
    ("ca-central-1", "cac1"),
    ("ca-west-1", "caw1"),
    ("sa-east-1", "sae1"),
    ("eu-central-1", "euc1"),
    ("eu-central-2", "euc2"),
    ("eu-west-1", "euw1"),
    ("eu-west-2", "euw2"),
    ("eu-west-3", "euw3"),
    ("eu-north-1", "eun1"),
    ("eu-south-1", "eus1"),
    ("eu-south-2", "eus2"),
    ("ap-south-1", "aps1"),
    ("ap-south-2", "aps2"),
    ("ap-east-1", "ape1"),
    ("ap-northeast-1", "apne1"),
    ("ap-northeast-2", "apne2"),
    ("ap-northeast-3", "apne3"),
    ("ap-southeast-1", "apse1"),
    ("ap-southeast-2", "apse2"),
    ("ap-southeast-3", "apse3"),
    ("ap-southeast-4", "apse4"),
    ("ap-southeast-5", "apse5"),
    ("ap-southeast-7", "apse7"),
    ("af-south-1", "afs1"),
    ("il-central-1", "ilc1"),
    ("me-central-1", "mec1"),
    ("me-south-1", "mes1"),
    ("cn-north-1", "cnn1"),
    ("cn-northwest-1", "cnnw1"),
)


@pytest.mark.parametrize(("region", "code"), CODES)
def test_the_ids_of_each_region_with_mwaa_are_told(region: str, code: str) -> None:
    """And those of every other are not taken for them."""
    assert {other for other, _ in CODES if belongs_to(f"{code}-az1", other)} == {region}
