"""Values are computed once, corrected in the open, and few people are never stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import wurt
from wurt.core.action.actor import Actor
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.indicators.actions.compute import compute_month, correct_month
from wurt.core.indicators.handlers import compute_due, compute_since, correct_since
from wurt.core.indicators.models import Computation, Value
from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import series, versions
from wurt.core.indicators.registry import Indicator, Kind, forget, register
from wurt.core.indicators.rules import HIDDEN, Figure
from wurt.core.indicators.tests.conftest import KEY, Toy

WORKER = Actor.for_system("worker")
APRIL = date(2024, 4, 1)


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    with at(datetime(year, month, day, 9, tzinfo=UTC)):
        yield


def stored() -> list[tuple[str, int, bool, str, Decimal | None, int | None]]:
    rows = Value.objects.order_by("computation__month", "computation__number", "place__slug")
    return [
        (
            f"{row.computation.month:%Y-%m}",
            row.computation.number,
            row.computation.current,
            row.place.slug if row.place else "",
            row.value,
            row.below,
        )
        for row in rows.select_related("computation", "place")
    ]


def compute(month: date = APRIL, actor: Actor = WORKER) -> int:
    return compute_month(actor, key=KEY, month=month)


def test_a_month_is_computed_once(toy: Toy) -> None:
    toy.answers["2024-04", ""] = 12
    with on(2024, 5, 1):
        assert compute() == 1
        toy.answers["2024-04", ""] = 99
        assert compute() == 0
    assert stored() == [("2024-04", 1, True, "", Decimal(12), None)]
    row = Computation.objects.get()
    assert row.source == f"Wurt {wurt.__version__}, toys.balls/1"
    assert row.at == datetime(2024, 5, 1, 9, tzinfo=UTC)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["indicators.compute_month"]


def test_a_month_that_runs_is_not_computed(toy: Toy) -> None:
    toy.answers["2024-04", ""] = 12
    with on(2024, 4, 30), pytest.raises(RuleBroken) as error:
        compute()
    assert error.value.code == "indicators.month_running"
    assert stored() == []


def test_not_known_is_not_zero(toy: Toy) -> None:
    with on(2024, 5, 1):
        assert compute() == 0
        toy.answers["2024-04", ""] = 0
        assert compute() == 1
    assert stored() == [("2024-04", 1, True, "", Decimal(0), None)]


def test_who_may_not_changes_nothing(toy: Toy) -> None:
    toy.answers["2024-04", ""] = 12
    with on(2024, 5, 1):
        with pytest.raises(NotAllowed):
            compute(actor=Actor(person=1))
        with pytest.raises(NotFound):
            compute_month(WORKER, key="toys.nothing", month=APRIL)
    assert stored() == []
    assert AuditEntry.objects.count() == 0


def test_decimals_are_kept(toy: Toy) -> None:
    toy.declare(decimals=1)
    toy.answers["2024-04", ""] = Decimal("12.345")
    with on(2024, 5, 1):
        compute()
    point = series(WORKER, [(KEY, "")])[KEY, ""].latest
    assert point is not None
    assert str(point.figure.value) == "12.3"


def test_few_people_are_not_stored(toy: Toy) -> None:
    toy.declare(by_place=True, counts_people=True)
    toy.answers |= {
        ("2024-04", ""): 30,
        ("2024-04", "deich"): 3,
        ("2024-04", "moor"): 0,
        ("2024-04", "watt"): 25,
    }
    with on(2024, 5, 1):
        compute()
    assert sorted(row[3:] for row in stored() if row[4] is None) == [("deich", None, 5), ("moor", None, 5)]
    one = series(WORKER, [(KEY, "deich"), (KEY, "moor"), (KEY, "watt"), (KEY, "")])
    assert {place: found.points[0].figure for (_key, place), found in one.items()} == {
        "": Figure(Decimal(30)),
        "deich": Figure(below=5),
        "moor": Figure(below=5),
        "watt": Figure(Decimal(25)),
    }


def test_a_single_small_place_hides_all_places(toy: Toy) -> None:
    toy.declare(by_place=True, counts_people=True)
    toy.answers |= {
        ("2024-04", ""): 58,
        ("2024-04", "deich"): 3,
        ("2024-04", "moor"): 30,
        ("2024-04", "watt"): 25,
    }
    with on(2024, 5, 1):
        compute()
    one = series(WORKER, [(KEY, place) for place in ("", "deich", "moor", "watt")])
    assert [found.points[0].figure for found in one.values()] == [Figure(Decimal(58)), HIDDEN, HIDDEN, HIDDEN]


def test_all_places_at_once_asks_no_place_by_itself(toy: Toy) -> None:
    toy.declare(by_place=True, all_places=lambda period: {toy.places["moor"].pk: 7})
    toy.answers["2024-04", ""] = 9
    with on(2024, 5, 1):
        compute()
    assert toy.asked == [("2024-04", "")]
    assert {(row[3], row[4]) for row in stored()} == {("", Decimal(9)), ("moor", Decimal(7))}


def test_a_stock_whose_past_is_gone_stays_unknown(toy: Toy) -> None:
    toy.declare(kind=Kind.STOCK, late_days=7)
    toy.answers["2024-04", ""] = 12
    with on(2024, 5, 8):
        assert compute() == 0
        with pytest.raises(RuleBroken) as error:
            correct_month(WORKER, key=KEY, month=APRIL, reason="x")
        assert error.value.code == "indicators.too_late"
    with on(2024, 5, 7):
        assert compute() == 1


def test_a_correction_is_a_new_version_with_a_reason(toy: Toy) -> None:
    toy.answers["2024-04", ""] = 12
    with on(2024, 5, 1):
        compute()
    with on(2024, 6, 1):
        assert correct_month(WORKER, key=KEY, month=APRIL, reason="Nothing new") == 0
        toy.answers["2024-04", ""] = 15
        with pytest.raises(RuleBroken) as error:
            correct_month(WORKER, key=KEY, month=APRIL, reason=" ")
        assert error.value.code == "indicators.reason"
        assert correct_month(WORKER, key=KEY, month=APRIL, reason="Late files") == 2
    assert stored() == [
        ("2024-04", 1, False, "", Decimal(12), None),
        ("2024-04", 2, True, "", Decimal(15), None),
    ]
    found = series(WORKER, [(KEY, "")])[KEY, ""]
    assert [(point.figure.value, point.number, point.reason) for point in found.points] == [
        (Decimal(15), 2, "Late files")
    ]
    assert [(p.number, p.figure.value, p.reason) for p in versions(WORKER, KEY)] == [
        (2, Decimal(15), "Late files"),
        (1, Decimal(12), ""),
    ]


def test_the_worker_computes_the_last_three_months_and_one_fault_stops_nobody(toy: Toy) -> None:
    def broken(period: Period, place: object) -> int:
        raise ZeroDivisionError

    register(Indicator(key="toys.a_broken", name="B", unit="", meaning="B", compute=broken))
    for month in ("2024-01", "2024-02", "2024-03", "2024-04"):
        toy.answers[month, ""] = int(month[-1])
    try:
        with on(2024, 5, 2):
            compute_due()
            compute_due()
    finally:
        forget("toys.a_broken")
    mine = Computation.objects.filter(key=KEY).order_by("month")
    assert [(f"{row.month:%Y-%m}", row.number, row.values.get().value) for row in mine] == [
        ("2024-02", 1, Decimal(2)),
        ("2024-03", 1, Decimal(3)),
        ("2024-04", 1, Decimal(4)),
    ]


def test_filling_in_and_correcting_the_past(toy: Toy) -> None:
    for month in ("2023-11", "2023-12", "2024-01"):
        toy.answers[month, ""] = 10
    with on(2024, 2, 15):
        first = Period.read("2023-11")
        before = Computation.objects.count()
        compute_since(WORKER, first)
        assert Computation.objects.filter(key=KEY).count() == 3
        after = Computation.objects.count()
        assert compute_since(WORKER, first) == 0
        assert Computation.objects.count() == after > before
        toy.answers["2023-12", ""] = 11
        assert correct_since(WORKER, KEY, first, "Counted twice") == 1
    assert [(row[0], row[1], row[4]) for row in stored() if row[0].startswith("2023-12")][-1] == (
        "2023-12",
        2,
        Decimal(11),
    )
