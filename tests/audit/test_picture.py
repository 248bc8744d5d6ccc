"""Laws of pictures: whatever a network is like, nothing in its picture hides or misses another thing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_audit.judging import Judgement
from mwaa_audit.reports.html.page import Kind, Page, page_of
from mwaa_audit.reports.html.picture import Box, Picture, numbered, picture_of
from mwaa_audit.reports.html.picture.ways import DRAWN
from mwaa_audit.reports.html.tables import sections_of
from mwaa_audit.result import Acceptance, AcceptedBy, Result
from mwaa_audit.shown import (
    EndKind,
    FailingPath,
    PathEnd,
    ShownEndpoint,
    ShownGateway,
    ShownGroup,
    ShownNetwork,
    ShownRoute,
    ShownRouteTable,
    ShownSubnet,
    ShownVpc,
)
from mwaa_guardrails.aws.model import EndpointType, TargetKind
from mwaa_guardrails.checks.check import Level
from tests.audit.test_shown import judged
from tests.policy_pack.test_messages import MESSAGES

# A letter of the narrowest text, and half a line of it.
_LETTER, _HALF_A_LINE = 5, 6


def _page(told: Judgement) -> Page:
    return page_of(Result(environments=told.environments, findings=told.findings, networks=told.networks))


def _pictures(name: str) -> Iterator[Picture]:
    yield from (each.picture for each in _page(judged(name)).networks if each.picture is not None)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_laws_hold_of_every_network_that_a_message_is_tested_with(name: str) -> None:
    """Some hundred and sixty networks, right but for what the message is about."""
    for picture in _pictures(name):
        _assert_laws(picture)


def _assert_laws(picture: Picture) -> None:
    _assert_boxes(picture)
    _assert_places(picture)
    for points in (
        *(each.points for each in picture.edges),
        *((*each.taken, *each.rest[1:]) for each in picture.fails),
    ):
        _assert_line(points, picture)
    for fail in picture.fails:
        assert (fail.cross is None) == (not fail.rest)
        if fail.cross is not None:
            assert fail.taken[-1] == fail.cross == fail.rest[0]


def _assert_boxes(picture: Picture) -> None:
    """They lie in the picture, and what they say lies in them."""
    for box in (*picture.ground, *picture.boxes):
        assert 0 <= box.x < box.right <= picture.width, box
        assert 0 <= box.y < box.bottom <= picture.height, box
        for text in box.texts:
            assert box.x < text.x, text
            assert box.y + _HALF_A_LINE < text.y < box.bottom, text
            assert text.x + _LETTER * len(text.text) <= box.right or box.kind == "vpc", text


def _assert_places(picture: Picture) -> None:
    """No box hides another; parts lie in what they are parts of."""
    for one, other in combinations(picture.boxes, 2):
        assert not _overlap(one, other) or "nat" in {one.kind, other.kind}, (one, other)
    vpc, *zones = picture.ground
    for one, other in combinations(zones, 2):
        assert not _overlap(one, other)
    for box in picture.boxes:
        if box.kind in {"subnet", "own", "nat"}:
            assert any(_within(box, zone) for zone in zones), box
        if box.kind not in {"internet", "gateway"}:
            assert _within(box, vpc), box
    nats = [box for box in picture.boxes if box.kind == "nat"]
    for nat in nats:
        (host,) = (box for box in picture.boxes if box is not nat and _within(nat, box))
        assert all(text.y < nat.y for text in host.texts), nat


def _assert_line(points: tuple[tuple[int, int], ...], picture: Picture) -> None:
    """It runs along the axes, within the picture, and from the side of a box to the side of one."""
    assert len(points) > 1
    for (x, y), (u, v) in pairwise(points):
        assert x == u or y == v, points
    for x, y in points:
        assert 0 <= x <= picture.width, points
        assert 0 <= y <= picture.height, points
    ends = (points[0], points[-1])
    for end in ends:
        assert any(_on_side(end, box) for box in picture.boxes), (end, points)
    for box in picture.boxes:
        # Only what an end is in, or at.
        if not any(_holds(box, end) for end in ends):
            assert not any(_across(one, other, box) for one, other in pairwise(points)), (box, points)


def _holds(box: Box, point: tuple[int, int]) -> bool:
    return box.x <= point[0] <= box.right and box.y <= point[1] <= box.bottom


def _across(one: tuple[int, int], other: tuple[int, int], box: Box) -> bool:
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return left < box.right - 1 and right > box.x + 1 and top < box.bottom - 1 and bottom > box.y + 1


def _on_side(point: tuple[int, int], box: Box) -> bool:
    x, y = point
    beside = x in {box.x, box.right} and box.y <= y <= box.bottom
    return beside or (y in {box.y, box.bottom} and box.x <= x <= box.right)


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and inner.right <= outer.right
        and outer.y <= inner.y
        and inner.bottom <= outer.bottom
    )


_NAMES = st.one_of(
    st.sampled_from(["a", "network-of-the-team-with-the-longest-name-" * 4]), st.text(max_size=40)
)


@st.composite
def _networks(draw: st.DrawFn) -> ShownNetwork:
    """Draw any network, with more of everything than a sane one has."""
    tables = [f"table-{number}" for number in range(draw(st.integers(0, 3)))]
    subnets = tuple(
        ShownSubnet(
            id=f"subnet-{number}",
            label=draw(_NAMES),
            blocks=draw(st.none() | st.just(("10.0.0.0/24",))),
            zone=draw(st.none() | st.sampled_from(["", "eu-west-1a", "eu-west-1b", "eu-west-1c"])),
            of_environment=draw(st.booleans()),
            public=draw(st.none() | st.booleans()),
            route_table=draw(st.none() | st.sampled_from([*tables, "elsewhere"])),
            acls=(),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    ids = [each.id for each in subnets]
    kinds = draw(st.lists(st.sampled_from(TargetKind), max_size=5))
    hosts = st.sampled_from(["", "elsewhere", *ids])
    gateways = tuple(
        ShownGateway(
            id=f"gateway-{number}",
            label=draw(_NAMES),
            kind=kind,
            subnet=draw(hosts) if kind is TargetKind.NAT_GATEWAY else "",
        )
        for number, kind in enumerate(kinds)
    )
    targets = [each.id for each in gateways]
    routes = st.builds(
        ShownRoute,
        id=_NAMES,
        destinations=st.none() | st.just(("0.0.0.0/0",)),
        target=_NAMES,
        kind=st.none() | st.sampled_from(TargetKind),
        part=st.sampled_from(["", "elsewhere", *targets]),
    )
    endpoints = tuple(
        ShownEndpoint(
            id=f"endpoint-{number}",
            label=draw(_NAMES),
            service=draw(st.none() | st.sampled_from(["", "sqs"])),
            type=draw(st.none() | st.sampled_from(EndpointType)),
            private_dns=None,
            places=tuple(draw(st.lists(st.sampled_from(["elsewhere", *ids])))),
            groups=(),
            complete=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    return ShownNetwork(
        stack="test/dev",
        environment=draw(_NAMES),
        vpc=draw(
            st.none()
            | st.builds(
                ShownVpc,
                id=st.just("vpc"),
                label=_NAMES,
                blocks=st.none() | st.just(("10.0.0.0/16",)),
                dns_support=st.none() | st.booleans(),
                dns_hostnames=st.none() | st.booleans(),
            )
        ),
        subnets=subnets,
        others=draw(st.integers(0, 2)),
        subnets_known=draw(st.booleans()),
        route_tables=tuple(
            ShownRouteTable(
                id=each, label=draw(_NAMES), routes=tuple(draw(st.lists(routes, max_size=4))), complete=True
            )
            for each in tables
        ),
        acls=(),
        groups=tuple(
            ShownGroup(id=each, label=each, of_environment=True, rules=())
            for each in draw(st.lists(_NAMES, max_size=6))
        ),
        gateways=gateways,
        endpoints=endpoints,
    )


@st.composite
def _networks_and_paths(draw: st.DrawFn) -> tuple[ShownNetwork, tuple[FailingPath, ...]]:
    """Draw a network, and paths between any of its parts, and parts that it has not."""
    network = draw(_networks())
    ends = st.sampled_from(
        [
            PathEnd(kind=EndKind.ENVIRONMENT, label="env"),
            PathEnd(kind=EndKind.INTERNET, label="the internet"),
            PathEnd(kind=EndKind.SUBNET, label="gone", part="gone"),
            PathEnd(kind=EndKind.MISSING, label="kms", part="kms"),
            *(PathEnd(kind=EndKind.SUBNET, label=each.label, part=each.id) for each in network.subnets),
            *(PathEnd(kind=EndKind.GATEWAY, label=each.label, part=each.id) for each in network.gateways),
            *(PathEnd(kind=EndKind.ENDPOINT, label=each.label, part=each.id) for each in network.endpoints),
        ]
    )
    sources = ends.filter(lambda end: end.kind not in {EndKind.MISSING, EndKind.ENDPOINT, EndKind.GATEWAY})
    paths = st.builds(
        FailingPath,
        asked=st.just("TCP 443"),
        purpose=st.just(""),
        source=sources,
        target=ends,
        decider=_NAMES,
        part=st.just(""),
        line=st.just(""),
        arrives=st.booleans(),
        at_source=st.booleans(),
    ).filter(lambda path: path.source.kind is not EndKind.INTERNET or path.target.kind is EndKind.SUBNET)
    return network, tuple(draw(st.lists(paths, max_size=12)))


@given(_networks_and_paths())
def test_the_laws_hold_of_any_network(given_: tuple[ShownNetwork, tuple[FailingPath, ...]]) -> None:
    """However many zones, however long the names, whatever is not known."""
    network, paths = given_
    together = numbered(paths, 1)
    picture = picture_of(network, together, frozenset({"vpc", "subnet-0"}))
    _assert_laws(picture)
    assert len(picture.fails) <= DRAWN
    assert {each.number for each in picture.fails} <= {each.number for each in together}
    assert picture == picture_of(network, together, frozenset({"vpc", "subnet-0"}))
    for section in sections_of(network, together):
        for table in section.tables:
            assert {len(row.cells) for row in table.rows} <= {len(table.heads)}


def test_a_table_marks_what_ends_a_path() -> None:
    """The entry that denies; or the group as a whole, where none of its rules lets a packet on."""
    told = judged("acl-entry-denies-one-port")
    sections = {each.title: each for each in _page(told).networks[0].sections}
    (acl, _) = sections["Network ACLs"].tables
    assert [(row.cells[:2], row.decides) for row in acl.rows if row.decides] == [(("inbound", "90"), (1, 2))]
    assert acl.decides == ()
    assert [title for title, each in sections.items() if each.open] == ["Network ACLs"]
    (network,) = _page(judged("group-without-rule")).networks
    (group,) = next(each for each in network.sections if each.title == "Security groups").tables
    assert (group.decides, [row.decides for row in group.rows]) == ((1,), [()])


def test_a_table_of_routes_says_that_it_may_have_more() -> None:
    """What may lie there is a row of its own."""
    (network,) = judged("three-subnets").networks
    tables = tuple(replace(each, complete=False) for each in network.route_tables)
    section, *_ = sections_of(replace(network, route_tables=tables), ())
    assert [table.rows[-1].cells for table in section.tables[1:]] == [("more routes, not known yet", "")] * 2


def test_only_what_is_wrong_is_marked() -> None:
    """Advice is about what is right and could be better."""
    (picture,) = _pictures("endpoint-with-a-group-of-its-own")
    assert [each.title for each in picture.boxes if each.marked] == []


def test_what_is_accepted_is_not_drawn() -> None:
    """It is told, and nothing in the picture cries for it."""
    told = judged("acl-entry-denies-one-port")
    accepted = Acceptance(by=next(iter(AcceptedBy)), reason="agreed")
    findings = tuple(replace(each, accepted=accepted, level=Level.ADVISORY) for each in told.findings)
    (network,) = _page(replace(told, findings=findings)).networks
    assert [each.kind for each in network.entries] == [Kind.ACCEPTED]
    assert network.picture is not None
    assert network.picture.fails == ()


@pytest.mark.parametrize(
    ("name", "fails"),
    [
        # The last point of what is taken is its cross.
        ("acl-entry-denies-one-port", 2),
        ("no-endpoint-for-two-services", 2),
        ("subnet-with-a-public-table", 1),
        ("no-outbound-rule", 2),
        ("nat-gateway-in-a-private-subnet", 2),
        ("subnets-in-one-zone", 0),
    ],
)
def test_what_fails_is_drawn(name: str, fails: int) -> None:
    """Paths between the same ends for one reason are one line."""
    (picture,) = _pictures(name)
    assert len(picture.fails) == fails


def test_subnets_without_a_way_between_are_marked_where_they_are_wrong() -> None:
    """Two in one zone: both."""
    (picture,) = _pictures("subnets-in-one-zone")
    assert [box.title.partition(";")[0] for box in picture.boxes if box.marked] == [
        'subnet "a"',
        'subnet "b"',
    ]
