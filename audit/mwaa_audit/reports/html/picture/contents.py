"""What stands in the boxes of a picture: words, not yet places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from mwaa_audit.reports.html.picture.numbering import ENVIRONMENT, NumberedPath
from mwaa_audit.reports.words import shown
from mwaa_audit.shown import EndKind, ShownEndpoint, ShownEntry, ShownGateway, ShownNetwork, ShownSubnet
from mwaa_guardrails.aws.model import EndpointType, TargetKind
from mwaa_guardrails.messages.words import UNKNOWN, WAY

# A line of text, and what it is.
Line: TypeAlias = tuple[str, str]

TO_THE_INTERNET: Final = frozenset({TargetKind.INTERNET_GATEWAY, TargetKind.EGRESS_ONLY_INTERNET_GATEWAY})
_ZONE_OF_AWS: Final = "a zone that AWS chooses"
_NO_ZONE: Final = "a zone that is not known yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a box.

    Attributes:
        part: The part; empty where it is none.
        kind: What it is.
        lines: What it says.
        inner: What stands in it.
    """

    part: str
    kind: str
    lines: tuple[Line, ...]
    inner: tuple["Content", ...] = ()

    @property
    def title(self) -> str:
        """All that it says, in one line."""
        return "; ".join(text for text, _ in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A zone: the subnets that ways out lead through, and those of the environment."""

    zone: str
    upper: tuple[Content, ...]
    own: tuple[Content, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that is in a picture.

    Attributes:
        vpc: The VPC.
        internet: Whether the internet is in it.
        border: What stands on the border of the VPC.
        columns: The zones.
        environment: The environment.
        beside: The endpoints, and those that are missing.
    """

    vpc: Content
    internet: bool
    border: tuple[Content, ...]
    columns: tuple[Column, ...]
    environment: Content
    beside: tuple[Content, ...]


def contents_of(network: ShownNetwork, paths: Sequence[NumberedPath]) -> Contents:
    """Return what stands in the boxes of a picture.

    Args:
        network: The network.
        paths: The paths in it that fail.
    """
    reasons = _reasons(network, paths)
    drawn = {each.id for each in network.subnets}
    border = [each for each in network.gateways if each.subnet not in drawn]
    ends = {end.kind for each in paths for end in (each.first.source, each.first.target)}
    return Contents(
        vpc=Content(part=network.vpc.id if network.vpc else "", kind="vpc", lines=tuple(_vpc(network))),
        internet=EndKind.INTERNET in ends or any(each.kind in TO_THE_INTERNET for each in border),
        border=tuple(_gateway(each, "gateway") for each in border),
        columns=tuple(_columns(network, reasons)),
        environment=_environment(network, reasons),
        beside=(*_endpoints(network, reasons), *_missing(paths)),
    )


def _reasons(network: ShownNetwork, paths: Sequence[NumberedPath]) -> Mapping[str, tuple[Line, ...]]:
    entries = {entry.id: entry for acl in network.acls for entry in acl.entries}
    reasons: dict[str, list[Line]] = {}
    for each in paths:
        line = (f"\u2715{each.number} {_reason(each, entries)}", "reason")
        reasons.setdefault(each.decides_at, []).append(line)
    return {part: tuple(lines) for part, lines in reasons.items()}


def _reason(path: NumberedPath, entries: Mapping[str, ShownEntry]) -> str:
    """Return who decides in a few words; the text beside the picture has all of them."""
    line = path.first.line
    if line in entries:
        entry = entries[line]
        return f"{WAY[entry.direction]} rule {entry.number} denies"
    if line.endswith("#*"):
        return f"{'outbound' if path.first.at_source else 'inbound'} rule * denies"
    return path.first.decider


def _vpc(network: ShownNetwork) -> Iterator[Line]:
    vpc = network.vpc
    if vpc is None:
        yield "a VPC that is not at hand", "place"
        return
    yield vpc.label, "place"
    if vpc.blocks is not None:
        yield ", ".join(vpc.blocks), "detail"
    for on, what in ((vpc.dns_support, "DNS support"), (vpc.dns_hostnames, "DNS hostnames")):
        if on is False:
            yield f"{what} off", "reason"
    if network.others:
        yield f"{network.others:,} more {'subnet' if network.others == 1 else 'subnets'}", "detail"


def _gateway(gateway: ShownGateway, kind: str) -> Content:
    return Content(part=gateway.id, kind=kind, lines=((gateway.label, "name"),))


def _columns(network: ShownNetwork, reasons: Mapping[str, tuple[Line, ...]]) -> Iterator[Column]:
    zones: dict[str, list[ShownSubnet]] = {}
    for each in network.subnets:
        zone = _NO_ZONE if each.zone is None else each.zone or _ZONE_OF_AWS
        zones.setdefault(zone, []).append(each)
    for zone, subnets in sorted(zones.items(), key=lambda item: (item[0].startswith("a zone"), item[0])):
        yield Column(
            zone=zone,
            upper=tuple(_subnet(network, each, reasons) for each in subnets if not each.of_environment),
            own=tuple(_subnet(network, each, reasons) for each in subnets if each.of_environment),
        )


def _subnet(network: ShownNetwork, subnet: ShownSubnet, reasons: Mapping[str, tuple[Line, ...]]) -> Content:
    tables = {each.id: each.label for each in network.route_tables}
    acls = {each.id: each.label for each in network.acls}
    filters = " or ".join(acls[each] for each in subnet.acls if each in acls)
    return Content(
        part=subnet.id,
        kind="own" if subnet.of_environment else "subnet",
        lines=(
            (f"public {subnet.label}" if subnet.public else subnet.label, "name"),
            (", ".join(subnet.blocks) if subnet.blocks else f"block {UNKNOWN}", "block"),
            (tables.get(subnet.route_table or "", f"route table {UNKNOWN}"), "detail"),
            (filters or f"network ACL {UNKNOWN}", "detail"),
            *reasons.get(subnet.id, ()),
        ),
        inner=tuple(
            _gateway(each, "nat") for each in network.gateways if subnet.id and each.subnet == subnet.id
        ),
    )


def _environment(network: ShownNetwork, reasons: Mapping[str, tuple[Line, ...]]) -> Content:
    groups = tuple((each.label, "detail") for each in network.groups if each.of_environment)
    lines: list[Line] = [(f"Environment {shown(network.environment)}", "name")]
    if not network.subnets_known:
        lines.append((f"subnets {UNKNOWN}", "detail"))
    lines += groups or ((f"security groups {UNKNOWN}", "detail"),)
    return Content(part=ENVIRONMENT, kind="environment", lines=(*lines, *reasons.get(ENVIRONMENT, ())))


def _endpoints(network: ShownNetwork, reasons: Mapping[str, tuple[Line, ...]]) -> Iterator[Content]:
    labels = labels_of(network)
    for each in network.endpoints:
        yield Content(
            part=each.id,
            kind="endpoint",
            lines=(*_endpoint(each, labels), *reasons.get(each.id, ())),
        )


def _endpoint(endpoint: ShownEndpoint, labels: Mapping[str, str]) -> Iterator[Line]:
    yield f"{service_of(endpoint)}{_type(endpoint)}", "name"
    yield places_of(endpoint, labels), "detail"


def labels_of(network: ShownNetwork) -> dict[str, str]:
    """Return what the subnets and route tables of a network are called."""
    subnets = {each.id: each.label for each in network.subnets}
    return subnets | {each.id: each.label for each in network.route_tables}


def service_of(endpoint: ShownEndpoint) -> str:
    """Return what an endpoint leads to, in words."""
    return f"a service {UNKNOWN}" if endpoint.service is None else endpoint.service or "another service"


def _type(endpoint: ShownEndpoint) -> str:
    words = {
        EndpointType.GATEWAY: ", gateway",
        EndpointType.INTERFACE: "",
        EndpointType.OTHER: ", other type",
    }
    return f", type {UNKNOWN}" if endpoint.type is None else words[endpoint.type]


def places_of(endpoint: ShownEndpoint, labels: Mapping[str, str]) -> str:
    """Return where an endpoint stands, in words."""
    places = [labels.get(each, "another place") for each in endpoint.places]
    told = [*dict.fromkeys(places), *([] if endpoint.complete else [f"others {UNKNOWN}"])]
    return f"in {', '.join(told)}" if told else "in no place"


def _missing(paths: Iterable[NumberedPath]) -> Iterator[Content]:
    for each in paths:
        if each.first.target.kind is EndKind.MISSING:
            lines = ((each.first.target.part, "name"), (f"\u2715{each.number} no VPC endpoint", "reason"))
            yield Content(part=each.first.target.part, kind="missing", lines=lines)
