"""IPv4 and IPv6 addresses as whole numbers on one line, so that one kind of set serves both families.

IPv4 addresses are the numbers below 2**32; IPv6 addresses follow them.
"""

import ipaddress
from typing import Final

from mwaa_guardrails.net.intervals import IntervalSet

_IPV6_START: Final = 1 << 32

ANY_IPV4: Final = IntervalSet(((0, _IPV6_START - 1),))
ANY_IPV6: Final = IntervalSet(((_IPV6_START, _IPV6_START + (1 << 128) - 1),))
EVERYWHERE: Final = ANY_IPV4 | ANY_IPV6

# What IANA sets apart from the public IPv4 internet: private use (RFC 1918), shared address space (RFC 6598),
# this network, loopback, link-local, protocol assignments, benchmarking, multicast and what is reserved. The
# documentation ranges (RFC 5737) stay in, since that is what examples write for public addresses.
_NOT_PUBLIC: Final = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
)


def parse_cidr(text: str) -> IntervalSet:
    """Return the addresses of a CIDR block or of a single address.

    Host bits are dropped, as EC2 drops them (EC2 API Reference, CreateNetworkAclEntry).

    Raises:
        ValueError: The text is neither; netmasks and zones of IPv6 addresses are nothing EC2 takes.
    """
    if "%" in text or "." in text.partition("/")[2]:
        raise ValueError(f"{text!r} is neither a CIDR block, such as 10.0.0.0/24, nor an address")
    network = ipaddress.ip_network(text, strict=False)
    start = 0 if network.version == 4 else _IPV6_START  # noqa: PLR2004 - the name of the family
    return IntervalSet(((start + int(network[0]), start + int(network[-1])),))


# "IPv6 Global Unicast Address Space", IANA.
PUBLIC_IPV6: Final = parse_cidr("2000::/3")
PUBLIC_IPV4: Final = ANY_IPV4 - IntervalSet.of(*(parse_cidr(cidr).spans[0] for cidr in _NOT_PUBLIC))


def address_text(address: int) -> str:
    """Return an address as people write it."""
    if address < _IPV6_START:
        return str(ipaddress.IPv4Address(address))
    return str(ipaddress.IPv6Address(address - _IPV6_START))


def cidr_texts(addresses: IntervalSet) -> tuple[str, ...]:
    """Return the fewest CIDR blocks that make up a set, lowest first, IPv4 before IPv6."""
    ipv4 = (addresses & ANY_IPV4).spans
    ipv6 = (addresses & ANY_IPV6).spans
    networks = [
        *(
            network
            for low, high in ipv4
            for network in ipaddress.summarize_address_range(
                ipaddress.IPv4Address(low), ipaddress.IPv4Address(high)
            )
        ),
        *(
            network
            for low, high in ipv6
            for network in ipaddress.summarize_address_range(
                ipaddress.IPv6Address(low - _IPV6_START), ipaddress.IPv6Address(high - _IPV6_START)
            )
        ),
    ]
    return tuple(str(network) for network in networks)
