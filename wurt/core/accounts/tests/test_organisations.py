"""People outside of the cooperation: who acts for a club, who lets them in, and what nobody else sees."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection

from tests.access.world import World, make_login, make_world
from tests.races.test_last_administrator import at_once
from wurt.core.accounts.member_actions import end_membership, invite_member
from wurt.core.accounts.models import User
from wurt.core.accounts.organisation_queries import my_organisations, own_organisation
from wurt.core.action.actor import Actor, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.actions import grant_role, revoke_role
from wurt.core.tenancy.authority import check_org_admin_stays, org_administrators
from wurt.core.tenancy.models import Grant, Organisation, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        made = make_world()
        made.rows["a"] = Organisation.objects.get(slug="boot")
        made.rows["b"] = Organisation.objects.create(
            slug="bus", name="Busbetrieb", kind="company", place=made.amt
        )
    return made


def club(world: World) -> UUID:
    public_id: UUID = world.rows["a"].public_id
    return public_id


def second_admin(world: World) -> Grant:
    with writes_allowed("test"):
        person = Person.objects.create(name="Zweite")
        make_login("zweite@boot.example", person)
        return Grant.objects.create(person=person, role=Role.ORG_ADMIN, organisation=world.rows["a"])


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises((RuleBroken, NotAllowed, NotFound)) as refused:
        act()
    return refused.value.code


def test_an_administrator_invites_sees_and_ends(world: World) -> None:
    actor = world.actor("org_admin")
    grant = invite_member(
        actor, organisation=club(world), email="Neu@Boot.example", name="Nele", until=today()
    )
    view = own_organisation(actor, club(world))
    assert [(one.name, one.email, one.role_name, one.until, one.me) for one in view.members] == [
        (
            "Erika org_admin",
            world.users["org_admin"].email,
            "Verantwortliche Person einer Organisation",
            None,
            True,
        ),
        ("Nele", "neu@boot.example", "Mitglied einer Organisation", today(), False),
    ]
    assert User.objects.get(email="neu@boot.example").person.organisation == world.rows["a"]
    end_membership(actor, organisation=club(world), grant=grant)
    assert len(own_organisation(actor, club(world)).members) == 1


def test_the_other_club_is_absent(world: World) -> None:
    actor, other = world.actor("org_admin"), world.rows["b"].public_id
    with writes_allowed("test"):
        theirs = Grant.objects.create(
            person=Person.objects.create(name="B"), role=Role.ORG_MEMBER, organisation=world.rows["b"]
        )
    for act in (
        lambda: own_organisation(actor, other),
        lambda: invite_member(actor, organisation=other, email="x@boot.example", name="X"),
        lambda: end_membership(actor, organisation=other, grant=theirs.public_id),
        # a grant of the other club under the address of one's own
        lambda: end_membership(actor, organisation=club(world), grant=theirs.public_id),
    ):
        with pytest.raises(NotFound):
            act()
    assert Grant.objects.filter(pk=theirs.pk).exists()
    assert [one.name for one in my_organisations(actor)] == ["Bootsverein"]


def test_a_member_sees_the_club_and_their_own_role_and_may_leave(world: World) -> None:
    grant = invite_member(
        world.actor("org_admin"), organisation=club(world), email=world.users["resident"].email, name=""
    )
    actor = world.actor("resident")
    view = own_organisation(actor, club(world))
    assert (view.members, view.may_manage, [one.grant for one in view.my_grants]) == ((), False, [grant])
    assert code_of(
        lambda: invite_member(actor, organisation=club(world), email="x@boot.example", name="X")
    ).startswith("tenancy.manage_members")
    end_membership(actor, organisation=club(world), grant=grant)
    with pytest.raises(NotFound):
        own_organisation(world.actor("resident"), club(world))


def test_managing_needs_the_second_factor(world: World) -> None:
    from wurt.core.accounts.actors import actor_of

    actor = actor_of(world.users["org_admin"], second_factor=False)
    view = own_organisation(actor, club(world))
    assert (view.members, view.needs_factor) == ((), True)
    assert (
        code_of(lambda: invite_member(actor, organisation=club(world), email="x@boot.example", name="X"))
        == "tenancy.manage_members:second_factor"
    )


def test_a_known_address_gets_the_role_and_hears_of_it(world: World) -> None:
    resident = world.users["resident"]
    before = resident.person.name
    invite_member(
        world.actor("org_admin"), organisation=club(world), email=resident.email, name="Falscher Name"
    )
    resident.person.refresh_from_db()
    assert resident.person.name == before
    drain()
    assert [message.to for message in mail.outbox] == [[resident.email]]
    assert "Bootsverein" in mail.outbox[0].body
    assert str(club(world)) in mail.outbox[0].body


def test_coordination_invites_the_first_administrator_and_nobody_else_does(world: World) -> None:
    other = world.rows["b"].public_id
    invite_member(
        world.actor("coordinator"), organisation=other, email="erste@bus.example", name="E", admin=True
    )
    assert not own_organisation(
        world.actor("coordinator"), other
    ).managed  # an invitation is no administrator
    User.objects.filter(email="erste@bus.example").update(last_login=now())
    assert own_organisation(world.actor("coordinator"), other).managed
    for role in ("resident", "lead", "place_editor", "project_group", "steering_member"):
        with pytest.raises(NotFound):
            invite_member(world.actor(role), organisation=other, email="x@bus.example", name="X")


def test_nobody_gives_a_role_for_longer_than_their_own(world: World) -> None:
    with writes_allowed("test"):
        Grant.objects.filter(role=Role.ORG_ADMIN).update(until=now() + timedelta(days=10))
    actor = world.actor("org_admin")

    def invite(days: int | None) -> object:
        until = None if days is None else today() + timedelta(days=days)
        return invite_member(actor, organisation=club(world), email="x@boot.example", name="X", until=until)

    assert code_of(lambda: invite(None)) == "accounts.invite_member:longer_than_own"
    assert code_of(lambda: invite(30)) == "accounts.invite_member:longer_than_own"
    assert code_of(lambda: invite(-1)) == "tenancy.role_in_the_past"
    assert invite(5)


def test_a_role_ends_on_its_last_day_by_itself(world: World) -> None:
    invite_member(
        world.actor("org_admin"),
        organisation=club(world),
        email=world.users["resident"].email,
        name="",
        until=today(),
    )
    assert own_organisation(world.actor("resident"), club(world))
    with writes_allowed("test"):
        Grant.objects.filter(person=world.person("resident")).update(until=now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        own_organisation(world.actor("resident"), club(world))


def last_admin(world: World) -> Grant:
    return Grant.objects.get(person=world.person("org_admin"))


def test_the_last_administrator_stays_whoever_asks(world: World) -> None:
    grant = last_admin(world)
    email = world.users["org_admin"].email
    acts: list[Callable[[], object]] = [
        lambda: end_membership(world.actor("org_admin"), organisation=club(world), grant=grant.public_id),
        lambda: end_membership(world.actor("coordinator"), organisation=club(world), grant=grant.public_id),
        lambda: revoke_role(world.actor("county_admin"), grant=grant.public_id),
        lambda: invite_member(
            world.actor("org_admin"),
            organisation=club(world),
            email=email,
            name="",
            admin=True,
            until=today(),
        ),
        lambda: grant_role(
            world.actor("county_admin"),
            person=world.person("org_admin").public_id,
            role=Role.ORG_ADMIN,
            organisation=club(world),
            until=today(),
        ),
    ]
    assert [code_of(act) for act in acts] == ["tenancy.last_org_admin"] * len(acts)
    invite_member(
        world.actor("org_admin"), organisation=club(world), email="neu@boot.example", name="N", admin=True
    )
    assert code_of(acts[0]) == "tenancy.last_org_admin"  # invited only: nobody knows whether they come
    second_admin(world)
    acts[0]()
    assert org_administrators(world.rows["a"]).count() == 1


def test_control_without_the_lock_the_club_loses_both(world: World) -> None:
    both_checked = threading.Barrier(2, timeout=30)

    def careless(grant: Grant) -> Callable[[], None]:
        def act() -> None:
            check_org_admin_stays(world.rows["a"], without_grant=grant.pk)
            both_checked.wait()
            with writes_allowed("control"):
                grant.delete()

        return act

    assert at_once(careless(last_admin(world)), careless(second_admin(world))) == ["done", "done"]
    assert org_administrators(world.rows["a"]).count() == 0


@pytest.mark.race
@pytest.mark.parametrize("attempt", range(3))
def test_two_administrators_leave_in_the_same_moment_and_one_stays(world: World, attempt: int) -> None:
    first, second = last_admin(world), second_admin(world)
    together = threading.Barrier(2, timeout=30)
    actors: list[Actor] = [world.actor("org_admin"), world.actor("coordinator")]

    def leave(actor: Actor, grant: Grant) -> Callable[[], None]:
        def act() -> None:
            together.wait()
            end_membership(actor, organisation=club(world), grant=grant.public_id)

        return act

    acts = [leave(actor, grant) for actor, grant in zip(actors, (first, second), strict=True)]
    assert at_once(*acts) == ["done", "tenancy.last_org_admin"]
    assert org_administrators(world.rows["a"]).count() == 1
    connection.close()


def test_the_page_has_as_many_queries_for_three_members_as_for_one(
    world: World, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            own_organisation(world.actor("org_admin"), club(world))
        return len(seen)

    before = count()
    for name in ("a", "b", "c"):
        invite_member(
            world.actor("org_admin"), organisation=club(world), email=f"{name}@boot.example", name=name
        )
    assert count() == before
