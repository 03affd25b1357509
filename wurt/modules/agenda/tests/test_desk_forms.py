"""Forms of the desk: nothing typed is lost, rules stand at their field, rows work without script."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.world import World
from wurt.core.audit.models import AuditEntry
from wurt.modules.agenda.actions.projects import edit_project
from wurt.modules.agenda.forms.base import PlannedField
from wurt.modules.agenda.models import Month, Project, Report
from wurt.modules.agenda.tests.desk_world import APRIL, SYSTEM, desk_world
from wurt.modules.agenda.tests.factories import MAY, month, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(writing: None) -> World:
    return desk_world()


@pytest.fixture
def client(world: World) -> Client:
    return world.client("coordinator")


def url(name: str, *more: str) -> str:
    return reverse(f"agenda:desk_{name}", args=more)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def rows(name: str, *values: dict[str, str]) -> dict[str, str]:
    sent = {f"{name}-TOTAL_FORMS": str(len(values)), f"{name}-INITIAL_FORMS": "0"}
    for number, row in enumerate(values):
        sent |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return sent


def test_profile_is_saved_and_the_next_page_says_so(client: Client) -> None:
    sent = {"goal": "Neu", "partners": "Amt Geest\n\nVerein ", "version": "1", "field": "verkehr"}
    answer = client.post(url("profile", "busse"), sent, follow=True)
    assert "Die Änderungen sind gespeichert." in text(answer)
    row = Project.objects.get(slug="busse")
    assert (row.goal, row.field.slug if row.field else "") == ("Neu", "verkehr")
    assert list(row.parties.values_list("role", "name")) == [("partner", "Amt Geest"), ("partner", "Verein")]


def test_bad_input_keeps_what_was_typed_and_leads_to_the_field(client: Client) -> None:
    answer = client.post(url("profile", "busse"), {"goal": "Mein Text", "start": "morgen", "version": "1"})
    page = text(answer)
    assert answer.status_code == 422
    assert "Mein Text" in page
    assert 'href="#id_start"' in page
    assert Project.objects.get(slug="busse").goal == ""


def test_a_broken_rule_stands_at_its_field(client: Client) -> None:
    sent = {"start": "2024-05-01", "end": "2024-04-01", "version": "1"}
    answer = client.post(url("profile", "busse"), sent)
    assert answer.status_code == 409
    assert '<a href="#id_end">Ende: Das Ende liegt vor dem Beginn. Bitte prüfen Sie die Daten.</a>' in text(
        answer
    )


def test_changed_meanwhile_shows_both_texts_and_the_next_save_counts(client: Client) -> None:
    row = Project.objects.get(slug="busse")
    edit_project(SYSTEM, project=row.public_id, values={"goal": "Text der anderen"})
    sent = {"goal": "Mein Text", "version": "1", "start": "2024-04-02"}
    answer = client.post(url("profile", "busse"), sent)
    page = text(answer)
    assert answer.status_code == 409
    assert "Jemand anderes hat das inzwischen geändert" in page
    assert (
        '<td class="kern-table__cell">Text der anderen</td><td class="kern-table__cell">Mein Text</td>'
        in page
    )
    assert Project.objects.get(slug="busse").goal == "Text der anderen"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    assert client.post(url("profile", "busse"), sent | {"version": version[1]}).status_code == 302
    assert Project.objects.get(slug="busse").goal == "Mein Text"


def test_the_same_form_sent_twice_is_carried_out_once(client: Client) -> None:
    sent = {"title": "Doppelt", "state": "planned", "once": "abc"}
    targets = [client.post(url("project_new"), sent)["Location"] for _ in range(2)]
    assert targets == [url("project", "doppelt")] * 2
    assert Project.objects.filter(title="Doppelt").count() == 1


def test_a_row_is_added_without_saving_and_without_losing_text(client: Client) -> None:
    sent: dict[str, Any] = {
        **rows("costs", {"text": "Masten", "amount": "12,50"}),
        "version": "1",
        "add_row": "costs",
    }
    answer = client.post(url("costs", "busse"), sent)
    page = text(answer)
    assert answer.status_code == 200
    assert 'value="Masten"' in page
    assert 'name="costs-TOTAL_FORMS" value="2"' in page
    assert Project.objects.get(slug="busse").costs.count() == 0


def test_the_last_progress_is_taken_over_beside_what_was_typed_and_nothing_is_saved(
    client: Client, world: World, writing: None
) -> None:
    busses = Project.objects.get(slug="busse")
    Report.objects.filter(project=busses).delete()
    report(APRIL, busses, progress="Mast steht.", has_progress=True)
    month(MAY)
    draft = report(MAY, busses, overall_state="Anfang.")
    page = text(client.get(url("report", "2024-05", "busse")))
    assert 'form="desk-form" name="carry"' in page
    sent = {**rows("milestones"), "overall_state": "Noch nicht gespeichert.", "version": "1", "carry": "yes"}
    answer = client.post(url("report", "2024-05", "busse"), sent)
    assert answer.status_code == 200
    assert "Noch nicht gespeichert.\n\nMast steht.</textarea>" in answer.content.decode().replace("\r", "")
    draft.refresh_from_db()
    assert draft.overall_state == "Anfang."


def test_rows_are_saved_in_the_order_of_their_numbers_and_empty_ones_are_left_out(client: Client) -> None:
    sent = rows(
        "costs",
        {"text": "Strom", "amount": "1.200,50", "kind": "yearly", "ORDER": "2"},
        {"text": "", "amount": "", "kind": "total", "ORDER": "3"},
        {"text": "Masten", "kind": "total", "ORDER": "1"},
    )
    assert client.post(url("costs", "busse"), {**sent, "version": "1"}).status_code == 302
    stored = [(c.text, str(c.amount), c.kind) for c in Project.objects.get(slug="busse").costs.all()]
    assert stored == [("Masten", "None", "total"), ("Strom", "1200.50", "yearly")]


def test_half_a_row_asks_for_the_rest(client: Client) -> None:
    answer = client.post(
        url("decisions", "busse"), {**rows("decisions", {"reference": "KT-1"}), "version": "1"}
    )
    assert answer.status_code == 422
    assert "Bitte füllen Sie das aus, oder leeren Sie die ganze Zeile." in text(answer)


def report_form(**values: str) -> dict[str, str]:
    return {"status": "green", "has_progress": "no", **rows("milestones"), **values}


def test_a_report_is_written(world: World) -> None:
    lead = world.client("lead")
    sent = report_form(
        status="yellow",
        status_reason="Sturm",
        has_progress="yes",
        progress="Ein Mast steht.",
        next_activities="Messen\nPrüfen",
        **rows("milestones", {"label": "Netz steht", "due": "2024-Q3", "done": ""}),
    )
    assert lead.post(url("report", "2024-04", "sensornetz"), sent).status_code == 302
    row = Report.objects.get(month__month=APRIL, project__slug="sensornetz")
    assert (row.status, row.status_reason, row.progress, row.has_progress) == (
        "yellow",
        "Sturm",
        "Ein Mast steht.",
        True,
    )
    assert row.next_activities == ["Messen", "Prüfen"]
    assert row.milestones == [{"label": "Netz steht", "due": "2024-Q3", "done": False, "done_on": None}]


def milestone_rows(world: World, *dues: str) -> HttpResponse:
    sent = report_form(**rows("milestones", *({"label": f"M{n}", "due": due} for n, due in enumerate(dues))))
    return world.client("lead").post(url("report", "2024-04", "sensornetz"), sent)


def test_due_dates_are_written_as_people_write_them_here(world: World) -> None:
    typed = ("31.05.2024", "Mai 2024", "Q3 2024", "3. Quartal 2024", "Q3 24", "2024-05", "offen", "")
    assert milestone_rows(world, *typed).status_code == 302
    row = Report.objects.get(month__month=APRIL, project__slug="sensornetz")
    assert [m["due"] for m in row.milestones] == [
        *("2024-05-31", "2024-05", "2024-Q3", "2024-Q3", "2024-Q3", "2024-05", None, None)
    ]
    page = text(world.client("lead").get(url("report", "2024-04", "sensornetz")))
    for shown in ("31.05.2024", "Mai 2024", "3. Quartal 2024"):
        assert f'value="{shown}"' in page
    assert page.count("Etwa 31.05.2024, Mai 2024 oder 3. Quartal 2024; leer, wenn unbekannt.") == 1


@pytest.mark.parametrize("typed", ["Herbst 2024", "31.02.2024", "bald"])
def test_a_date_that_is_none_is_refused_and_kept(world: World, typed: str) -> None:
    answer = milestone_rows(world, typed)
    assert answer.status_code == 422
    assert "Bitte geben Sie den Termin als Tag (31.05.2024)" in text(answer)
    assert f'value="{typed}"' in text(answer)


def test_a_yellow_status_without_reason_is_refused_at_the_reason(client: Client) -> None:
    answer = client.post(url("report", "2024-04", "sensornetz"), report_form(status="yellow"))
    assert answer.status_code == 409
    assert '<a href="#id_status_reason">Grund: Bitte sagen Sie, warum der Status nicht grün ist.</a>' in text(
        answer
    )
    assert Report.objects.get(month__month=APRIL, project__slug="sensornetz").status is None


def test_no_statement_stays_no_statement(client: Client) -> None:
    client.post(url("report", "2024-04", "busse"), report_form(status="", has_progress=""))
    row = Report.objects.get(month__month=APRIL, project__slug="busse")
    assert (row.status, row.progress, row.has_progress, row.milestones) == (None, None, False, None)


def test_the_month_names_what_is_missing_and_what_looks_wrong(client: Client) -> None:
    client.post(
        url("report", "2024-04", "busse"),
        report_form(**rows("milestones", {"label": "Fahrplan", "due": "2024-01"})),
    )
    page = text(client.get(url("month", "2024-04")))
    assert "Es wurde kein Status angegeben." in page
    assert "Ein Meilenstein ist überfällig: Fahrplan (Januar 2024)." in page
    assert "Der Status ist grün, obwohl etwas überfällig ist." in page


def test_publishing_asks_first_then_publishes_once(client: Client) -> None:
    page = url("month_publish", "2024-04")
    assert "2 ohne Angabe (Busse, Sensornetz)" in text(client.get(page)).replace("Projekte ", "")
    assert client.post(page, {}).status_code == 422
    assert Month.objects.get(month=APRIL).current is None
    version = Month.objects.get(month=APRIL).version
    assert client.post(page, {"sure": "on", "version": version}).status_code == 302
    answer = client.post(page, {"sure": "on", "version": version, "note": "Nochmal"})
    assert answer.status_code == 409
    assert Month.objects.get(month=APRIL).versions.count() == 1


def test_a_correction_needs_a_note_and_tells_what_changed(client: Client) -> None:
    client.post(url("report", "2024-03", "sensornetz"), report_form(status="red", status_reason="Geld"))
    page = url("month_publish", "2024-03")
    shown = text(client.get(page))
    assert "Berichtigung veröffentlichen" in shown
    assert "Es gibt Änderungen, die noch nicht veröffentlicht sind" in text(
        client.get(url("month", "2024-03"))
    )
    version = Month.objects.get(month__month=3).version
    assert client.post(page, {"sure": "on", "version": version}).status_code == 422
    assert client.post(page, {"sure": "on", "version": version, "note": "Status"}).status_code == 302
    current = Month.objects.get(month__month=3).current
    assert current is not None
    assert (current.number, current.note) == (2, "Status")


def test_home_names_the_oldest_first_and_only_own_work(world: World) -> None:
    page = text(world.client("lead").get(reverse("agenda:desk")))
    assert "Sensornetz" in page
    assert "Busse" not in page
    coordinator = text(world.client("coordinator").get(reverse("agenda:desk")))
    assert coordinator.index("Busse") < coordinator.index(
        "1 Meilenstein überfällig"
    )  # April before a milestone of June


def test_history_shows_who_changed_what_but_no_hidden_text(world: World, client: Client) -> None:
    client.post(
        url("profile", "busse"), {"contact": "geheim@example.org", "version": "1", "end": "2024-12-31"}
    )
    page = text(client.get(url("history", "busse")))
    assert "Erika coordinator" in page
    assert "Steckbrief geändert" in page
    assert "Ende: – → 31. Dezember 2024" in page
    assert "Kontakt" in page
    assert "agenda.edit_project" not in page
    assert "geheim" not in page


def test_list_is_filtered_alike_on_the_page_and_in_the_file(client: Client) -> None:
    page = text(client.get(url("projects"), {"q": "sensor"}))
    assert "Sensornetz" in page
    assert "Busse" not in page
    lines = client.get(url("projects_csv"), {"visible": "no"}).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Titel;Handlungsfeld;Stand;Federführung;Projektleitung;Beginn;Ende;Öffentlich;Adresse",
        "Busse;;laufend;;;2024-04-02;;nein;busse",
    ]


def test_milestones_move_up_and_are_ticked_by_buttons(world: World, client: Client) -> None:
    client.post(url("milestone_new", "sensornetz"), {"label": "Karte", "due": ""})
    row = Project.objects.get(slug="sensornetz")
    second = row.milestones.get(label="Karte")
    step = reverse("agenda:desk_milestone_button", args=["sensornetz", second.public_id])
    for name in ("up", "done"):
        assert client.post(step, {"step": name}).status_code == 302
    assert list(row.milestones.values_list("label", "done")) == [("Karte", True), ("Netz steht", False)]


def test_a_lead_cannot_write_elsewhere_and_nothing_is_recorded(world: World) -> None:
    lead = world.client("lead")
    before = AuditEntry.objects.count()
    assert lead.post(url("profile", "busse"), {"goal": "Fremd", "version": "1"}).status_code == 404
    assert lead.post(url("rename", "sensornetz"), {"title": "Fremd"}).status_code == 403
    assert lead.post(url("month_publish", "2024-04"), {"sure": "on"}).status_code == 404
    assert AuditEntry.objects.count() == before


def test_strategy_document_is_uploaded(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(content: bytes, version: str) -> HttpResponse:
        file = SimpleUploadedFile("strategie.pdf", content)
        return client.post(url("document_new"), {"kind": "strategy", "version_name": version, "file": file})

    assert send(b"%PDF-1.7 x", "1.0").status_code == 302
    assert send(b"\x89PNG\r\n\x1a\n", "1.1").status_code == 409
    assert "1.0" in text(client.get(url("documents")))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2025-Q3", "2025-Q3"),
        ("Q3 2025", "2025-Q3"),
        ("3. Quartal 2025", "2025-Q3"),
        ("Juli 2025", "2025-07"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("", ""),
        ("Herbst 2025", "Herbst 2025"),
        ("01.07.2025", "01.07.2025"),
    ],
)
def test_a_planned_start_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert PlannedField().clean(typed) == stored


def test_a_planned_start_is_shown_as_it_may_be_typed() -> None:
    field = PlannedField()
    shown = [field.prepare_value(value) for value in ("2025-Q3", "2025-07", "2025", "")]
    assert shown == ["3. Quartal 2025", "Juli 2025", "2025", ""]
    assert [field.clean(value) for value in shown] == ["2025-Q3", "2025-07", "2025", ""]
