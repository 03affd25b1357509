"""Due dates as German reports print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.modules.agenda.domain.periods import (
    due_first,
    due_latest,
    find_dues,
    german_long,
    german_short,
    parse_due,
    parse_month,
    precision,
    sort_key,
)


@pytest.mark.parametrize(
    ("printed", "due", "certain", "alternatives"),
    [
        ("Mai 24", "2024-05", True, ()),
        ("Mrz 24", "2024-03", True, ()),
        ("Mrz. 24", "2024-03", True, ()),
        ("März 2024", "2024-03", True, ()),
        ("Sept. ’24", "2024-09", True, ()),
        ("Q2 24", "2024-Q2", True, ()),
        ("Q3/2025", "2025-Q3", True, ()),
        ("2. Quartal 2024", "2024-Q2", True, ()),
        ("IV. Quartal 2024", "2024-Q4", True, ()),
        ("12.03.2024", "2024-03-12", True, ()),
        ("12. März 2024", "2024-03-12", True, ()),
        ("05/2024", "2024-05", True, ()),
        ("2024-05", "2024-05", True, ()),
        ("bis Juni 2025", "2025-06", True, ()),
        ("Ende Mai 2024", "2024-05", True, ()),
        ("Herbst 2024", "2024-Q4", False, ("2024-Q3",)),
        ("Ende 2024", "2024-12", False, ("2024-Q4",)),
        ("1. Halbjahr 2025", "2025-Q2", False, ("2025-Q1",)),
        ("Juni – August 2025", "2025-08", False, ("2025-06",)),
        ("2026", "2026-Q4", False, ()),
        ("KW 12 2025", "2025-03-21", False, ()),
        ("KW 12", None, False, ()),
        ("Mai", None, False, ()),
        ("n.n.", None, True, ()),
        ("tbd", None, True, ()),
        ("noch offen", None, True, ()),
    ],
)
def test_printed_forms(printed: str, due: str | None, certain: bool, alternatives: tuple[str, ...]) -> None:
    period = parse_due(printed)
    assert period is not None
    assert (period.due, period.certain, period.alternatives) == (due, certain, alternatives)


@pytest.mark.parametrize(
    "text", ["Start Livebetrieb", "31.02.2024", "Schulung Mai 24", "", "13/2024", "Maifest", "48"]
)
def test_other_texts_are_no_due_date(text: str) -> None:
    assert parse_due(text) is None


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from(["day", "month", "quarter"]))
def test_what_is_printed_is_read_again(day: date, kind: str) -> None:
    due = {"day": day.isoformat(), "month": f"{day:%Y-%m}", "quarter": f"{day.year}-Q{(day.month + 2) // 3}"}[
        kind
    ]
    for printed in (german_short(due), german_long(due)):
        period = parse_due(printed)
        assert period is not None
        assert (period.due, period.certain) == (due, True)
    first, last = due_first(due), due_latest(due)
    assert first is not None
    assert last is not None
    assert first <= day <= last
    assert precision(due) == kind


def test_last_days_and_order() -> None:
    assert due_latest("2024-02") == date(2024, 2, 29)
    assert due_latest("2024-Q4") == date(2024, 12, 31)
    assert (due_latest(None), due_first(None), precision(None)) == (None, None, None)
    assert sorted(["2024-Q4", None, "2024-11", "2024-12", "2024-10-01"], key=sort_key) == [
        "2024-10-01", "2024-11", "2024-Q4", "2024-12", None,
    ]  # fmt: skip
    assert (german_short(None), german_long(None)) == ("offen", "noch offen")


def test_dates_inside_a_text() -> None:
    text = "Am 12.03. fand etwas statt; ab dem 01.01.2025 und in Q3 24 mehr, 17.5 Mio und 3/4 der Höfe."
    assert [period.due for _, _, period in find_dues(text)] == ["2025-01-01", "2024-Q3"]


def test_the_month_of_a_report() -> None:
    assert parse_month("Projektstatusbericht März 2024") == "2024-03"
    assert parse_month("Stand: 30.04.2024") == "2024-04"
    assert parse_month("März 2024 und April 2024") is None
