"""Who acts for an organisation: invited, and let go, by its own administrators or by the county."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.accounts.actions import clean_address, open_login
from wurt.core.accounts.events import MemberAdded, PersonInvited
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.actions.grants import end_of, facts_of
from wurt.core.tenancy.authority import check_not_longer_than_own, check_org_admin_stays
from wurt.core.tenancy.models import Grant, Organisation, Person
from wurt.core.tenancy.policies import MANAGE_MEMBERS, VIEW_OWN_ORGANISATION


@action("accounts.invite_member")
def invite_member(
    actor: Actor,
    *,
    organisation: UUID,
    email: str,
    name: str,
    function: str = "",
    admin: bool = False,
    until: date | None = None,
) -> UUID:
    """Let somebody act for the organisation, through the day ``until``. Returns the grant's public id.

    A new address gets a login by mail; one that is known here only gets the role, and hears of it by mail.
    The answer is the same, so that nobody learns who has an account. Again for the same person and role: the
    end date changes. The row of the organisation is the lock: two administrators wait for each other.
    """
    body = lock(Organisation.objects.all(), public_id=organisation)
    authorize(actor, MANAGE_MEMBERS, body)
    address = clean_address(email)
    end = end_of(until)
    if until is not None and until < today():
        raise RuleBroken("tenancy.role_in_the_past", _("The end date is over. Choose today or a later day."))
    check_not_longer_than_own(actor, body, end)
    person, fresh = _person(address, name, function, body)
    role = Role.ORG_ADMIN if admin else Role.ORG_MEMBER
    tie = {"person": person, "role": role.value, "organisation": body}
    grant = Grant.objects.filter(**tie).first()
    if grant is None:
        grant = Grant.objects.create(**tie, until=end, granted_by_id=actor.person)
    else:
        if admin and end is not None:
            check_org_admin_stays(body, without_grant=grant.pk)
        grant.until = end
        grant.save(update_fields=["until"])
    record(actor, grant, after=facts_of(grant))
    if fresh:
        publish(PersonInvited(person=person.public_id))
    else:
        publish(MemberAdded(person=person.public_id, organisation=body.public_id))
    return grant.public_id


@action("accounts.end_membership")
def end_membership(actor: Actor, *, organisation: UUID, grant: UUID) -> None:
    """Take a role in the organisation back, at once; members may also leave by themselves.

    Raises RuleBroken ``tenancy.last_org_admin``.
    """
    body = lock(Organisation.objects.all(), public_id=organisation)
    row = Grant.objects.select_related("person").filter(organisation=body, public_id=grant).first()
    own = row is not None and row.person_id == actor.person
    authorize(actor, VIEW_OWN_ORGANISATION if own else MANAGE_MEMBERS, body)
    if row is None:
        raise NotFound(code="tenancy.grant")
    check_org_admin_stays(body, without_grant=row.pk)
    record(actor, row, before=facts_of(row))
    row.delete()


def _person(address: str, name: str, function: str, body: Organisation) -> tuple[Person, bool]:
    """The person behind the address, made if it is new; and whether the link to a password is to be sent."""
    known = User.objects.select_related("person").filter(email__iexact=address).first()
    if known is not None and known.person is not None:
        return known.person, known.last_login is None and not known.has_usable_password()
    if not name.strip():
        raise RuleBroken("tenancy.nameless", _("Write the name of the person."))
    person = Person.objects.create(name=name.strip(), function=function.strip(), organisation=body)
    open_login(person, address, None)
    return person, True
