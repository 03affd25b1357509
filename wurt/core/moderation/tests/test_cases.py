"""From a notice to the end of the complaint: everything through the actions, told by the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.moderation import desk_queries, queries
from wurt.core.moderation.actions import decide, misuse, upkeep
from wurt.core.moderation.actions import desk as desk_actions
from wurt.core.moderation.actions import report as reports
from wurt.core.moderation.models import (
    Case,
    Complaint,
    Correction,
    Decision,
    Event,
    Misuse,
    Party,
    Report,
    Role,
)
from wurt.core.moderation.tests import toys
from wurt.core.moderation.tests.conftest import NOON, Desk
from wurt.core.moderation.things import Measure
from wurt.core.moderation.tokens import link_token, proof_token
from wurt.core.notices.models import Direct
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.privacy.actions import erase_person
from wurt.core.tenancy.models import Grant

SYSTEM = toys.Actor.for_system("test")


def refused(code: str, act: object, *args: object, **values: object) -> None:
    with pytest.raises(RuleBroken) as found:
        act(*args, **values)  # type: ignore[operator]
    assert found.value.code == code


def decided(desk: Desk, measure: Measure = Measure.HIDE, **values: object) -> Case:
    toys.report()
    case = Case.objects.get()
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling(measure, **values))
    case.refresh_from_db()
    return case


@contextmanager
def lifted() -> Iterator[None]:
    """Somebody who gets around the write guard, but not around the database."""
    with writes_allowed("intruder"), transaction.atomic():
        yield


def notifier(row: Report) -> str:
    return link_token(Role.NOTIFIER, row.public_id)


def author(case: Case) -> str:
    return link_token(Role.AUTHOR, case.public_id)


def test_a_notice_is_confirmed_decided_and_both_sides_are_told(desk: Desk) -> None:
    toys.report()
    drain()
    (receipt,) = mail.outbox
    assert receipt.to == ["ada@example.org"]
    number = str(Report.objects.get())
    assert number in receipt.subject
    assert "/meldungen/" in receipt.body
    case = Case.objects.get()
    assert (case.state, case.title, case.excerpt, case.place) == (
        "open",
        "sommerfest",
        "Anruf bei Frau X.",
        desk.amt,
    )
    assert case.due.isoformat() == "2026-03-10T23:00:00+00:00"  # end of the seventh day
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling())
    desk.post.refresh_from_db()
    assert desk.post.text == "(hidden) Anruf bei Frau X."
    drain()
    told = {message.to[0]: message for message in mail.outbox[1:]}
    assert sorted(told) == ["ada@example.org", "carl@moorland.example"]
    for message in told.values():
        assert "Die Nummer steht ohne Zustimmung im Text." in message.body
        assert "Nummer 4" in message.body
        assert "3. September 2026" in message.body
        assert "Art. 21" in message.body
    assert "ada@example.org" not in told["carl@moorland.example"].body
    assert "Carl" not in told["ada@example.org"].body
    assert "sommerfest" in told["carl@moorland.example"].subject
    stored = " ".join(str(row) for row in AuditEntry.objects.values())
    assert toys.EXPLANATION not in stored
    assert "ada@example.org" not in stored
    assert "Zustimmung" not in stored


def test_to_leave_it_is_a_decision_and_needs_no_statement(desk: Desk) -> None:
    decided(desk, Measure.LEAVE)
    drain()
    assert sorted(message.to[0] for message in mail.outbox) == ["ada@example.org"] * 2
    desk.post.refresh_from_db()
    assert desk.post.text == "Anruf bei Frau X."
    assert queries.mine(toys.Actor(person=desk.author.pk)) == ()


def test_complaint_goes_to_somebody_else_and_what_was_hidden_comes_back(desk: Desk) -> None:
    case = decided(desk)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    drain()
    assert mail.outbox[-1].to == ["carl@moorland.example"]
    assert "Beschwerde" in mail.outbox[-1].subject
    case.refresh_from_db()
    assert (case.state, case.taken_by) == ("complaint", None)
    assert case.due.isoformat() == "2026-03-17T23:00:00+00:00"
    back = toys.ruling(Measure.LEAVE)
    with pytest.raises(NotAllowed) as denied:
        decide.decide_complaint(desk.ada, case=case.public_id, outcome="reversed", ruling=back)
    assert denied.value.code == "moderation.decide_complaint:role"
    assert desk_queries.case(desk.ada, case.public_id).why_not == "role"
    assert [one.name for one in desk_queries.case(desk.bob, case.public_id).candidates] == ["Admin", "Bob"]
    mail.outbox.clear()
    decide.decide_complaint(desk.bob, case=case.public_id, outcome="reversed", ruling=back)
    drain()
    desk.post.refresh_from_db()
    assert desk.post.text == "Anruf bei Frau X."
    assert sorted(message.to[0] for message in mail.outbox) == ["ada@example.org", "carl@moorland.example"]
    case.refresh_from_db()
    assert (case.state, case.measure, case.closed_at) == ("closed", "leave", NOON)
    refused(
        "moderation.final",
        reports.complain,
        toys.ANONYMOUS,
        token=author(case),
        text="Noch einmal, bitte sehr.",
    )
    view = queries.status(toys.ANONYMOUS, author(case))
    assert view.appeal is not None
    assert (view.appeal.outcome, view.complaint) == ("reversed", "Das ist meine eigene Nummer.")


def test_only_one_moderator_means_the_administrator_decides(desk: Desk) -> None:
    with writes_allowed("test"):
        Grant.objects.filter(person_id=desk.bob.person).delete()
    case = decided(desk, Measure.LEAVE)
    reports.complain(
        toys.ANONYMOUS, token=notifier(Report.objects.get()), text="Die Nummer ist noch zu sehen."
    )
    line = desk_queries.case(desk.ada, case.public_id).line
    assert line.responsible == ("Admin",)
    decide.decide_complaint(
        desk.admin, case=case.public_id, outcome="reversed", ruling=toys.ruling(Measure.REMOVE)
    )
    desk.post.refresh_from_db()
    assert desk.post.text.startswith("(hidden)")


def test_nobody_left_is_said_in_words(desk: Desk) -> None:
    with writes_allowed("test"):
        Grant.objects.exclude(person_id=desk.ada.person).delete()
    case = decided(desk)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    view = desk_queries.case(desk.ada, case.public_id)
    assert (view.line.responsible, view.candidates, view.why_not) == ((), (), "role")


def test_upheld_changes_nothing_and_is_told(desk: Desk) -> None:
    case = decided(desk)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    same = toys.ruling(Measure.LEAVE, ground=toys.Ground.TERMS, clause="Nummer 4")
    decide.decide_complaint(desk.bob, case=case.public_id, outcome="upheld", ruling=same)
    desk.post.refresh_from_db()
    assert desk.post.text == "(hidden) Anruf bei Frau X."
    appeal = Decision.objects.get(appeal=True)
    assert (appeal.measure, appeal.outcome, appeal.by_id) == ("hide", "upheld", desk.bob.person)
    drain()
    assert "selben Ergebnis" in mail.outbox[-1].body


def test_reversed_means_another_measure(desk: Desk) -> None:
    case = decided(desk)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    act = decide.decide_complaint
    refused("moderation.same", act, desk.bob, case=case.public_id, outcome="reversed", ruling=toys.ruling())


def test_six_months_and_not_a_day_longer(desk: Desk) -> None:
    case = decided(desk)
    assert queries.status(toys.ANONYMOUS, author(case)).may_complain_until == date(2026, 9, 3)
    with at(now() + timedelta(days=184, hours=11)):  # 4 September, after midnight
        assert queries.status(toys.ANONYMOUS, author(case)).may_complain_until is None
        late = {"token": author(case), "text": "Das ist meine eigene Nummer."}
        refused("moderation.complaint_late", reports.complain, toys.ANONYMOUS, **late)
    with at(now() + timedelta(days=184, hours=10)):
        reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")


def test_one_complaint_each_and_only_after_a_decision(desk: Desk) -> None:
    toys.report()
    case, row = Case.objects.get(), Report.objects.get()
    early = {"token": notifier(row), "text": "Bitte schneller, es eilt doch."}
    refused("moderation.not_decided", reports.complain, toys.ANONYMOUS, **early)
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling())
    refused("moderation.complaint_short", reports.complain, toys.ANONYMOUS, token=notifier(row), text="Nein.")
    reports.complain(toys.ANONYMOUS, **early)
    refused("moderation.complained", reports.complain, toys.ANONYMOUS, **early)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    assert Complaint.objects.count() == 2
    decide.decide_complaint(desk.bob, case=case.public_id, outcome="upheld", ruling=toys.ruling())
    assert Decision.objects.count() == 2  # one decision settles both


@pytest.mark.parametrize("token", ["x", "n0123.abc", ""])
def test_forged_links_find_nothing(desk: Desk, token: str) -> None:
    decided(desk)
    with pytest.raises(NotFound):
        queries.status(toys.ANONYMOUS, token)
    with pytest.raises(NotFound):
        reports.complain(toys.ANONYMOUS, token=token, text="Das ist meine eigene Nummer.")
    with pytest.raises(NotFound):
        reports.confirm_report(
            toys.ANONYMOUS, token=link_token(Role.NOTIFIER, Report.objects.get().public_id)
        )


def test_what_nothing_proves_waits_and_is_confirmed_by_mail(desk: Desk) -> None:
    toys.report(proven=False)
    case, row = Case.objects.get(), Report.objects.get()
    assert case.state == "held"
    drain()
    assert "/meldungen/bestaetigen/" in mail.outbox[0].body
    assert [line.number for line in desk_queries.every_line(desk.ada, desk_queries.Filters())] == []
    held = desk_queries.every_line(desk.ada, desk_queries.Filters(state="held"))
    assert [line.number for line in held] == [str(case)]
    reports.confirm_report(toys.ANONYMOUS, token=proof_token(row.public_id))
    reports.confirm_report(toys.ANONYMOUS, token=proof_token(row.public_id))
    case.refresh_from_db()
    assert case.state == "open"


def test_a_moderator_sorts_out_what_no_person_sent(desk: Desk) -> None:
    toys.report(proven=False, email="")
    case = Case.objects.get()
    desk_actions.dismiss(desk.ada, case=case.public_id)
    case.refresh_from_db()
    assert (case.state, case.dismissed, Decision.objects.count()) == ("closed", True, 0)
    toys.report(proven=False, email="")
    again = Case.objects.exclude(pk=case.pk).get()
    desk_actions.is_human(desk.ada, case=again.public_id)
    refused("moderation.not_held", desk_actions.dismiss, desk.ada, case=again.public_id)


def test_notices_about_the_same_thing_are_one_case(desk: Desk) -> None:
    toys.report(proven=False)
    toys.report(email="bea@example.org")
    assert (Case.objects.get().state, Report.objects.count()) == ("open", 2)
    decide.decide(desk.ada, case=Case.objects.get().public_id, ruling=toys.ruling(Measure.LEAVE))
    drain()
    assert [message.to[0] for message in mail.outbox].count("bea@example.org") == 2
    toys.report(email="dora@example.org")
    assert Case.objects.count() == 2


def test_bad_notices_are_told_what_to_do(desk: Desk) -> None:
    refused("moderation.explanation_short", toys.report, explanation="Böse.")
    refused("moderation.good_faith", toys.report, good_faith=False)
    refused("moderation.category", toys.report, category="nonsense")
    with pytest.raises(NotFound):
        toys.report("gibt-es-nicht")
    assert (Case.objects.count(), Report.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_bad_decisions_change_nothing(desk: Desk) -> None:
    toys.report()
    case = Case.objects.get()
    for code, ruling in (
        ("moderation.facts_short", toys.ruling(facts="Ist so.")),
        ("moderation.clause", toys.ruling(clause="")),
        ("moderation.clause", toys.ruling(ground=toys.Ground.NONE)),
        ("moderation.until", toys.ruling(until=date(2026, 3, 2))),
    ):
        refused(code, decide.decide, desk.ada, case=case.public_id, ruling=ruling)
    refused("moderation.complaint_open", _decide_open_complaint, desk)


def _decide_open_complaint(desk: Desk) -> None:
    case = Case.objects.get()
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling())
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    decide.decide(desk.bob, case=case.public_id, ruling=toys.ruling())


def test_a_case_is_decided_once_and_a_stale_form_overwrites_nothing(desk: Desk) -> None:
    toys.report()
    case = Case.objects.get()
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling(Measure.LEAVE), version=1)
    with pytest.raises(NotAllowed):
        decide.decide(desk.bob, case=case.public_id, ruling=toys.ruling(), version=1)
    toys.report()
    again = Case.objects.exclude(pk=case.pk).get()
    desk_actions.take_case(desk.ada, case=again.public_id)
    with pytest.raises(ChangedMeanwhile):
        decide.decide(desk.bob, case=again.public_id, ruling=toys.ruling(), version=1)


def test_taking_handing_over_and_standing_in(desk: Desk) -> None:
    toys.report()
    case = Case.objects.get()
    desk_actions.take_case(desk.ada, case=case.public_id)
    refused("moderation.taken", desk_actions.take_case, desk.bob, case=case.public_id)
    refused("moderation.taken", decide.decide, desk.bob, case=case.public_id, ruling=toys.ruling())
    assert desk_queries.case(desk.bob, case.public_id).line.responsible == ("Ada",)
    desk_actions.set_absence(
        desk.ada, deputy=desk.bob.public_id, first=date(2026, 3, 1), last=date(2026, 3, 5)
    )
    assert desk_queries.case(desk.bob, case.public_id).line.responsible == ("Bob",)
    mine = desk_queries.Filters(whose="mine")
    assert len(desk_queries.every_line(desk.bob, mine)) == 1
    with at(now() + timedelta(days=3)):
        assert desk_queries.every_line(desk.bob, mine) == []
    decide.decide(desk.bob, case=case.public_id, ruling=toys.ruling())


def test_handing_over_only_to_who_may(desk: Desk) -> None:
    toys.report()
    case = Case.objects.get()
    code = "moderation.cannot_take"
    refused(code, desk_actions.hand_over, desk.ada, case=case.public_id, to=desk.author.public_id)
    desk_actions.hand_over(desk.ada, case=case.public_id, to=desk.bob.public_id)
    case.refresh_from_db()
    assert case.taken_by_id == desk.bob.person
    wrong = {"deputy": desk.ada.public_id, "first": date(2026, 3, 1), "last": date(2026, 3, 5)}
    refused("moderation.deputy", desk_actions.set_absence, desk.ada, **wrong)


def test_moderators_of_another_place_see_nothing(desk: Desk) -> None:
    with writes_allowed("test"):
        other = toys.Place.objects.create(slug="amt2", kind="amt", name="Amt 2", parent=desk.county)
    stranger = toys.moderator(other, "Stranger")
    toys.report()
    case = Case.objects.get()
    assert desk_queries.every_line(stranger, desk_queries.Filters()) == []
    with pytest.raises(NotFound):
        desk_queries.case(stranger, case.public_id)
    for act in (desk_actions.take_case, desk_actions.dismiss):
        with pytest.raises(NotFound):
            act(stranger, case=case.public_id)
    with pytest.raises(NotFound):
        decide.decide(stranger, case=case.public_id, ruling=toys.ruling())


def test_what_waits_for_approval_appears_when_it_is_approved(desk: Desk) -> None:
    toys.submit(toys.Actor(person=desk.author.pk, public_id=desk.author.public_id), term="sommerfest")
    case = Case.objects.get()
    assert (case.origin, case.state) == ("before", "open")
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling(Measure.LEAVE))
    desk.post.refresh_from_db()
    assert desk.post.text == "Anruf bei Frau X."


def test_the_author_is_restricted_until_a_day_or_until_it_is_reversed(desk: Desk) -> None:
    case = decided(desk, Measure.RESTRICT, until=date(2026, 3, 10))
    person = toys.Actor(person=desk.author.pk)
    assert queries.restricted(person)
    with at(now() + timedelta(days=8)):
        assert not queries.restricted(person)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    leave = toys.ruling(Measure.LEAVE)
    decide.decide_complaint(desk.bob, case=case.public_id, outcome="reversed", ruling=leave)
    assert not queries.restricted(person)


def test_a_measure_ends_on_its_last_day(desk: Desk) -> None:
    decided(desk, Measure.HIDE, until=date(2026, 3, 5))
    with at(now() + timedelta(days=2)):
        assert upkeep.lift_expired(SYSTEM) == 0
    with at(now() + timedelta(days=3)):
        assert upkeep.lift_expired(SYSTEM) == 1
        assert upkeep.lift_expired(SYSTEM) == 0
    desk.post.refresh_from_db()
    assert desk.post.text == "Anruf bei Frau X."


def test_a_correction_is_a_task_for_the_coordination(desk: Desk) -> None:
    decided(desk, Measure.CORRECT)
    coordinator = toys.moderator(desk.county, "Coordinator", "coordinator")
    (task,) = desk_queries.corrections(coordinator)
    assert (task.title, task.clause) == ("sommerfest", "Nummer 4")
    with pytest.raises(NotAllowed):
        desk_actions.correction_done(desk.ada, correction=task.public_id)
    desk_actions.correction_done(coordinator, correction=task.public_id)
    assert desk_queries.corrections(coordinator) == ()
    assert Correction.objects.get().done_at == NOON


def test_whoever_is_not_reachable_reads_the_secret_page(desk: Desk) -> None:
    toys.report(email="")
    case = Case.objects.get()
    decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling(Measure.LEAVE))
    drain()
    assert mail.outbox == []
    view = queries.status(toys.ANONYMOUS, notifier(Report.objects.get()))
    assert view.decision is not None
    assert (view.decision.measure, view.told_by) == ("leave", "")


def test_by_letter_for_people_without_mail(desk: Desk) -> None:
    sender = toys.Sender(name="Oma Petersen", address="Deich 1\n25000 Moorland")
    toys.report(sender=sender, actor=desk.ada, on_behalf=True)
    assert Party.objects.get(role="notifier").person is None  # the moderator is not the notifier
    decide.decide(desk.ada, case=Case.objects.get().public_id, ruling=toys.ruling())
    drain()
    letters = Direct.objects.filter(channel="letter")
    assert sorted(letters.values_list("kind", flat=True)) == ["moderation.decided", "moderation.received"]
    assert [message.to[0] for message in mail.outbox] == ["carl@moorland.example"]


def test_a_kill_between_decision_and_telling_leaves_nobody_untold(desk: Desk) -> None:
    """The decision is committed, the worker never ran; a worker that comes later tells everybody, once."""
    case = decided(desk)
    waiting = Delivery.objects.filter(handler__endswith="tell_decision", done__isnull=True)
    assert (waiting.count(), Direct.objects.filter(kind="moderation.decided").count()) == (1, 0)
    drain()
    sent = len(mail.outbox)
    assert Direct.objects.filter(state="sent").count() == sent == 3
    waiting_again = Delivery.objects.filter(handler__endswith="tell_decision")
    waiting_again.update(done=None, due=now())  # as if the worker had died before it noted the end
    drain()
    assert len(mail.outbox) == sent
    assert case.decisions.count() == 1


@pytest.mark.parametrize("table", ["report", "decision", "complaint", "event"])
def test_the_database_keeps_what_was_said_and_decided(desk: Desk, table: str) -> None:
    case = decided(desk)
    reports.complain(toys.ANONYMOUS, token=author(case), text="Das ist meine eigene Nummer.")
    column = {"report": "explanation", "decision": "facts", "complaint": "text", "event": "what"}[table]
    for sql in (f"UPDATE moderation_{table} SET {column} = 'x'", f"DELETE FROM moderation_{table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            writes_allowed("intruder"),
            transaction.atomic(),
        ):
            connection.cursor().execute(sql)


def test_after_six_months_more_the_texts_are_gone_and_the_figures_stay(desk: Desk) -> None:
    case = decided(desk)
    row = Report.objects.get()
    drain()
    with at(now() + timedelta(days=185)):
        assert upkeep.close_expired(SYSTEM) == 1
        assert upkeep.close_expired(SYSTEM) == 0
        assert upkeep.forget(SYSTEM, limit=10) == 0
    with at(now() + timedelta(days=370)):
        assert upkeep.overdue().count() == 1
        assert upkeep.forget(SYSTEM, limit=10) == 1
        assert upkeep.forget(SYSTEM, limit=10) == 0
        with pytest.raises(NotFound):
            queries.status(toys.ANONYMOUS, notifier(row))
        assert desk_queries.every_line(desk.ada, desk_queries.Filters(state="all")) == []
    case.refresh_from_db()
    row.refresh_from_db()
    kept = Decision.objects.get()
    assert (case.title, case.excerpt, case.url, case.key, case.author) == ("", "", "", "", None)
    assert (row.explanation, row.where, row.category, row.created) == ("", "", "personal", NOON)
    assert (kept.facts, kept.clause, kept.measure) == ("", "", "hide")
    assert (Party.objects.count(), Event.objects.count()) == (0, 0)


def test_an_erased_person_leaves_the_cases_at_once(desk: Desk) -> None:
    person = toys.Actor(person=desk.author.pk, public_id=desk.author.public_id)
    toys.report(actor=person, email="carl@moorland.example")
    drain()
    assert Direct.objects.count() == 1
    erase_person(desk.admin, person=desk.author.public_id)
    assert (Party.objects.count(), Case.objects.get().author, Direct.objects.count()) == (0, None, 0)
    assert Report.objects.count() == 1  # the figures stay
    decide.decide(desk.ada, case=Case.objects.get().public_id, ruling=toys.ruling())
    drain()
    assert len(mail.outbox) == 1


def unfounded(desk: Desk, number: int) -> None:
    for _ in range(number):
        toys.report()
        case = Case.objects.filter(state="open").get()
        decide.decide(desk.ada, case=case.public_id, ruling=toys.ruling(Measure.LEAVE, unfounded=True))


def test_who_notifies_without_ground_is_warned_and_then_suspended_for_a_time(desk: Desk) -> None:
    unfounded(desk, 2)
    last = Report.objects.latest("pk").public_id
    reason = "Drei Meldungen zum selben Text, alle ohne Grund."
    refused("moderation.not_often", misuse.warn, desk.ada, report=last, reason=reason)
    unfounded(desk, 1)
    misuse.warn(desk.ada, report=last, reason=reason)
    row = Misuse.objects.get()
    drain()
    assert reason in mail.outbox[-1].body
    with at(now() + timedelta(days=1)):
        until, given = date(2026, 4, 1), {"misuse": row.public_id, "reason": reason}
        refused("moderation.not_warned", misuse.suspend, desk.ada, until=until, **given)
        unfounded(desk, 1)
        long = date(2027, 1, 1)
        refused("moderation.until", misuse.suspend, desk.ada, until=long, **given)
        misuse.suspend(desk.ada, until=until, **given)
        drain()
        assert "1. April 2026" in mail.outbox[-1].body
        refused("moderation.suspended", toys.report)
        toys.report(email="bea@example.org")
        misuse.end_suspension(desk.ada, misuse=row.public_id)
        toys.report()
    assert "ada" not in str(list(Misuse.objects.values()))
    with at(now() + timedelta(days=400)):
        assert upkeep.forget_misuse(SYSTEM, limit=9) == 1
