"""What a person sees of the organisations that they act for. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wurt.core.accounts.models import User
from wurt.core.accounts.queries import LOGIN_NAMES, login_state
from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize, explain, scope_q
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.tenancy.authority import org_administrators
from wurt.core.tenancy.models import Grant, Organisation
from wurt.core.tenancy.policies import MANAGE_MEMBERS, VIEW_OWN_ORGANISATION
from wurt.core.tenancy.queries import last_day
from wurt.core.tenancy.roles import AT_ORGANISATION, name_of


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """One of my organisations."""

    public_id: UUID
    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody who acts for the organisation. ``until``: the last day."""

    grant: UUID
    name: str
    email: str
    function: str
    role_name: str
    until: date | None
    login_name: str
    me: bool


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """``needs_factor``: with a second factor the members would be seen. ``managed``: somebody manages it."""

    public_id: UUID
    name: str
    kind_name: str
    place_name: str
    my_grants: tuple[MemberView, ...]
    members: tuple[MemberView, ...]
    may_manage: bool
    needs_factor: bool
    managed: bool


def acts_for_organisations(actor: Actor) -> bool:
    """Does the person act for any? Asked for the menu, so it costs no query."""
    return bool(actor.organisations_with(AT_ORGANISATION))


def my_organisations(actor: Actor) -> tuple[OrganisationName, ...]:
    """The organisations that the person acts for, by name. Raises NotAllowed for visitors."""
    if actor.person is None:
        raise NotAllowed(code="accounts.organisations:role")
    found: dict[UUID, OrganisationName] = {}
    grants = _valid().filter(person_id=actor.person).order_by("organisation__name", "role")
    for grant in grants.select_related("organisation"):
        body = grant.organisation
        if body is None:
            continue
        before = found.get(body.public_id)
        roles = f"{before.roles}, {name_of(grant.role)}" if before else name_of(grant.role)
        found[body.public_id] = OrganisationName(body.public_id, body.name, roles)
    return tuple(found.values())


def own_organisation(actor: Actor, public_id: UUID) -> OwnOrganisation:
    """One organisation with those who act for it. Raises NotFound for whoever has nothing to do with it."""
    if actor.person is None:
        raise NotAllowed(code="accounts.organisation:role")
    row = (
        Organisation.objects.filter(scope_q(actor, VIEW_OWN_ORGANISATION), public_id=public_id)
        .select_related("place")
        .first()
    )
    if row is None:
        raise NotFound(code="tenancy.organisation")
    reason = explain(actor, MANAGE_MEMBERS, row)
    grants = _valid().filter(organisation=row).select_related("person__user")
    views = [_member(actor, grant) for grant in grants.order_by("person__name", "role", "pk")]
    return OwnOrganisation(
        public_id=row.public_id,
        name=row.name,
        kind_name=row.get_kind_display(),
        place_name=row.place.name,
        my_grants=tuple(view for view in views if view.me),
        members=tuple(views) if reason is None else (),
        may_manage=reason is None,
        needs_factor=reason == "second_factor",
        managed=org_administrators(row).exists(),
    )


def check_may_invite(actor: Actor, public_id: UUID) -> OwnOrganisation:
    """The organisation, for the page that invites. Raises NotFound, NotAllowed."""
    view = own_organisation(actor, public_id)
    authorize(actor, MANAGE_MEMBERS, Organisation.objects.get(public_id=public_id))
    return view


def _valid() -> QuerySet[Grant]:
    return Grant.objects.valid().filter(
        role__in=[role.value for role in AT_ORGANISATION],
        person__erased__isnull=True,
    )


def _member(actor: Actor, grant: Grant) -> MemberView:
    person = grant.person
    user: User | None = getattr(person, "user", None)
    return MemberView(
        grant=grant.public_id,
        name=person.name or person.function,
        email=user.email if user else "",
        function=person.function,
        role_name=name_of(Role(grant.role)),
        until=last_day(grant.until),
        login_name=str(LOGIN_NAMES[login_state(user)]),
        me=person.pk == actor.person,
    )
