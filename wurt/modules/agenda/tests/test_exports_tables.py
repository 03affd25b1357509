"""CSV, JSON, calendar and feed of a month."""

import dataclasses
import json
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from icalendar import Calendar

from wurt.modules.agenda.domain.snapshot import (
    CostFact,
    MilestoneFact,
    ProfileFact,
    canonical_json,
    digest,
    month_from_json,
)
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.blocks import Block, blocks
from wurt.modules.agenda.exports.feeds import CalendarEntry, FeedEntry, atom_feed, calendar_ics
from wurt.modules.agenda.exports.tables import (
    costs_csv,
    decisions_csv,
    milestones_csv,
    month_json,
    projects_csv,
    reports_csv,
    rows_csv,
)
from wurt.modules.agenda.tests.export_fixture import NAMES, example_month, real_month

WHEN = datetime(2024, 5, 2, 9, 30, tzinfo=UTC)


def lines(table: bytes) -> list[str]:
    assert table.startswith(b"\xef\xbb\xbf")
    text = table.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").split("\r\n")


def test_milestones_csv() -> None:
    found = lines(milestones_csv(example_month().reports[:1]))
    assert found == [
        "Kennung;Projekt;Meilenstein;Fällig;Spätestens fällig;Stand;Erledigt am;Verschoben;"
        "Anzahl Verschiebungen;Kennzeichnung",
        "lesepaten;Lesepaten;Konzept beschlossen;2024-01-15;2024-01-15;erledigt;2024-01-15;;0;Beispieldaten",
        "lesepaten;Lesepaten;Schulung der Paten;2024-03;2024-03-31;überfällig;;;0;Beispieldaten",
        "lesepaten;Lesepaten;Start der Erprobung;2024-05;2024-05-31;offen;;;0;Beispieldaten",
        "lesepaten;Lesepaten;Auswertung;2024-Q3;2024-09-30;offen;;"
        "Jun 24 → Q3 2024, einmal verschoben;1;Beispieldaten",
        "lesepaten;Lesepaten;Übergabe an den Betrieb;2024-09;2024-09-30;offen;;"
        "Jun 24 → Sep 24, zweimal verschoben;2;Beispieldaten",
        "lesepaten;Lesepaten;Ausweitung auf alle Gemeinden;;;offen;;;0;Beispieldaten",
    ]


def test_projects_csv() -> None:
    profiles = [report.profile for report in real_month().reports[:2]]
    assert lines(projects_csv(profiles, NAMES))[1:] == [
        "lesepaten;Lesepaten;Bildung;laufend;Tomke Behrens – Kreis Musterland;2023-01-01;2024-12-31;"
        "Amt Nordheide, Stadt Südhafen;Volkshochschule Musterland;"
        "Das Projekt Lesepaten macht einen Weg kürzer.;"
        "Es wird gemeinsam geplant, erprobt und ausgewertet.;Bürgerversammlung am 3. Mai 2024.;",
        "hofmarkt;Hofmarkt;Wirtschaft;laufend;Projektleitung – Kreis Musterland;2023-01-01;2024-12-31;"
        "Amt Nordheide, Stadt Südhafen;Volkshochschule Musterland;"
        "Das Projekt Hofmarkt macht einen Weg kürzer.;"
        "Es wird gemeinsam geplant, erprobt und ausgewertet.;;",
    ]


def test_reports_csv_guards_against_formulas_and_keeps_missing_status() -> None:
    month = example_month()
    chosen = dataclasses.replace(month, reports=month.reports[2:4])
    assert lines(reports_csv([chosen]))[1:] == [
        "2024-04;2;busruf;Rufbus „Op'n Padd“ <Nord> & Süd;Rot;;Die Förderung wurde abgelehnt.;;"
        '"\'=HYPERLINK(""böse"")";;CC BY 4.0;Beispieldaten;',
        "2024-04;2;sensoren;Pegel- und Wettersensoren;keine Angabe;;;Unverändert.;;;CC BY 4.0;Beispieldaten;",
    ]


def test_costs_and_decisions_csv() -> None:
    profile = real_month().reports[0].profile
    assert lines(costs_csv([profile])) == [
        "Kennung;Projekt;Kosten;Betrag in Euro;Art;Quelle;Kennzeichnung",
        "lesepaten;Lesepaten;Fördermittel;12500,5;grant;Haushalt 2024;",
    ]
    assert lines(decisions_csv([profile])) == [
        "Kennung;Projekt;Gremium;Beschlossen am;Aktenzeichen;Beschluss;Kennzeichnung",
        "lesepaten;Lesepaten;Kreistag;2023-12-12;DRS 17/23;Start der Lesepaten;",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert rows_csv(["A"], [[text]]).decode("utf-8-sig") == f"A\r\n'{text}\r\n"


def test_numbers_are_written_in_german_and_never_guarded() -> None:
    table = rows_csv(["A", "B", "C"], [[Decimal("-1234.50"), -3, date(2024, 5, 1)]])
    assert lines(table) == ["A;B;C", "-1234,50;-3;2024-05-01"]


def test_rows_and_columns_must_agree() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells, the table 2 columns"):
        rows_csv(["A", "B"], [["1"]])


def test_month_json_can_be_checked_by_anybody() -> None:
    month = example_month()
    document = json.loads(month_json(month, names=NAMES))
    again = month_from_json(json.dumps(document["facts"]))
    assert again == month
    assert digest(canonical_json(again)) == document["sha256"] == digest(canonical_json(month))
    canonical = json.dumps(document["facts"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest(canonical) == document["sha256"]
    assert document["licence"] == {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/deed.de",
        "attribution": "Kreis Musterland",
    }
    assert document["note"] == "Beispieldaten"
    assert document["names"] == {"person-1": "Tomke Behrens"}


def test_month_json_of_real_data_has_no_mark_and_no_name_by_itself() -> None:
    text = month_json(real_month())
    assert "Beispieldaten" not in text
    assert "Tomke Behrens" not in text


def test_calendar_has_all_day_events_on_the_last_possible_day() -> None:
    report = example_month().reports[0]
    entries = [
        CalendarEntry(f"m{n}@agenda.example", "Lesepaten", item, WHEN, f"https://agenda.example/m/{n}", True)
        for n, item in enumerate(report.milestones)
    ]
    made = calendar_ics(entries, name="Digitale Agenda")
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [
        (str(e["UID"]), e["DTSTART"].dt, e["DTEND"].dt, str(e["SUMMARY"]), int(e["SEQUENCE"])) for e in events
    ] == [
        ("m0@agenda.example", date(2024, 1, 15), date(2024, 1, 16),
         "Beispieldaten: Lesepaten: Konzept beschlossen (erledigt am 15. Januar 2024)", 0),
        ("m1@agenda.example", date(2024, 3, 31), date(2024, 4, 1),
         "Beispieldaten: Lesepaten: Schulung der Paten (im März 2024 fällig)", 0),
        ("m2@agenda.example", date(2024, 5, 31), date(2024, 6, 1),
         "Beispieldaten: Lesepaten: Start der Erprobung (im Mai 2024 fällig)", 0),
        ("m3@agenda.example", date(2024, 9, 30), date(2024, 10, 1),
         "Beispieldaten: Lesepaten: Auswertung (im 3. Quartal 2024 fällig)", 1),
        ("m4@agenda.example", date(2024, 9, 30), date(2024, 10, 1),
         "Beispieldaten: Lesepaten: Übergabe an den Betrieb (im September 2024 fällig)", 2),
    ]  # fmt: skip
    assert "überfällig" in str(events[1]["DESCRIPTION"])
    assert calendar_ics(entries, name="Digitale Agenda") == made


def test_atom_feed_is_newest_first_and_marked() -> None:
    entries = [
        FeedEntry("Alt <&>", "https://a.example/1", "tag:a.example,2024:1", WHEN, "Erstes", "Kreis"),
        FeedEntry("Neu", "https://a.example/2", "tag:a.example,2024:2", WHEN.replace(day=3), example=True),
    ]
    feed = atom_feed(
        entries, title="Agenda", url="https://a.example/", feed_url="https://a.example/f", example=True
    )
    root = ET.fromstring(feed)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert [item.text for item in root.findall("a:entry/a:title", space)] == ["Beispieldaten: Neu", "Alt <&>"]
    assert root.findtext("a:title", namespaces=space) == "Agenda (Beispieldaten)"
    assert root.findtext("a:updated", namespaces=space) == "2024-05-03T09:30:00+00:00"


def test_words_of_dates_and_shifts() -> None:
    with wording.german():
        assert [wording.due_text(due) for due in ("2024-05-14", "2024-05", "2024-Q1", None)] == [
            "14. Mai 2024", "Mai 2024", "1. Quartal 2024", "offen",
        ]  # fmt: skip
        assert wording.due_short("2024-03") == "Mrz 24"
        late = MilestoneFact("x", "2024-01", done=True, overdue=True)
        assert wording.milestone_word(late) == "erledigt"
    for wrong in ("2024", "05/2024", "2024-Q5"):
        with pytest.raises(ValueError, match="not a due date"):
            wording.parse_due(wrong)


def test_cost_shows_the_amount_only_where_the_words_do_not() -> None:
    assert wording.cost_text(CostFact("Fördermittel", Decimal("1234.5"))) == "Fördermittel: 1.234,50\u00a0€"
    assert wording.cost_text(CostFact("rund 20 Tsd. €", Decimal(20000))) == "rund 20 Tsd. €"


def test_span_of_a_project_with_open_ends() -> None:
    profile = ProfileFact(key="x", title="X", field="", state="running")
    with wording.german():
        assert wording.span_text(profile) == "keine Angabe"
        started = dataclasses.replace(profile, start=date(2024, 1, 2))
        assert wording.span_text(started) == "02.01.2024 – Ende offen"


def test_free_text_becomes_paragraphs_and_lists() -> None:
    text = "Erster\nSatz.\n\n• eins\n  weiter\n- zwei\n\nBürger*innen sind\n*innen"
    assert blocks(text) == (
        Block(False, ("Erster Satz.",)),
        Block(True, ("eins weiter", "zwei")),
        Block(False, ("Bürger*innen sind *innen",)),
    )
    assert blocks(None) == blocks(" \n\n ") == ()
