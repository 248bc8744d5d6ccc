"""Parts of a network for tests, each in one line."""

from mwaa_guardrails.aws.model import (
    Action,
    Association,
    Direction,
    Entry,
    NetworkAcl,
    Origin,
    Peer,
    PeerKind,
    Reference,
    Rule,
    SecurityGroup,
    Vpc,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.addresses import EVERYWHERE, parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, ALL_PROTOCOLS, TrafficSet
from mwaa_guardrails.unknown import Unknown

ALLOW, DENY = Action.ALLOW, Action.DENY
INGRESS, EGRESS = Direction.INGRESS, Direction.EGRESS
ICMP, TCP, UDP, ESP, ALL = 1, 6, 17, 50, -1


def hidden(path: str) -> Unknown:
    """Return a property that cannot be known yet."""
    return Unknown(urn="urn:hidden", path=path)


def origin(name: str, path: str = "", *, implied: bool = False) -> Origin:
    """Return where a part was written: the resource of a name, or a property of it."""
    return Origin(urn=name, type="aws:ec2/part:Part", name=name, path=path, implied=implied)


def packets(
    protocol: int = ALL,
    remote: str | IntervalSet = EVERYWHERE,
    ports: int | tuple[int, int] | None = None,
) -> TrafficSet:
    """Return packets of a protocol (-1 is all), with a far block and a port or range of ports."""
    span = (ports, ports) if isinstance(ports, int) else ports
    return TrafficSet.of(
        protocols=ALL_PROTOCOLS if protocol == ALL else IntervalSet.single(protocol),
        remotes=parse_cidr(remote) if isinstance(remote, str) else remote,
        ports=ALL_PORTS if span is None else IntervalSet.of(span),
    )


def entry(  # noqa: PLR0913 - an entry has five parts, and a name for the tests
    number: int | Unknown,
    action: Action | Unknown,
    pattern: TrafficSet | Pattern,
    direction: Direction = INGRESS,
    *,
    name: str = "",
    path: str = "",
    implied: bool = False,
) -> Entry:
    """Return an entry of a network ACL, named after its number unless it has a name."""
    return Entry(
        origin=origin(name or f"entry {number}", path, implied=implied),
        number=number,
        direction=direction,
        action=action,
        pattern=Pattern.known(pattern) if isinstance(pattern, TrafficSet) else pattern,
    )


def acl(*entries: Entry, name: str = "acl") -> NetworkAcl:
    """Return a network ACL."""
    return NetworkAcl(origin=origin(name), entries=entries)


def rule(
    name: str,
    pattern: TrafficSet | Pattern,
    peer: Reference | Peer | Unknown | None = None,
    direction: Direction = INGRESS,
) -> Rule:
    """Return a rule of a security group; its peer is a group, one stated in full, or addresses."""
    if peer is None:
        peer = Peer(kind=PeerKind.ADDRESSES)
    elif not isinstance(peer, (Peer, Unknown)):
        peer = Peer(kind=PeerKind.SECURITY_GROUP, reference=peer)
    return Rule(
        origin=origin(name),
        direction=direction,
        pattern=Pattern.known(pattern) if isinstance(pattern, TrafficSet) else pattern,
        peer=peer,
    )


def group(*rules: Rule, vpc: Reference) -> SecurityGroup:
    """Return a security group."""
    return SecurityGroup(origin=origin("group"), vpc=vpc, rules=rules)


def vpc(name: str = "vpc", *, adopted: bool = False) -> Vpc:
    """Return a VPC."""
    return Vpc(origin=origin(name), cidr=parse_cidr("10.0.0.0/16"), adopted=adopted)


def tie(name: str, member: Reference, target: Reference) -> Association:
    """Return an association of a subnet, or of a VPC, with a route table or a network ACL."""
    return Association(origin=origin(name), member=member, target=target)
