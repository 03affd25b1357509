"""The counter against the truth, and what it forgets."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.visits.counter import DAYS_KEPT, SALT_BYTES, Counter, packed
from wurt.core.visits.tests.simulate import Truth, month

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Calendar:
    """A clock that a test turns."""

    def __init__(self, day: str = "2026-05-01") -> None:
        self.day = day

    def __call__(self) -> str:
        return self.day


def visit(address: str = "192.0.2.1", agent: str = FIREFOX, place: str = "-", area: str = "agenda") -> bytes:
    return packed(address, agent, "kreis.example", place, area)


def today(counter: Counter) -> dict[tuple[str, str], int]:
    return counter.numbers()[-1].visitors


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_month_of_20000_people_is_counted_within_three_percent(seed: int) -> None:
    calendar, truth = Calendar("2026-04-30"), Truth()
    counter = Counter(calendar, lambda size: seed.to_bytes(2, "big") + calendar().encode() + bytes(size))
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for day, visits in month(20_000, 31, seed, truth):
        calendar.day = day
        for one in visits:
            counter.see(packed(*one))
        for cell, number in today(counter).items():
            sums[cell] += number
    assert set(sums) == set(truth.sums)
    errors = {cell: abs(sums[cell] / true - 1) for cell, true in truth.sums.items()}
    assert truth.sums["*", "*"] > 50_000
    assert errors["*", "*"] < 0.01
    assert max(errors.values()) < 0.03


def test_who_comes_again_counts_once_and_by_place_and_area_for_itself() -> None:
    counter = Counter(Calendar())
    for place, area in (("heide", "agenda"), ("heide", "agenda"), ("heide", "search"), ("buesum", "agenda")):
        counter.see(visit(place=place, area=area))
    counter.see(visit("192.0.2.2", place="heide"))
    counter.see(visit(agent=FIREFOX.replace("140", "141"), place="heide"))
    assert today(counter) == {
        ("*", "*"): 3,
        ("*", "agenda"): 3,
        ("*", "search"): 1,
        ("heide", "*"): 3,
        ("heide", "agenda"): 3,
        ("heide", "search"): 1,
        ("buesum", "*"): 1,
        ("buesum", "agenda"): 1,
    }


def test_at_midnight_salt_and_sketches_go_and_the_numbers_stay() -> None:
    calendar, salts = Calendar(), []

    def salt(size: int) -> bytes:
        salts.append(bytes([len(salts) + 1]) * size)
        return salts[-1]

    counter = Counter(calendar, salt)
    counter.see(visit())
    old = counter._now
    assert bytes(old.salt) == b"\x01" * SALT_BYTES
    calendar.day = "2026-05-02"
    counter.turn()
    assert (bytes(old.salt), old.sketches) == (bytes(SALT_BYTES), {})
    counter.see(visit())
    found = counter.numbers()
    assert [(one.day, one.open, one.visitors["*", "*"]) for one in found] == [
        ("2026-05-01", False, 1),
        ("2026-05-02", True, 1),
    ]
    assert found[0].run != found[1].run


def test_past_days_wait_a_week_for_somebody_to_fetch_them() -> None:
    calendar = Calendar()
    counter = Counter(calendar)
    for number in range(2, 12):
        calendar.day = f"2026-05-{number:02}"
        counter.turn()
    days = [one.day for one in counter.numbers()]
    assert len(days) == DAYS_KEPT + 1
    assert days[-1] == "2026-05-11"


def test_a_restart_within_a_day_is_another_run_with_another_salt() -> None:
    first, second = Counter(Calendar()), Counter(Calendar())
    assert bytes(first._now.salt) != bytes(second._now.salt)
    assert first._now.run != second._now.run
    assert first._now.run.encode() not in bytes(first._now.salt)


def test_two_salts_give_marks_that_have_nothing_in_common() -> None:
    """The same people in two runs: their union is twice as many, so nothing links one to the other."""
    one, other = Counter(Calendar(), lambda size: b"a" * size), Counter(Calendar(), lambda size: b"b" * size)
    same = Counter(Calendar(), lambda size: b"a" * size)
    for number in range(200):
        for counter in (one, other, same):
            counter.see(visit(f"192.0.2.{number}"))
    marks = [counter._now.sketches["*", "*"].serialize_compact() for counter in (one, other, same)]
    assert marks[0] == marks[2]
    assert marks[0] != marks[1]


@given(st.binary(max_size=300))
def test_strange_datagrams_do_no_harm(datagram: bytes) -> None:
    counter = Counter(Calendar())
    counter.see(datagram)
    expected = 1 if datagram.count(b"\0") == 4 else 0
    assert today(counter).get(("*", "*"), 0) == expected


@given(st.lists(st.text(max_size=900), min_size=5, max_size=5))
def test_every_visit_fits_into_a_datagram(fields: list[str]) -> None:
    datagram = packed(*fields)
    assert datagram.count(b"\0") == 4
    assert len(datagram) <= 4096


def test_a_flood_of_places_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wurt.core.visits.counter.MOST_SKETCHES", 10)
    counter = Counter(Calendar())
    for number in range(50):
        counter.see(visit(place=f"ort-{number}"))
    assert len(counter._now.sketches) == 10
    assert today(counter)["*", "*"] == 1
