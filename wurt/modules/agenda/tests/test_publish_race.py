"""Several publish the same month at the same moment: one version. The control shows that the lock does it."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections

from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions import publish
from wurt.modules.agenda.models import Month, MonthVersion
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM, county, month, project, report

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PUBLISHERS = 6


@pytest.fixture(autouse=True)
def _month() -> None:
    county()
    month()
    report(APRIL, project())


def together(act: Callable[[], object]) -> list[object]:
    """Run ``act`` in several threads, each with a connection of its own; answers and errors."""
    barrier = Barrier(PUBLISHERS)

    def one(_number: int) -> object:
        barrier.wait()
        try:
            return act()
        except RuleBroken as error:
            return error.code
        except IntegrityError:
            return "IntegrityError"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        return list(pool.map(one, range(PUBLISHERS)))


def test_publishers_at_the_same_moment_make_one_version() -> None:
    answers = together(lambda: publish.publish_month(SYSTEM, month=APRIL))
    assert sorted(answers, key=str) == [1] + ["agenda.month_unchanged"] * (PUBLISHERS - 1)
    assert list(MonthVersion.objects.values_list("number", flat=True)) == [1]


def test_control_without_the_lock_publishers_run_into_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same action with a month read before, as careless code would: errors instead of answers."""
    stale = {number: Month.objects.select_related("agenda__place").get() for number in range(PUBLISHERS)}
    monkeypatch.setattr(publish, "locked_month", lambda first: stale.popitem()[1])
    answers = together(lambda: publish.publish_month(SYSTEM, month=APRIL))
    assert Counter(map(str, answers)) == {"1": 1, "IntegrityError": PUBLISHERS - 1}


def test_the_embedded_database_is_a_file() -> None:
    """Else the threads would not share it and the race would prove nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("not the embedded database")
    assert isinstance(connection.connection, sqlite3.Connection)
    assert "memory" not in str(connection.settings_dict["NAME"])
