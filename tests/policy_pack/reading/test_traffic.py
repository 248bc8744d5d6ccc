"""Protocols, ports and blocks as AWS takes them."""

import pytest

from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, ALL_PROTOCOLS
from mwaa_guardrails.reading.properties import properties_of
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.reading.traffic import read_cidr, read_entry_ports, read_protocols, read_rule_ports
from mwaa_guardrails.unknown import Reason, Unknown

URN = "urn:pulumi:dev::test::aws:ec2/networkAclRule:NetworkAclRule::entry"


def bad(path: str, reason: Reason = Reason.MALFORMED) -> Unknown:
    """Return the unknown value of a property."""
    return Unknown(urn=URN, path=path, reason=reason)


def resource(**outputs: Value) -> Resource:
    """Return a resource with these properties."""
    return Resource(urn=URN, type="aws:ec2/networkAclRule:NetworkAclRule", name="entry", outputs=outputs)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("-1", ALL_PROTOCOLS),
        (-1.0, ALL_PROTOCOLS),
        ("all", ALL_PROTOCOLS),
        ("ALL", ALL_PROTOCOLS),
        ("tcp", IntervalSet.single(6)),
        ("TCP", IntervalSet.single(6)),
        ("6", IntervalSet.single(6)),
        (17.0, IntervalSet.single(17)),
        ("icmpv6", IntervalSet.single(58)),
        ("esp", IntervalSet.single(50)),
        ("255", IntervalSet.single(255)),
        ("256", bad("protocol")),
        ("-2", bad("protocol")),
        ("carrier-pigeon", bad("protocol")),
        (None, bad("protocol")),
        (True, bad("protocol")),
        (Opaque.COMPUTED, bad("protocol", Reason.NOT_YET)),
    ],
)
def test_a_protocol_is_a_number_a_word_or_all(value: Value, expected: object) -> None:
    """Anything else is unknown, not something else."""
    assert read_protocols(properties_of(resource(protocol=value)), "protocol") == expected


TCP, UDP, ICMP, ICMPV6, ESP = (IntervalSet.single(number) for number in (6, 17, 1, 58, 50))
IPV4, IPV6 = parse_cidr("0.0.0.0/0"), parse_cidr("::/0")


def ports(low: int, high: int) -> IntervalSet:
    """Return a range of ports."""
    return IntervalSet.of((low, high))


@pytest.mark.parametrize(
    ("sentence", "protocols", "remotes", "given", "expected"),
    [
        ("a range", TCP, IPV4, {"fromPort": 443.0, "toPort": "444"}, ports(443, 444)),
        ("UDP as well", UDP, IPV4, {"fromPort": 53, "toPort": 53}, ports(53, 53)),
        ("absent ports are port 0", TCP, IPV4, {}, ports(0, 0)),
        ("from above to", TCP, IPV4, {"fromPort": 2, "toPort": 1}, bad("toPort")),
        ("too high", TCP, IPV4, {"fromPort": 0, "toPort": 65536}, bad("toPort")),
        ("negative", TCP, IPV4, {"fromPort": -1, "toPort": 1}, bad("fromPort")),
        ("unknown", TCP, IPV4, {"fromPort": Opaque.COMPUTED}, bad("fromPort", Reason.NOT_YET)),
        ("all protocols ignore ports", ALL_PROTOCOLS, IPV4, {"fromPort": 5, "toPort": 5}, ALL_PORTS),
        ("a protocol without ports ignores them", ESP, IPV4, {"fromPort": 5, "toPort": 5}, ALL_PORTS),
        ("ICMP has type and code", ICMP, IPV4, {"icmpType": 3, "icmpCode": 4}, ports(772, 772)),
        ("absent type and code are 0", ICMP, IPV4, {}, ports(0, 0)),
        ("any code of a type", ICMP, IPV4, {"icmpType": 8, "icmpCode": -1}, ports(2048, 2303)),
        ("any type", ICMP, IPV4, {"icmpType": -1, "icmpCode": 0}, ALL_PORTS),
        ("a type too high", ICMP, IPV4, {"icmpType": 256}, bad("icmpType")),
        ("an unknown type", ICMP, IPV4, {"icmpType": Opaque.COMPUTED}, bad("icmpType", Reason.NOT_YET)),
        ("ICMPv6 of IPv6 has type and code", ICMPV6, IPV6, {"icmpType": 1, "icmpCode": 1}, ports(257, 257)),
        ("ICMPv6 of IPv4 is all of it", ICMPV6, IPV4, {"icmpType": 1, "icmpCode": 1}, ALL_PORTS),
        ("an unknown protocol hides the ports", bad("protocol"), IPV4, {}, bad("protocol")),
    ],
)
def test_an_entry_matches_the_ports_that_its_protocol_has(
    sentence: str,
    protocols: IntervalSet | Unknown,
    remotes: IntervalSet,
    given: dict[str, Value],
    expected: object,
) -> None:
    """EC2 API Reference, CreateNetworkAclEntry."""
    del sentence
    assert read_entry_ports(properties_of(resource(protocol="x", **given)), protocols, remotes) == expected


@pytest.mark.parametrize(
    ("sentence", "protocols", "given", "expected"),
    [
        ("a range", TCP, {"fromPort": 443, "toPort": 443}, ports(443, 443)),
        ("absent ports are no ports", TCP, {}, bad("fromPort")),
        ("ICMP: absent is all", ICMP, {}, ALL_PORTS),
        ("ICMPv6: absent is all", ICMPV6, {}, ALL_PORTS),
        ("ICMP: all types have all codes", ICMP, {"fromPort": -1, "toPort": 4}, ALL_PORTS),
        ("ICMP: one type and code", ICMP, {"fromPort": 3, "toPort": 4}, ports(772, 772)),
        ("all protocols ignore ports", ALL_PROTOCOLS, {"fromPort": 443, "toPort": 443}, ALL_PORTS),
        ("UDP has ports", UDP, {"fromPort": 53, "toPort": 53}, ports(53, 53)),
        ("ICMP: one type", ICMPV6, {"fromPort": 2, "toPort": -1}, ports(512, 767)),
        ("other protocols have none", ESP, {"fromPort": 1, "toPort": 1}, ALL_PORTS),
        ("an unknown protocol hides the ports", bad("protocol"), {}, bad("protocol")),
    ],
)
def test_a_rule_matches_the_ports_that_its_protocol_has(
    sentence: str, protocols: IntervalSet | Unknown, given: dict[str, Value], expected: object
) -> None:
    """EC2 API Reference, IpPermission."""
    del sentence
    assert read_rule_ports(properties_of(resource(protocol="x", **given)), protocols) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.0.0.0/8", parse_cidr("10.0.0.0/8")),
        ("10.0.0.9/8", parse_cidr("10.0.0.0/8")),
        ("::/0", IPV6),
        ("everywhere", bad("cidr")),
        (10.0, bad("cidr")),
        ("", None),
        (None, None),
    ],
)
def test_a_block_is_read_or_unknown(value: Value, expected: object) -> None:
    """Host bits are dropped as EC2 drops them."""
    assert read_cidr(properties_of(resource(cidr=value)), "cidr") == expected
