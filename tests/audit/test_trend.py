"""What earlier sweeps counted: kept by day, whatever happens to the rest of an index, and drawn."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_audit import command_line
from mwaa_audit.baselines import baseline_of
from mwaa_audit.criteria import Criteria
from mwaa_audit.reports.html.trend import trend_of
from mwaa_audit.result import PastSweep
from tests.audit.organizations import write_backend
from tests.audit.sweeping import swept
from tests.audit.test_sweep import DENIES, RIGHT, split

MONDAY = date(2026, 11, 2)


def _on(day: date) -> Criteria:
    return Criteria(today=day)


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A backend with a network that is broken and one that is right."""
    return write_backend(tmp_path / "states", {**split(DENIES, "-one"), **split(RIGHT, "-two")})


def test_each_day_counts_once_and_the_last_sweep_of_it_counts(place: str, tmp_path: Path) -> None:
    """A sweep says what the earlier ones counted, and itself."""
    index = tmp_path / "index"
    first = swept(place, index, _on(MONDAY))
    before = PastSweep(
        day="2026-11-02", stacks=4, unreadable=0, networks=2, broken=1, violations=1, advice=0, questions=0
    )
    assert first.history == (before,)
    write_backend(Path(place), split(RIGHT, "-one"))
    after = replace(before, broken=0, violations=0)
    assert swept(place, index, _on(MONDAY)).history == (after,)
    tuesday = swept(place, index, _on(MONDAY + timedelta(days=1)), changed_only=True)
    assert tuesday.history == (after, replace(after, day="2026-11-03"))


def test_what_a_baseline_knows_is_not_counted(place: str, tmp_path: Path) -> None:
    """The trend says what the page that it stands on says."""
    known = baseline_of(swept(place, tmp_path / "other"), "baseline.yaml")
    result = swept(place, tmp_path / "index", _on(MONDAY), known=known)
    assert (len(result.accepted), result.violations) == (1, ())
    assert [(each.broken, each.violations) for each in result.history] == [(0, 0)]


def test_only_a_sweep_is_remembered(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of exemptions over the same index knows no baseline."""
    monkeypatch.chdir(tmp_path)
    common = [place, "--index", "index", "--jobs", "1"]
    assert command_line.run(["sweep", *common, "--write-baseline", "known.yaml"]) == 0
    assert command_line.run(["sweep", *common, "--baseline", "known.yaml", "--json", "first.json"]) == 0
    (told,) = json.loads(Path("first.json").read_text())["history"]
    assert (told["broken"], told["violations"]) == (0, 0)
    assert command_line.run(["exemptions", *common]) == 0
    with sqlite3.connect("index") as connection:
        assert connection.execute("SELECT broken, violations FROM past").fetchall() == [(0, 0)]


def test_what_was_counted_outlives_an_index_of_another_release(place: str, tmp_path: Path) -> None:
    """It cannot be counted again; what else there is can be read."""
    index = tmp_path / "index"
    swept(place, index, _on(MONDAY))
    with sqlite3.connect(index) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert swept(place, index).history[0].day == "2026-11-02"


def test_an_index_keeps_a_year_and_a_little(place: str, tmp_path: Path) -> None:
    """It does not grow for ever."""
    index = tmp_path / "index"
    swept(place, index, _on(MONDAY))
    with sqlite3.connect(index) as connection:
        days = [(MONDAY - timedelta(days=number)).isoformat() for number in range(1, 1000)]
        connection.executemany("INSERT INTO past VALUES (?, 1, 0, 1, 0, 0, 0, 0)", [(day,) for day in days])
    history = swept(place, index, _on(MONDAY)).history
    assert (len(history), history[-1].day) == (400, "2026-11-02")


def test_today_is_a_day_in_utc(place: str, tmp_path: Path) -> None:
    """Wherever the sweep runs."""
    before = datetime.now(UTC).date()
    (told,) = swept(place, tmp_path / "index").history
    assert before <= date.fromisoformat(told.day) <= datetime.now(UTC).date()


_COUNTS = st.integers(0, 3_000)


@st.composite
def _histories(draw: st.DrawFn) -> tuple[PastSweep, ...]:
    days = sorted(draw(st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), min_size=2, max_size=60)))
    return tuple(
        PastSweep(
            day=day.isoformat(),
            stacks=1,
            unreadable=0,
            networks=1,
            broken=0,
            violations=draw(_COUNTS),
            advice=draw(_COUNTS),
            questions=draw(_COUNTS),
        )
        for day in days
    )


@given(_histories())
def test_a_chart_holds_its_lines_and_no_words_overlap(history: tuple[PastSweep, ...]) -> None:
    """Days go to the right, numbers up; the last day is named in any case."""
    trend = trend_of(history)
    assert trend is not None
    for series in trend.series:
        assert [x for x, _ in series.points] == sorted(x for x, _ in series.points)
        assert (series.points[0][0], series.points[-1][0]) == (trend.left, trend.right)
        assert all(0 <= y <= trend.bottom for _, y in series.points)
    for values, series in zip(("violations", "questions", "advice"), trend.series, strict=True):
        numbers = [getattr(each, values) for each in history]
        for (one, other), (first, second) in zip(pairwise(numbers), pairwise(series.points), strict=True):
            assert (one <= other) or (first[1] <= second[1])
    for one, other in combinations([each.name_y for each in trend.series], 2):
        assert abs(one - other) >= 16
    assert all(12 <= each.name_y <= trend.bottom for each in trend.series)
    assert trend.days[-1].text == history[-1].day
    assert all(other.at - one.at >= 80 for one, other in pairwise(trend.days))
    assert trend.past == tuple(reversed(history))


def test_of_many_days_some_are_named() -> None:
    """As there is room, and no mark stands on the other."""
    day = PastSweep(day="", stacks=4, unreadable=0, networks=2, broken=1, violations=3, advice=0, questions=1)
    days = ((MONDAY + timedelta(days=number)).isoformat() for number in range(100))
    trend = trend_of([replace(day, day=each) for each in days])
    assert trend is not None
    assert [each.text for each in trend.days][:2] == ["2026-11-02", "2026-11-12"]
    assert len(trend.days) == 11
    assert [len(each.marks) for each in trend.series] == [1, 1, 1]


def test_a_trend_is_a_sentence() -> None:
    """For whoever sees no chart; one day has nothing to compare with."""
    first = PastSweep(
        day="2026-11-02", stacks=4, unreadable=0, networks=2, broken=1, violations=3, advice=0, questions=1
    )
    last = replace(first, day="2026-11-09", violations=1, advice=1)
    assert trend_of(()) is trend_of((first,)) is None
    trend = trend_of((first, last))
    assert trend is not None
    assert trend.sentence == "Since 2026-11-02: 2 violations fewer, 1 piece of advice more."
    same = trend_of((first, replace(first, day="2026-11-03")))
    assert same is not None
    assert same.sentence == "Since 2026-11-02: the same numbers."
