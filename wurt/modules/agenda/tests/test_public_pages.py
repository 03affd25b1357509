"""The public pages say exactly what was published, to everybody the same, and nothing else."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from wurt.core.db import clock
from wurt.modules.agenda.actions.projects import rename_project, set_state
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import edit_report
from wurt.modules.agenda.models import Project, Report
from wurt.modules.agenda.queries.public_published import forget
from wurt.modules.agenda.tests.factories import JUNE, SYSTEM
from wurt.modules.agenda.tests.public_world import ADA, SECRET, build, client, counted, more

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visitor() -> Client:
    build()
    return client()


def words(visitor: Client, address: str) -> str:
    """The words of a page's content, one blank between them."""
    response = visitor.get(address)
    assert response.status_code == 200, (address, response.status_code)
    main = re.search(r"<main.*?</main>", response.content.decode(), re.S)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def test_home_tells_counts_newest_report_and_progress(visitor: Client) -> None:
    text = words(visitor, "/")
    assert "Gemeinsam weiter" in text
    assert "Projekte laufen 2" in text
    assert "ist geplant 1" in text
    assert "Der neueste Bericht ist der vom Mai 2024, veröffentlicht am 6. Juni 2024." in text
    assert "2 von 2 Projekten melden Fortschritte." in text
    assert "Zwölf Sensoren hängen." in text


def test_overview_groups_by_field_and_state(visitor: Client) -> None:
    text = words(visitor, "/projekte/")
    assert "3 von 3 Projekten werden angezeigt. Status laut Bericht Mai 2024." in text
    assert "Alle 3 Laufend 2 Geplant 1 Abgeschlossen 0" in text
    verwaltung = text[text.rindex("Verwaltung (2)") :]
    assert verwaltung.index("laufend") < verwaltung.index("Leihräder") < verwaltung.index("geplant")
    assert "geplant ab 2. Quartal 2025" in verwaltung
    bildung = text[text.rindex("Bildung (1)") : text.rindex("Verwaltung (2)")]
    assert "Sensornetz gelb Neuer Fortschritt Wasserstände für alle" in bildung


ALL = ["leihraeder", "oeffentliche-ladesaeulen", "sensornetz"]
FILTERS = {
    "feld=bildung": ["sensornetz"],
    "stand=planned": ["oeffentliche-ladesaeulen"],
    "status=yellow": ["sensornetz"],
    "status=red": [],
    "partner=amt-süd": ["sensornetz"],
    "ort=kreis": ALL,
    "ort=amt": [],
    "q=ÖFFENTLICHE": ["oeffentliche-ladesaeulen"],
    "q=überall": ["sensornetz"],
    "q=räder+leihen&stand=running": ["leihraeder"],
    "q=räder&stand=planned": [],
    f"q={SECRET}": [],
    "stand=unsinn": ALL,
}


def test_filters_and_their_csv_show_the_same(visitor: Client) -> None:
    for query, expected in FILTERS.items():
        page = visitor.get(f"/projekte/?{query}").content.decode()
        assert sorted(set(re.findall(r'href="/projekte/([\w-]+)/"', page))) == expected, query
        table = visitor.get(f"/daten/projekte.csv?{query}").content.decode("utf-8-sig").splitlines()
        assert sorted(line.split(";")[0] for line in table[1:]) == expected, query


def test_nothing_found_teaches(visitor: Client) -> None:
    text = words(visitor, "/projekte/?q=Raumfahrt")
    assert "0 von 3 Projekten werden angezeigt." in text
    assert "Zu dieser Auswahl gibt es kein Projekt" in text


def test_project_page(visitor: Client) -> None:
    text = words(visitor, "/projekte/sensornetz/")
    assert "Wie läuft es? Stand Mai 2024 gelb Der Sturm kam. Seit Mai 2024. Davor: grün" in text
    assert "Fortschritt in der Berichtsphase Zwölf Sensoren hängen." in text
    assert "Juni 2024 → September 2024 (einmal verschoben)" in text
    assert "April 2024 Messe Überfällig" in text
    assert "März 2024 Auftrag Erreicht am 5. März 2024" in text
    assert f"Projektleitung {ADA} – Amt Süd" in text
    assert "rund 10.000 Euro" in text
    assert "1. Februar 2024: Kreistag (DRS 1/24) – Start" in text
    assert "Melden Sie Standorte." in text
    assert "Dient den Zielen Mehr wissen" in text


def test_project_without_participation_gives_the_reason_and_the_county_contact(visitor: Client) -> None:
    text = words(visitor, "/projekte/leihraeder/")
    assert "Bei diesem Projekt gibt es keine Beteiligung. Der Grund: Der Rahmen steht fest." in text
    assert "Kontakt Schreiben Sie an agenda@nordland.example" in text
    assert "Projektleitung Leitung Räder" in text
    assert "Davor: keine Angabe" in text


def test_a_status_that_nobody_gave_is_never_green(visitor: Client) -> None:
    text = words(visitor, "/berichte/2024-04/")
    row = text[text.index("Leihräder keine Angabe") :]
    assert row.startswith("Leihräder keine Angabe keiner gemeldet")
    assert "Für diesen Monat hat niemand einen Status angegeben." not in text


def test_history_and_difference(visitor: Client) -> None:
    text = words(visitor, "/projekte/sensornetz/verlauf/?von=2024-04&bis=2024-05")
    assert "Von April 2024 bis Mai 2024 Status grün → gelb" in text
    assert "„Netz fertig“ wurde verschoben: Juni 2024 → September 2024." in text
    assert "„Messe“ ist neu, fällig: April 2024." in text
    assert "neu: Frost" in text
    assert "[entfernt: Elf ] [neu: Zwölf ] Sensoren hängen." in text.replace("hinzugefügt:", "neu:")


def test_difference_turns_months_around_and_refuses_unpublished_ones(visitor: Client) -> None:
    assert words(visitor, "/projekte/sensornetz/verlauf/?von=2024-05&bis=2024-04") == words(
        visitor, "/projekte/sensornetz/verlauf/?von=2024-04&bis=2024-05"
    )
    assert visitor.get("/projekte/sensornetz/verlauf/?von=2024-05&bis=2024-06").status_code == 404
    assert visitor.get("/projekte/sensornetz/verlauf/?von=unsinn&bis=2024-05").status_code == 404


def test_report_of_a_month_with_its_correction_and_the_older_version(visitor: Client) -> None:
    text = words(visitor, "/berichte/2024-04/")
    assert "Dieser Bericht wurde berichtigt Zahl der Sensoren berichtigt Einleitung April" in text
    assert "Fortschritte in diesen Projekten Sensornetz Was der Status" in text
    assert "Elf Sensoren hängen." in text
    assert "Zehn Sensoren" not in text
    assert "Fassung 2 vom 8. Mai 2024: Zahl der Sensoren berichtigt (hier angezeigt)" in text
    assert "Mai 2024 → Inhalt melden" in text
    old = words(visitor, "/berichte/2024-04/fassung/1/")
    assert "Dies ist eine ältere Fassung" in old
    assert "Zehn Sensoren hängen." in old


HIDDEN = [
    "/projekte/geheim-projekt/",
    "/projekte/geheim-projekt/steckbrief.pdf",
    "/projekte/geheim-projekt/neues.atom",
    "/projekte/geheim-projekt/meilensteine.ics",
    "/projekte/gibt-es-nicht/",
    "/berichte/2024-06/",
    "/berichte/2024-06/statusbericht.json",
    "/berichte/2024-13/",
    "/berichte/2024-04/fassung/3/",
    "/berichte/2024-04/fassung/0/",
    "/handlungsfelder/gibt-es-nicht/neues.atom",
    "/handlungsfelder/gibt-es-nicht/meilensteine.ics",
    "/gremien/gibt-es-nicht/",
    "/api/projects/geheim-projekt",
    "/api/months/2024-06",
    "/api/months/unsinn",
]


def test_what_is_not_public_does_not_exist(visitor: Client) -> None:
    assert Project.objects.filter(slug="geheim-projekt").exists()
    assert {address: visitor.get(address).status_code for address in HIDDEN} == dict.fromkeys(HIDDEN, 404)


def test_nothing_unpublished_can_be_reached_by_any_link(visitor: Client) -> None:
    """Follows every local link from the home page. Drafts, hidden projects, names without consent exist."""
    seen: set[str] = set()
    todo = ["/", "/api/openapi.json", "/api/projects/sensornetz", "/api/projects/sensornetz/reports"]
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        response = visitor.get(address)
        assert response.status_code in (200, 301, 302), address
        body = b"".join(response) if response.streaming else response.content
        assert SECRET.encode() not in body, address
        if response.get("Content-Type", "").startswith("text/html"):
            links = re.findall(r'href="(/[^"#]*)', body.decode())
            todo += [
                unescape(link)
                for link in links
                if not link.startswith(("/static/", "/konto/", "/arbeit/")) and "?" not in link
            ]
    assert {
        "/projekte/sensornetz/",
        "/berichte/2024-05/",
        "/berichte/2024-05/statusbericht.pptx",
        "/gremien/lenkungsgruppe/",
        "/daten/berichte.csv",
        "/meilensteine/",
        "/neues.atom",
    } <= seen


def test_names_only_with_consent(visitor: Client) -> None:
    text = words(visitor, "/gremien/lenkungsgruppe/")
    assert f"Amt Süd Amtsleitung {ADA}" in text
    assert "Amt Süd Stellvertretung –" in text
    assert f"{ADA}, Amt Süd" in words(visitor, "/berichte/2024-05/")


def test_old_addresses_lead_on(visitor: Client) -> None:
    row = Project.objects.get(slug="sensornetz")
    new = rename_project(SYSTEM, project=row.public_id, title="Wassersensoren")
    assert new == "wassersensoren"
    for tail in ("", "verlauf/?von=2024-04", "steckbrief.pdf", "neues.atom", "meilensteine.ics"):
        response = visitor.get(f"/projekte/sensornetz/{tail}")
        assert (response.status_code, response["Location"]) == (301, f"/projekte/wassersensoren/{tail}")
    assert visitor.get("/projekte/wassersensoren/").status_code == 200


def test_milestones_by_kind(visitor: Client) -> None:
    text = words(visitor, "/meilensteine/")
    assert "Alle 3 Überfällig 1 Offen 1 Ohne Termin 0 Verschoben 1 Erreicht 1" in text
    moved = words(visitor, "/meilensteine/?art=moved")
    assert "Netz fertig September 2024 Offen Jun 24 → Sep 24, einmal verschoben Sensornetz" in moved
    assert "Messe" not in moved


def test_timeline_has_a_table(visitor: Client) -> None:
    page = visitor.get("/zeitplan/").content.decode()
    assert page.count("<svg") > 1
    assert 'class="gantt' in page
    text = words(visitor, "/zeitplan/")
    assert "Sensornetz Bildung laufend Gelb 01.01.2024 31.12.2024" in text


def test_strategy_links_goals_to_projects(visitor: Client) -> None:
    text = words(visitor, "/strategie/")
    assert "Warum Darum." in text
    assert "Mehr wissen Daten für alle Diese Projekte dienen ihm: Sensornetz laufend" in text


def test_pages_are_kept_and_asked_again(visitor: Client) -> None:
    first = visitor.get("/projekte/")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not first.cookies
    again = visitor.get("/projekte/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    more(1)
    assert visitor.get("/projekte/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_posting_is_refused(visitor: Client) -> None:
    assert visitor.post("/projekte/").status_code == 405


ADDRESSES = [
    "/", "/projekte/", "/projekte/?q=sensor", "/projekte/sensornetz/", "/projekte/sensornetz/verlauf/",
    "/berichte/", "/berichte/2024-05/", "/zeitplan/", "/meilensteine/", "/strategie/", "/gremien/",
    "/neues.atom", "/meilensteine.ics", "/daten/projekte.csv", "/daten/kosten.csv", "/daten/berichte.csv",
    "/api/projects", "/api/projects/sensornetz", "/api/months", "/api/milestones", "/api/organisations",
    "/api/goals",
]  # fmt: skip


def test_as_many_queries_with_one_project_as_with_many(visitor: Client) -> None:
    def count(address: str) -> int:
        forget()
        with counted() as queries:
            assert visitor.get(address).status_code == 200
        return len(queries)

    before = {address: count(address) for address in ADDRESSES}
    more(3)
    after = {address: count(address) for address in ADDRESSES}
    assert after == before
    assert max(after.values()) <= 19  # cold: what is kept after a publication is read here, too


def test_a_status_from_an_older_month_names_its_month(visitor: Client) -> None:
    assert "Stand: " not in words(visitor, "/projekte/")
    bikes = Report.objects.get(month__month=JUNE)
    edit_report(SYSTEM, report=bikes.public_id, values={"status": "green", "status_reason": ""})
    publish_month(SYSTEM, month=JUNE)  # with one report only
    text = words(visitor, "/projekte/")
    assert "Status laut Bericht Juni 2024. Wo ein Status älter ist, steht sein Monat dabei." in text
    assert "Sensornetz grün Neuer Fortschritt Wasserstände" in text
    assert "Leihräder grün Stand: Mai 2024 Räder leihen" in text
    home = words(visitor, "/")
    assert "Darin berichten 1 von 2 laufenden Projekten; Berichte mit Fortschritt: 1." in home


def test_a_project_past_its_planned_end_says_so(visitor: Client) -> None:
    said = "Das geplante Ende (31. Dezember 2024) ist überschritten; ein neues Ende ist noch nicht genannt."
    with clock.at(datetime(2024, 12, 31, 12, tzinfo=UTC)):
        assert said not in words(visitor, "/projekte/sensornetz/")
    with clock.at(datetime(2025, 1, 1, 12, tzinfo=UTC)):
        assert said in words(visitor, "/projekte/sensornetz/")
        assert "überschritten" not in words(visitor, "/projekte/leihraeder/")
        row = Project.objects.get(slug="sensornetz")
        set_state(SYSTEM, project=row.public_id, step="complete")
        assert said not in words(visitor, "/projekte/sensornetz/")


def test_pages_say_which_day_they_count_from(visitor: Client) -> None:
    assert "Stand der Berichte: Mai 2024." in words(visitor, "/zeitplan/")
    assert "Überfällig ist, was vor Mai 2024 erreicht sein sollte." in words(visitor, "/meilensteine/")


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/berichte/", "Mit Fortschritt"),
        ("/berichte/2024-05/", "Fortschritt"),
        ("/projekte/sensornetz/", "Fortschritt"),
        ("/projekte/sensornetz/verlauf/", "Fortschritt"),
        ("/gremien/lenkungsgruppe/", "Funktion"),
    ],
)
def test_tables_become_cards_on_a_phone(visitor: Client, address: str, label: str) -> None:
    page = visitor.get(address).content.decode()
    assert page.count("<table") == page.count('<div class="wurt-table wurt-table--stack">') == 1
    assert f'data-label="{label}"' in page
