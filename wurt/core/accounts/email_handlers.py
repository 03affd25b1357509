"""Mails about a change of address. Links are made as the mail is written: no secret waits in the queue."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.accounts.email_actions import taken
from wurt.core.accounts.email_tokens import CONFIRM_WITHIN, STOP_WITHIN, confirm_token, stop_token
from wurt.core.accounts.events import EmailChangeAsked, EmailChanged
from wurt.core.accounts.models import EmailChange
from wurt.core.outbox.registry import handles
from wurt.core.web.context import county_name


@handles(EmailChangeAsked, joined=False)
def tell_old_address(event: EmailChangeAsked) -> None:
    """The old mailbox hears of it first, with the way to stop it."""
    row = _change(event.change)
    if row is None or row.done is not None:
        return
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        _send_old(row, _("Your e-mail address is to be changed"), "accounts/mail/email_change_old.txt")


@handles(EmailChangeAsked, joined=False)
def ask_new_address(event: EmailChangeAsked) -> None:
    """The link to confirm; or, if somebody signs in with the address already, only that."""
    row = _change(event.change)
    if row is None or row.done is not None:
        return
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        if taken(row.user, row.email):
            subject, template, values = _("You have an account already"), "email_change_taken", {}
        else:
            url = settings.WURT_URL + reverse("accounts:confirm_email", args=[confirm_token(row.public_id)])
            subject, template = _("Please confirm your new e-mail address"), "email_change_new"
            values = {"url": url, "days": CONFIRM_WITHIN.days}
        _send(row, row.email, subject, f"accounts/mail/{template}.txt", values)


@handles(EmailChanged, joined=False)
def tell_changed(event: EmailChanged) -> None:
    """The old mailbox hears that it is done, and until when it can be undone."""
    row = _change(event.change)
    if row is None:
        return
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        _send_old(row, _("Your e-mail address was changed"), "accounts/mail/email_changed.txt")


def _change(public_id: UUID) -> EmailChange | None:
    rows = EmailChange.objects.select_related("user__person")
    return rows.filter(public_id=public_id, user__is_active=True).first()


def _send_old(row: EmailChange, subject: str, template: str) -> None:
    url = settings.WURT_URL + reverse("accounts:stop_email", args=[stop_token(row.public_id)])
    _send(row, row.old, subject, template, {"url": url, "until": row.created + STOP_WITHIN})


def _send(row: EmailChange, to: str, subject: str, template: str, values: dict[str, object]) -> None:
    name = row.user.person.name if row.user.person and to == row.old else ""
    text = render_to_string(template, {"name": name, "email": row.email, "county": county_name(), **values})
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to]).send()
