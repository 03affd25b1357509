"""Steering group, project group, working groups and their members."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.modules.agenda.actions.steps import (
    free_slug,
    organisation_of,
    person_of,
    required,
    the_agenda,
    trail,
)
from wurt.modules.agenda.actions.values import MemberValue
from wurt.modules.agenda.models import Body, BodyMember
from wurt.modules.agenda.models.agenda import BodyKind
from wurt.modules.agenda.policies import EDIT_AGENDA


def _checked(kind: str, name: str) -> str:
    if kind not in BodyKind.values:
        raise RuleBroken("agenda.body_kind", _("Please choose what kind of group this is."))
    return required(name, "agenda.body_name", _("Please name the group."))


@action("agenda.create_body")
def create_body(
    actor: Actor,
    *,
    kind: str,
    name: str,
    text: str = "",
    members: Sequence[MemberValue] = (),
    order: int | None = None,
    slug: str = "",
) -> str:
    """Make a body with its members; the answer is its slug. ``kind``: steering, project or working."""
    agenda = the_agenda()
    authorize(actor, EDIT_AGENDA, agenda)
    name = _checked(kind, name)
    body = Body.objects.create(
        agenda=agenda,
        slug=free_slug(Body, slug or name),
        kind=kind,
        name=name,
        text=text.strip(),
        order=order if order is not None else 10 * (agenda.bodies.count() + 1),
    )
    _replace(body, members)
    record(actor, body, after={"slug": body.slug, "name": name, "kind": kind, "members": len(members)})
    return body.slug


@action("agenda.edit_body")
def edit_body(
    actor: Actor,
    *,
    slug: str,
    kind: str,
    name: str,
    text: str = "",
    order: int | None = None,
    version: int | None = None,
) -> str:
    """Change kind, name and text."""
    body = lock(Body.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, body.agenda)
    check_version(body, version)
    values = {"kind": kind, "name": _checked(kind, name), "text": text.strip()}
    before, after = changed(body, {**values, "order": body.order if order is None else order})
    if after:
        save(body, after)
        before, after = trail(before, after)
        record(actor, body, before=before, after=after)
    return body.slug


@action("agenda.set_members")
def set_members(
    actor: Actor, *, slug: str, members: Sequence[MemberValue], version: int | None = None
) -> str:
    """Replace the members of a body, in the order given."""
    body = lock(Body.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, body.agenda)
    check_version(body, version)
    count = body.members.count()
    _replace(body, members)
    save(body, [])
    record(actor, body, before={"members": count}, after={"members": len(members)})
    return body.slug


@action("agenda.delete_body")
def delete_body(actor: Actor, *, slug: str) -> None:
    """Delete a body and its seats; organisations and people stay. Raises RuleBroken ``agenda.body_met``."""
    body = lock(Body.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, body.agenda)
    if body.meetings.exists():
        raise RuleBroken(
            "agenda.body_met", _("This group has met, or is about to, so it stays on record. Please keep it.")
        )
    record(actor, body, before={"slug": body.slug, "name": body.name, "kind": body.kind})
    body.delete()


def _replace(body: Body, members: Sequence[MemberValue]) -> None:
    body.members.all().delete()
    rows = []
    for number, member in enumerate(members, start=1):
        organisation = organisation_of(member.organisation)
        if organisation is None:
            raise NotFound(code="tenancy.organisation")
        function = required(member.function, "agenda.member_function", _("Please name the function."))
        person = person_of(member.person)
        rows.append(
            BodyMember(
                body=body, organisation=organisation, function=function, person=person, order=10 * number
            )
        )
    BodyMember.objects.bulk_create(rows)
