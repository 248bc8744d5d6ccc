"""Protocols, ports and CIDR blocks as AWS takes them, made into patterns of packets.

Sources: EC2 API Reference, CreateNetworkAclEntry and IpPermission.
"""

from collections.abc import Mapping
from typing import Final

from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.addresses import EVERYWHERE, parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, ALL_PROTOCOLS, ICMP, ICMPV6, TCP, UDP, TrafficSet
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.unknown import Reason, Unknown

_NAMES: Final[Mapping[str, int]] = {
    "icmp": ICMP,
    "igmp": 2,
    "tcp": TCP,
    "egp": 8,
    "udp": UDP,
    "rdp": 27,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "icmpv6": ICMPV6,
    "ipv6-icmp": ICMPV6,
    "ospf": 89,
    "pim": 103,
    "vrrp": 112,
    "l2tp": 115,
    "sctp": 132,
    "udplite": 136,
}
_EVERY_TYPE: Final = -1
_HIGHEST_CODE: Final = 255
_HIGHEST_PORT: Final = 65535


def read_protocols(properties: Properties, key: str) -> IntervalSet | Unknown:
    """Return the protocols that a number, a word, `all` or `-1` stands for."""
    number = properties.number(key)
    if isinstance(number, Unknown) and number.reason is Reason.MALFORMED:
        word = properties.text(key)
        if not isinstance(word, str):
            return number
        if word.lower() == "all":
            return ALL_PROTOCOLS
        number = _NAMES.get(word.lower())
    if isinstance(number, Unknown):
        return number
    if number == _EVERY_TYPE:
        return ALL_PROTOCOLS
    if number is None or not 0 <= number <= _HIGHEST_CODE:
        return properties.unknown(key, Reason.MALFORMED)
    return IntervalSet.single(number)


def read_entry_ports(
    properties: Properties, protocols: IntervalSet | Unknown, remotes: IntervalSet | Unknown | None
) -> IntervalSet | Unknown:
    """Return the ports of a network ACL's entry; TCP and UDP without ports mean port 0, as EC2 is asked then.

    ICMP has a type and a code instead, absent ones being 0. ICMPv6 in an IPv4 entry, and any other protocol,
    match whatever the ports.
    """
    if isinstance(protocols, Unknown):
        return protocols
    if protocols == IntervalSet.single(ICMP) or (
        protocols == IntervalSet.single(ICMPV6) and _is_ipv6(remotes)
    ):
        return _icmp(properties, "icmpType", "icmpCode", 0)
    if protocols in (IntervalSet.single(TCP), IntervalSet.single(UDP)):
        return _port_range(properties, 0)
    return ALL_PORTS


def read_rule_ports(properties: Properties, protocols: IntervalSet | Unknown) -> IntervalSet | Unknown:
    """Return the ports of a security group's rule; only TCP, UDP and the two ICMPs have any."""
    if isinstance(protocols, Unknown):
        return protocols
    if protocols in (IntervalSet.single(ICMP), IntervalSet.single(ICMPV6)):
        return _icmp(properties, "fromPort", "toPort", _EVERY_TYPE)
    if protocols in (IntervalSet.single(TCP), IntervalSet.single(UDP)):
        return _port_range(properties, None)
    return ALL_PORTS


def read_cidr(properties: Properties, key: str) -> IntervalSet | Unknown | None:
    """Return the addresses of a CIDR block; None when the property is absent."""
    text = properties.text(key)
    if text is None or isinstance(text, Unknown):
        return text
    return cidr_of(text) or properties.unknown(key, Reason.MALFORMED)


def cidr_of(text: str) -> IntervalSet | None:
    """Return the addresses of a CIDR block, or None when the text is none."""
    try:
        return parse_cidr(text)
    except ValueError:
        return None


def pattern_of(
    protocols: IntervalSet | Unknown, remotes: IntervalSet | Unknown, ports: IntervalSet | Unknown
) -> Pattern:
    """Return what a line matches; an unknown part may be anything."""
    obstacle = next((part for part in (protocols, remotes, ports) if isinstance(part, Unknown)), None)
    possible = TrafficSet.of(
        protocols=ALL_PROTOCOLS if isinstance(protocols, Unknown) else protocols,
        remotes=EVERYWHERE if isinstance(remotes, Unknown) else remotes,
        ports=ALL_PORTS if isinstance(ports, Unknown) else ports,
    )
    return Pattern.known(possible) if obstacle is None else Pattern.at_most(possible, obstacle)


def _is_ipv6(remotes: IntervalSet | Unknown | None) -> bool:
    return isinstance(remotes, IntervalSet) and remotes.lowest > _HIGHEST_IPV4


_HIGHEST_IPV4: Final = (1 << 32) - 1


def _port_range(properties: Properties, absent: int | None) -> IntervalSet | Unknown:
    ends: list[int] = []
    for key in ("fromPort", "toPort"):
        port = properties.number(key)
        if isinstance(port, Unknown):
            return port
        port = absent if port is None else port
        if port is None or not 0 <= port <= _HIGHEST_PORT:
            return properties.unknown(key, Reason.MALFORMED)
        ends.append(port)
    return IntervalSet.of((ends[0], ends[1])) or properties.unknown("toPort", Reason.MALFORMED)


def _icmp(properties: Properties, type_key: str, code_key: str, absent: int) -> IntervalSet | Unknown:
    """Return ICMP types and codes as type times 256 plus code; -1 stands for all."""
    numbers: list[int] = []
    for key in (type_key, code_key):
        number = properties.number(key)
        if isinstance(number, Unknown):
            return number
        number = absent if number is None else number
        if not _EVERY_TYPE <= number <= _HIGHEST_CODE:
            return properties.unknown(key, Reason.MALFORMED)
        numbers.append(number)
    kind, code = numbers
    if kind == _EVERY_TYPE:
        return ALL_PORTS
    first = kind * 256
    return IntervalSet.of((first, first + 255)) if code == _EVERY_TYPE else IntervalSet.single(first + code)
