"""Pages of figures: values in words, drawing and table, files, filters, and a constant number of queries."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.indicators.actions.compute import compute_month, correct_month
from wurt.core.indicators.actions.manual import create_manual, enter_value
from wurt.core.indicators.chart import drawn, scale
from wurt.core.indicators.models import Computation, ManualIndicator, Value
from wurt.core.indicators.queries import USES, Use, series
from wurt.core.indicators.rules import Aim
from wurt.core.indicators.tests.conftest import KEY, Toy

WORKER = Actor.for_system("worker")
PAGE = f"/kennzahlen/{KEY}/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def counted(toy: Toy) -> Toy:
    """Three months; in the last one the moor is told, the dyke has few."""
    toy.declare(by_place=True, counts_people=True)
    toy.answers |= {("2024-03", ""): 1200, ("2024-04", ""): 1212, ("2024-05", ""): 1200}
    toy.answers |= {("2024-05", "moor"): 900, ("2024-05", "deich"): 3, ("2024-05", "watt"): 1}
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        for month in (3, 4, 5):
            compute_month(WORKER, key=KEY, month=date(2024, month, 1))
    return toy


def test_the_page_says_value_change_and_source(counted: Toy, client: Client) -> None:
    page = text(client, PAGE)
    assert "<h1>Bälle</h1>" in page
    assert "Im Mai 2024" in page
    assert "1.200 Bälle" in page
    assert "12 weniger als im April 2024 (minus 1 %)." in page
    assert "Bälle: 1.200 im Mai 2024" in page
    assert "Quelle: Wurt" in page
    assert 'aria-label="Liniendiagramm: Bälle von März 2024 (1.200) bis Mai 2024 (1.200).' in page
    assert "nur als „unter 5“ gespeichert" in page


def test_a_drawing_is_written_in_the_numbers_of_svg(counted: Toy, client: Client) -> None:
    """The page speaks German, its coordinates do not."""
    page = text(client, PAGE)
    picture = page[page.index('<svg class="wurt-chart') :].split("</svg>")[0]
    places = re.findall(r' (?:x|y|x1|y1|x2|y2|cx|cy|dx|dy)="([^"]*)"', picture)
    assert len(places) > 20
    assert [place for place in places if not re.fullmatch(r"-?\d+(\.\d+)?", place)] == []


def test_a_place_with_few_people(counted: Toy, client: Client) -> None:
    page = text(client, f"{PAGE}?ort=deich")
    assert "<h1>Bälle: Deich</h1>" in page
    assert "unter 5 Bälle" in page
    assert '<svg class="wurt-chart' not in page
    assert "900" not in page


def test_a_place_that_does_not_exist_reads_empty(counted: Toy, client: Client) -> None:
    assert "Noch kein Wert" in text(client, f"{PAGE}?ort=atlantis")
    assert client.get("/kennzahlen/toys.nothing/").status_code == 404


def test_values_as_files(counted: Toy, client: Client) -> None:
    lines = client.get(f"{PAGE}werte.csv").content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Monat;Wert;Weniger als;Einheit;Fassung;Grund;Berechnet um;Quelle"
    assert lines[1].startswith("2024-03;1200;;Bälle;1;;2024-06-02T09:00:00+00:00;Wurt ")
    few = client.get(f"{PAGE}werte.csv?ort=deich").content.decode("utf-8-sig").split("\r\n")
    assert few[1].startswith("2024-05;;5;Bälle;1;;")
    data = client.get(f"{PAGE}werte.json?ort=moor").json()
    assert (data["key"], data["place"], data["hidden_below"], data["kind"]) == (KEY, "moor", 5, "flow")
    assert [(row["month"], row["value"], row["fewer_than"]) for row in data["values"]] == [
        ("2024-05", "900", None)
    ]


def test_a_correction_is_told(counted: Toy, client: Client) -> None:
    counted.answers["2024-04", ""] = 1300
    with at(datetime(2024, 6, 5, 9, tzinfo=UTC)):
        correct_month(WORKER, key=KEY, month=date(2024, 4, 1), reason="Spät gemeldet")
    page = text(client, PAGE)
    assert "April 2024, Fassung 2 vom 5. Juni 2024: 1.300. Grund: Spät gemeldet" in page
    assert "April 2024, Fassung 1 vom 2. Juni 2024: 1.212." in page


@pytest.fixture
def used() -> Iterator[None]:
    def source(actor: Actor) -> list[Use]:
        return [Use(KEY, "agenda.project", "deichbau", "Deichbau", "/projekte/deichbau/")]

    USES.append(source)
    yield
    USES.remove(source)


def test_the_overview_filters_by_source_place_and_project(counted: Toy, client: Client, used: None) -> None:
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        create_manual(WORKER, words={"name": "Bänke", "meaning": "Wo man sitzt."})
    both, entered = text(client, "/kennzahlen/"), text(client, "/kennzahlen/?bereich=manual")
    assert "Bänke" in both
    assert f'href="{PAGE}"' in both
    assert "Bänke" in entered
    assert f'href="{PAGE}"' not in entered
    mine = text(client, "/kennzahlen/?projekt=deichbau")
    assert 'href="/kennzahlen/baenke/"' not in mine
    assert f'href="{PAGE}"' in mine
    here = text(client, "/kennzahlen/?ort=moor")
    assert "900 Bälle" in here
    assert 'href="/kennzahlen/baenke/"' not in here
    assert "Keine Kennzahl passt" in text(client, "/kennzahlen/?bereich=gibt-es-nicht")
    rows = (
        client.get("/kennzahlen/alle/kennzahlen.csv?projekt=deichbau")
        .content.decode("utf-8-sig")
        .split("\r\n")
    )
    assert rows[1].startswith(f"Bälle;http://testserver{PAGE};Bälle;2024-05;1200;;Wurt ")
    assert "Deichbau" in text(client, PAGE)


def fill(toy: Toy, figures: int, months: int) -> None:
    with writes_allowed("test"):
        for number in range(figures):
            ManualIndicator.objects.create(key=f"k{number}", place=toy.county, name=f"K{number}", meaning="K")
            rows = Computation.objects.bulk_create(
                Computation(key=f"k{number}", month=date(2019 + at // 12, at % 12 + 1, 1), source="x")
                for at in range(months)
            )
            Value.objects.bulk_create(Value(computation=row, value=Decimal(number)) for row in rows)


@pytest.mark.parametrize("address", ["/kennzahlen/", "/kennzahlen/k0/", "/kennzahlen/alle/kennzahlen.csv"])
def test_as_many_queries_for_one_as_for_three(toy: Toy, client: Client, address: str) -> None:
    counts = []
    for figures in (1, 3):
        with writes_allowed("test"):
            Computation.objects.all().delete()
            ManualIndicator.objects.all().delete()
        fill(toy, figures, 24 * figures)
        with CaptureQueriesContext(
            connection,
        ) as found:
            text(client, address)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_drawing_has_gaps_where_no_value_is_told(counted: Toy) -> None:
    counted.answers |= {("2024-01", ""): 3, ("2023-12", ""): 7, ("2023-11", ""): 9}
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        for year, month in ((2023, 11), (2023, 12), (2024, 1)):
            compute_month(WORKER, key=KEY, month=date(year, month, 1))
    picture = drawn(series(WORKER, [(KEY, "")])[KEY, ""])
    assert picture is not None
    assert [len(line.split()) for line in picture.lines] == [2, 3]
    assert [dot.few for dot in picture.dots] == [False, False, True, False, False, False]
    assert picture.dots[2].text == "Januar 2024: unter 5\u00a0Bälle"


def test_a_drawing_reaches_to_the_target(counted: Toy) -> None:
    aim = Aim(Decimal(1000), date(2024, 1, 1), Decimal(2000), date(2024, 12, 31))
    picture = drawn(series(WORKER, [(KEY, "")])[KEY, ""], aim)
    assert picture is not None
    assert picture.path == (64.0, 116.0, 628.0, 16.0)
    assert [tick.text for tick in picture.rows] == ["0", "500", "1.000", "1.500", "2.000"]


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ([0], (0, 1, Decimal("0.5"))),
        ([7], (0, 8, 2)),
        ([1212, 1200], (0, 1500, 500)),
        ([-3, 9], (-5, 10, 5)),
        ([Decimal("0.2")], (0, Decimal("0.2"), Decimal("0.05"))),
    ],
)
def test_axes_have_round_numbers(values: list[int], answer: tuple[object, ...]) -> None:
    assert scale([Decimal(value) for value in values]) == answer


# --- desk


@pytest.fixture
def people(writing: None, db: None) -> World:
    return make_world()


def test_staff_describe_enter_and_correct(people: World) -> None:
    client = people.client("coordinator")
    data = {"name": "Ladepunkte", "meaning": "Wo Autos laden.", "kind": "stock", "direction": "more"}
    assert client.post("/verwaltung/kennzahlen/neu/", data).status_code == 422  # no place
    response = client.post("/verwaltung/kennzahlen/neu/", {**data, "place": "kreis-moorland"})
    desk = "/verwaltung/kennzahlen/ladepunkte/"
    assert response["Location"] == desk
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        bad = client.post(desk, {"month": "2024-6", "value": "viele", "source": "Liste"})
        assert bad.status_code == 422
        assert "viele" in bad.content.decode()
        good = {"month": "2024-05", "value": "1.234", "source": "Liste"}
        assert client.post(desk, good)["Location"] == desk
        refused = client.post(desk, {**good, "value": "1235"})
        assert refused.status_code == 409
        assert "Bitte sagen Sie in einem Satz, warum er sich ändert" in refused.content.decode()
        assert client.post(desk, {**good, "value": "1235", "reason": "Nachgezählt"}).status_code == 302
        page = text(client, "/verwaltung/kennzahlen/")
    assert "Mai 2024: 1.235" in page
    assert Value.objects.filter(computation__current=True).get().value == Decimal(1235)


def test_a_month_is_computed_again_at_the_desk(people: World, toy: Toy) -> None:
    toy.answers["2024-05", ""] = 7
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        compute_month(WORKER, key=KEY, month=date(2024, 5, 1))
        toy.answers["2024-05", ""] = 8
        client = people.client("coordinator")
        answer = client.post(f"/verwaltung/kennzahlen/{KEY}/", {"month": "2024-05", "reason": "Nachzügler"})
        assert answer.status_code == 302
        assert people.client("place_editor").get(f"/verwaltung/kennzahlen/{KEY}/").status_code == 403
    assert Computation.objects.get(key=KEY, current=True).reason == "Nachzügler"


def test_entering_an_example_marks_the_page(toy: Toy, client: Client) -> None:
    with at(datetime(2024, 6, 2, 9, tzinfo=UTC)):
        key = create_manual(WORKER, words={"name": "Bänke", "meaning": "Sitzen."}, is_example=True)
        enter_value(WORKER, key=key, month=date(2024, 5, 1), value=Decimal(3), source="erfunden")
    response = client.get("/kennzahlen/baenke/")
    assert response["X-Robots-Tag"] == "noindex"
    assert "Beispieldaten" in response.content.decode()
