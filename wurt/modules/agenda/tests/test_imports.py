"""Reviewing, applying and taking back invented reports: what is written, kept, refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from wurt.core.action.actor import ANONYMOUS, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.models import Organisation, OrganisationAlias, Person
from wurt.modules.agenda.actions import imports_run
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_read import upload_import
from wurt.modules.agenda.actions.imports_review import (
    Decisions,
    accept_certain_items,
    review_item,
    skip_item,
)
from wurt.modules.agenda.actions.imports_undo import take_back
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import edit_report
from wurt.modules.agenda.domain.snapshot import month_from_json
from wurt.modules.agenda.importing import Limits
from wurt.modules.agenda.models import Agenda, Field, ImportBatch, ImportItem, Month, Project, Report
from wurt.modules.agenda.queries.imports import batch as batch_of
from wurt.modules.agenda.tests import factories, variants, variants_slides
from wurt.modules.agenda.tests.factories import SYSTEM, actor, county
from wurt.modules.agenda.tests.import_steps import (
    accept,
    accept_all,
    dump,
    item_named,
    items,
    of_paths,
    read,
    reports,
    view,
)
from wurt.modules.agenda.tests.variants import Project as Printed
from wurt.modules.agenda.tests.variants import Report as PrintedReport

pytestmark = pytest.mark.django_db

CALENDAR = Printed("Kulturkalender für alle Orte", organisation="Amt Süd")
PERMIT = Printed("Digitaler Bauantrag", person="Jens Ölckers", organisation="Amt Süd", end="31.12.2026")
FEBRUARY = PrintedReport("Februar 2025", [CALENDAR, PERMIT], listed=("Kulturkalender für alle Orte",))
FIRST = date(2025, 2, 1)


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def printed(report: PrintedReport = FEBRUARY, name: str = "februar.txt") -> tuple[str, bytes]:
    return name, variants.text(report).encode()


def changed(**values: object) -> PrintedReport:
    return replace(FEBRUARY, projects=[replace(CALENDAR, **values), PERMIT])  # type: ignore[arg-type]


def stored(report: PrintedReport = FEBRUARY, name: str = "februar.txt") -> UUID:
    batch = read([printed(report, name)])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    return batch


def calendar() -> Report:
    return reports()["2025-02", CALENDAR.title]


# --- reading and storing


def test_nothing_is_stored_before_somebody_accepts() -> None:
    before = dump()
    batch = read([printed()])
    assert apply_import(SYSTEM, batch=batch) == 0
    assert dump() == before
    assert view(batch).state == "review"


def test_accepted_items_become_drafts_that_only_staff_see() -> None:
    batch = read([printed()])
    accept(item_named(batch, CALENDAR.title))
    assert apply_import(SYSTEM, batch=batch) == 1
    assert view(batch).state == "review"
    project = Project.objects.get()
    assert (project.title, project.state, project.public_since) == (CALENDAR.title, "running", None)
    assert (str(project.lead_organisation), str(project.lead)) == ("Amt Süd", "Ida Behrens")
    assert project.lead.name_public_since is None
    assert Month.objects.get().current is None
    report = calendar()
    assert report.status == "green"
    assert report.progress == CALENDAR.progress
    assert report.has_progress is True
    assert [(m["label"], m["due"]) for m in report.milestones] == [
        ("Auswahl der Software", "2025-05"),
        ("Schulung der Redaktion", "2025-Q3"),
        ("Start", "2025-12"),
        ("Abschluss", "2026-Q2"),
    ]
    assert list(project.parties.filter(role="partner").values_list("organisation__name", flat=True)) == [
        "Stadt Nordhausen an der Au",
        "Gemeinde Tümpelbach",
    ]
    assert not Organisation.objects.filter(name="Musikschule Osterau e.V.").exists()


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_pdf_and_slides_say_the_same_as_text(kind: str, tmp_path: Path) -> None:
    maker = variants.pdf if kind == "pdf" else variants_slides.pptx
    batch = read(of_paths([maker(tmp_path / f"februar.{kind}", FEBRUARY)]))
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    report = calendar()
    assert (report.status, report.goal, report.progress) == ("green", CALENDAR.goal, CALENDAR.progress)
    assert [m["due"] for m in report.milestones] == ["2025-05", "2025-Q3", "2025-12", "2026-Q2"]
    assert (report.start, report.end) == (date(2025, 2, 1), date(2027, 3, 31))


def test_the_same_file_twice_changes_nothing() -> None:
    first = stored()
    before = dump(traces=True)
    assert upload_import(SYSTEM, files=[printed(name="anders benannt.txt")]) == first
    assert dump(traces=True) == before


def test_another_file_that_says_the_same_is_already_stored() -> None:
    stored()
    before = dump()
    name, content = printed()
    batch = read([(name, content + b"\n\n")])
    assert {item.state for item in items(batch)} == {"same"}
    assert view(batch).state == "applied"
    assert dump() == before


def test_what_is_absent_empties_nothing() -> None:
    stored()
    before = calendar()
    batch = read([printed(changed(milestones=(), state=None, risks=()), "kurz.txt")])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    after = calendar()
    assert (after.milestones, after.overall_state, after.risks) == (
        before.milestones,
        before.overall_state,
        before.risks,
    )


def test_taking_only_the_certain_leaves_the_doubtful_in_review() -> None:
    doubtful = changed(milestones=(("Auswahl", "Herbst 2025"), ("Start", "Dez 25")))
    batch = read([printed(doubtful)])
    apply_import(SYSTEM, batch=batch, accept_certain=True)
    assert calendar().milestones == [{"label": "Start", "due": "2025-12", "done": False, "done_on": None}]
    waiting = [item for item in items(batch) if item.state == "review"]
    assert [item.title for item in waiting] == [CALENDAR.title]
    milestones = next(f for f in waiting[0].fields if f.name == "milestones")
    assert milestones.open
    rows = [{**row, "ambiguous": False} for row in milestones.data["value"]]
    rows[0]["due"] = "2025-Q3"
    accept(waiting[0], milestones=rows)
    apply_import(SYSTEM, batch=batch)
    assert [m["due"] for m in calendar().milestones] == ["2025-Q3", "2025-12"]
    assert view(batch).state == "applied"


def test_items_without_doubts_are_accepted_together() -> None:
    batch = read([printed(changed(milestones=(("Auswahl", "Herbst 2025"),)))])
    assert accept_certain_items(SYSTEM, batch=batch) == 2
    states = {item.title or "summary": item.state for item in items(batch)}
    assert states == {CALENDAR.title: "review", PERMIT.title: "accepted", "summary": "accepted"}


def test_an_item_with_a_warning_waits_for_a_person() -> None:
    batch = read([printed()])
    warning = {"code": "status_unknown", "severity": "warn", "params": {}, "place": "status"}
    with writes_allowed("test"):
        ImportItem.objects.filter(title=CALENDAR.title).update(warnings=[warning])
    before = view(batch).certain
    assert accept_certain_items(SYSTEM, batch=batch) == before == 2
    assert item_named(batch, CALENDAR.title).state == "review"


def test_a_new_project_gets_the_field_of_action_that_was_chosen() -> None:
    with writes_allowed("test"):
        area = Field.objects.create(agenda=Agenda.objects.get(), slug="kultur", name="Kultur")
    batch = read([printed()])
    accept(item_named(batch, CALENDAR.title), field="kultur")
    apply_import(SYSTEM, batch=batch)
    assert Project.objects.get(title=CALENDAR.title).field == calendar().field == area


# --- recognising


def test_a_probable_project_is_asked_about_once() -> None:
    factories.project("Kulturkalender")
    batch = read([printed()])
    item = item_named(batch, CALENDAR.title)
    assert (item.match, item.project_title) == ("probable", "Kulturkalender")
    with pytest.raises(RuleBroken) as refused:
        review_item(SYSTEM, item=item.id, decisions=Decisions(), accept=True)
    assert refused.value.code == "agenda.import_open"
    accept(item)
    apply_import(SYSTEM, batch=batch)
    assert Project.objects.get(title="Kulturkalender").aliases.get().name == CALENDAR.title
    march = replace(FEBRUARY, month="März 2025")
    again = item_named(read([printed(march, "maerz.txt")]), "Kulturkalender")
    assert (again.match, again.project_title) == ("match", "Kulturkalender")


def test_a_probable_project_can_be_a_new_one() -> None:
    factories.project("Kulturkalender")
    batch = read([printed()])
    item = item_named(batch, CALENDAR.title)
    review_item(SYSTEM, item=item.id, decisions=Decisions(project="new"), accept=True)
    apply_import(SYSTEM, batch=batch)
    assert set(Project.objects.values_list("title", flat=True)) == {"Kulturkalender", CALENDAR.title}


def test_an_organisation_is_asked_about_once_and_its_alias_kept() -> None:
    report = changed(organisation="Amt KLG Süd")
    batch = read([printed(report)])
    item = item_named(batch, CALENDAR.title)
    assert [(q.name, q.candidate) for q in item.questions] == [("Amt KLG Süd", "Amt Süd")]
    apply_import(SYSTEM, batch=batch, accept_certain=True)
    assert calendar().lead_organisation is None
    accept(item_named(batch, CALENDAR.title))
    apply_import(SYSTEM, batch=batch)
    assert str(calendar().lead_organisation) == "Amt Süd"
    assert OrganisationAlias.objects.get().name == "Amt KLG Süd"
    assert Person.objects.get(name="Ida Behrens").organisation.name == "Amt Süd"


# --- a month that is stored already


def test_hand_edits_win_unless_a_person_chooses() -> None:
    stored()
    edit_report(SYSTEM, report=calendar().public_id, values={"goal": "Von Hand geschrieben."})
    batch = read([printed(changed(goal="Aus der neuen Datei.", content="Neuer Inhalt."), "neu.txt")])
    item = item_named(batch, CALENDAR.title)
    differences = {f.name: f.difference for f in item.fields if f.difference}
    assert {name: d["hand_edited"] for name, d in differences.items()} == {"goal": True, "content": False}
    assert differences["goal"]["stored"] == "Von Hand geschrieben."
    apply_import(SYSTEM, batch=batch, accept_certain=True)
    assert (calendar().goal, calendar().content) == ("Von Hand geschrieben.", CALENDAR.content)
    item = item_named(batch, CALENDAR.title)
    choices = {"goal": "stored", "content": "read"}
    review_item(SYSTEM, item=item.id, decisions=Decisions(choices=choices), accept=True)  # type: ignore[arg-type]
    apply_import(SYSTEM, batch=batch)
    assert (calendar().goal, calendar().content) == ("Von Hand geschrieben.", "Neuer Inhalt.")
    assert calendar().hand_edited == ["goal"]
    assert view(batch).state == "applied"


def test_what_was_written_without_any_file_counts_as_written_by_hand() -> None:
    project = factories.project(CALENDAR.title)
    factories.month(FIRST)
    factories.report(FIRST, project, goal="Selbst geschrieben.", content="")
    item = item_named(read([printed()]), CALENDAR.title)
    differences = {f.name: f.difference for f in item.fields if f.difference}
    assert differences["goal"]["hand_edited"] is True
    assert "content" not in differences


def test_an_item_with_open_differences_is_not_accepted() -> None:
    stored()
    batch = read([printed(changed(goal="Aus der neuen Datei."), "neu.txt")])
    item = item_named(batch, CALENDAR.title)
    with pytest.raises(RuleBroken) as refused:
        review_item(SYSTEM, item=item.id, decisions=Decisions(), accept=True)
    assert refused.value.code == "agenda.import_open"
    assert accept_certain_items(SYSTEM, batch=batch) == 0


def test_a_published_month_becomes_a_correction() -> None:
    stored()
    publish_month(SYSTEM, month=FIRST)
    batch = read([printed(changed(progress="Es sind sechs Anbieter."), "neu.txt")])
    assert item_named(batch, CALENDAR.title).published
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    current = Month.objects.get().current
    assert current is not None
    assert "Fünf Anbieter" in current.facts
    assert publish_month(SYSTEM, month=FIRST, note="Zahl berichtigt") == 2
    facts = month_from_json(Month.objects.get().current.facts)  # type: ignore[union-attr]
    fact = next(r for r in facts.reports if r.profile.title == CALENDAR.title)
    assert (fact.progress, facts.correction_note) == ("Es sind sechs Anbieter.", "Zahl berichtigt")


def test_what_a_person_corrects_in_the_review_is_theirs() -> None:
    batch = read([printed()])
    accept(item_named(batch, CALENDAR.title), goal="Besser gesagt.")
    apply_import(SYSTEM, batch=batch)
    assert (calendar().goal, calendar().hand_edited) == ("Besser gesagt.", ["goal"])


# --- taking back


def test_taking_back_undoes_all_and_frees_the_file() -> None:
    before = dump(versions=False)
    batch = stored()
    assert take_back(SYSTEM, batch=batch) == 0
    assert dump(versions=False) == before
    assert stored() != batch


def test_taking_back_restores_what_was_changed() -> None:
    stored()
    before = dump(versions=False)
    batch = read([printed(changed(goal="Anders.", content="Ganz anders."), "neu.txt")])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    assert calendar().goal == "Anders."
    take_back(SYSTEM, batch=batch)
    assert dump(versions=False) == before


def test_a_published_import_cannot_be_taken_back() -> None:
    batch = stored()
    publish_month(SYSTEM, month=FIRST)
    before = dump()
    with pytest.raises(RuleBroken) as refused:
        take_back(SYSTEM, batch=batch)
    assert refused.value.code == "agenda.import_published"
    assert "Februar 2025" in refused.value.message
    assert dump() == before
    assert not view(batch).can_take_back


def test_work_by_hand_is_not_thrown_away_unasked() -> None:
    batch = stored()
    edit_report(SYSTEM, report=calendar().public_id, values={"goal": "Von Hand."})
    with pytest.raises(RuleBroken) as refused:
        take_back(SYSTEM, batch=batch)
    assert refused.value.code == "agenda.import_edited"
    assert CALENDAR.title in refused.value.message
    assert calendar().goal == "Von Hand."
    take_back(SYSTEM, batch=batch, discard=True)
    assert not Report.objects.exists()


def test_values_edited_after_an_import_that_changed_them_stay() -> None:
    stored()
    batch = read([printed(changed(goal="Anders.", content="Ganz anders."), "neu.txt")])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    edit_report(SYSTEM, report=calendar().public_id, values={"goal": "Von Hand."})
    take_back(SYSTEM, batch=batch)
    assert (calendar().goal, calendar().content) == ("Von Hand.", CALENDAR.content)


def test_rows_that_others_use_by_now_stay() -> None:
    first = stored()
    march = stored(replace(FEBRUARY, month="März 2025"), "maerz.txt")
    kept = take_back(SYSTEM, batch=first)
    assert kept > 0
    assert set(Project.objects.values_list("title", flat=True)) == {CALENDAR.title, PERMIT.title}
    assert {month for month, _title in reports()} == {"2025-03"}
    assert take_back(SYSTEM, batch=march) == 0
    assert not Report.objects.exists()


def test_a_batch_that_was_taken_back_is_closed() -> None:
    batch = read([printed()])
    take_back(SYSTEM, batch=batch)
    with pytest.raises(RuleBroken) as refused:
        apply_import(SYSTEM, batch=batch)
    assert refused.value.code == "agenda.import_state"


# --- many at once, and people


def test_of_two_reviewers_the_second_is_told() -> None:
    item = item_named(read([printed()]), CALENDAR.title)
    accept(item)
    with pytest.raises(ChangedMeanwhile):
        accept(item)


def test_left_out_items_are_not_stored_and_can_come_back() -> None:
    batch = read([printed()])
    item = item_named(batch, PERMIT.title)
    skip_item(SYSTEM, item=item.id)
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    assert view(batch).state == "applied"
    assert set(reports()) == {("2025-02", CALENDAR.title)}
    skip_item(SYSTEM, item=item.id, skip=False)
    assert view(batch).state == "review"


@pytest.mark.parametrize("role", [Role.PROJECT_GROUP, Role.STEERING_MEMBER, Role.RESIDENT, Role.PLACE_EDITOR])
def test_only_those_who_manage_the_agenda_import(role: Role) -> None:
    batch = read([printed()])
    who = actor(role)
    with pytest.raises(NotAllowed):
        upload_import(who, files=[printed(name="x.txt")])
    for act in (apply_import, take_back, accept_certain_items):
        with pytest.raises(NotAllowed):
            act(who, batch=batch)  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        batch_of(who, batch)
    with pytest.raises(NotAllowed):
        batch_of(ANONYMOUS, batch)


def test_the_coordination_imports_with_a_second_factor_only() -> None:
    assert read([printed()], actor(Role.COORDINATOR))
    with pytest.raises(NotAllowed):
        read([printed(name="x.txt")], actor(Role.COORDINATOR, second_factor=False))


# --- files that are too long, broken or no documents


def test_long_files_are_read_by_the_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(imports_run, "AT_ONCE", 3)
    drain()  # the search takes in what was set up
    files = of_paths([variants.pdf(tmp_path / "lang.pdf", FEBRUARY)])
    batch = read([*files, printed(replace(FEBRUARY, month="März 2025"), "kurz.txt")])
    found = view(batch)
    assert (found.state, found.pages_done) == ("reading", 1)
    assert found.pages_total > 4
    assert [document.waiting for document in found.documents] == [True, False]
    with pytest.raises(RuleBroken) as refused:
        apply_import(SYSTEM, batch=batch)
    assert refused.value.code == "agenda.import_state"
    assert drain() == 2
    found = view(batch)
    assert (found.state, found.percent) == ("review", 100)
    assert {item.month for document in found.documents for item in document.items} == {"2025-02", "2025-03"}


def test_bad_files_lose_nothing_of_the_good_one(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
    batch = read(
        [
            ("bild.pdf", picture),
            ("leer.pdf", b""),
            ("kaputt.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 99\nnichts\n%%EOF"),
            printed(),
        ]
    )
    found = view(batch)
    assert {m["file"] for m in found.messages} == {"bild.pdf", "leer.pdf"}
    broken, good = found.documents
    assert (broken.ok, [note.code for note in broken.notes]) == (False, ["broken_file"])
    assert (good.ok, len(good.items)) == (True, 3)
    assert found.state == "review"


def test_a_batch_of_bad_files_only_is_refused_with_a_reason_each() -> None:
    before = dump(traces=True)
    with pytest.raises(RuleBroken) as refused:
        upload_import(SYSTEM, files=[("bild.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 9), ("leer.txt", b"")])
    assert [line.split(":")[0] for line in refused.value.message.splitlines()] == ["bild.pdf", "leer.txt"]
    assert dump(traces=True) == before


def test_an_unreadable_document_fails_and_can_be_sent_again() -> None:
    batch = read([("kaputt.pdf", b"%PDF-1.7\nnichts")])
    assert view(batch).state == "failed"
    assert read([("kaputt.pdf", b"%PDF-1.7\nnichts")]) != batch


def test_too_many_pages_are_refused_and_not_put_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(imports_run, "Limits", lambda **given: Limits(**{"pages": 2, **given}))
    monkeypatch.setattr(imports_run, "AT_ONCE", 2)
    batch = read(of_paths([variants.pdf(tmp_path / "lang.pdf", FEBRUARY)]))
    found = view(batch)
    assert found.state == "failed"
    assert [note.code for note in found.documents[0].notes] == ["too_many_pages"]


def test_applying_twice_applies_once() -> None:
    batch = read([printed()])
    accept_all(batch)
    assert apply_import(SYSTEM, batch=batch) == 3
    before = dump()
    assert apply_import(SYSTEM, batch=batch) == 0
    assert dump() == before
    assert ImportBatch.objects.get().state == "applied"


# --- what only the project keeps


def with_profile(function: str = "Projektleitung", cost: str = "12.500 Euro") -> tuple[str, bytes]:
    name, content = printed(changed(person=function), name=f"{len(cost)}{function[:4]}.txt")
    marker = "Gesamter Sachstand:"
    more = f"Kosten:\n{cost}\nBürgerbeteiligung:\nBefragung aller Vereine im Mai.\n"
    return name, content.decode().replace(marker, more + marker, 1).encode()


def the_project() -> Project:
    return Project.objects.get(title=CALENDAR.title)


def test_function_costs_and_participation_reach_the_project() -> None:
    batch = read([with_profile()])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    project = the_project()
    assert project.lead_function == "Projektleitung"
    assert project.lead is None
    assert project.participation == "Befragung aller Vereine im Mai."
    assert list(project.costs.values_list("text", flat=True)) == ["12.500 Euro"]
    take_back(SYSTEM, batch=batch)
    assert not Project.objects.filter(title=CALENDAR.title).exists()


def test_a_function_that_somebody_wrote_stays_until_they_choose() -> None:
    stored()
    with writes_allowed("test"):
        Project.objects.filter(title=CALENDAR.title).update(lead_function="Koordination")
    batch = read([with_profile()])
    fields = {field.name: field for field in item_named(batch, CALENDAR.title).fields}
    assert fields["lead_function"].difference["stored"] == "Koordination"
    assert fields["lead_function"].difference["read"] == "Projektleitung"
    accept_certain_items(SYSTEM, batch=batch)
    apply_import(SYSTEM, batch=batch)
    assert the_project().lead_function == "Koordination"
