"""The real documents from upload to published months, in any order, by command and by upload page."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wurt.cli import main
from wurt.core.accounts.actors import METHODS_SESSION_KEY
from wurt.core.accounts.models import User
from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.tenancy.models import Grant, OrganisationAlias, Person, Place
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_undo import take_back
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.domain.snapshot import month_from_json
from wurt.modules.agenda.models import Agenda, ImportDocument, Month, Project, ProjectAlias, Report
from wurt.modules.agenda.tests.factories import SYSTEM, county
from wurt.modules.agenda.tests.import_steps import (
    accept,
    accept_all,
    dump,
    items,
    of_paths,
    read,
    reports,
    view,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "status-reports"


@pytest.fixture
def expected(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    documents = json.loads((folder / "expected_import.json").read_text())["documents"]
    return {
        (document["report_month"], project["title_canonical"]): project
        for document in documents
        if document["kind"] == "status_report"
        for project in document["projects"]
    }


def named(folder: Path, *numbers: str) -> list[Path]:
    return [next(folder.glob(f"{number}_*.txt")) for number in numbers]


def flat(text: str | None) -> str:
    return " ".join((text or "").split())


def differences(want: dict[str, Any], got: Report, *, reviewed: bool) -> list[str]:
    """What a stored report says otherwise than the expectation."""
    pairs = {
        "status": (want["status"], got.status),
        "lead_person": (want["lead_person"], got.lead.name if got.lead else None),
        "partners": (want["partners"], got.partners),
        "stakeholders": (want["stakeholders"], got.stakeholders),
        "start": (want["start"], got.start.isoformat() if got.start else None),
        "end": (want["end"], got.end.isoformat() if got.end else None),
        "risks": (want["risks"], got.risks),
        "next_activities": (want["next_activities"], got.next_activities),
        "has_progress": (want["has_progress"], got.has_progress),
        "goal": (flat(want["goal"]), flat(got.goal)),
        "content": (flat(want["content"]), flat(got.content)),
        "progress": (flat(want["progress_this_period"]), flat(got.progress)),
        "overall_state": (flat(want["overall_state"]), flat(got.overall_state)),
    }
    if want["overall_state"] is None:
        pairs["overall_state"] = (None, got.overall_state)
    # "Amt Heider Umland" is asked about; confirmed, it is the Amt that is known under its full name.
    if want["lead_organisation"] != "Amt Heider Umland":
        pairs["lead_organisation"] = (want["lead_organisation"], str(got.lead_organisation))
    elif reviewed:
        pairs["lead_organisation"] = ("Amt KLG Heider Umland", str(got.lead_organisation))
    if want["milestones_section"] == "absent":
        pairs["milestones"] = (None, got.milestones)
    elif not any(m["ambiguous"] for m in want["milestones"]):
        pairs["milestones"] = (
            [(m["label"], m["due"]) for m in want["milestones"]],
            [(m["label"], m["due"]) for m in got.milestones or []],
        )
    elif reviewed:
        pairs["milestones"] = (
            (Counter(m["label"] for m in want["milestones"]), Counter(m["due"] for m in want["milestones"])),
            (Counter(m["label"] for m in got.milestones), Counter(m["due"] for m in got.milestones)),
        )
    else:
        pairs["milestones"] = (None, got.milestones)
    return [f"{name}: {b!r} is not {a!r}" for name, (a, b) in pairs.items() if a != b]


def compare_all(expected: dict[tuple[str, str], dict[str, Any]], *, reviewed: bool) -> None:
    stored = reports()
    assert set(stored) == set(expected)
    wrong = {key: differences(expected[key], stored[key], reviewed=reviewed) for key in expected}
    assert {key: lines for key, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("batches", [("000 001 002",), ("002", "001", "000"), ("001", "000 002")], ids=str)
def test_reviewed_months_are_as_expected_in_any_order(
    folder: Path, expected: Any, batches: tuple[str, ...]
) -> None:
    county()
    for batch in batches:
        public_id = read(of_paths(named(folder, *batch.split())))
        accept_all(public_id)
        apply_import(SYSTEM, batch=public_id)
        assert view(public_id).state == "applied"
    compare_all(expected, reviewed=True)
    assert Project.objects.count() == 8
    assert (
        OrganisationAlias.objects.get(name="Amt Heider Umland").organisation.name == "Amt KLG Heider Umland"
    )
    assert (
        ProjectAlias.objects.get(name="Flächendeckener LoRaWAN-Netzausbau").project.short_title == "LoRaWAN"
    )


def test_certain_part_by_command_and_the_rest_by_review(folder: Path, expected: Any) -> None:
    county()
    files = [str(path) for path in named(folder, "001", "000", "002")]
    done = CliRunner().invoke(main, ["agenda", "import", "--accept-certain", *files])
    assert done.exit_code == 0, done.output
    assert "/verwaltung/importe/" in done.output
    assert "Flexibler Busshuttle: übernommen" in done.output
    compare_all(expected, reviewed=False)
    batch = view_of_only_batch()
    waiting = {(i.title, i.month) for i in items(batch) if i.state == "review"}
    lorawan, portal = (
        "Flächendeckender LoRaWAN-Netzausbau",
        "Online-Informationsportal für Jugend und Familie (Regionalportal)",
    )
    funk = "Information der Ämter und Gemeinden über DorfFunk als lokales Kommunikationsmedium"
    assert waiting == {
        ("Digitaler Marktplatz", "2024-04"),
        ("Ehrenamtsbörse", "2024-04"),
        (funk, "2024-03"),
        (funk, "2024-04"),
        (lorawan, "2024-04"),
        (portal, "2024-04"),
    }
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    compare_all(expected, reviewed=True)
    before = dump(traces=True)
    again = CliRunner().invoke(main, ["agenda", "import", "--accept-certain", *files])
    assert again.exit_code == 0
    assert dump(traces=True) == before


def view_of_only_batch() -> Any:
    return ImportDocument.objects.values_list("batch__public_id", flat=True).distinct().get()


def test_publishing_both_months_gives_the_printed_summary(folder: Path) -> None:
    county()
    batch = read(of_paths(named(folder, "000", "001")))
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    publish_month(SYSTEM, month=date(2024, 3, 1))
    publish_month(SYSTEM, month=date(2024, 4, 1))
    march, april = (month_from_json(Month.objects.get(month=date(2024, m, 1)).current.facts) for m in (3, 4))
    printed = Month.objects.get(month=date(2024, 4, 1)).printed
    assert sorted(april.progress_projects) == sorted(printed["progress_projects"])
    assert sorted(printed["progress_projects"]) == [
        "DigitalPatenschaft",
        "Digitaler Marktplatz",
        "DorfFunk",
        "Ehrenamtsbörse",
        "LoRaWAN",
        "Positionierung der Bürgerportale",
    ]
    assert len(march.reports) == len(april.reports) == 8
    assert april.counts.running == 8
    assert "Digitaler Marktplatz" in march.intro
    assert printed["counts"] == {"completed": 1, "current": 8, "future": 39}
    bus = next(r for r in april.reports if r.profile.title == "Flexibler Busshuttle")
    assert (bus.status, bus.progress, bus.overall_state) == ("green", None, None)
    assert [(m.label, m.due) for m in bus.milestones] == [
        ("Fertigstellung des Konzeptes", None),
        ("Umsetzung des Konzeptes", None),
    ]
    assert not Person.objects.filter(name_public_since__isnull=False).exists()
    assert ImportDocument.objects.filter(month__month=date(2024, 4, 1)).count() == 1


def test_taking_back_leaves_the_database_as_it_was(folder: Path) -> None:
    county()
    first = read(of_paths(named(folder, "001")))
    accept_all(first)
    apply_import(SYSTEM, batch=first)
    before = dump(versions=False)
    second = read(of_paths(named(folder, "000", "002", "003", "004")))
    for item in items(second):
        accept(item, **({"title": "Ein Vorhaben"} if item.kind == "measure" else {}))
    apply_import(SYSTEM, batch=second)
    assert dump(versions=False) != before
    assert take_back(SYSTEM, batch=second) == 0
    assert dump(versions=False) == before
    assert view(second).state == "taken_back"
    assert read(of_paths(named(folder, "000"))) != second


def test_strategy_page_becomes_markdown(folder: Path) -> None:
    county()
    batch = read(of_paths(named(folder, "003")))
    accept(items(batch)[0])
    apply_import(SYSTEM, batch=batch)
    agenda = Agenda.objects.get()
    assert agenda.motto == "Wir gestalten gemeinsam die Zukunft und machen Dithmarschen smart"
    assert agenda.horizon == "3 Jahre"
    assert "## Umsetzung der Digitalisierungsstrategie" in agenda.strategy
    assert "- Online-Umfragen\n- Fokusgruppen\n- Einreichung eigener Projektideen" in agenda.strategy


def test_entry_of_a_list_asks_for_its_title(folder: Path) -> None:
    county()
    batch = read(of_paths(named(folder, "004")))
    entry = items(batch)[0]
    assert entry.missing == ("title",)
    accept(entry, title="Verbundvorhaben")
    apply_import(SYSTEM, batch=batch)
    project = Project.objects.get()
    assert (project.title, project.start, project.end) == (
        "Verbundvorhaben",
        date(2022, 1, 1),
        date(2026, 12, 31),
    )
    assert project.public_since is None
    assert project.participation.startswith("Informelle Beteiligung\n\nDie finalen Inhalte")
    assert "Eine Arbeitsgruppe der drei Verbundkommunen" in project.content
    assert [(c.text, c.amount) for c in project.costs.all()] == [("17.5 Mio (Bundesförderung)", 17_500_000)]
    assert [d.reference for d in project.decisions.all()] == [
        "RV-22/2021",
        "HA-53/2021",
        "RV-7/2022",
        "HA-18/2023",
        "RV-83/2023",
    ]


def login(client: Client) -> User:
    with writes_allowed("test"):
        person = Person.objects.create(name="Kim Beispiel")
        user = User.objects.create(email="kim@nordland.example", person=person)
        Grant.objects.create(person=person, role=Role.COORDINATOR, place=Place.objects.get(kind="county"))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[METHODS_SESSION_KEY] = [{"method": "mfa", "at": 1.0}]
    session.save()
    return user


def test_upload_page_to_stored_months(client: Client, folder: Path, expected: Any) -> None:
    county()
    login(client)
    files = [SimpleUploadedFile(p.name, p.read_bytes()) for p in named(folder, "002", "000", "001")]
    answer = client.post("/verwaltung/importe/neu/", {"files": files}, follow=True)
    batch = answer.context["view"].id
    assert answer.status_code == 200
    client.post(f"/verwaltung/importe/{batch}/sicheres/")
    assert view(batch).waiting == 14, "eight in doubt and six with a warning are left to a person"
    for item in items(batch):
        if item.state == "review":
            answer = client.post(f"/verwaltung/importe/eintrag/{item.id}/", answers(client, item.id))
            assert answer.status_code == 302, answer.context["form"].errors
    answer = client.post(f"/verwaltung/importe/{batch}/uebernehmen/", follow=True)
    assert "Alles ist übernommen" in answer.content.decode()
    compare_all(expected, reviewed=True)
    assert {r.hand_edited == [] for r in Report.objects.all()} == {True}


def answers(client: Client, item: Any) -> dict[str, str]:
    """The form of an item as a browser would send it, everything doubtful answered with the first choice."""
    form = client.get(f"/verwaltung/importe/eintrag/{item}/").context["form"]
    data = {"version": str(form.view.version), "accept": "1"}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if (
            hasattr(field, "choices")
            and field.required is False
            and name.startswith(("c-", "org-", "milestones-"))
        ):
            value = field.choices[0][0]
        elif name.startswith("ok-"):
            value = "on"
        if value not in (None, "", False):
            data[name] = value.isoformat() if isinstance(value, date) else str(value)
    return data
