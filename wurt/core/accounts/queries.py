"""Every read of people and logins. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.models import User
from wurt.core.accounts.oidc.kinds import kinds
from wurt.core.accounts.sessions import elsewhere
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Grant, Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE
from wurt.core.tenancy.queries import GrantView, grant_view

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one of them."""


class LoginState(StrEnum):
    """What a person's login is like."""

    NONE = "none"
    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


LOGIN_NAMES: dict[LoginState, str | Promise] = {
    LoginState.NONE: _("no login"),
    LoginState.INVITED: _("invited"),
    LoginState.ACTIVE: _("active"),
    LoginState.DEACTIVATED: _("deactivated"),
}


class FactorStep(StrEnum):
    """What is missing for a session with a second factor."""

    SET_UP = "set_up"
    ENTER = "enter"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PersonView:
    """``public_since``: when the consent to show the name was noted, None without consent."""

    public_id: UUID
    name: str
    function: str
    organisation: UUID | None
    organisation_name: str
    public_since: datetime | None
    erased: datetime | None
    version: int
    email: str
    login: LoginState
    login_name: str
    last_login: datetime | None
    second_factor: bool
    grants: tuple[GrantView, ...]

    @property
    def title(self) -> str:
        """What a list shows: the name, else the function, else that the data was erased."""
        return self.name or self.function or (str(_("erased person")) if self.erased else self.email)


@dataclass(frozen=True, slots=True)
class AccountView:
    """My account."""

    name: str
    email: str
    has_password: bool
    grants: tuple[GrantView, ...]
    second_factor: bool
    has_app: bool
    passkeys: int
    used_second_factor: bool
    recovery_codes_left: int
    sessions: int
    is_staff: bool
    leads: bool
    other_houses: bool


def may_manage_people(actor: Actor) -> bool:
    """Does the desk of people open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, MANAGE_PEOPLE)


def check_people_desk(actor: Actor) -> None:
    """Raise NotAllowed for whoever may not manage people."""
    authorize(actor, MANAGE_PEOPLE, county())


def people(actor: Actor, *, text: str = "", role: str = "", login: str = "") -> tuple[PersonView, ...]:
    """All people by name. ``text`` looks into name, function and address; ``login`` is a
    :class:`LoginState`."""
    authorize(actor, MANAGE_PEOPLE, county())
    rows = _people().filter(erased__isnull=True)
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(function__icontains=text) | Q(user__email__icontains=text)
        )
    if role:
        valid = Grant.objects.valid().filter(role=role)
        rows = rows.filter(pk__in=valid.values("person"))
    views = [_person(row) for row in rows]
    return tuple(view for view in views if not login or view.login == login)


def person(actor: Actor, public_id: UUID) -> PersonView:
    """One person. Raises NotFound."""
    authorize(actor, MANAGE_PEOPLE, county())
    row = _people().filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="tenancy.person")
    return _person(row)


def my_account(actor: Actor) -> AccountView:
    """The signed-in person's own account. Raises NotAllowed for anonymous visitors."""
    if actor.person is None:
        raise NotAllowed(code="accounts.mine:role")
    user = User.objects.select_related("person").get(person_id=actor.person or 0)
    grants = Grant.objects.filter(person_id=actor.person or 0).select_related("place", "organisation")
    factors = list(Authenticator.objects.filter(user=user))
    codes = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return AccountView(
        name=user.person.name if user.person else "",
        email=user.email,
        has_password=user.has_usable_password(),
        grants=tuple(view for view in map(grant_view, grants.order_by("role")) if not view.over),
        second_factor=any(one.type in FACTORS for one in factors),
        has_app=any(one.type == Authenticator.Type.TOTP for one in factors),
        passkeys=sum(one.type == Authenticator.Type.WEBAUTHN for one in factors),
        used_second_factor=actor.second_factor,
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        sessions=elsewhere(user, ""),
        is_staff=actor.is_staff,
        leads="lead" in actor.relations,
        other_houses=bool(kinds()),
    )


def factor_step(actor: Actor) -> FactorStep:
    """What the signed-in person does next for a session with a second factor."""
    if actor.person is None:
        raise NotAllowed(code="accounts.mine:role")
    if actor.second_factor:
        return FactorStep.DONE
    user = User.objects.get(person_id=actor.person or 0)
    return FactorStep.ENTER if _has_factor(user) else FactorStep.SET_UP


def has_passkeys(actor: Actor) -> bool:
    """Can the signed-in person confirm with a passkey?"""
    return bool(
        Authenticator.objects.filter(
            user__person_id=actor.person or 0, type=Authenticator.Type.WEBAUTHN
        ).exists()
    )


def person_by_email(actor: Actor, email: str) -> UUID:
    """Public id of the person who signs in with this address, for commands. Raises NotFound."""
    authorize(actor, MANAGE_PEOPLE, county())
    user = User.objects.select_related("person").filter(email__iexact=email.strip()).first()
    if user is None or user.person is None:
        raise NotFound(str(_("Nobody signs in with this address.")), code="accounts.user")
    return user.person.public_id


def login_choices() -> list[tuple[str, str]]:
    """States of logins for a filter."""
    return [(state.value, str(name)) for state, name in LOGIN_NAMES.items()]


def _has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def _people() -> QuerySet[Person]:
    factor = Authenticator.objects.filter(user__person=OuterRef("pk"), type__in=FACTORS)
    return (
        Person.objects.select_related("organisation", "user")
        .prefetch_related(
            Prefetch("grants", Grant.objects.select_related("place", "organisation").order_by("role", "pk"))
        )
        .annotate(has_factor=Exists(factor))
        .order_by("name", "function", "pk")
    )


def _person(row: Person) -> PersonView:
    user: User | None = getattr(row, "user", None)
    state = login_state(user)
    return PersonView(
        public_id=row.public_id,
        name=row.name,
        function=row.function,
        organisation=row.organisation.public_id if row.organisation else None,
        organisation_name=row.organisation.name if row.organisation else "",
        public_since=row.name_public_since,
        erased=row.erased,
        version=row.version,
        email=user.email if user else "",
        login=state,
        login_name=str(LOGIN_NAMES[state]),
        last_login=user.last_login if user else None,
        second_factor=row.has_factor,  # type: ignore[attr-defined]
        grants=tuple(grant_view(grant) for grant in row.grants.all()),
    )


def login_state(user: User | None) -> LoginState:
    """What the login of a person is like."""
    if user is None:
        return LoginState.NONE
    if not user.is_active:
        return LoginState.DEACTIVATED
    if user.last_login is None and not user.has_usable_password():
        return LoginState.INVITED
    return LoginState.ACTIVE
