"""Open data: JSON as its own schema says, CSV, feeds, calendars, files; the mark of invented records."""

import csv
import hashlib
import io
import json
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.files.storage import MARKDOWN, store
from wurt.core.indicators.actions.manual import create_manual, enter_value
from wurt.modules.agenda.models import Agenda, ImportBatch, ImportDocument, Month, MonthVersion
from wurt.modules.agenda.tests.factories import SYSTEM
from wurt.modules.agenda.tests.public_world import ADA, build, client

pytestmark = pytest.mark.django_db(transaction=True)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def visitor() -> Client:
    build()
    return client()


def data(visitor: Client, address: str) -> Any:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return json.loads(response.content)


def table(visitor: Client, address: str) -> list[dict[str, str]]:
    text = visitor.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def make_example() -> None:
    with writes_allowed("test"):
        Agenda.objects.update(is_example=True)


def test_api_of_the_agenda(visitor: Client) -> None:
    found = data(visitor, "/api/agenda")
    assert found["counts"] == {"planned": 1, "running": 2, "completed": 0, "stopped": 0}
    assert (found["latest_month"], found["licence"], found["attribution"]) == (
        "2024-05",
        "CC BY 4.0",
        "Kreis Nordland",
    )
    assert (found["example"], found["note"]) == (False, "")
    assert data(visitor, "/api/fields")["items"] == [
        {"key": "bildung", "name": "Bildung", "projects": 1},
        {"key": "verwaltung", "name": "Verwaltung", "projects": 2},
    ]


def test_api_pages_through_projects(visitor: Client) -> None:
    first = data(visitor, "/api/projects?limit=2")
    assert (first["count"], [item["key"] for item in first["items"]]) == (3, ["leihraeder", "sensornetz"])
    assert first["next"].endswith("/api/projects?limit=2&offset=2")
    second = data(visitor, "/api/projects?limit=2&offset=2")
    assert ([item["key"] for item in second["items"]], second["next"]) == (["oeffentliche-ladesaeulen"], None)
    running = data(visitor, "/api/projects?state=running&status=yellow")
    assert [(item["key"], item["status"]) for item in running["items"]] == [("sensornetz", "yellow")]
    assert visitor.get("/api/projects?state=unsinn").status_code == 422
    assert visitor.get("/api/projects?limit=100000").status_code == 422


def test_api_of_a_project(visitor: Client) -> None:
    found = data(visitor, "/api/projects/sensornetz")
    assert (found["lead"], found["months"]) == (ADA, ["2024-05", "2024-04"])
    assert found["report"]["status_reason"] == "Der Sturm kam."
    assert found["costs"] == [
        {"text": "rund 10.000 Euro", "amount": "10000.00", "kind": "total", "source": ""}
    ]
    assert [item["overdue"] for item in found["milestones"]] == [False, True, False]
    reports = data(visitor, "/api/projects/sensornetz/reports")["items"]
    assert [item["progress"] for item in reports] == ["Zwölf Sensoren hängen.", "Elf Sensoren hängen."]


def test_api_of_a_month_is_what_was_hashed(visitor: Client) -> None:
    response = visitor.get("/api/months/2024-04")
    stored = MonthVersion.objects.get(month__month="2024-04-01", number=2)
    assert hashlib.sha256(response.content).hexdigest() == stored.digest == response["X-Content-SHA256"]
    older = visitor.get("/api/months/2024-04?version=1")
    assert json.loads(older.content)["version"] == 1
    assert [(item["month"], item["version"]) for item in data(visitor, "/api/months")["items"]] == [
        ("2024-05", 1),
        ("2024-04", 2),
    ]


def test_api_tells_its_schema_and_answers_by_it(visitor: Client) -> None:
    schema = data(visitor, "/api/openapi.json")
    assert schema["openapi"].startswith("3.")
    assert set(schema["paths"]) == {
        f"/api/{path}"
        for path in (
            "agenda", "fields", "projects", "projects/{key}", "projects/{key}/reports", "months",
            "months/{month}", "milestones", "organisations", "goals", "indicators", "indicators/{key}",
        )
    }  # fmt: skip
    assert {method for methods in schema["paths"].values() for method in methods} == {"get"}
    for path, methods in schema["paths"].items():
        if "{" in path:
            continue
        shape = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        required = schema["components"]["schemas"][shape.rsplit("/", 1)[1]]["required"]
        assert set(required) <= data(visitor, path).keys(), path
    page = visitor.get("/api/docs").content.decode()
    assert "GET /api/projects/{key}/reports" in page
    assert "//" not in page.replace("https://", "").replace("http://", "").split("<script src=")[1][:60]


def test_figures_and_their_values(visitor: Client) -> None:
    with at(datetime(2024, 6, 3, 9, tzinfo=UTC)):
        key = create_manual(SYSTEM, words={"name": "Gäste", "meaning": "Wer kam.", "counts_people": True})
        for month, number in ((4, 3), (5, 17)):
            enter_value(SYSTEM, key=key, month=date(2024, month, 1), value=Decimal(number), source="gezählt")
    items = {item["key"]: item for item in data(visitor, "/api/indicators")["items"]}
    assert items["gaeste"]["hidden_below"] == 5
    assert items["agenda.on_time"]["kind"] == "flow"
    found = data(visitor, "/api/indicators/gaeste")
    assert [(row["month"], row["value"], row["fewer_than"]) for row in found["items"]] == [
        ("2024-04", None, 5),
        ("2024-05", "17", None),
    ]
    assert data(visitor, "/api/indicators/gaeste?place=gibt-es-nicht")["items"] == []


def test_tables(visitor: Client) -> None:
    stones = table(visitor, "/daten/meilensteine.csv?art=moved")
    assert [(row["Meilenstein"], row["Fällig"], row["Verschoben"]) for row in stones] == [
        ("Netz fertig", "2024-09", "Jun 24 → Sep 24, einmal verschoben")
    ]
    months = table(visitor, "/daten/statusberichte.csv")
    assert [(row["Monat"], row["Berichte"], row["grün"], row["keine Angabe"]) for row in months] == [
        ("2024-05", "2", "1", "0"),
        ("2024-04", "2", "1", "1"),
    ]
    assert [row["Projekt"] for row in table(visitor, "/daten/berichte.csv")] == [
        "Leihräder",
        "Sensornetz",
        "Leihräder",
        "Sensornetz",
    ]
    assert len(table(visitor, "/daten/kosten.csv")) == 1
    assert len(table(visitor, "/daten/beschluesse.csv")) == 1
    assert [row["Projekte"] for row in table(visitor, "/daten/ziele.csv")] == ["sensornetz"]


def test_feeds(visitor: Client) -> None:
    def titles(address: str) -> list[str]:
        tree = ET.fromstring(visitor.get(address).content)
        return [entry.findtext(f"{ATOM}title") or "" for entry in tree.iter(f"{ATOM}entry")]

    assert sorted(titles("/neues.atom")) == [
        "Leihräder – Mai 2024",
        "Sensornetz – April 2024",
        "Sensornetz – Mai 2024",
        "Statusbericht April 2024, berichtigt",
        "Statusbericht Mai 2024",
    ]
    assert titles("/handlungsfelder/bildung/neues.atom") == [
        "Sensornetz – Mai 2024",
        "Sensornetz – April 2024",
    ]
    assert titles("/projekte/leihraeder/neues.atom") == ["Leihräder – Mai 2024", "Leihräder – April 2024"]


def test_calendars(visitor: Client) -> None:
    def events(address: str) -> list[tuple[str, str, str]]:
        calendar = Calendar.from_ical(visitor.get(address).content)
        return [(str(e["uid"]), str(e["summary"]), str(e["dtstart"].dt)) for e in calendar.walk("VEVENT")]

    found = events("/projekte/sensornetz/meilensteine.ics")
    assert [day for _uid, _title, day in found] == ["2024-03-31", "2024-04-30", "2024-09-30"]
    assert len({uid for uid, _title, _day in found}) == 3
    assert found == events("/meilensteine.ics") == events("/handlungsfelder/bildung/meilensteine.ics")
    assert events("/projekte/leihraeder/meilensteine.ics") == []
    assert "meilensteine.ics" not in visitor.get("/projekte/leihraeder/").content.decode()
    assert "sensornetz/meilensteine.ics" in visitor.get("/projekte/sensornetz/").content.decode()
    assert visitor.get("/meilensteine.ics")["Cache-Control"] == "public, max-age=900"


def test_files_of_a_month_and_of_a_project(visitor: Client) -> None:
    heads = {"pdf": b"%PDF-", "pptx": b"PK", "json": b"{", "csv": "\ufeff".encode()}
    for kind, head in heads.items():
        response = visitor.get(f"/berichte/2024-05/statusbericht.{kind}")
        assert response.content.startswith(head), kind
        assert f"statusbericht-2024-05.{kind}" in response["Content-Disposition"]
    older = data(visitor, "/berichte/2024-04/fassung/1/statusbericht.json")
    assert older["facts"]["reports"][1]["progress"] == "Zehn Sensoren hängen."
    assert visitor.get("/projekte/sensornetz/steckbrief.pdf").content.startswith(b"%PDF-")
    assert visitor.get("/projekte/steckbriefe.pdf").content.startswith(b"%PDF-")


def test_invented_records_are_marked_everywhere_and_kept_from_robots(visitor: Client) -> None:
    assert b"Beispieldaten" not in visitor.get("/projekte/").content
    assert (
        visitor.get("/robots.txt").content == b"User-agent: *\nDisallow: /konto/login/\nDisallow: /arbeit/\n"
    )
    make_example()
    for address in (
        "/",
        "/projekte/",
        "/projekte/sensornetz/",
        "/berichte/",
        "/berichte/2024-05/",
        "/daten/",
    ):
        response = visitor.get(address)
        assert response["X-Robots-Tag"] == "noindex", address
        assert b"Beispieldaten" in response.content, address
        assert b'<meta name="robots" content="noindex">' in response.content, address
    assert visitor.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    found = data(visitor, "/api/projects")
    assert (found["example"], found["note"]) == (True, "Beispieldaten")
    assert "Beispieldaten" in visitor.get("/neues.atom").content.decode()
    assert "Beispieldaten" in visitor.get("/meilensteine.ics").content.decode()
    assert "beispieldaten" in visitor.get("/daten/projekte.csv")["Content-Disposition"]


def test_imported_original_only_when_it_was_taken_over_before_publishing(visitor: Client) -> None:
    def stored(name: str, state: str, month: str, applied: datetime | None) -> str:
        with writes_allowed("test"):
            file = store(b"# Bericht", name=name, purpose="agenda.import", allowed=[MARKDOWN])
            batch = ImportBatch.objects.create(agenda=Agenda.objects.get(), state=state, applied_at=applied)
            ImportDocument.objects.create(
                batch=batch, file=file, month=Month.objects.get(month=f"{month}-01")
            )
        return str(file.public_id)

    early = datetime(2024, 5, 1, tzinfo=UTC)
    taken = stored("april.md", "applied", "2024-04", early)
    waiting = stored("nachtrag.md", "review", "2024-04", None)
    late = stored("spaeter.md", "applied", "2024-04", datetime(2024, 7, 1, tzinfo=UTC))
    draft = stored("juni.md", "applied", "2024-06", early)
    response = visitor.get(f"/berichte/2024-04/original/{taken}/")
    assert (response.status_code, b"".join(response)) == (200, b"# Bericht")
    page = visitor.get("/berichte/2024-04/").content.decode()
    assert "Original: april.md" in page
    assert "nachtrag.md" not in page
    for month, file in (("2024-04", waiting), ("2024-04", late), ("2024-06", draft), ("2024-05", taken)):
        assert visitor.get(f"/berichte/{month}/original/{file}/").status_code == 404
    addresses = [f"/dateien/{file}/" for file in (taken, waiting, late, draft)]
    assert [visitor.get(address).status_code for address in addresses] == [200, 404, 404, 404]
