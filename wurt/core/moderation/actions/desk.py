"""The queue: taking, handing over, sorting out what no person sent, deputies."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, lock, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.moderation.actions.steps import note, open_case, trail
from wurt.core.moderation.models import Absence, Case, Correction, Origin, State
from wurt.core.moderation.people import covers, may_moderate
from wurt.core.moderation.policies import CORRECT, DECIDE, DECIDE_COMPLAINT, MANAGE, VIEW_CASE
from wurt.core.moderation.things import fetch
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person


def locked_for_work(actor: Actor, case: UUID, version: int | None) -> Case:
    """The case, locked, if the actor may decide what is open in it: the first decision or the complaint."""
    authorize(actor, VIEW_CASE)
    row = lock(Case.objects.all(), public_id=case)
    authorize(actor, DECIDE_COMPLAINT if row.state == State.COMPLAINT else DECIDE, row)
    check_version(row, version, _("Somebody else worked on this case in the meantime. Please look again."))
    return row


@action("moderation.take")
def take_case(actor: Actor, *, case: UUID, version: int | None = None) -> None:
    """Take a case that nobody has. Raises RuleBroken ``moderation.taken`` if somebody was first."""
    row = locked_for_work(actor, case, version)
    taken = Case.objects.filter(pk=row.pk, taken_by__isnull=True).update(
        taken_by=actor.person, version=row.version + 1
    )
    if not taken and row.taken_by_id != actor.person:
        raise RuleBroken("moderation.taken", _("Somebody else has this case already. You can take it over."))
    note(actor, row, "taken")
    trail(actor, row)


@action("moderation.hand_over")
def hand_over(actor: Actor, *, case: UUID, to: UUID, version: int | None = None) -> None:
    """Give a case to somebody who may decide it; also to oneself, from whoever has it."""
    row = locked_for_work(actor, case, version)
    person = Person.objects.filter(public_id=to).first()
    if person is None:
        raise NotFound(code="tenancy.person")
    if not may_moderate(person.pk, row):
        raise RuleBroken(
            "moderation.cannot_take", _("This person may not decide this case. Choose somebody else.")
        )
    row.taken_by = person
    row.version += 1
    row.save(update_fields=["taken_by", "version"])
    note(actor, row, "handed_over")
    trail(actor, row, taken_by=person)


@action("moderation.is_human")
def is_human(actor: Actor, *, case: UUID) -> None:
    """A held notice comes from a person: it goes into the queue, its time runs since it arrived."""
    row = locked_for_work(actor, case, None)
    if row.state == State.HELD:
        row.state = State.OPEN
        row.version += 1
        row.save(update_fields=["state", "version"])
    note(actor, row, "is_human")
    trail(actor, row)


@action("moderation.dismiss")
def dismiss(actor: Actor, *, case: UUID) -> None:
    """A held notice comes from a program: no decision, the case is closed and soon forgotten."""
    authorize(actor, VIEW_CASE)
    row = lock(Case.objects.all(), public_id=case)
    authorize(actor, DECIDE, row)
    if row.state != State.HELD:
        raise RuleBroken("moderation.not_held", _("This is a notice of a person; it needs a decision."))
    row.state, row.dismissed, row.closed_at = State.CLOSED, True, now()
    row.version += 1
    row.save(update_fields=["state", "dismissed", "closed_at", "version"])
    note(actor, row, "dismissed")
    trail(actor, row)


@action("moderation.open_own")
def open_own(actor: Actor, *, kind: str, key: str) -> UUID:
    """A moderator looks at something on their own initiative (Art. 17 (3) b)."""
    thing = fetch(kind, key)
    if thing is None:
        raise NotFound(code="moderation.thing")
    row = open_case(actor, thing, origin=Origin.OWN)
    authorize(actor, DECIDE, row)
    trail(actor, row)
    return row.public_id


@action("moderation.correction_done")
def correction_done(actor: Actor, *, correction: UUID) -> None:
    """A correction that a decision asked for is made."""
    row = lock(Correction.objects.select_related("case"), public_id=correction)
    authorize(actor, CORRECT, row)
    if row.done_at is None:
        row.done_at = now()
        row.save(update_fields=["done_at"])
        note(actor, row.case, "corrected")
    record(actor, row)


@action("moderation.set_absence", makes=Making(Absence.objects.all))
def set_absence(actor: Actor, *, person: UUID | None = None, deputy: UUID, first: date, last: date) -> UUID:
    """A moderator (empty: oneself) is away; the deputy has their cases from ``first`` to ``last``."""
    authorize(actor, MANAGE, county())
    away = (
        Person.objects.filter(public_id=person).first()
        if person
        else Person.objects.filter(pk=actor.person or 0).first()
    )
    instead = Person.objects.filter(public_id=deputy).first()
    if away is None or instead is None:
        raise NotFound(code="tenancy.person")
    if last < first or last < today():
        raise RuleBroken(
            "moderation.absence_days", _("The last day must not be before the first, nor in the past.")
        )
    if away.pk == instead.pk or not covers(instead.pk, away.pk):
        raise RuleBroken(
            "moderation.deputy",
            _("The deputy must be somebody else who moderates at least the same places."),
        )
    row = Absence.objects.create(person=away, deputy=instead, first=first, last=last)
    record(actor, row, after={"deputy": instead, "first": first, "last": last})
    return row.public_id


@action("moderation.end_absence")
def end_absence(actor: Actor, *, absence: UUID) -> None:
    """Back earlier, or a mistake."""
    authorize(actor, MANAGE, county())
    row = lock(Absence.objects.all(), public_id=absence)
    record(actor, row)
    row.delete()
