"""What can be declared, and what a month is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Indicator, forget, indicator_of, indicators, register


def declared(key: str = "toys.balls", **more: object) -> Indicator:
    plain = {"name": "Balls", "unit": "balls", "meaning": "How many.", "compute": lambda period, place: 7}
    return Indicator(key=key, **{**plain, **more})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    forget("toys.balls")
    forget("toys.a_ball")


def test_registered_twice_is_there_once_and_the_last_one_counts() -> None:
    before = len(indicators())
    register(declared(), declared("toys.a_ball"), declared(unit="pieces"))
    found = indicators()
    assert len(found) == before + 2
    assert [item.key for item in found if item.room == "toys"] == ["toys.a_ball", "toys.balls"]
    assert indicator_of("toys.balls") == found[[item.key for item in found].index("toys.balls")]
    assert getattr(indicator_of("toys.balls"), "unit", "") == "pieces"


@pytest.mark.parametrize("key", ["balls", "Toys.balls", "toys.", "toys.b-c", "toys.b.c", f"toys.{'x' * 60}"])
def test_a_key_reads_room_and_name(key: str) -> None:
    with pytest.raises(ValueError, match=r"room\.name"):
        declared(key)


def test_a_threshold_hides_somebody() -> None:
    with pytest.raises(ValueError, match="hides nobody"):
        declared(threshold=1)
    assert (declared().least, declared(counts_people=True).least) == (0, 5)


def test_a_month_in_local_time() -> None:
    period = Period.read("2024-03")
    assert period == Period.of(date(2024, 3, 31))
    assert (period.key, period.last) == ("2024-03", date(2024, 3, 31))
    assert (period.previous.key, period.next.key) == ("2024-02", "2024-04")
    # Winter time at its beginning, summer time at its end.
    assert period.start == datetime(2024, 2, 29, 23, tzinfo=UTC)
    assert period.end == datetime(2024, 3, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2024-13", "2024-1", "24-01", "", "0000-01", "2024-01-01"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Period.read(text)


def test_a_period_begins_on_the_first() -> None:
    with pytest.raises(ValueError, match="first day"):
        Period(date(2024, 3, 2))


def test_every_figure_says_in_words_where_it_comes_from() -> None:
    rooms = {"visits", "links", "notices", "search", "agenda"}
    found = [item for item in indicators() if item.room in rooms]
    assert {item.room for item in found} == rooms
    assert [item.key for item in found if not str(item.group)] == []
