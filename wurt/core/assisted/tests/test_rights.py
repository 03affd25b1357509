"""Acting for somebody: what they may do, and what the mode opens; never more."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.random_worlds import Plan, Who, World, actors, plans
from tests.access.test_twin import PERMISSIONS, THINGS
from wurt.core.action.actor import STAFF_ROLES, Actor, GrantFact, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.action.permission import Permission, authorize, can, explain, scope_q
from wurt.core.action.run import action
from wurt.core.assisted.areas import areas
from wurt.core.assisted.policies import CHANGE_CONTACT, GIVE_MANDATE
from wurt.core.assisted.standing import in_place_of
from wurt.core.assisted.tests.conftest import Town
from wurt.core.db.errors import NotAllowed
from wurt.core.notices.policies import FOLLOW
from wurt.core.privacy.actions import erase_myself, note_own_export
from wurt.core.privacy.archive import archive
from wurt.core.tenancy.models import Person

KEYS = tuple(area.key for area in areas())
SESSION = UUID(int=7)


STAFF = Actor(
    person=-1,
    public_id=UUID(int=99),
    grants=tuple(GrantFact(role, frozenset(range(1, 999))) for role in STAFF_ROLES),
    second_factor=True,
    relations=frozenset({"lead"}),
)
"""Whoever acts may do everything everywhere for themselves."""


def in_mode(principal: Actor, allowed: frozenset[str]) -> Actor:
    """The actor of a request in which the most powerful member of the staff acts for the principal."""
    assert principal.person is not None
    assert principal.public_id is not None
    return in_place_of(
        STAFF,
        person=principal.person,
        public_id=principal.public_id,
        grants=principal.grants,
        assistance=SESSION,
        areas=allowed,
    )


def gained(principal: Actor, actor: Actor, permission: Permission) -> list[object]:
    """Things of the permission's table that open in the mode and are closed to the person themselves."""
    table = apps.get_model(THINGS[permission.name])
    rows = list(table.objects.all())
    opened = [row for row in rows if can(actor, permission, row)]
    by_sql = set(table.objects.filter(scope_q(actor, permission)).values_list("pk", flat=True))
    assert {row.pk for row in opened} == by_sql, f"{permission.name}: rule and filter differ in the mode"
    return [row for row in opened if not can(principal, permission, row)]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans, who=actors, allowed=st.frozensets(st.sampled_from(KEYS)))
def test_nobody_gains_a_permission_by_acting_for_somebody(
    plan: Plan, who: Who, allowed: frozenset[str]
) -> None:
    if who.system or who.person is None:
        return
    with transaction.atomic(), writes_allowed("world"):
        world = World(plan)
        principal = world.actor(replace(who, second_factor=False))
        actor = in_mode(principal, allowed)
        faults = {
            name: rows
            for name, permission in PERMISSIONS.items()
            if (rows := gained(principal, actor, permission))
        }
        beyond = [
            name
            for name, permission in PERMISSIONS.items()
            if can(actor, permission) and not permission.public and permission.assisted not in allowed
        ]
        transaction.set_rollback(True)
    assert (faults, beyond) == ({}, [])


def test_what_the_mode_opens_needs_no_second_factor() -> None:
    """Else it would be closed in the mode for good: there is none."""
    opened = {name: one for name, one in PERMISSIONS.items() if one.assisted}
    assert sorted(opened) == [
        "assisted.change_contact",
        "assisted.end_mandate",
        "assisted.give_mandate",
        "moderation.report",
        "notices.follow",
    ]
    assert [name for name, one in opened.items() if one.second_factor and not one.public] == []
    assert {one.assisted for one in opened.values()} <= set(KEYS)


def test_a_mandate_can_never_hold_what_changes_mandates() -> None:
    assert {area.key for area in areas()} - {area.key for area in areas(delegable=True)} == {"mandates"}


@pytest.mark.parametrize("role", [role for role in Role if role in STAFF_ROLES])
def test_roles_of_staff_stay_behind(role: Role) -> None:
    staff = Actor(person=1, public_id=UUID(int=1), grants=(GrantFact(role, frozenset({1})),))
    assert in_mode(staff, frozenset(KEYS)).is_staff is False


PUBLIC = Permission("toys.read", public=True)


@action("toys.write_public")
def write_public(actor: Actor) -> None:
    authorize(actor, PUBLIC)


@pytest.mark.django_db(transaction=True)
def test_what_is_public_is_read_for_somebody_but_not_written(town: Town) -> None:
    actor = town.acting(town.begin())
    assert can(actor, PUBLIC)
    with pytest.raises(NotAllowed) as refused:
        write_public(actor)
    assert refused.value.code == "toys.read:assisted"
    assert refused.value.message.startswith("Das geht nicht für eine andere Person.")
    write_public(town.actor())


@pytest.mark.django_db(transaction=True)
def test_copy_and_deletion_belong_to_the_person_alone(town: Town) -> None:
    actor = town.acting(town.begin())
    for forbidden in (
        lambda: erase_myself(actor),
        lambda: note_own_export(actor),
        lambda: archive(actor),
        lambda: archive(actor, town.erna.public_id),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert Person.objects.get(pk=town.erna.pk).erased is None


@pytest.mark.django_db(transaction=True)
def test_areas_of_a_mandate_are_all_there_is(town: Town) -> None:
    session = town.begin()
    actor = town.acting(session)
    assert actor.areas == {area.key for area in areas()} > {"notices", "contact", "mandates"}
    helper = replace(actor, areas=frozenset({"notices"}))
    assert (can(helper, FOLLOW), explain(helper, CHANGE_CONTACT, town.erna)) == (True, "assisted")
    assert explain(helper, GIVE_MANDATE, town.erna) == "assisted"
    assert explain(actor, CHANGE_CONTACT, town.fritz) == "role"


@pytest.mark.django_db(transaction=True)
def test_an_invented_session_writes_nothing(town: Town) -> None:
    actor = town.acting(town.begin())
    forged = replace(actor, assistance=SESSION)
    other = replace(actor, person=town.fritz.pk)
    for wrong in (forged, other, replace(actor, assistance=None)):
        with pytest.raises(NotAllowed) as refused:
            write_public(wrong)
        assert refused.value.code == "assisted:over"
