"""Addresses and CIDR blocks as text and as numbers."""

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.net.addresses import (
    ANY_IPV4,
    ANY_IPV6,
    EVERYWHERE,
    PUBLIC_IPV4,
    address_text,
    cidr_texts,
    parse_cidr,
)
from mwaa_guardrails.net.intervals import IntervalSet
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW

IPV6_START = 1 << 32

BLOCKS = [
    ("a block is the addresses from its first to its last", "10.0.1.0/24", ("10.0.1.0", "10.0.1.255")),
    ("host bits are dropped, as EC2 does", "100.68.0.18/18", ("100.68.0.0", "100.68.63.255")),
    ("a single address is a block of one", "10.0.0.7", ("10.0.0.7", "10.0.0.7")),
    ("a block of length 32 is one address", "10.0.0.7/32", ("10.0.0.7", "10.0.0.7")),
    ("a block of length 31 is two addresses", "10.0.0.7/31", ("10.0.0.6", "10.0.0.7")),
    ("half of IPv4 is a block", "128.0.0.0/1", ("128.0.0.0", "255.255.255.255")),
    ("IPv6 is written in groups", "2001:db8::/126", ("2001:db8::", "2001:db8::3")),
    ("IPv6 has many spellings", "2001:0DB8:0:0::1/126", ("2001:db8::", "2001:db8::3")),
    ("a single IPv6 address is a block of one", "fd00:ec2::253", ("fd00:ec2::253", "fd00:ec2::253")),
    ("::/0 is all of IPv6", "::/0", ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
]

NO_BLOCKS = [
    ("an empty text", ""),
    ("a word", "anywhere"),
    ("an address with three parts", "10.0.0/24"),
    ("a part above 255", "10.0.0.256/24"),
    ("a part with a leading zero, which some read as octal", "010.0.0.0/8"),
    ("a length above 32", "10.0.0.0/33"),
    ("a length below 0", "10.0.0.0/-1"),
    ("a block without its length", "10.0.0.0/"),
    ("two lengths", "10.0.0.0/8/8"),
    ("a netmask", "10.0.0.0/255.255.255.0"),
    ("a host mask", "10.0.0.0/0.0.0.255"),
    ("a blank", " 10.0.0.0/8"),
    ("an IPv6 length above 128", "::/129"),
    ("an IPv6 address with a zone", "fe80::1%eth0"),
    ("an IPv6 block with a zone", "fe80::1%1/64"),
    ("a prefix list", "pl-63a5400a"),
]


@pytest.mark.parametrize(("text", "ends"), rows(BLOCKS))
def test_a_cidr_block_is_a_span_of_addresses(text: str, ends: tuple[str, str]) -> None:
    """Both ends belong to it."""
    ((low, high),) = parse_cidr(text).spans
    assert (address_text(low), address_text(high)) == ends


@pytest.mark.parametrize("text", rows(NO_BLOCKS))
def test_what_ec2_takes_for_no_cidr_block_is_an_error(text: str) -> None:
    """The provider refuses them as well."""
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        parse_cidr(text)


def test_a_netmask_is_answered_with_what_is_allowed() -> None:
    """The message quotes the value and shows a right one."""
    with pytest.raises(
        ValueError,
        match=r"^'10.0.0.0/255.0.0.0' is neither a CIDR block, such as 10.0.0.0/24, nor an address$",
    ):
        parse_cidr("10.0.0.0/255.0.0.0")


@LAW
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_its_own_number(address: ipaddress.IPv4Address) -> None:
    """So IPv4 lies below 2**32."""
    assert parse_cidr(str(address)) == IntervalSet.single(int(address))
    assert address_text(int(address)) == str(address)


@LAW
@given(st.ip_addresses(v=6))
def test_an_ipv6_address_follows_all_of_ipv4(address: ipaddress.IPv6Address) -> None:
    """So no address of one family is taken for one of the other: ::1 is not 0.0.0.1."""
    assert parse_cidr(str(address)) == IntervalSet.single(IPV6_START + int(address))
    assert address_text(IPV6_START + int(address)) == str(address)


def test_the_families_are_apart_and_together_are_everywhere() -> None:
    """0.0.0.0/0 does not cover ::/0 ("Subnet route tables")."""
    assert parse_cidr("0.0.0.0/0") == ANY_IPV4
    assert parse_cidr("::/0") == ANY_IPV6
    assert ANY_IPV4.isdisjoint(ANY_IPV6)
    assert cidr_texts(EVERYWHERE) == ("0.0.0.0/0", "::/0")


TEXTS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("nothing has no block", (), ()),
    ("blocks that make up one are one", ("0.0.0.0/1", "128.0.0.0/1"), ("0.0.0.0/0",)),
    (
        "neighbours that are no block stay apart",
        ("10.0.1.0/24", "10.0.2.0/24"),
        ("10.0.1.0/24", "10.0.2.0/24"),
    ),
    ("a block inside another goes under", ("10.0.1.0/24", "10.0.0.0/8"), ("10.0.0.0/8",)),
    (
        "IPv4 stands before IPv6, lowest first",
        ("::1", "10.0.0.0/8", "1.1.1.1"),
        ("1.1.1.1/32", "10.0.0.0/8", "::1/128"),
    ),
    (
        "the highest IPv4 and the lowest IPv6 address touch and stay apart",
        ("255.255.255.255", "::"),
        ("255.255.255.255/32", "::/128"),
    ),
]


@pytest.mark.parametrize(("given_texts", "texts"), rows(TEXTS))
def test_a_set_is_written_as_the_fewest_blocks(given_texts: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """The order in which the blocks came has no bearing."""
    united = IntervalSet.of(*(parse_cidr(text).spans[0] for text in given_texts))
    assert cidr_texts(united) == texts


_spans = st.tuples(
    st.integers(0, IPV6_START + 5000) | st.integers(IPV6_START - 40, IPV6_START + 40), st.integers(0, 700)
).map(lambda pair: (pair[0], pair[0] + pair[1]))


@LAW
@given(st.lists(_spans, max_size=4))
def test_what_is_written_as_blocks_reads_back_as_the_same_set(spans: list[tuple[int, int]]) -> None:
    """Also where a set reaches from IPv4 into IPv6."""
    addresses = IntervalSet.of(*spans)
    read_back = IntervalSet.of(*(parse_cidr(text).spans[0] for text in cidr_texts(addresses)))
    assert read_back == addresses


PUBLIC = [
    ("1.1.1.1", True),
    ("8.8.8.8", True),
    ("52.94.5.10", True),
    ("172.32.0.1", True),
    ("192.169.0.0", True),
    ("203.0.113.9", True),
    ("223.255.255.255", True),
    ("0.0.0.1", False),
    ("10.255.255.255", False),
    ("100.64.0.1", False),
    ("127.0.0.1", False),
    ("169.254.169.253", False),
    ("172.16.0.1", False),
    ("172.31.255.255", False),
    ("192.0.0.8", False),
    ("192.168.1.1", False),
    ("198.19.255.255", False),
    ("224.0.0.1", False),
    ("255.255.255.255", False),
    ("2600:1f00::1", False),
]


@pytest.mark.parametrize(("address", "public"), PUBLIC)
def test_the_public_internet_is_ipv4_without_what_iana_sets_apart(address: str, *, public: bool) -> None:
    """Documentation ranges count as public: examples write them for public addresses."""
    assert PUBLIC_IPV4.covers(parse_cidr(address)) is public
