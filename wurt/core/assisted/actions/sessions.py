"""Finding somebody, beginning and ending to act for them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, lock_all, record
from wurt.core.assisted.models import Act, Assistance, Channel, Check, End, Letter, LetterKind, Mandate, Way
from wurt.core.assisted.policies import ASSIST, OWN_SESSION, USE_MANDATE
from wurt.core.assisted.searching import MOST, Wanted, matching
from wurt.core.assisted.standing import mandate_holds, why_over
from wurt.core.assisted.texts import confirmation
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Contact, Person, Place


@action("assisted.search_people")
def search_people(actor: Actor, *, wanted: Wanted) -> dict[str, Any]:
    """Look for a caller. Answers ``{"people": ids, "many": whether there were too many to show}``.

    The trail keeps who searched by what and how many were found, never the words.
    """
    authorize(actor, ASSIST)
    if not wanted.way:
        raise RuleBroken(
            "assisted.search_little",
            _(
                "Give the number, the e-mail address or the telephone number; "
                "or the whole surname and the place."
            ),
        )
    found = [row for row in matching(wanted, actor.places_with(ASSIST.roles)) if row.pk != actor.person]
    record(actor, county(), after={"by": wanted.way, "found": len(found)})
    many = len(found) > MOST
    return {"people": [] if many else [str(row.public_id) for row in found], "many": many}


@action("assisted.begin")
def begin(actor: Actor, *, person: UUID, place: str, channel: str, checked: str) -> UUID:
    """A member of the staff begins to act for somebody. Returns the session's id."""
    where = Place.objects.filter(slug=place).first()
    if where is None:
        raise NotFound(code="tenancy.place")
    authorize(actor, ASSIST, where)
    operator, principal = _pair(actor, person)
    contact = Contact.objects.filter(person=principal).first()
    if contact is not None and contact.place_id not in actor.places_with(ASSIST.roles):
        raise NotFound(code="tenancy.person")
    if channel not in (Channel.PHONE, Channel.COUNTER, Channel.LETTER) or checked not in Check.values:
        raise RuleBroken("assisted.how", _("Say where you speak with the person and how you know who it is."))
    row = Assistance.objects.create(
        operator=operator,
        principal=principal,
        place=where,
        channel=channel,
        checked=checked,
        started=now(),
    )
    record(actor, row, after={"principal": principal, "place": where, "channel": channel, "checked": checked})
    return row.public_id


@action("assisted.begin_with_mandate")
def begin_with_mandate(actor: Actor, *, mandate: UUID) -> UUID:
    """A helper begins to act for whoever gave the mandate. Returns the session's id."""
    held = lock(Mandate.objects.select_related("giver"), public_id=mandate)
    authorize(actor, USE_MANDATE, held)
    if not mandate_holds(held):
        raise RuleBroken("assisted.mandate_over", _("This mandate does not hold today."))
    operator, principal = _pair(actor, held.giver.public_id)
    row = Assistance.objects.create(
        operator=operator,
        principal=principal,
        mandate=held,
        channel=Channel.HELPER,
        checked=Check.MANDATE,
        started=now(),
    )
    record(actor, row, after={"principal": principal, "mandate": held, "channel": row.channel})
    return row.public_id


@action("assisted.end")
def end_session(actor: Actor, *, assistance: UUID, why: End = End.DONE) -> None:
    """Nothing more is done for the person in this session. Ending twice changes nothing."""
    row = lock(Assistance.objects.all(), public_id=assistance)
    authorize(actor, OWN_SESSION, row)
    if row.ended is not None:
        return
    row.ended, row.end = now(), why
    row.save(update_fields=["ended", "end"])
    record(actor, row, after={"end": why.value})


@action("assisted.confirm")
def confirm(actor: Actor, *, assistance: UUID, way: Way) -> str:
    """How the person is told what was done: by a letter (returns its id), or it was read out, or they want
    nothing. What was done is kept as an action; the sentences are forgotten, or stand in the letter alone."""
    row = lock(Assistance.objects.select_related("principal", "place"), public_id=assistance)
    authorize(actor, OWN_SESSION, row)
    if row.ended is None or row.place is None:
        raise RuleBroken("assisted.not_ended", _("First end acting for the person."))
    if row.way:
        raise RuleBroken("assisted.confirmed", _("It is noted already how the person is told."))
    letter = _letter(row) if way is Way.LETTER else None
    row.way, row.decided = way, now()
    row.save(update_fields=["way", "decided"])
    Act.objects.filter(assistance=row).update(text="")
    record(actor, row, after={"way": way.value})
    return str(letter.public_id) if letter else ""


def _letter(row: Assistance) -> Letter:
    contact = Contact.objects.filter(person=row.principal).first()
    if contact is None or not contact.address:
        raise RuleBroken(
            "assisted.no_address",
            _("There is no postal address. Read it out, or act for the person again and note the address."),
        )
    sentences = list(row.acts.exclude(text="").values_list("text", flat=True))
    place = row.place
    assert place is not None
    return Letter.objects.create(
        person=row.principal,
        place=place,
        kind=LetterKind.CONFIRMATION,
        body=confirmation(sentences, Channel(row.channel), row.started),
    )


def _pair(actor: Actor, person: UUID) -> tuple[Person, Person]:
    """Who acts and for whom, locked in one order; ends what was left open and is over."""
    other = Person.objects.filter(public_id=person).first()
    if other is None or other.erased is not None:
        raise NotFound(code="tenancy.person")
    if other.pk == actor.person:
        raise RuleBroken("assisted.self", _("Nobody acts for themselves here: use your own account."))
    both = {row.pk: row for row in lock_all(Person.objects.filter(pk__in=[other.pk, actor.person or 0]))}
    if actor.person is None or actor.person not in both:
        raise NotAllowed(code="assisted.act_for:role")
    left = lock_all(Assistance.objects.filter(operator_id=actor.person, ended__isnull=True))
    for row in left:
        over = why_over(row)
        if over is None:
            raise RuleBroken(
                "assisted.one_at_a_time",
                _("You still act for %(name)s. End that first, then act for the next person.")
                % {"name": row.principal},
            )
        Assistance.objects.filter(pk=row.pk).update(ended=now(), end=over)
    return both[actor.person], both[other.pk]
