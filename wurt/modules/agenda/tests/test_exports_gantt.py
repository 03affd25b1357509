"""The timeline: well formed, without inline style, readable without colour, the same as its table."""

import xml.etree.ElementTree as ET
from datetime import date

from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.exports.gantt import GanttRow, gantt
from wurt.modules.agenda.tests.export_fixture import example_month

TODAY = date(2024, 4, 15)
SVG = "{http://www.w3.org/2000/svg}"


def rows() -> list[GanttRow]:
    running = [
        GanttRow(
            report.profile.title, f"/projekte/{report.profile.key}/", report.profile.field, "running",
            report.status, report.profile.start, report.profile.end, report.milestones, True,
        )
        for report in example_month().reports
    ]  # fmt: skip
    return [
        *running,
        GanttRow("Geplantes", "/x/", "Mobilität", "planned", None, date(2025, 1, 1), date(2026, 3, 1)),
        GanttRow("<b>Böse</b>", "javascript:alert(1)", "Daten", "stopped", None, date(2022, 5, 1), None),
    ]


def drawn(today: date = TODAY) -> ET.Element:
    return ET.fromstring(gantt(rows(), today=today).svg)


def test_is_well_formed_and_has_no_style_attribute_or_script() -> None:
    for element in drawn().iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith(("script", "style"))
        assert not any(name.startswith("on") for name in element.attrib)


def test_is_named_and_described() -> None:
    root = drawn()
    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == (
        "group", "gantt-title", "gantt-desc",
    )  # fmt: skip
    assert root.find(f"{SVG}title").text == "Zeitstrahl aller Projekte"
    assert root.find(f"{SVG}desc").text == (
        "10 Projekte auf einer Zeitachse. Die Tabelle darunter sagt dasselbe in Worten."
    )


def test_links_lead_to_projects_and_only_to_the_web() -> None:
    links = [link.get("href") for link in drawn().iter(f"{SVG}a")]
    assert "/projekte/lesepaten/" in links
    assert len(links) == 9
    assert "javascript:alert(1)" not in gantt(rows(), today=TODAY).svg


def test_text_is_escaped() -> None:
    svg = gantt(rows(), today=TODAY).svg
    assert "&lt;b&gt;Böse&lt;/b&gt; – eingestellt" in svg
    assert "<b>" not in svg


def test_groups_by_field_and_says_state_and_status_in_words() -> None:
    texts = [element.text for element in drawn().iter(f"{SVG}text")]
    fields = [
        text
        for text in texts
        if text in {"Bildung", "Daten", "Digitale Verwaltung", "Mobilität", "Wirtschaft"}
    ]
    assert fields == ["Bildung", "Daten", "Digitale Verwaltung", "Mobilität", "Wirtschaft"]
    assert "Lesepaten – laufend, Grün" in texts
    assert "Pegel- und Wettersensoren – laufend, keine Angabe" in texts
    assert "Dorf-App – laufend, Grün (ohne Zeitangabe)" in texts
    assert "Heute, 15.04.2024" in texts
    assert "Beispieldaten" in texts


def test_bars_are_where_their_dates_are() -> None:
    bars = {
        bar.find(f"{SVG}title").text: bar
        for bar in drawn().iter(f"{SVG}rect")
        if bar.find(f"{SVG}title") is not None
    }
    # The axis has 48 months from April 2022; to fill 1100 a month is 22 wide, the edge 12: January 2023 is
    # 9 months in.
    bar = bars["Lesepaten: 01.01.2023 – 31.12.2024"]
    assert float(bar.get("x")) == 12 + 9 * 22
    assert float(bar.get("width")) == 527.3
    assert bar.get("fill") == "url(#gantt-running)"
    open_ended = bars["<b>Böse</b>: 01.05.2022 – Ende offen"]
    assert open_ended.get("stroke-dasharray") == "5 3"
    assert open_ended.get("fill") == "url(#gantt-stopped)"


def test_planned_projects_stand_from_their_planned_start_with_an_open_end() -> None:
    planned = [
        GanttRow("Quartal", "/q/", "", "planned", planned_start="2024-Q3"),
        GanttRow("Jahr", "/j/", "", "planned", planned_start="2025"),
    ]
    chart = gantt(planned, today=TODAY)
    bars = {bar[0].text: bar for bar in ET.fromstring(chart.svg).iter(f"{SVG}rect") if len(bar)}
    quarter = bars["Quartal: geplant: 3. Quartal 2024 – Ende offen"]
    # 12 months from July 2024, each 89 wide.
    assert (float(quarter.get("x")), float(quarter.get("width"))) == (12, 12 * 89)
    assert (quarter.get("fill"), quarter.get("stroke-dasharray")) == ("url(#gantt-planned)", "5 3")
    assert float(bars["Jahr: geplant: 2025 – Ende offen"].get("x")) == 12 + 6 * 89
    assert [row[4] for row in chart.rows] == ["geplant: 3. Quartal 2024", "geplant: 2025"]


def test_today_is_drawn_only_inside_the_time_shown() -> None:
    texts = [element.text for element in drawn(date(2031, 1, 1)).iter(f"{SVG}text")]
    assert not [text for text in texts if text and text.startswith("Heute")]
    assert "Lesepaten – laufend, Grün" in texts


def test_the_bar_of_a_running_project_has_the_class_of_its_status() -> None:
    bars = {bar[0].text: bar.get("class") for bar in drawn().iter(f"{SVG}rect") if len(bar)}
    assert bars["Lesepaten: 01.01.2023 – 31.12.2024"] == "gantt-bar gantt-bar-green"
    assert bars["Geplantes: 01.01.2025 – 01.03.2026"] == "gantt-bar"


def test_milestones_differ_by_shape() -> None:
    marks = {
        group.find(f"{SVG}title").text: (
            group.get("class").split()[-1], group[1].tag.removeprefix(SVG), group[1].get("fill"),
        )
        for group in drawn().iter(f"{SVG}g")
        if group.get("class", "").startswith("gantt-milestone")
    }  # fmt: skip
    done = marks["Konzept beschlossen: 15. Januar 2024, erledigt am 15. Januar 2024"]
    assert done == ("gantt-milestone-done", "polygon", "currentColor")
    assert marks["Schulung der Paten: März 2024, überfällig"] == ("gantt-milestone-overdue", "path", None)
    assert marks["Start der Erprobung: Mai 2024, offen"] == ("gantt-milestone-open", "polygon", "none")


def test_ids_can_be_kept_apart() -> None:
    root = ET.fromstring(gantt(rows(), today=TODAY, prefix="zwei").svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(value.startswith("zwei-") for value in ids)


def test_table_says_the_same() -> None:
    chart = gantt(rows(), today=TODAY)
    assert chart.columns == (
        "Projekt", "Handlungsfeld", "Stand", "Status", "Projektstart", "Projektende", "Meilensteine",
    )  # fmt: skip
    table = {row[0]: row for row in chart.rows}
    assert table["Hofmarkt"] == (
        "Hofmarkt", "Wirtschaft", "laufend", "Gelb", "01.01.2023", "31.12.2024",
        "Start der Plattform: Juni 2024 (offen)",
    )  # fmt: skip
    assert table["Geplantes"][2:5] == ("geplant", "–", "01.01.2025")
    assert table["Dorf-App"][4:] == ("keine Angabe", "keine Angabe", "–")


def test_an_agenda_without_projects_and_far_dates_stay_bounded() -> None:
    assert ET.fromstring(gantt([], today=TODAY).svg).get("width") == "1092"
    far = GanttRow(
        "Weit",
        "/w/",
        "",
        "running",
        "green",
        date(1900, 1, 1),
        date(2999, 1, 1),
        (MilestoneFact("M", "2500"),)[:0],
    )
    assert float(ET.fromstring(gantt([far], today=TODAY).svg).get("width")) <= 24 + 21 * 12 * 15
