"""The only writer of logins: invited, deactivated, reset."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from wurt.core.accounts import sessions
from wurt.core.accounts.events import PersonInvited, SecondFactorReset
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.authority import check_administrator_stays, lock_county
from wurt.core.tenancy.models import Grant, Organisation, Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE


@action("accounts.invite_person")
def invite_person(
    actor: Actor,
    *,
    email: str,
    name: str = "",
    function: str = "",
    organisation: UUID | None = None,
    person: UUID | None = None,
) -> UUID:
    """Give a new person (or, with ``person``, one who has no login yet) a login and send the link by mail.

    Inviting the same address again sends a fresh link. Returns the person's public id.
    """
    authorize(actor, MANAGE_PEOPLE, lock_county())
    address = clean_address(email)
    known = User.objects.select_related("person").filter(email__iexact=address).first()
    if known is not None:
        return _invite_again(actor, known, person)
    if person is not None:
        row = lock(Person.objects.all(), public_id=person)
        _check_can_get_login(row)
    else:
        if not name.strip():
            raise RuleBroken("tenancy.nameless", _("Write the name of the person."))
        employer = lock(Organisation.objects.all(), public_id=organisation) if organisation else None
        row = Person.objects.create(name=name.strip(), function=function.strip(), organisation=employer)
    open_login(row, address, None)
    record(actor, row)
    publish(PersonInvited(person=row.public_id))
    return row.public_id


@action("accounts.create_login")
def create_login(actor: Actor, *, person: UUID, email: str, password: str) -> UUID:
    """A login with a password, made by a command (demo): never by a person for another."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    if not actor.system:
        raise NotAllowed(code="accounts.create_login:role")
    row = lock(Person.objects.all(), public_id=person)
    _give_login(row, email, password)
    record(actor, row)
    return row.public_id


@action("accounts.create_administrator")
def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> UUID:
    """The first administrator: person, login and role in one step. For commands only."""
    root = lock_county()
    authorize(actor, MANAGE_PEOPLE, root)
    if not actor.system:
        raise NotAllowed(code="accounts.create_administrator:role")
    row = Person.objects.create(name=name.strip())
    _give_login(row, email, password)
    grant = Grant.objects.create(person=row, role=Role.COUNTY_ADMIN.value, place=root)
    record(actor, row)
    record(actor, grant, after={"role": grant.role, "place": root.slug})
    return row.public_id


@action("accounts.open_person")
def open_person(actor: Actor) -> UUID:
    """The person behind a login that somebody opened on their own (``WURT_SIGNUP``). Only the sign-up calls
    it."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row = Person.objects.create()
    record(actor, row)
    return row.public_id


@action("accounts.link_invited")
def link_invited(actor: Actor, *, person: UUID, provider: str, uid: str) -> None:
    """Bind an identity of the county's provider to an invitation that nobody has used yet.

    Only the sign-in calls it, for an address that the provider has verified. Raises RuleBroken
    ``accounts.link_by_hand`` if the login is in use, closed, or bound to another identity.
    """
    authorize(actor, MANAGE_PEOPLE, lock_county())
    if not actor.system:
        raise NotAllowed(code="accounts.link_invited:role")
    row, user = _with_login(person)
    used = user.last_login is not None or user.has_usable_password() or not user.is_active
    if used or SocialAccount.objects.filter(Q(user=user, provider=provider) | Q(provider=provider, uid=uid)):
        raise RuleBroken("accounts.link_by_hand", _("This login is in use: connect it by hand."))
    SocialAccount.objects.create(user=user, provider=provider, uid=uid)
    record(actor, row, after={"provider": provider})


@action("accounts.deactivate_login")
def deactivate_login(actor: Actor, *, person: UUID) -> None:
    """Nobody can sign in with this login any more; open sessions end."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row, user = _with_login(person)
    check_administrator_stays(without_person=row.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    record(actor, row)


@action("accounts.activate_login")
def activate_login(actor: Actor, *, person: UUID) -> None:
    """Open a deactivated login again, with its old password and second factor."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row, user = _with_login(person)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, row)


@action("accounts.reset_second_factor")
def reset_second_factor(actor: Actor, *, person: UUID) -> None:
    """Remove a lost second factor. Open sessions end and the person is told by mail."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row, user = _with_login(person)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise RuleBroken("accounts.no_second_factor", _("This login has no second factor."))
    sessions.end_all(user)
    record(actor, row)
    publish(SecondFactorReset(person=row.public_id))


def _invite_again(actor: Actor, known: User, person: UUID | None) -> UUID:
    row = known.person
    if row is None or (person is not None and row.public_id != person):
        raise RuleBroken("accounts.email_taken", _("Another person already signs in with this address."))
    if not known.is_active:
        raise RuleBroken("accounts.deactivated", _("This login is deactivated. Activate it first."))
    if known.has_usable_password() or known.last_login is not None:
        raise RuleBroken(
            "accounts.has_login",
            _("This person already has a login. A forgotten password is set again on the login page."),
        )
    record(actor, row)
    publish(PersonInvited(person=row.public_id))
    return row.public_id


def _check_can_get_login(row: Person) -> None:
    if row.erased is not None:
        raise RuleBroken("tenancy.erased", _("The data of this person was erased; nothing can be changed."))
    if User.objects.filter(person=row).exists():
        raise RuleBroken("accounts.has_login", _("This person already has a login with another address."))


def clean_address(email: str) -> str:
    """The address as logins keep it. Raises RuleBroken ``accounts.email_unclear``."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RuleBroken(
            "accounts.email_unclear", _("Write the whole e-mail address, like name@example.org.")
        ) from None
    return address


def _give_login(row: Person, email: str, password: str) -> None:
    address = clean_address(email)
    _check_can_get_login(row)
    if User.objects.filter(email__iexact=address).exists():
        raise RuleBroken("accounts.email_taken", _("Another person already signs in with this address."))
    try:
        validate_password(password, User(email=address))
    except ValidationError as error:
        raise RuleBroken("accounts.password_weak", " ".join(error.messages)) from None
    open_login(row, address, password)


def open_login(row: Person, address: str, password: str | None) -> None:
    """The login of a person who has none, inside an action."""
    user = User.objects.create_user(address, password, person=row)
    # Whoever invites vouches for the address, and the link that opens the login is sent to it.
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)


def _with_login(person: UUID) -> tuple[Person, User]:
    row = lock(Person.objects.all(), public_id=person)
    return row, lock(User.objects.all(), person=row)
