"""Days, responsibility and small counts, for any input."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.moderation.deadlines import days_over, due, last_day, months_after, months_before
from wurt.core.moderation.people import Team
from wurt.core.moderation.tally import SMALLEST, median_days, published, published_sum

moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (datetime(2026, 3, 3, 11, tzinfo=UTC), date(2026, 9, 3)),
        (datetime(2026, 8, 31, 11, tzinfo=UTC), date(2027, 2, 28)),
        (datetime(2027, 8, 31, 11, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 7, 1)),  # 1 January in Berlin
    ],
)
def test_six_months_are_calendar_months(decided: datetime, last: date) -> None:
    assert last_day(decided) == last


@given(moments)
def test_six_months_are_never_fewer_than_181_days(moment: datetime) -> None:
    assert timedelta(days=180) < months_after(moment, 6) - moment <= timedelta(days=186)
    assert months_before(months_after(moment, 6), 6) <= moment + timedelta(days=4)


@given(moments, st.integers(0, 30))
def test_a_deadline_is_the_end_of_its_day(moment: datetime, days: int) -> None:
    end = due(moment, days)
    assert timezone.localtime(end).time().isoformat() == "00:00:00"
    assert days_over(end - timedelta(seconds=1), end) == 0
    assert days_over(end, end) == 1
    assert days_over(end + timedelta(days=2), end) in (2, 3)


PEOPLE = st.integers(1, 5)
PLACES = st.frozensets(st.integers(1, 3), min_size=1)


@given(
    moderators=st.dictionaries(PEOPLE, PLACES, max_size=4),
    admins=st.dictionaries(PEOPLE, st.just(frozenset({1, 2, 3})), min_size=2, max_size=3),
    away=st.dictionaries(PEOPLE, PEOPLE, max_size=5),
    place=st.integers(1, 3),
    taken_by=st.none() | PEOPLE,
    decided_by=st.none() | PEOPLE,
)
def test_somebody_is_always_responsible_and_never_the_decider(
    moderators: dict[int, frozenset[int]],
    admins: dict[int, frozenset[int]],
    away: dict[int, int],
    place: int,
    taken_by: int | None,
    decided_by: int | None,
) -> None:
    team = Team(moderators, admins, {person: deputy for person, deputy in away.items() if person != deputy})
    found = team.responsible(place, taken_by, decided_by)
    assert found
    assert decided_by not in found
    assert all(place in team.reach(person) for person in found)


def test_a_deputy_has_the_cases_and_the_deputys_deputy() -> None:
    everywhere = frozenset({1})
    team = Team({1: everywhere, 2: everywhere, 3: everywhere}, {}, {1: 2, 2: 3})
    assert team.responsible(1, 1) == (3,)
    assert Team({1: everywhere, 2: everywhere}, {}, {1: 2, 2: 1}).responsible(1, 1) == (1,)  # both away


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_no_small_count_is_shown_or_can_be_worked_out(cells: dict[str, int]) -> None:
    shown = published(cells)
    assert all(count is None or count == 0 or count >= SMALLEST for count in shown.values())
    assert all(count is None or count == cells[name] for name, count in shown.items())
    hidden = [name for name, count in shown.items() if count is None]
    total = published_sum(cells)
    if len(hidden) == 1:
        assert total is None  # else the hidden one is the total less the others
    if any(0 < count < SMALLEST for count in cells.values()):
        assert hidden


def test_medians() -> None:
    assert median_days([]) is None
    assert median_days([24, 48, 240]) == 2.0
    assert median_days([12, 24]) == 0.8
