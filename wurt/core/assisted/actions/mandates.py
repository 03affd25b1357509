"""Mandates: given by the person or noted from signed paper, accepted by the helper, ended by either, told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from wurt.core.accounts.erasing import addresses
from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, lock_all, record
from wurt.core.assisted.areas import area_names, areas
from wurt.core.assisted.events import MandateGiven
from wurt.core.assisted.mandate_queries import proved_addresses
from wurt.core.assisted.models import Act, Assistance, End, Letter, LetterKind, Mandate
from wurt.core.assisted.policies import END_MANDATE, GIVE_MANDATE, UPKEEP, USE_MANDATE
from wurt.core.assisted.texts import Body, helper_of, mandate_noted, overview
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.models import Contact, Person, ToldBy

LONGEST = timedelta(days=2 * 366)
"""Nobody gives a mandate and forgets it: after two years it is given anew."""


@action("assisted.give_mandate", makes=Making(lambda: Mandate.objects.filter(revoked__isnull=True)))
def give_mandate(
    actor: Actor,
    *,
    name: str,
    email: str,
    allowed: Sequence[str],
    starts: date,
    ends: date,
    paper_on: date | None = None,
) -> UUID:
    """Offer a mandate to whoever signs in with an e-mail address; ``name``: what the giver calls them. By the
    person, or by staff who saw the signed paper (``paper_on``: its date). Returns its id; it holds once the
    helper has accepted."""
    giver = lock(Person.objects.all(), pk=actor.person or 0)
    authorize(actor, GIVE_MANDATE, giver)
    address, called = _address(email), " ".join(name.split())
    if not called or "@" in called:
        raise RuleBroken(
            "assisted.nameless", _("Write the name of the helper; it stands on letters."), field="name"
        )
    if address in (one.lower() for one in addresses(giver)):
        raise RuleBroken("assisted.self", _("This is the person's own address. Choose somebody else's."))
    if not _reachable(giver):
        message = _(
            "Enter the postal address first: whoever gives a mandate is written what was done with it."
        )
        raise RuleBroken("assisted.unreachable", message)
    known = {area.key for area in areas(delegable=True)}
    if not allowed or set(allowed) - known:
        raise RuleBroken("assisted.no_area", _("Choose what the helper may do."))
    _check_days(starts, ends, paper_on, on_paper=actor.acting_for is not None)
    noted_by = Person.objects.filter(public_id=str(actor.public_id)).first() if actor.acting_for else None
    row = Mandate.objects.create(
        giver=giver,
        invited=address,
        helper_name=called,
        areas=sorted(allowed),
        starts=starts,
        ends=ends,
        paper_on=paper_on if actor.acting_for else None,
        noted_by=noted_by,
    )
    record(actor, row, after={"areas": row.areas, "starts": starts, "ends": ends})
    _letter(row.giver, LetterKind.MANDATE, mandate_noted(helper_of(row), area_names(row.areas), starts, ends))
    publish(MandateGiven(mandate=row.public_id))
    return row.public_id


@action("assisted.accept_mandate")
def accept_mandate(actor: Actor, *, mandate: UUID) -> None:
    """Whoever signs in with the address takes it on; an older one of the same two ends."""
    me = lock(Person.objects.all(), pk=actor.person or 0)
    row = lock(Mandate.objects.filter(helper__isnull=True, revoked__isnull=True), public_id=mandate)
    if row.invited not in proved_addresses(me.pk) or row.giver_id == me.pk:
        raise NotFound(code="assisted.mandate")
    for older in lock_all(Mandate.objects.filter(giver=row.giver_id, helper=me, revoked__isnull=True)):
        _end(older, actor)
    row.helper, row.invited, row.accepted = me, "", now()
    authorize(actor, USE_MANDATE, row)
    row.save(update_fields=["helper", "invited", "accepted"])
    record(actor, row)


@action("assisted.end_mandate")
def end_mandate(actor: Actor, *, mandate: UUID) -> None:
    """End a mandate at once, by either of the two. Sessions that use it end with it."""
    row = lock(Mandate.objects.all(), public_id=mandate)
    authorize(actor, END_MANDATE, row)
    if row.revoked is None:
        _end(row, actor)
    record(actor, row)


@action("assisted.tell_giver")
def tell_giver(actor: Actor, *, mandate: UUID, until: datetime) -> bool:
    """Note that the giver was told by mail what the helper did up to ``until``; for whoever is told by
    letter, write it. The sentences are forgotten. True if a letter was written."""
    row = lock(Mandate.objects.select_related("giver", "helper"), public_id=mandate)
    authorize(actor, UPKEEP)
    acts = Act.objects.filter(assistance__mandate=row, at__lte=until).exclude(text="")
    sentences = list(acts.values_list("text", flat=True))
    by_letter = bool(sentences) and _letter(
        row.giver, LetterKind.OVERVIEW, overview(helper_of(row), sentences)
    )
    acts.update(text="")
    row.told = until
    row.save(update_fields=["told"])
    record(actor, row, after={"told": len(sentences)})
    return by_letter


def _end(row: Mandate, actor: Actor) -> None:
    """The mandate first, then its sessions: the order in which acting locks them, too."""
    row.revoked, row.revoked_by_id = now(), actor.person
    row.save(update_fields=["revoked", "revoked_by"])
    for session in lock_all(Assistance.objects.filter(mandate=row, ended__isnull=True)):
        Assistance.objects.filter(pk=session.pk).update(ended=now(), end=End.MANDATE)


def told_by_letter(person: Person, contact: Contact | None) -> bool:
    """Does the person want paper, or is there no other way?"""
    return contact is not None and (contact.told_by == ToldBy.LETTER or not hasattr(person, "user"))


def _reachable(person: Person) -> bool:
    """Can the person be told in writing what a helper does?"""
    return hasattr(person, "user") or Contact.objects.filter(~Q(address=""), person=person).exists()


def _letter(person: Person, kind: LetterKind, body: Body) -> bool:
    """A letter for whoever is told by letter or has no login; False for all others."""
    contact = Contact.objects.filter(person=person).first()
    if contact is None or not contact.address or not told_by_letter(person, contact):
        return False
    Letter.objects.create(person=person, place=contact.place, kind=kind, body=body)
    return True


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        message = _("Write the whole e-mail address, like name@example.org.")
        raise RuleBroken("accounts.email_unclear", message) from None
    return address


def _check_days(starts: date, ends: date, paper_on: date | None, *, on_paper: bool) -> None:
    if starts < today():
        raise RuleBroken("assisted.days", _("The mandate begins today or later."))
    if ends < starts or ends - starts > LONGEST:
        raise RuleBroken("assisted.days", _("The mandate ends after it begins, and at most two years later."))
    if on_paper and (paper_on is None or paper_on > today()):
        raise RuleBroken("assisted.paper", _("Write the date of the signature on the paper."))
