"""Mails that follow from what was done with a login."""

from uuid import UUID

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.accounts.events import MemberAdded, PersonInvited, SecondFactorReset
from wurt.core.accounts.models import User
from wurt.core.outbox.registry import handles
from wurt.core.tenancy.models import Organisation
from wurt.core.web.context import county_name


@handles(PersonInvited, joined=False)
def send_invitation(event: PersonInvited) -> None:
    """The link is made when the mail is written, so no secret waits in the queue.

    It works once: using it changes the password, and with it the link's signature.
    """
    user = _login_of(event.person)
    if user is None or user.has_usable_password() or user.last_login is not None:
        return
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    with translation.override(user.language or settings.LANGUAGE_CODE):
        _send(
            user,
            _("Your access to %(county)s") % {"county": county_name()},
            "accounts/mail/invitation.txt",
            {"url": settings.WURT_URL + path, "days": settings.PASSWORD_RESET_TIMEOUT // 86400},
        )


@handles(SecondFactorReset, joined=False)
def tell_second_factor_reset(event: SecondFactorReset) -> None:
    """Whoever did not ask for this must hear of it."""
    user = _login_of(event.person)
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        _send(
            user,
            _("Your second factor was reset"),
            "accounts/mail/second_factor_reset.txt",
            {"url": settings.WURT_URL + reverse("account_login")},
        )


@handles(MemberAdded, joined=False)
def tell_member_added(event: MemberAdded) -> None:
    """Whoever already has a login hears that an organisation counts on them, and how to leave it."""
    user = _login_of(event.person)
    body = Organisation.objects.filter(public_id=event.organisation).first()
    if user is None or body is None:
        return
    path = reverse("accounts:organisation", args=[body.public_id])
    with translation.override(user.language or settings.LANGUAGE_CODE):
        _send(
            user,
            _("You can act for %(organisation)s") % {"organisation": body.name},
            "accounts/mail/member_added.txt",
            {"url": settings.WURT_URL + path, "organisation": body.name},
        )


def _login_of(person: UUID) -> User | None:
    return User.objects.select_related("person").filter(person__public_id=person, is_active=True).first()


def _send(user: User, subject: str, template: str, values: dict[str, object]) -> None:
    person = user.person
    text = render_to_string(
        template, {"name": person.name if person else "", "county": county_name(), **values}
    )
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email]).send()
