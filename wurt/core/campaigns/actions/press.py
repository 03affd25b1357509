"""The press list, and one mail to everybody on it: claimed, sent, noted."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record, save
from wurt.core.campaigns.events import PressDue
from wurt.core.campaigns.models import Campaign, MailState, PressContact, PressMail
from wurt.core.campaigns.policies import EDIT_CAMPAIGN, MANAGE_PRESS, SEND
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.authority import county

LOST_AFTER = timedelta(minutes=15)
"""A mail claimed longer ago belongs to a worker that is gone."""


@action("campaigns.add_press_contact", makes=Making(PressContact.objects.all))
def add_press_contact(
    actor: Actor, *, medium: str, email: str, name: str = "", area: str = "", is_example: bool = False
) -> UUID:
    """Put somebody who agreed on the press list. Returns the public id."""
    authorize(actor, MANAGE_PRESS, county())
    address = email.strip().lower()
    if PressContact.objects.filter(email__iexact=address).exists():
        raise RuleBroken("campaigns.contact_there", _("This address is on the list already."))
    row = PressContact.objects.create(
        medium=medium.strip(), email=address, name=name.strip(), area=area.strip(), is_example=is_example
    )
    record(actor, row)
    return row.public_id


@action("campaigns.remove_press_contact")
def remove_press_contact(actor: Actor, *, contact: UUID) -> None:
    """Delete somebody from the press list, with all that was kept."""
    authorize(actor, MANAGE_PRESS, county())
    row = lock(PressContact.objects.all(), public_id=contact)
    record(actor, row)
    row.delete()


@action("campaigns.send_press")
def send_press(actor: Actor, *, campaign: UUID) -> int:
    """Order the release for everybody on the list; who has it is not written to again. What the mail server
    refused goes once more. Answers how many."""
    row = lock(Campaign.objects.all(), public_id=campaign)
    authorize(actor, EDIT_CAMPAIGN, row)
    if not (row.press_title and row.press_body):
        raise RuleBroken("campaigns.no_release", _("Write title and text of the press release first."))
    fresh = PressContact.objects.exclude(mails__campaign=row)
    made = PressMail.objects.bulk_create(
        [PressMail(campaign=row, contact=contact) for contact in fresh], ignore_conflicts=True
    )
    again = row.press_mails.filter(state=MailState.FAILED).update(state=MailState.WAITING, error="")
    if not made and not again:
        raise RuleBroken("campaigns.nobody", _("Everybody on the press list has this release already."))
    row.press_sent = row.press_sent or now()
    save(row, ["press_sent"])
    record(actor, row, after={"mails": len(made) + again})
    publish(PressDue(row.public_id))
    return len(made) + again


@action("campaigns.claim_mail")
def claim_mail(actor: Actor, *, campaign: UUID) -> int:
    """Take the next waiting mail, so that no other worker does. Answers its key, 0 if there is none."""
    authorize(actor, SEND)
    waiting = PressMail.objects.filter(campaign__public_id=campaign, state=MailState.WAITING)
    # The row's lock keeps other workers off: they take the next one. (SQLite lets one write at a time.)
    row = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if row is None:
        return 0
    row.state, row.claimed = MailState.SENDING, now()
    row.save(update_fields=["state", "claimed"])
    record(actor, county(), after={"press_mail": row.pk})
    return row.pk


@action("campaigns.note_mail")
def note_mail(actor: Actor, *, mail: int, state: str, error: str = "") -> None:
    """What became of a claimed mail."""
    authorize(actor, SEND)
    row = lock(PressMail.objects.all(), pk=mail)
    row.state, row.error = MailState(state), error[:300]
    row.sent = now() if row.state == MailState.SENT else None
    row.save(update_fields=["state", "error", "sent"])
    record(actor, row, after={"state": state})


@action("campaigns.find_lost")
def find_lost(actor: Actor) -> int:
    """Mails of a lost worker are unclear: nobody knows whether they arrived, so they are not sent again."""
    authorize(actor, SEND)
    rows = PressMail.objects.filter(state=MailState.SENDING, claimed__lt=now() - LOST_AFTER)
    if not rows.exists():
        return 0
    found = rows.update(state=MailState.UNCLEAR)
    record(actor, county(), after={"unclear": found})
    return found
