"""A published month reaches those who follow, once, with what concerns them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.notices import topics
from wurt.core.notices.handlers import send_due
from wurt.core.notices.models import Dispatch, Follow, Notice, Subscriber
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain, run
from wurt.modules.agenda.actions.publish import publish_month, withdraw_month
from wurt.modules.agenda.actions.reports import edit_report
from wurt.modules.agenda.models import Field, Project
from wurt.modules.agenda.notices import tell_month, tell_withdrawal
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.factories import APRIL, JUNE, MAY, SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2024, 7, 2, 10, tzinfo=UTC)


def follow(email: str, kind: str, key: object, **fields: object) -> None:
    with writes_allowed("test"):
        row = Subscriber.objects.create(email=email, **fields)
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


def withdraw(note: str) -> dict[str, str]:
    withdraw_month(SYSTEM, month=MAY, note=note)
    return told()


def test_whoever_heard_of_a_month_hears_once_that_it_is_withdrawn(projects: dict[str, Project]) -> None:
    daily = {"agenda.month": {"email": "daily"}}
    never = {"agenda.month": {"email": "never"}}
    with at(NOON):
        follow("alles@example.org", "agenda.agenda", "agenda")
        follow("lese@example.org", "agenda.project", projects["Lesepaten"].public_id)
        follow("gone@example.org", "agenda.agenda", "agenda")
        follow("daily@example.org", "agenda.agenda", "agenda", choices=daily)
        follow("never@example.org", "agenda.agenda", "agenda", choices=never)
        publish_month(SYSTEM, month=MAY)
        assert sorted(told()) == ["alles@example.org", "gone@example.org", "lese@example.org"]
        with writes_allowed("test"):
            Follow.objects.filter(subscriber__email="gone@example.org").delete()
        follow("late@example.org", "agenda.agenda", "agenda")
        found = withdraw("Zwei Spalten waren vertauscht.")
        assert sorted(found) == ["alles@example.org", "lese@example.org"]
        assert found["alles@example.org"] == found["lese@example.org"]
        assert found["alles@example.org"].strip() == (
            "Wir haben Ihnen den Statusbericht für Mai 2024 gemeldet. Er ist zurückgezogen: Bitte verlassen "
            "Sie sich nicht mehr darauf. Der Grund:\n\nZwei Spalten waren vertauscht.\n\n"
            "Die Seite zu Mai 2024: http://localhost:8000/berichte/2024-05/"
        )
        assert not Dispatch.objects.filter(subscriber__email="daily@example.org").exists()
        assert not tell_withdrawal(SYSTEM, "2024-05", number=1, first=1)
        assert not tell_withdrawal(SYSTEM, "2024-04", number=1, first=1)  # public


def again(note: str) -> dict[str, str]:
    publish_month(SYSTEM, month=MAY, note=note)
    return told()


def test_a_month_that_is_published_again_is_told_once_to_all_who_follow(
    projects: dict[str, Project],
) -> None:
    with at(NOON):
        follow("alles@example.org", "agenda.agenda", "agenda")
        follow("never@example.org", "agenda.agenda", "agenda", choices={"agenda.month": {"email": "never"}})
        publish_month(SYSTEM, month=MAY)
        assert sorted(told()) == ["alles@example.org"]
        follow("late@example.org", "agenda.project", projects["Lesepaten"].public_id)
        assert sorted(withdraw("Zwei Spalten waren vertauscht.")) == ["alles@example.org"]
        publish_month(SYSTEM, month=MAY, note="Spalten < geprüft >.")
        drain()
        mails = {message.to[0]: message for message in mail.outbox}
        found = told()
        assert sorted(found) == ["alles@example.org", "late@example.org"]
        message = mails["alles@example.org"]
        assert message.subject == "Statusbericht neu veröffentlicht: Mai 2024"
        head = (
            "Der Statusbericht für Mai 2024 war zurückgezogen. Jetzt ist er neu veröffentlicht, berichtigt:"
            "\n\nSpalten < geprüft >.\n\nDer Statusbericht für Mai 2024 ist veröffentlicht."
        )
        assert all(text.startswith(head) for text in found.values())
        assert "- Lesepaten: Status weiterhin: grün" in found["late@example.org"]
        assert "<p>Spalten &lt; geprüft &gt;.</p>" in message.alternatives[0][0]
        assert not tell_month(SYSTEM, "2024-05")
        assert told() == {}
        # A correction of it is not told, its withdrawal and the third publication are.
        report = projects["Sensornetz"].reports.get(month__month=MAY)
        edit_report(SYSTEM, report=report.public_id, values={"status": "red", "status_reason": "Ausfall"})
        assert again("Status berichtigt.") == {}
        assert sorted(withdraw("Doch wieder falsch.")) == ["alles@example.org", "late@example.org"]
        third = again("Nun stimmt es.")
    assert sorted(third) == ["alles@example.org", "late@example.org"]
    assert all("neu veröffentlicht, berichtigt:\n\nNun stimmt es." in text for text in third.values())
    assert sorted(Notice.objects.values_list("kind", "key")) == [
        ("agenda.month", "2024-05"),
        ("agenda.month", "2024-05 2"),
        ("agenda.month", "2024-05 4"),
        ("agenda.month_withdrawn", "2024-05"),
        ("agenda.month_withdrawn", "2024-05 3"),
    ]
    told_twice = Dispatch.objects.filter(channel="email").values("subscriber", "notice").distinct()
    assert told_twice.count() == Dispatch.objects.filter(channel="email").count() == 8


def test_an_older_month_is_told_again_to_those_who_heard_that_it_was_gone(
    projects: dict[str, Project],
) -> None:
    with at(NOON):
        follow("alles@example.org", "agenda.agenda", "agenda")
        publish_month(SYSTEM, month=MAY)
        told()
        withdraw("Zwei Spalten waren vertauscht.")
        follow("late@example.org", "agenda.agenda", "agenda")
        factories.month(JUNE)
        factories.report(JUNE, projects["Sensornetz"])
        publish_month(SYSTEM, month=JUNE)
        assert sorted(told()) == ["alles@example.org", "late@example.org"]
        found = again("Spalten geprüft.")
        assert sorted(found) == ["alles@example.org"]
        assert "neu veröffentlicht, berichtigt:\n\nSpalten geprüft." in found["alles@example.org"]
        assert not tell_month(SYSTEM, "2024-05")
        assert sorted(withdraw("Doch falsch.")) == ["alles@example.org"]


def test_what_still_waited_goes_to_nobody_once_the_month_is_public_again(
    projects: dict[str, Project],
) -> None:
    weekly = {"agenda.month": {"email": "weekly"}, "agenda.month_withdrawn": {"email": "weekly"}}
    with at(NOON):
        follow("alles@example.org", "agenda.agenda", "agenda", choices=weekly)
        publish_month(SYSTEM, month=MAY)
        drain()
        # Nobody has heard of anything when the month is withdrawn and public again: no worker ran between.
        withdraw_month(SYSTEM, month=MAY, note="Zwei Spalten waren vertauscht.")
        publish_month(SYSTEM, month=MAY, note="Spalten geprüft.")
        assert told() == {}
        assert [row.notice.key for row in Dispatch.objects.select_related("notice")] == ["2024-05 2"]
    with at(NOON + timedelta(days=8)):
        send_due()
        found = told()
    assert list(found) == ["alles@example.org"]
    assert found["alles@example.org"].count("Der Statusbericht für Mai 2024 ist veröffentlicht.") == 1


def test_spreading_the_old_version_stops_when_the_new_one_is_told(
    projects: dict[str, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wurt.core.notices.actions.spread.CHUNK", 2)
    with at(NOON):
        for number in range(5):
            follow(f"a{number}@example.org", "agenda.agenda", "agenda")
        publish_month(SYSTEM, month=MAY)
        while not Dispatch.objects.filter(state="sent").count():
            assert run(Delivery.objects.filter(done__isnull=True).order_by("pk")[0])
        assert len(told_so_far()) == 2
        withdraw_month(SYSTEM, month=MAY, note="Zu früh.")
        publish_month(SYSTEM, month=MAY, note="Jetzt richtig.")
        drain()
    sent = [(message.to[0], message.subject) for message in mail.outbox]
    new = "Statusbericht neu veröffentlicht: Mai 2024"
    assert sorted(sent) == [(f"a{number}@example.org", new) for number in range(5)]


def test_a_month_that_is_withdrawn_before_all_heard_of_it_reaches_nobody_more(
    projects: dict[str, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wurt.core.notices.actions.spread.CHUNK", 2)
    with at(NOON):
        for number in range(5):
            follow(f"a{number}@example.org", "agenda.agenda", "agenda")
        publish_month(SYSTEM, month=MAY)
        while not Dispatch.objects.filter(state="sent").count():
            waiting = Delivery.objects.filter(done__isnull=True)
            assert run(waiting.order_by("pk")[0])
        heard = sorted(told_so_far())
        assert len(heard) == 2
        found = withdraw("Zu früh.")
    assert sorted(found) == heard
    assert all("zurückgezogen" in text for text in found.values())
    assert Dispatch.objects.count() == 4


def told_so_far() -> list[str]:
    found = [message.to[0] for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_month_of_which_nobody_heard_is_withdrawn_in_silence(projects: dict[str, Project]) -> None:
    with at(NOON):
        publish_month(SYSTEM, month=MAY)
        assert told() == {}
        follow("alles@example.org", "agenda.agenda", "agenda")
        assert withdraw("Falscher Monat.") == {}
    assert not Notice.objects.exists()


def test_the_reason_is_text_in_both_bodies(projects: dict[str, Project]) -> None:
    with at(NOON):
        follow("alles@example.org", "agenda.agenda", "agenda", language="en")
        publish_month(SYSTEM, month=MAY)
        told()
        withdraw_month(SYSTEM, month=MAY, note="Zahl < 5 & <b>falsch</b>")
        drain()
    message = mail.outbox.pop()
    assert message.subject == "Status report withdrawn: May 2024"
    assert "\nZahl < 5 & <b>falsch</b>\n" in message.body
    assert "<p>Zahl &lt; 5 &amp; &lt;b&gt;falsch&lt;/b&gt;</p>" in message.alternatives[0][0]


def test_all_that_is_public_can_be_followed_and_nothing_else(projects: dict[str, Project]) -> None:
    secret = factories.project("Geheim")
    with writes_allowed("test"):
        Project.objects.filter(pk=secret.pk).update(public_since=None)
        Project.objects.filter(pk=projects["Werkraum"].pk).update(public_since=NOON)
    mine = [kind for kind in topics.kinds() if kind.kind.startswith("agenda.")]
    titles = {kind.slug: [topic.title for topic in kind.choices()] for kind in mine}
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
