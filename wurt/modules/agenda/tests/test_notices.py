"""A published month reaches those who follow, once, with what concerns them."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.notices import topics
from wurt.core.notices.models import Follow, Notice, Subscriber
from wurt.core.outbox.worker import drain
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import edit_report
from wurt.modules.agenda.models import Field, Project
from wurt.modules.agenda.notices import tell_month
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.factories import APRIL, JUNE, MAY, SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2024, 7, 2, 10, tzinfo=UTC)


def follow(email: str, kind: str, key: object) -> None:
    with writes_allowed("test"):
        row = Subscriber.objects.create(email=email)
        Follow.objects.create(subscriber=row, kind=kind, key=str(key), confirmed=now())


def told() -> dict[str, str]:
    """What went out since the last look, by address: the text without its foot."""
    drain()
    found = {message.to[0]: message.body.split("\n--\n")[0] for message in mail.outbox}
    mail.outbox.clear()
    return found


@pytest.fixture
def projects() -> dict[str, Project]:
    factories.county()
    made = {}
    with at(NOON):
        for title, field in (("Sensornetz", "verwaltung"), ("Lesepaten", "bildung"), ("Werkraum", "bildung")):
            made[title] = factories.project(title, values={"field": field})
        for first in (APRIL, MAY):
            factories.month(first)
        factories.report(APRIL, made["Sensornetz"], status="green")
        factories.report(APRIL, made["Lesepaten"], status="green")
        factories.report(
            MAY,
            made["Sensornetz"],
            status="yellow",
            status_reason="Lieferzeit",
            has_progress=True,
            progress="Es geht voran.",
        )
        factories.report(MAY, made["Lesepaten"], status="green")
        factories.report(MAY, made["Werkraum"], status="red", status_reason="Kein Raum")
        publish_month(SYSTEM, month=APRIL)
        drain()
    return made


def test_followers_of_project_field_and_agenda_hear_what_concerns_them(projects: dict[str, Project]) -> None:
    with at(NOON):
        follow("sensor@example.org", "agenda.project", projects["Sensornetz"].public_id)
        follow("lese@example.org", "agenda.project", projects["Lesepaten"].public_id)
        follow("bildung@example.org", "agenda.field", Field.objects.get(slug="bildung").pk)
        follow("alles@example.org", "agenda.agenda", "agenda")
        publish_month(SYSTEM, month=MAY)
        found = told()
    assert sorted(found) == [
        "alles@example.org",
        "bildung@example.org",
        "lese@example.org",
        "sensor@example.org",
    ]
    head = "Der Statusbericht für Mai 2024 ist veröffentlicht. Eines von 3 Projekten meldet Fortschritte."
    assert all(text.startswith(head) for text in found.values())

    def lines(name: str) -> list[str]:
        return [line for line in found[f"{name}@example.org"].splitlines() if line.startswith("- ")]

    sensor = "- Sensornetz: Status jetzt: gelb, vorher: grün; mit Fortschritt"
    workshop = "- Werkraum: erster Bericht, Status: rot"
    assert lines("sensor") == [sensor]
    assert lines("lese") == ["- Lesepaten: Status weiterhin: grün"]  # followed by name: told in any case
    assert lines("bildung") == [workshop]  # a field tells what is new in it
    assert lines("alles") == [sensor, workshop]
    assert "http://localhost:8000/projekte/sensornetz/" in found["sensor@example.org"]
    assert "http://localhost:8000/berichte/2024-05/" in found["alles@example.org"]


def test_a_correction_and_a_late_old_month_are_not_told(projects: dict[str, Project]) -> None:
    with at(NOON):
        publish_month(SYSTEM, month=MAY)
        drain()
        follow("alles@example.org", "agenda.agenda", "agenda")
        factories.month(JUNE)
        factories.report(JUNE, projects["Sensornetz"])
        publish_month(SYSTEM, month=JUNE)
        assert len(told()) == 1
        report = projects["Sensornetz"].reports.get(month__month=JUNE)
        edit_report(SYSTEM, report=report.public_id, values={"status": "red", "status_reason": "Ausfall"})
        publish_month(SYSTEM, month=JUNE, note="Der Status war falsch.")
        assert told() == {}
        assert not tell_month(SYSTEM, "2024-05")
        assert not tell_month(SYSTEM, "2019-01")
    assert [notice.key for notice in Notice.objects.all()] == ["2024-06"]


def test_all_that_is_public_can_be_followed_and_nothing_else(projects: dict[str, Project]) -> None:
    secret = factories.project("Geheim")
    with writes_allowed("test"):
        Project.objects.filter(pk=secret.pk).update(public_since=None)
        Project.objects.filter(pk=projects["Werkraum"].pk).update(public_since=NOON)
    titles = {kind.slug: [topic.title for topic in kind.choices()] for kind in topics.kinds()}
    assert titles == {
        "agenda": ["Digitale Agenda"],
        "handlungsfeld": ["Bildung", "Verwaltung"],
        "projekt": ["Lesepaten", "Sensornetz", "Werkraum"],
    }
    for path, status in (
        ("projekt/sensornetz", 200),
        ("projekt/geheim", 404),
        ("handlungsfeld/bildung", 200),
        ("agenda/alles", 200),
        ("agenda/anderes", 404),
    ):
        assert Client().get(f"/folgen/{path}/").status_code == status
    assert topics.named([("agenda.project", str(secret.public_id))]) == {}


def test_the_pages_lead_to_following(projects: dict[str, Project]) -> None:
    for page, link in (
        ("/projekte/sensornetz/", "/folgen/projekt/sensornetz/"),
        ("/projekte/", "/folgen/handlungsfeld/verwaltung/"),
        ("/berichte/", "/folgen/agenda/alles/"),
    ):
        assert f'href="{link}"' in Client().get(page).content.decode()
