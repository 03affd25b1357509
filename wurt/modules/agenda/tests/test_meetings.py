"""The steering group approves reports in a meeting: planned, told, decided, put on record; and only what it
approved is published."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse

from tests.access.world import World
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.modules.agenda.actions import bodies, meetings, publish, reports
from wurt.modules.agenda.actions.handing_in import hand_in_report
from wurt.modules.agenda.actions.rounds import save_rounds
from wurt.modules.agenda.actions.values import MemberValue
from wurt.modules.agenda.domain.snapshot import month_from_json
from wurt.modules.agenda.models import Agenda, Meeting, Month, Remark, Report, Verdict
from wurt.modules.agenda.queries import meetings as queries
from wurt.modules.agenda.queries.approvals import approvals_of
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
MAY = datetime(2024, 5, 14, 7, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """Two draft reports of April: "Sensornetz" is handed in, "Busse" is not; approval is needed."""
    with writes_allowed("world"):
        made = desk_world()
        Remark.objects.all().delete()
        Meeting.objects.all().delete()
    for name in ("sensornetz", "busse"):
        values: Any = {"status": "green", "progress": "Es geht voran.", "has_progress": True}
        reports.edit_report(SYSTEM, report=report(name).public_id, values=values)
    hand_in_report(made.actor("lead"), report=report("sensornetz").public_id, explanations={})
    save_rounds(SYSTEM, opens=None, days=10, every=1, back=1, approval=True)
    drain()
    mail.outbox = []
    return made


def report(slug: str) -> Report:
    return Report.objects.select_related("month").get(month__month=APRIL, project__slug=slug)


def planned(starts: datetime = MAY, body: str = "lenkungsgruppe") -> UUID:
    return meetings.plan_meeting(SYSTEM, body=body, starts=starts, place="Kreishaus", items="Haushalt\n")


def kinds() -> dict[str, str]:
    rows = list(Report.objects.filter(month__month=APRIL).select_related("project"))
    said = approvals_of(SYSTEM, Month.objects.get(month=APRIL), rows)
    return {row.project.slug: said[row.pk].kind for row in rows}


def published() -> tuple[int, list[str]]:
    current = Month.objects.get(month=APRIL).current
    assert current is not None
    return current.number, [one.profile.title for one in month_from_json(current.facts).reports]


def test_members_are_told_of_a_meeting_of_another_time_and_of_its_end(world: World) -> None:
    seats = [
        MemberValue(world.organisation.public_id, "Leitung", world.person("steering_member").public_id),
        MemberValue(world.organisation.public_id, "Vertretung", None),
    ]
    bodies.set_members(SYSTEM, slug="lenkungsgruppe", members=seats)
    soon = now() + timedelta(days=9)
    meeting = planned(soon)
    meetings.edit_meeting(SYSTEM, meeting=meeting, starts=soon, place="Kreishaus", items="Haushalt\nReise")
    meetings.edit_meeting(SYSTEM, meeting=meeting, starts=soon, place="Rathaus", items="Haushalt\nReise")
    meetings.cancel_meeting(SYSTEM, meeting=meeting)
    drain()
    assert [one.to for one in mail.outbox] == [["steering-member@moorland.example"]] * 3
    assert [one.subject.split(":")[0] for one in mail.outbox] == [
        "Sitzung",
        "Sitzung geändert",
        "Sitzung fällt aus",
    ]
    assert "Ort: Rathaus" in mail.outbox[1].body
    assert f"/verwaltung/agenda/sitzungen/{meeting}/" in mail.outbox[1].body
    assert not Meeting.objects.exists()


def test_only_what_is_approved_is_published(world: World) -> None:
    with pytest.raises(RuleBroken) as refused:
        publish.publish_month(SYSTEM, month=APRIL)
    assert refused.value.code == "agenda.not_approved"
    assert "Busse, Sensornetz" in refused.value.message
    with pytest.raises(RuleBroken):  # nothing is approved: there would be nothing to read
        publish.publish_month(SYSTEM, month=APRIL, leave_out=True)

    meeting = planned()
    back = {str(report("busse").public_id): "  Bitte die Kosten nennen. "}
    assert (
        meetings.decide_reports(world.actor("coordinator"), meeting=meeting, month=APRIL, returned=back) == 1
    )
    assert kinds() == {"sensornetz": "approved", "busse": "returned"}
    with pytest.raises(RuleBroken) as refused:
        publish.publish_month(SYSTEM, month=APRIL)
    assert (refused.value.code, refused.value.field) == ("agenda.not_approved", "leave_out")
    publish.publish_month(SYSTEM, month=APRIL, leave_out=True)
    assert published() == (1, ["Sensornetz"])

    # It was returned; approved at the next meeting, it follows as a correction.
    later = planned(MAY + timedelta(days=28))
    assert queries.meeting_view(SYSTEM, later).months == [(APRIL, 1)]
    assert meetings.decide_reports(SYSTEM, meeting=later, month=APRIL, returned={}) == 1
    publish.publish_month(SYSTEM, month=APRIL, note="Nachtrag: Busse")
    assert published() == (2, ["Busse", "Sensornetz"])
    assert queries.meeting_view(SYSTEM, later).months == []


def test_without_the_choice_of_the_county_nothing_has_to_be_approved(world: World) -> None:
    save_rounds(SYSTEM, opens=None, days=10, every=1, back=1)
    publish.publish_month(SYSTEM, month=APRIL)
    assert published() == (1, ["Busse", "Sensornetz"])
    assert Agenda.objects.get().approval is None


def test_who_writes_on_after_the_approval_needs_another_one(world: World) -> None:
    meeting = planned()
    meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={})
    reports.edit_report(
        SYSTEM, report=report("busse").public_id, values={"progress": "Doch nicht.", "has_progress": True}
    )
    assert kinds() == {"sensornetz": "approved", "busse": "changed"}
    with pytest.raises(RuleBroken) as refused:
        publish.publish_month(SYSTEM, month=APRIL)
    assert "Busse" in refused.value.message
    assert "Sensornetz" not in refused.value.message
    meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={})
    publish.publish_month(SYSTEM, month=APRIL)
    # What was published once may be corrected: everybody sees the correction and its reason.
    reports.edit_report(SYSTEM, report=report("busse").public_id, values={"progress": "Doch."})
    publish.publish_month(SYSTEM, month=APRIL, note="Schreibfehler")
    assert published() == (2, ["Busse", "Sensornetz"])


def test_a_returned_report_is_open_again_and_its_lead_told_once(world: World) -> None:
    meeting = planned()
    drain()
    mail.outbox = []
    back = {str(report("sensornetz").public_id): "Der Zeitplan fehlt."}
    for _twice in range(2):
        meetings.decide_reports(world.actor("coordinator"), meeting=meeting, month=APRIL, returned=back)
    row = report("sensornetz")
    assert (row.handed_in, row.handed_in_by) == (None, None)
    assert list(Remark.objects.values_list("text", "author__name")) == [
        ("Der Zeitplan fehlt.", "Erika coordinator")
    ]
    drain()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["lead@moorland.example"], "Anmerkung zu Ihrem Bericht: Sensornetz")
    ]
    assert Verdict.objects.count() == 2
    entry = AuditEntry.objects.filter(action="agenda.decide_reports").latest("pk")
    assert entry.after == {"month": "2024-04-01", "approved": 1, "returned": 1}


def test_nobody_decides_about_a_text_they_did_not_see(world: World) -> None:
    meeting = planned()
    seen = report("sensornetz").version + report("busse").version
    reports.edit_report(SYSTEM, report=report("busse").public_id, values={"progress": "Neu."})
    with pytest.raises(ChangedMeanwhile):
        meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={}, version=seen)
    assert not Verdict.objects.exists()


def test_what_a_meeting_cannot_do(world: World) -> None:
    bodies.create_body(SYSTEM, kind="project", name="Projektgruppe")
    future, wrong = planned(now() + timedelta(hours=1)), planned(body="projektgruppe")
    meeting = planned()
    key = str(report("busse").public_id)
    for chosen, returned, code in (
        (future, {}, "agenda.meeting_to_come"),
        (wrong, {}, "agenda.meeting_body"),
        (meeting, {key: " "}, "agenda.return_reason"),
        (meeting, {key: "x" * 1001}, "agenda.return_reason"),
    ):
        with pytest.raises(RuleBroken) as refused:
            meetings.decide_reports(SYSTEM, meeting=chosen, month=APRIL, returned=returned)
        assert refused.value.code == code
    assert not Verdict.objects.exists()
    for chosen, text, code in (
        (future, "Schon vorbei", "agenda.meeting_to_come"),
        (meeting, "  ", "agenda.minutes_empty"),
    ):
        with pytest.raises(RuleBroken) as refused:
            meetings.record_minutes(SYSTEM, meeting=chosen, minutes=text)
        assert refused.value.code == code
    meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={})
    with pytest.raises(RuleBroken) as refused:
        meetings.cancel_meeting(SYSTEM, meeting=meeting)
    assert refused.value.code == "agenda.meeting_decided"
    with pytest.raises(RuleBroken) as refused:
        bodies.delete_body(SYSTEM, slug="lenkungsgruppe")
    assert refused.value.code == "agenda.body_met"


def test_minutes_close_a_meeting(world: World) -> None:
    meeting = planned()
    meetings.record_minutes(SYSTEM, meeting=meeting, minutes=" Es war gut. ")
    row = Meeting.objects.get(public_id=meeting)
    assert (row.minutes, row.held is not None) == ("Es war gut.", True)
    for act in (
        lambda: meetings.edit_meeting(SYSTEM, meeting=meeting, starts=MAY, items="Anderes"),
        lambda: meetings.cancel_meeting(SYSTEM, meeting=meeting),
        lambda: meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={}),
        lambda: meetings.record_minutes(SYSTEM, meeting=meeting, minutes="Es war anders."),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code == "agenda.meeting_held"
    row.refresh_from_db()
    assert (row.minutes, row.items) == ("Es war gut.", "Haushalt")


def test_who_may(world: World) -> None:
    meeting = planned()
    for role in ("project_group", "steering_member"):
        assert queries.meeting_view(world.actor(role), meeting).can_run is False
        with pytest.raises(NotAllowed):
            meetings.decide_reports(world.actor(role), meeting=meeting, month=APRIL, returned={})
    for role in ("lead", "resident"):
        with pytest.raises((NotFound, NotAllowed)):
            queries.meeting_view(world.actor(role), meeting)
        with pytest.raises(NotFound):
            meetings.record_minutes(world.actor(role), meeting=meeting, minutes="Ich auch")


def test_pages(world: World) -> None:
    client = world.client("coordinator")
    form = reverse("agenda:desk_meeting_new")
    assert client.post(form, {"body": "lenkungsgruppe", "starts": "bald"}).status_code == 422
    sent = {"body": "lenkungsgruppe", "starts": "2024-05-14T09:00", "place": "Kreishaus", "items": "Haushalt"}
    page = client.post(form, sent, follow=True)
    text = page.content.decode()
    assert "Dienstag, 14. Mai 2024, 9:00" in text
    assert "Statusbericht April 2024: 2 Berichte zu entscheiden" in text
    assert "<li>Haushalt</li>" in text
    meeting = Meeting.objects.get()
    decide = reverse("agenda:desk_meeting_decide", args=[meeting.public_id, "2024-04"])
    shown = client.get(decide)
    assert shown.context["form"].initial[f"outcome_{report('sensornetz').public_id.hex}"] == "approved"
    assert shown.context["form"].initial[f"outcome_{report('busse').public_id.hex}"] == ""
    first, second = report("sensornetz").public_id.hex, report("busse").public_id.hex
    answer: dict[str, Any] = {f"outcome_{first}": "approved", f"outcome_{second}": "returned", "version": "0"}
    assert client.post(decide, answer).status_code == 422
    answer[f"reason_{second}"] = "Die Kosten fehlen."
    clash = client.post(decide, answer)
    assert (clash.status_code, "Die Kosten fehlen." in clash.content.decode()) == (409, True)
    answer["version"] = clash.context["form"].data["version"]
    done = client.post(decide, answer, follow=True).content.decode()
    assert "<strong>zurückgegeben</strong>: Die Kosten fehlen." in done
    board = client.get(reverse("agenda:desk_month", args=["2024-04"])).content.decode()
    assert "freigegeben am 14. Mai 2024" in board
    assert "zurückgegeben am 14. Mai 2024" in board
    check = reverse("agenda:desk_month_publish", args=["2024-04"])
    assert "Von der Lenkungsgruppe nicht freigegeben" in client.get(check).content.decode()
    version = str(Month.objects.get(month=APRIL).version)
    assert client.post(check, {"sure": "on", "version": version}).status_code == 409
    client.post(check, {"sure": "on", "leave_out": "on", "version": version})
    assert published() == (1, ["Sensornetz"])
    minutes = reverse("agenda:desk_meeting_minutes", args=[meeting.public_id])
    read = client.post(minutes, {"minutes": "Es war gut.", "sure": "on", "version": "1"}, follow=True)
    assert "<p>Es war gut.</p>" in read.content.decode()
    listed = reverse("agenda:desk_meetings")
    assert "1 freigegeben, 1 zurückgegeben" in client.get(listed).content.decode()
    assert "Zu dieser Auswahl passt keine Sitzung." in client.get(f"{listed}?stand=offen").content.decode()
    table = client.get(reverse("agenda:desk_meetings_csv") + "?stand=protokolliert&gremium=lenkungsgruppe")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Gremium;Beginn;Ort;Freigegeben;Zurückgegeben;Protokoll"
    assert lines[1].startswith("Lenkungsgruppe;Dienstag, 14. Mai 2024, 9:00")
    assert ";Kreishaus;1;1;" in lines[1]
    assert len(lines) == 2


def test_a_meeting_that_began_a_moment_ago_decides(world: World) -> None:
    meeting = planned(MAY)
    with at(MAY - timedelta(seconds=1)), pytest.raises(RuleBroken):
        meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={})
    with at(MAY):
        assert meetings.decide_reports(SYSTEM, meeting=meeting, month=APRIL, returned={}) == 2
