"""What is done with a person's data on request: exported (noted), erased (with a receipt)."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.accounts import erasing
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, lock, record
from wurt.core.db.clock import now
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.registry import publish
from wurt.core.privacy import about
from wurt.core.privacy.find import find, rows_with, spellings
from wurt.core.privacy.models import Erasure
from wurt.core.privacy.policies import OWN_DATA
from wurt.core.privacy.receipts import digest_of
from wurt.core.tenancy.authority import check_administrator_stays, lock_county
from wurt.core.tenancy.events import PersonErased
from wurt.core.tenancy.models import Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE

Remains = list[tuple[str, str, int]]
Eraser = Callable[[Person, list[str]], Remains]

ERASERS: list[Eraser] = []
"""Modules add what takes a name and addresses out of copies that no relation leads to. Called inside the
erasure with the person (still named) and the texts; answers with what must stay, as (where, why, number)."""


@action("privacy.erase_person")
def erase_person(actor: Actor, *, person: UUID, version: int | None = None) -> UUID:
    """Forget a person, as an administrator. Returns the receipt; erasing again gives the first one."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row = lock(Person.objects.all(), public_id=person)
    if row.erased is None:
        check_version(
            row, version, _("Somebody else changed this person in the meantime. Please look again.")
        )
    return _erase(actor, row)


@action("privacy.erase_myself")
def erase_myself(actor: Actor) -> UUID:
    """Forget the person who asks for it. Returns the receipt."""
    lock_county()
    row = lock(Person.objects.all(), pk=actor.person or 0)
    authorize(actor, OWN_DATA, row)
    return _erase(actor, row)


@action("privacy.export_person")
def note_export(actor: Actor, *, person: UUID) -> None:
    """Note that an administrator takes a copy of a person's data (``archive.py`` makes it)."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    record(actor, lock(Person.objects.all(), public_id=person))


@action("privacy.export_myself")
def note_own_export(actor: Actor) -> None:
    """Note that a person takes a copy of their data."""
    row = lock(Person.objects.all(), pk=actor.person or 0)
    authorize(actor, OWN_DATA, row)
    record(actor, row)


def _erase(actor: Actor, row: Person) -> UUID:
    if row.erased is not None:
        record(actor, row)
        known = Erasure.objects.filter(person=row.public_id).first()
        return known.public_id if known else _keep_receipt(actor, row, about.counts(row), []).public_id
    check_administrator_stays(without_person=row.pk)
    before, texts = about.counts(row), [row.name, *erasing.addresses(row)]
    _forget_failures(texts)
    remains = [place for eraser in ERASERS for place in eraser(row, texts)]
    erasing.forget(row)
    listed = {where for where, _column, _number in remains}
    left = [found for found in find(texts) if found.where not in listed]
    remains += [(found.where, found.column, found.number) for found in left]
    receipt = _keep_receipt(actor, row, before, remains)
    publish(PersonErased(person=row.public_id))
    return receipt.public_id


def _forget_failures(texts: list[str]) -> None:
    """A delivery that failed keeps the error's text, in which an address may stand."""
    words = spellings(texts)
    if words:
        rows_with(Delivery, "error", words).update(error="(erased with a person's data)")


def _keep_receipt(actor: Actor, row: Person, before: dict[str, int], remains: Remains) -> Erasure:
    after = about.counts(row)
    rows = {table: [before.get(table, 0), after.get(table, 0)] for table in sorted({*before, *after})}
    receipt = Erasure(
        person=row.public_id, by=actor.label, at=now(), rows=rows, remains=[list(place) for place in remains]
    )
    receipt.digest = digest_of(receipt)
    receipt.save()
    record(
        actor,
        receipt,
        after={"erased": str(row.public_id), "rows": rows, "remains": len(remains), "digest": receipt.digest},
    )
    return receipt
