"""A report is written at the same moments in which meetings send it back: every change counts. The control
shows that the lock does it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, models

from wurt.modules.agenda.actions import meetings, reports
from wurt.modules.agenda.actions.bodies import create_body
from wurt.modules.agenda.models import Report, Verdict
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM, county, month, project, report

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
EACH, ROUNDS = 3, 12
Rows = models.QuerySet[Report]


@pytest.fixture
def acts() -> list[Callable[[int], object]]:
    """Three who write, three meetings that return; each change of the report counts its version up by one."""
    county()
    month()
    row = report(APRIL, project(), progress="").public_id
    body = create_body(SYSTEM, kind="steering", name="Lenkungsgruppe")
    starts = datetime(2024, 5, 14, 7, tzinfo=UTC)
    held = [meetings.plan_meeting(SYSTEM, body=body, starts=starts, place=f"Raum {n}") for n in range(EACH)]

    def write(number: int) -> object:
        values: Any = {"progress": f"Stand {number}", "has_progress": True}
        return reports.edit_report(SYSTEM, report=row, values=values)

    def send_back(meeting: Any) -> Callable[[int], object]:
        def act(number: int) -> object:
            returned = {str(row): f"Grund {number}"}
            return meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned=returned)

        return act

    return [write] * EACH + [send_back(meeting) for meeting in held]


def run(acts: list[Callable[[int], object]]) -> tuple[list[str], int, int]:
    """Errors, how often the report was changed by writing, and its version in the end."""
    barrier = Barrier(len(acts))
    writes: list[int] = []

    def one(number: int) -> str:
        try:
            for turn in range(ROUNDS):
                barrier.wait(60)
                acts[number](number * 100 + turn)
                if number < EACH:
                    writes.append(1)
        except Exception as error:  # noqa: BLE001 - the test reports it
            barrier.abort()
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        faults = [fault for fault in pool.map(one, range(len(acts))) if fault]
    return faults, len(writes), Report.objects.get().version


def handed_in(fetch: Callable[[Rows], list[Report]]) -> Callable[[Rows], list[Report]]:
    """Reports as ``fetch`` brings them, handed in, so that sending back has something to write."""

    def fetched(rows: Rows) -> list[Report]:
        found = fetch(rows)
        for row in found:
            row.handed_in = datetime(2024, 5, 1, tzinfo=UTC)
        return found

    return fetched


def test_every_change_counts(acts: list[Callable[[int], object]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "lock_all", handed_in(meetings.lock_all))
    assert run(acts) == ([], EACH * ROUNDS, 1 + 2 * EACH * ROUNDS)
    assert Verdict.objects.count() == EACH


def test_control_without_locks_a_meeting_takes_a_change_away(
    acts: list[Callable[[int], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one lock for all writes")
    monkeypatch.setattr(meetings, "lock_all", handed_in(list))
    assert run(acts) != ([], EACH * ROUNDS, 1 + 2 * EACH * ROUNDS)
