"""A network as tables: all that its picture shows, and every line of its filters, to read or to hear."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mwaa_audit.reports.html.picture import NumberedPath
from mwaa_audit.reports.html.picture.contents import labels_of, places_of, service_of
from mwaa_audit.shown import ShownAcl, ShownEntry, ShownGroup, ShownNetwork, ShownRouteTable, ShownSubnet
from mwaa_audit.shown.parts import last_entry_of
from mwaa_guardrails.aws.model import Direction
from mwaa_guardrails.messages.words import UNKNOWN, WAY

_YES: Final[Mapping[bool | None, str]] = {True: "yes", False: "no", None: UNKNOWN}
_ANYWHERE: Final = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row; `decides` are the numbers of the paths that end because of it."""

    cells: tuple[str, ...]
    decides: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `decides` are the numbers of the paths that end because none of its rows lets them on."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    decides: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Tables of one kind; `open` is whether some of them say why a path ends."""

    title: str
    tables: tuple[Table, ...]

    @property
    def open(self) -> bool:
        """Whether a path ends because of something in them."""
        return any(table.decides or any(row.decides for row in table.rows) for table in self.tables)


class _Deciders:
    """Which lines, and parts without a line, paths end at."""

    def __init__(self, paths: Iterable[NumberedPath]) -> None:
        self._paths = tuple(paths)

    def at_line(self, line: str) -> tuple[int, ...]:
        return tuple(each.number for each in self._paths if line and each.first.line == line)

    def at_part(self, part: str) -> tuple[int, ...]:
        return tuple(
            each.number for each in self._paths if part and each.first.part == part and not each.first.line
        )


def sections_of(network: ShownNetwork, paths: Sequence[NumberedPath]) -> tuple[Section, ...]:
    """Return a network as tables, without empty ones.

    Args:
        network: What is shown of it.
        paths: The paths in it that fail.
    """
    deciders = _Deciders(paths)
    routes = (_routes(each, deciders) for each in network.route_tables)
    sections = (
        Section(title="Subnets and routes", tables=tuple(_filled(_subnets(network), *routes))),
        Section(title="Network ACLs", tables=tuple(_acl(each, deciders) for each in network.acls)),
        Section(title="Security groups", tables=tuple(_group(each, deciders) for each in network.groups)),
        Section(title="VPC endpoints", tables=tuple(_filled(_endpoints(network, deciders)))),
    )
    return tuple(each for each in sections if each.tables)


def _filled(*tables: Table) -> Iterator[Table]:
    yield from (each for each in tables if each.rows or each.decides)


def _subnets(network: ShownNetwork) -> Table:
    tables = {each.id: each.label for each in network.route_tables}
    acls = {each.id: each.label for each in network.acls}

    def row(subnet: ShownSubnet) -> Row:
        filters = " or ".join(acls[each] for each in subnet.acls if each in acls)
        zone = UNKNOWN if subnet.zone is None else subnet.zone or "AWS chooses"
        cells = (
            subnet.label,
            ", ".join(subnet.blocks or (UNKNOWN,)),
            zone,
            "the environment" if subnet.of_environment else "its ways out",
            _YES[subnet.public],
            tables.get(subnet.route_table or "", UNKNOWN),
            filters or UNKNOWN,
        )
        return Row(cells=cells)

    return Table(
        caption=f"Subnets of {network.vpc.label}" if network.vpc else "Subnets",
        heads=("Subnet", "Block", "Zone", "For", "Public", "Route table", "Network ACL"),
        rows=tuple(map(row, network.subnets)),
    )


def _routes(table: ShownRouteTable, deciders: _Deciders) -> Table:
    rows = [
        Row(
            cells=(", ".join(each.destinations or (UNKNOWN,)), each.target), decides=deciders.at_line(each.id)
        )
        for each in table.routes
    ]
    if not table.complete:
        rows.append(Row(cells=(f"more routes, {UNKNOWN}", "")))
    return Table(
        caption=f"Routes of {table.label}, beside the local one",
        heads=("Destination", "Target"),
        rows=tuple(rows),
        decides=deciders.at_part(table.id),
    )


def _acl(acl: ShownAcl, deciders: _Deciders) -> Table:
    def rows() -> Iterator[Row]:
        for direction in Direction:
            for each in acl.entries:
                if each.direction is direction:
                    yield Row(cells=_entry(each), decides=deciders.at_line(each.id))
            last = (WAY[direction], "*", "All traffic", "All", ", ".join(_ANYWHERE), "Deny")
            yield Row(cells=last, decides=deciders.at_line(last_entry_of(acl.id, direction)))

    return Table(
        caption=acl.label,
        heads=("Direction", "Rule", "Traffic", "Ports", "Source or destination", "Action"),
        rows=tuple(rows()),
        decides=deciders.at_part(acl.id),
    )


def _entry(entry: ShownEntry) -> tuple[str, ...]:
    return (
        WAY[entry.direction],
        UNKNOWN if entry.number is None else str(entry.number),
        entry.traffic,
        entry.ports,
        UNKNOWN if entry.remotes is None else ", ".join(entry.remotes),
        UNKNOWN if entry.action is None else entry.action.value.capitalize(),
    )


def _group(group: ShownGroup, deciders: _Deciders) -> Table:
    whose = "the environment's" if group.of_environment else "an endpoint's"
    return Table(
        caption=f"{group.label}, {whose}",
        heads=("Direction", "Traffic", "Ports", "Source or destination"),
        rows=tuple(
            Row(
                cells=(
                    WAY[each.direction],
                    each.traffic,
                    each.ports,
                    UNKNOWN if each.peers is None else ", ".join(each.peers),
                ),
                decides=deciders.at_line(each.id),
            )
            for each in group.rules
        ),
        decides=deciders.at_part(group.id),
    )


def _endpoints(network: ShownNetwork, deciders: _Deciders) -> Table:
    labels = labels_of(network)
    return Table(
        caption="VPC endpoints",
        heads=("Endpoint", "Service", "Type", "Private DNS", "Place", "Security groups"),
        rows=tuple(
            Row(
                cells=(
                    each.label,
                    service_of(each),
                    UNKNOWN if each.type is None else each.type.value,
                    _YES[each.private_dns],
                    places_of(each, labels),
                    ", ".join(each.groups),
                ),
                decides=deciders.at_part(each.id),
            )
            for each in network.endpoints
        ),
    )
