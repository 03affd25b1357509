"""Quiet hours and digests."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.notices.kinds import Frequency
from wurt.core.notices.timing import DIGEST_HOUR, after_quiet, due_at, is_quiet

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
SENT = st.sampled_from([Frequency.NOW, Frequency.DAILY, Frequency.WEEKLY])


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (local(3, 12), local(3, 12)),
        (local(3, 20, 59), local(3, 20, 59)),
        (local(3, 21), local(4, 7)),
        (local(4, 6, 59), local(4, 7)),
        (local(4, 7), local(4, 7)),
        (local(28, 22), local(29, 7)),  # the night in which summer time begins
    ],
)
def test_nothing_between_nine_in_the_evening_and_seven(moment: datetime, due: datetime) -> None:
    assert after_quiet(moment, 21, 7, BERLIN) == due


@pytest.mark.parametrize(
    ("frequency", "moment", "due"),
    [
        (Frequency.DAILY, local(3, 7, 59), local(3, 8)),
        (Frequency.DAILY, local(3, 8), local(3, 8)),
        (Frequency.DAILY, local(3, 8, 1), local(4, 8)),
        (Frequency.WEEKLY, local(3, 12), local(9, 8)),
        (Frequency.WEEKLY, local(9, 8), local(9, 8)),
        (Frequency.WEEKLY, local(9, 9), local(16, 8)),
    ],
)
def test_digests_come_at_eight_and_on_monday(frequency: Frequency, moment: datetime, due: datetime) -> None:
    assert due_at(moment, frequency, 21, 7, BERLIN) == due


def test_late_sleepers_get_the_digest_after_their_quiet_hours() -> None:
    assert due_at(local(3, 9), Frequency.DAILY, 22, 10, BERLIN) == local(4, 10)


def test_never_is_never_due() -> None:
    with pytest.raises(ValueError, match="never"):
        due_at(local(3, 9), Frequency.NEVER, 21, 7, BERLIN)


@given(MOMENTS, SENT, HOURS, HOURS)
def test_due_is_never_early_never_quiet_and_within_eight_days(
    moment: datetime, frequency: Frequency, start: int, end: int
) -> None:
    due = due_at(moment, frequency, start, end, BERLIN)
    assert due >= moment
    assert not is_quiet(due, start, end, BERLIN)
    assert due - moment < timedelta(days=8, hours=2)


@given(MOMENTS, HOURS, HOURS)
def test_outside_of_quiet_hours_at_once_is_at_once(moment: datetime, start: int, end: int) -> None:
    if not is_quiet(moment, start, end, BERLIN):
        assert due_at(moment, Frequency.NOW, start, end, BERLIN) == moment


@given(MOMENTS, HOURS)
def test_equal_hours_are_no_quiet_hours(moment: datetime, hour: int) -> None:
    assert not is_quiet(moment, hour, hour, BERLIN)


@given(MOMENTS)
def test_a_daily_digest_is_at_the_digest_hour(moment: datetime) -> None:
    assert due_at(moment, Frequency.DAILY, 0, 0, BERLIN).astimezone(BERLIN).hour == DIGEST_HOUR
