"""The warning rules, each at its border."""

from datetime import date
from typing import Any

import pytest

from wurt.modules.agenda.domain.plausibility import (
    GERMAN,
    TEXTS,
    MilestoneCheck,
    ReportCheck,
    Warning,
    check_report,
    german_message,
)


def codes(**values: Any) -> list[str]:
    return [
        w.code
        for w in check_report(
            ReportCheck(**{"title": "Hafen", "month": "2025-04", "status": "green", **values})
        )
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2025, 3, 31), ["green_but_overdue", "past_end_but_current"]),
        (date(2025, 4, 1), []),
        (date(2025, 4, 29), []),
        (date(2025, 4, 30), ["ends_soon"]),
        (date(2025, 7, 31), ["ends_soon"]),
        (date(2025, 8, 1), []),
    ],
)
def test_the_end_of_the_project(end: date, expected: list[str]) -> None:
    assert codes(end=end) == expected


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        ("2025-03", False, ["green_but_overdue", "overdue_milestone"]),
        ("2025-03", True, []),
        ("2025-Q1", False, ["green_but_overdue", "overdue_milestone"]),
        ("2025-Q2", False, []),
        ("2025-04-01", False, []),
        (None, False, ["milestone_without_date"]),
        (None, True, []),
    ],
)
def test_milestones(due: str | None, done: bool, expected: list[str]) -> None:
    assert codes(milestones=[MilestoneCheck("Schleuse", due, done)]) == expected


def test_status_and_doubt() -> None:
    assert codes(status=None) == ["status_unknown"]
    assert codes(status="yellow", end=date(2025, 1, 1)) == ["past_end_but_current"]
    assert codes(milestones=[MilestoneCheck("Schleuse", "2025-06", ambiguous=True)]) == [
        "milestone_order_ambiguous"
    ]


def test_a_date_after_the_end_in_the_text() -> None:
    end = date(2025, 12, 31)
    assert codes(end=end, progress="Ab dem 01.01.2026 wird umgestellt.") == ["date_after_project_end"]
    assert codes(end=end, overall_state="Seit dem 31.12.2025 und im Januar 2026.") == []


def test_a_risk_of_another_project() -> None:
    own = ReportCheck(
        "Pegelnetz", "2025-04", "green", risks=["Ausfall der Beteiligten", "Zu wenige LesePaten gefunden"]
    )
    other = ReportCheck(
        "LesePatenschaft",
        "2025-04",
        "green",
        risks=["Zu wenige LesePaten gefunden", "Ausfall der Beteiligten"],
    )
    assert [w.code for w in check_report(own, [own, other])] == ["risk_copied_from_other_project"]
    assert check_report(other, [own, other]) == []


def test_every_code_has_a_message() -> None:
    assert set(TEXTS) == set(GERMAN)
    warning = Warning("ends_soon", params={"end": date(2025, 6, 30), "days": 61})
    assert german_message(warning) == "Das Projekt endet am 30.06.2025, 61 Tage nach dem Berichtsmonat."
