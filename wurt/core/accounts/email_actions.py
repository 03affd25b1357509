"""Another address for one's own login: the new one confirms, the old one is told and can stop or undo it.

The rows of person and login are the lock, in this order.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wurt.core.accounts import sessions
from wurt.core.accounts.actions import clean_address
from wurt.core.accounts.email_tokens import CONFIRM_WITHIN, STOP_WITHIN, confirmed, stopped
from wurt.core.accounts.events import EmailChangeAsked, EmailChanged
from wurt.core.accounts.models import EmailChange, User
from wurt.core.accounts.policies import OWN_LOGIN, STOP_EMAIL_CHANGE
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.models import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@action("accounts.ask_email_change")
def ask_email_change(actor: Actor, *, email: str) -> None:
    """Ask for another address; nothing changes before the mail to it is answered. A request that is still
    open gives way. An address that somebody else signs in with is accepted too, so that nobody learns who
    has an account: the mail says it.

    Raises RuleBroken ``accounts.email_unclear``, ``accounts.email_same``.
    """
    person, user = _own(actor)
    address = clean_address(email)
    if address == user.email.lower():
        raise RuleBroken("accounts.email_same", _("You sign in with this address already."))
    EmailChange.objects.filter(user=user, done__isnull=True).delete()
    row = EmailChange.objects.create(user=user, old=user.email, email=address)
    record(actor, person)
    publish(EmailChangeAsked(change=row.public_id))


@action("accounts.withdraw_email_change")
def withdraw_email_change(actor: Actor) -> None:
    """Take one's own open request back."""
    person, user = _own(actor)
    row = EmailChange.objects.filter(user=user, done__isnull=True).first()
    if row is None:
        raise NotFound(code="accounts.emailchange")
    row.delete()
    record(actor, person)


@action("accounts.confirm_email_change")
def confirm_email_change(actor: Actor, *, token: str, session: str) -> None:
    """The person, signed in, has the mail to the new address: from now on it is the login's only address.
    Every session ends but the one with the key ``session``.

    Raises NotFound if the link is of somebody else, used, stopped or older than three days; RuleBroken
    ``accounts.email_taken``.
    """
    person, user = _own(actor)
    row = EmailChange.objects.filter(user=user, public_id=confirmed(token), done__isnull=True).first()
    if row is None or _older(row, CONFIRM_WITHIN):
        raise NotFound(code="accounts.emailchange")
    _set_address(user, row.email)
    row.done = now()
    row.save(update_fields=["done"])
    sessions.end_others(user, session)
    record(actor, person)
    publish(EmailChanged(change=row.public_id))


@action("accounts.stop_email_change")
def stop_email_change(actor: Actor, *, token: str) -> None:
    """Whoever reads the old mailbox did not want the change: the old address is (again) the login's. Somebody
    knew the password, so it is gone with every session, and no other change is left.

    Raises NotFound if the link was used before, was withdrawn, or is older than fourteen days; RuleBroken
    ``accounts.email_taken``.
    """
    found = EmailChange.objects.filter(public_id=stopped(token)).values_list("user__person").first()
    if found is None:
        raise NotFound(code="accounts.emailchange")
    person, user = _login(found[0])
    row = EmailChange.objects.filter(user=user, public_id=stopped(token)).first()
    if row is None or _older(row, STOP_WITHIN):
        raise NotFound(code="accounts.emailchange")
    authorize(actor, STOP_EMAIL_CHANGE, row)
    if row.done is not None:
        _set_address(user, row.old)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    EmailChange.objects.filter(user=user).delete()
    sessions.end_all(user)
    record(actor, person, action="accounts.undo_email_change" if row.done else "")


def _own(actor: Actor) -> tuple[Person, User]:
    person, user = _login(actor.person or 0)
    authorize(actor, OWN_LOGIN, person)
    if not actor.second_factor and Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        raise NotAllowed(code="accounts.own_login:second_factor")
    return person, user


def _login(person: int) -> tuple[Person, User]:
    row = lock(Person.objects.all(), pk=person)
    return row, lock(User.objects.all(), person=row)


def _older(row: EmailChange, age: timedelta) -> bool:
    return now() >= row.created + age


def taken(user: User, address: str) -> bool:
    """Does another login have the address? A sign-up that nobody confirmed proves nothing and does not count:
    it must not keep an old address from coming back."""
    others = User.objects.exclude(pk=user.pk)
    has = Q(email__iexact=address) | Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    return others.filter(has).exclude(pk__in=_unproven(address).values("pk")).exists()


def _unproven(address: str) -> QuerySet[User]:
    proven = EmailAddress.objects.filter(verified=True).values("user")
    return User.objects.filter(email__iexact=address, last_login__isnull=True).exclude(pk__in=proven)


def _set_address(user: User, address: str) -> None:
    if taken(user, address):
        raise RuleBroken(
            "accounts.email_taken", _("Somebody else signs in with this address. Please choose another one.")
        )
    _unproven(address).exclude(pk=user.pk).delete()
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
