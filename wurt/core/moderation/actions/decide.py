"""Decisions: a measure, its ground, the facts; and the decision about a complaint by somebody else."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.run import action
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.moderation import things
from wurt.core.moderation.actions.desk import locked_for_work
from wurt.core.moderation.actions.steps import carry_out, note, restore, trail
from wurt.core.moderation.events import CaseDecided
from wurt.core.moderation.models import Case, Correction, Decision, Ground, Restriction, State
from wurt.core.moderation.people import team
from wurt.core.moderation.things import Measure
from wurt.core.outbox.registry import publish

SHORTEST = 15
Outcome = Literal["upheld", "reversed"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided and why (Art. 17 (3)). ``clause``: the legal provision or the clause of the terms;
    ``territory`` empty: everywhere; ``until`` None: without end."""

    measure: Measure
    ground: Ground
    clause: str
    facts: str
    found_by_machine: bool = False
    decided_by_machine: bool = False
    territory: str = ""
    until: date | None = None
    unfounded: bool = False


@action("moderation.decide")
def decide(actor: Actor, *, case: UUID, ruling: Ruling, version: int | None = None) -> UUID:
    """Decide a case and carry the measure out, in one transaction. The answer is the decision's public id.

    Of two who decide at once one succeeds: the conditional update is the lock. Raises RuleBroken
    ``moderation.decided``, ``moderation.taken``, ``moderation.facts_short``, ``moderation.clause``,
    ``moderation.measure``, ``moderation.until``, ``moderation.author``.
    """
    row = locked_for_work(actor, case, version)
    if row.state == State.COMPLAINT:
        raise RuleBroken("moderation.complaint_open", _("There is a complaint; decide about that instead."))
    person = _person(actor)
    _check_taken(row, person)
    _check(row, ruling)
    _settle(row, State.DECIDED, **_outcome(ruling, person), decided_at=now(), decided_by_id=person)
    stored = _store(row, person, ruling, appeal=False)
    _carry_out(actor, row, ruling)
    note(actor, row, "decided", ruling.measure)
    trail(actor, row, measure=ruling.measure, decision=str(stored.public_id))
    publish(CaseDecided(decision=stored.public_id), key=str(stored.public_id))
    return stored.public_id


@action("moderation.decide_complaint")
def decide_complaint(
    actor: Actor, *, case: UUID, outcome: Outcome, ruling: Ruling, version: int | None = None
) -> UUID:
    """Decide all open complaints of a case; never by who took the first decision. Reversed, the first measure
    is undone and that of ``ruling`` carried out instead (nothing, if it is to leave the thing as it was).

    Raises NotAllowed for the first decider, RuleBroken as :func:`decide`.
    """
    row = locked_for_work(actor, case, version)
    person = _person(actor)
    if person == row.decided_by_id:
        raise NotAllowed(
            _("You took the decision that is complained about. Somebody else has to look at it."),
            code="moderation.decide_complaint:another_person",
        )
    _check_taken(row, person)
    first = Measure(row.measure)
    if outcome == "upheld":
        ruling = _same_measure(ruling, first)
    elif ruling.measure is first:
        raise RuleBroken(
            "moderation.same", _("Reversed means another measure than before. Choose another one.")
        )
    _check(row, ruling, known=first)
    _settle(row, State.CLOSED, **_outcome(ruling, person), closed_at=now())
    stored = _store(row, person, ruling, appeal=True, outcome=outcome)
    if outcome == "reversed":
        restore(actor, row, first)
        _carry_out(actor, row, ruling)
    note(actor, row, outcome, ruling.measure)
    trail(actor, row, measure=ruling.measure, outcome=outcome, decision=str(stored.public_id))
    publish(CaseDecided(decision=stored.public_id), key=str(stored.public_id))
    return stored.public_id


def _person(actor: Actor) -> int:
    if actor.person is None:
        raise NotAllowed(code="moderation.decide:person")
    return actor.person


def _check_taken(row: Case, person: int) -> None:
    """Somebody else has it, and is there: then it must be taken over first, which stands in the history."""
    if row.taken_by_id in (None, person):
        return
    known = team(today())
    if known.standing_in(row.taken_by_id or 0) != person:
        raise RuleBroken("moderation.taken", _("Somebody else has this case already. You can take it over."))


def _check(row: Case, ruling: Ruling, known: Measure | None = None) -> None:
    if len(ruling.facts.strip()) < SHORTEST:
        raise RuleBroken(
            "moderation.facts_short", _("Please say in a sentence or two on which facts the decision rests.")
        )
    if ruling.measure is not Measure.LEAVE:
        if ruling.ground is Ground.NONE or not ruling.clause.strip():
            raise RuleBroken(
                "moderation.clause",
                _("Please name the law or the clause of the terms on which the measure rests."),
            )
        thing = things.fetch(row.kind, row.key)
        offered = {*(thing.measures if thing else ()), known}
        if ruling.measure is not Measure.RESTRICT and ruling.measure not in offered:
            raise RuleBroken(
                "moderation.measure", _("This measure is not possible here now. Choose another one.")
            )
    if ruling.measure is Measure.RESTRICT and row.author_id is None:
        raise RuleBroken(
            "moderation.author", _("This has no author with an account here who could be restricted.")
        )
    if ruling.until is not None and ruling.until < today():
        raise RuleBroken("moderation.until", _("The last day must not be in the past."))


def _same_measure(ruling: Ruling, first: Measure) -> Ruling:
    values = {name: getattr(ruling, name) for name in Ruling.__dataclass_fields__}
    return Ruling(**{**values, "measure": first, "unfounded": False})


def _settle(row: Case, state: State, **values: object) -> None:
    """Change the case if nobody was quicker; the row's state and version are the condition."""
    mine = Case.objects.filter(pk=row.pk, state=row.state, version=row.version)
    if not mine.update(state=state, version=row.version + 1, **values):
        raise RuleBroken("moderation.decided", _("This case is decided already. Please look at it again."))
    row.refresh_from_db()


def _outcome(ruling: Ruling, person: int) -> dict[str, object]:
    ends = ruling.until if ruling.measure in (Measure.HIDE, Measure.LABEL, Measure.RESTRICT) else None
    return {"measure": ruling.measure, "until": ends, "taken_by_id": person}


def _store(row: Case, person: int, ruling: Ruling, *, appeal: bool, outcome: str = "") -> Decision:
    return Decision.objects.create(
        case=row,
        by_id=person,
        measure=ruling.measure,
        ground=ruling.ground,
        clause=ruling.clause.strip(),
        facts=ruling.facts.strip(),
        found_by_machine=ruling.found_by_machine,
        decided_by_machine=ruling.decided_by_machine,
        territory=ruling.territory.strip(),
        until=ruling.until,
        unfounded=ruling.unfounded and ruling.measure is Measure.LEAVE,
        appeal=appeal,
        outcome=outcome,
        created=now(),
    )


def _carry_out(actor: Actor, row: Case, ruling: Ruling) -> None:
    carry_out(actor, row, ruling.measure)
    if ruling.measure is Measure.RESTRICT and row.author_id is not None:
        Restriction.objects.create(case=row, person_id=row.author_id, since=now(), until=ruling.until)
    if ruling.measure is Measure.CORRECT:
        Correction.objects.create(case=row, created=now())
