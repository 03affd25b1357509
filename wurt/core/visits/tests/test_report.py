"""From the counter into the database and onto the page."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import indicator_of
from wurt.core.visits import checks, queries, storing
from wurt.core.visits.chart import months_chart
from wurt.core.visits.figures import visitors
from wurt.core.visits.models import ActiveMonth, CounterRun, VisitorCount

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = datetime(2026, 6, 10, 12, tzinfo=UTC)
MAY = date(2026, 5, 1)
NOBODY = Actor()


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def told(day: str, run: str, visitors: list[list[object]], *, is_open: bool = False) -> dict[str, object]:
    return {"day": day, "run": run, "open": is_open, "visitors": visitors}


def fill(*cells: tuple[str, str, int], month: date = MAY) -> None:
    """Write sums of a month, as if all came on its first day."""
    rows = [VisitorCount(day=month, place=place, area=area, run="a", visitors=n) for place, area, n in cells]
    VisitorCount.objects.bulk_create(rows)


def whole_month(month: date = MAY) -> None:
    days = [month + timedelta(days=number) for number in range(31)]
    CounterRun.objects.bulk_create([CounterRun(day=day, run="a") for day in days if day.month == month.month])


def test_storing_again_changes_nothing_and_leaves_no_trail(tmp_path: Path) -> None:
    with override_settings(VAR_DIR=tmp_path):
        assert storing.store() == -1
    before = AuditEntry.objects.count()
    day = told("2026-05-04", "a" * 16, [["*", "*", 7], ["-", "agenda", 5]], is_open=True)
    assert [storing.keep([day]), storing.keep([day])] == [2, 2]
    storing.keep([day | {"visitors": [["*", "*", 9], ["-", "agenda", 5]]}])
    assert list(VisitorCount.objects.order_by("pk").values_list("place", "area", "visitors")) == [
        ("*", "*", 9),
        ("-", "agenda", 5),
    ]
    assert CounterRun.objects.count() == 1
    assert AuditEntry.objects.count() == before


def test_the_parts_of_a_day_are_added_and_the_restart_is_told(world: World) -> None:
    first, second = told("2026-05-04", "a", [["*", "*", 70]]), told("2026-05-04", "b", [["*", "*", 50]])
    storing.keep([first, second])
    assert storing.gaps(date(2026, 5, 4), date(2026, 5, 5)) == (1, 1)
    with at(JUNE):
        usage = queries.usage(NOBODY, MAY)
        assert usage is not None
        assert (usage.total.value, usage.uncounted, usage.restarted) == (120, 30, 1)
        assert visitors(Period(MAY), None) == 120


def test_figures_of_the_registry(world: World) -> None:
    fill(("*", "*", 90), ("*", "agenda", 80), ("kreis-moorland", "*", 30), ("kreis-moorland", "agenda", 20))
    place = world.county
    assert visitors(Period(MAY), None) == 90
    assert visitors(Period(MAY), place) == 30
    agenda = indicator_of("visits.visitors_agenda")
    assert agenda is not None
    assert [agenda.compute(Period(MAY), None), agenda.compute(Period(MAY), place)] == [80, 20]
    assert agenda.compute(Period(date(2026, 4, 1)), None) is None
    CounterRun.objects.create(day=date(2026, 4, 2), run="x")
    assert agenda.compute(Period(date(2026, 4, 1)), None) == 0
    people = [indicator_of(key).counts_people for key in ("visits.visitors", "visits.active_accounts")]
    assert people == [True, True]
    assert [indicator_of("visits.visitors").by_place, agenda.by_place] == [True, False]


def test_the_page_names_the_sum_and_hides_small_figures(world: World) -> None:
    whole_month()
    slug = world.county.slug
    fill(
        ("*", "*", 1234),
        ("*", "agenda", 1000),
        ("*", "search", 400),
        (slug, "*", 21),
        (slug, "agenda", 20),
        (slug, "search", 3),
        ("-", "*", 1220),
        ("-", "agenda", 990),
        ("-", "search", 398),
    )
    ActiveMonth.objects.create(month=MAY, accounts=12)
    with at(JUNE):
        text = Client().get("/nutzung/").content.decode()
        assert "Summe der Tagesbesucher" in text
        assert "1.234" in text.replace("\u202f", ".").replace("\xa0", ".")
        assert "Aktive Konten" in text
        assert ">12<" in text.replace(" ", "").replace("\n", "")
        found = queries.usage(NOBODY, MAY, place=slug)
        assert found is not None
        assert [(line.key, line.figure.value) for line in found.areas] == [
            ("*", 21),
            ("agenda", None),
            ("search", None),
        ]
        page = Client().get(f"/nutzung/?monat=2026-05&ort={slug}&bereich=search").content.decode()
        assert "nicht ausgewiesen" in page
        cells = json.loads(Client().get("/nutzung/nutzung.json?monat=2026-05").content)["cells"]
        assert {(c["place"], c["area"]): c["sum_of_daily_visitors"] for c in cells} == {
            ("*", "*"): 1234,
            ("*", "agenda"): 1000,
            ("*", "search"): 400,
            (slug, "*"): 21,
            (slug, "agenda"): None,
            (slug, "search"): None,
            ("-", "*"): 1220,
            ("-", "agenda"): None,
            ("-", "search"): None,
        }
        lines = Client().get(f"/nutzung/nutzung.csv?ort={slug}&bereich=search").content.decode().splitlines()
        assert lines[1:] == [f"2026-05;{slug};{world.county.name};search;Suche;;ja"]


def test_the_month_that_goes_on_is_not_told(world: World) -> None:
    fill(("*", "*", 50), month=date(2026, 6, 1))
    with at(JUNE):
        assert queries.months(NOBODY) == ()
        text = Client().get("/nutzung/").content.decode()
        assert "Der erste Monat wird gerade gezählt" in text
        assert Client().get("/nutzung/?monat=2026-06").status_code == 404
        assert json.loads(Client().get("/nutzung/nutzung.json").content)["cells"] == []


@pytest.mark.parametrize(
    "query", ["monat=2026-13", "monat=x", "ort=nirgends", "bereich=%00", "monat=2020-01"]
)
def test_what_is_not_there_is_not_found(world: World, query: str) -> None:
    fill(("*", "*", 50))
    with at(JUNE):
        for name in ("", "nutzung.csv", "nutzung.json"):
            assert Client().get(f"/nutzung/{name}?{query}").status_code == 404


def test_a_year_of_months_is_drawn_and_days_without_counting_are_told(world: World) -> None:
    for number in range(1, 16):
        fill(("*", "*", number * 10), month=date(2025 + number // 13, (number - 1) % 12 + 1, 1))
    with at(datetime(2026, 4, 10, tzinfo=UTC)):
        usage = queries.usage(NOBODY)
        assert usage is not None
        assert [line.key for line in usage.by_month][::12] == ["2025-03", "2026-03"]
        assert usage.uncounted == 31
        text = Client().get("/nutzung/").content.decode()
        assert text.count("wurt-chart__bar") == 13
        lengths = [bar.length for bar in months_chart(usage)]
        assert (max(lengths), min(lengths) >= 0) == (100, True)
        assert "An 31 Tagen wurde nicht gezählt" in text


def test_questions_do_not_grow_with_places(world: World, django_assert_max_num_queries) -> None:
    for number in range(40):
        fill((f"ort-{number}", "*", 9), (f"ort-{number}", "agenda", 8))
    fill(("*", "*", 99))
    with at(JUNE), django_assert_max_num_queries(9):
        queries.usage(NOBODY)


def test_the_doctor_says_when_nobody_counts(tmp_path: Path) -> None:
    with override_settings(WURT_COUNTING=True, VAR_DIR=tmp_path):
        assert ["does not answer" in finding.problem for finding in checks.counting()] == [True]
    with override_settings(WURT_COUNTING=False, VAR_DIR=tmp_path):
        assert list(checks.counting()) == []
