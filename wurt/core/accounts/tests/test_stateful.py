"""Accounts and grants under random sequences of what people do, with what must hold after every step.

The machine drives the product's own actions and real sessions; time is moved by hand. What must hold:

- no right of staff without a second factor in the session,
- no right after its last day, after it was taken back, or after an erasure,
- no session after it was ended, and none of a login that was closed,
- one working administrator of the county always stays,
- ``can()`` and ``scope_q()`` give the same answer for everybody.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.access.world import make_login
from wurt.core.accounts import actions, sessions
from wurt.core.accounts.actors import METHODS_SESSION_KEY, actor_of
from wurt.core.accounts.member_actions import end_membership, invite_member
from wurt.core.accounts.models import User
from wurt.core.action.actor import STAFF_ROLES, Actor, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.action.permission import can, scope_q
from wurt.core.db.clock import now, today
from wurt.core.db.errors import DomainError
from wurt.core.privacy.actions import erase_person
from wurt.core.tenancy.actions import grant_role, revoke_role
from wurt.core.tenancy.authority import administrators
from wurt.core.tenancy.models import Grant, Organisation, Person, Place, PlaceKind
from wurt.core.tenancy.policies import (
    EDIT_ORGANISATION,
    MANAGE_MEMBERS,
    MANAGE_PEOPLE,
    VIEW_ORGANISATION,
    VIEW_OWN_ORGANISATION,
)

PEOPLE = 4
ROLES = (Role.COUNTY_ADMIN, Role.COORDINATOR, Role.PLACE_EDITOR, Role.MODERATOR)
who = st.integers(0, PEOPLE - 1)
days = st.none() | st.integers(0, 3)


class Accounts(RuleBasedStateMachine):
    """``browsers``: an open session per person, with whether it was opened with a second factor."""

    @initialize()
    def build(self) -> None:
        self.outer = transaction.atomic()
        self.outer._from_testcase = True  # type: ignore[attr-defined]  # actions may start "durable" inside
        self.outer.__enter__()
        cache.clear()
        with writes_allowed("test"):
            self.county = Place.objects.create(slug="k", kind=PlaceKind.COUNTY, name="K")
            amt = Place.objects.create(slug="a", kind=PlaceKind.AMT, name="A", parent=self.county)
            self.clubs = [
                Organisation.objects.create(slug=f"o{number}", name=f"o{number}", place=place)
                for number, place in enumerate((self.county, amt))
            ]
            self.people = [Person.objects.create(name=f"Erika Nummer {number}") for number in range(PEOPLE)]
            for number, person in enumerate(self.people):
                make_login(f"p{number}@moorland.example", person, factor=number < 2)
            Grant.objects.create(person=self.people[0], role=Role.COUNTY_ADMIN, place=self.county)
        self.system = Actor.for_system("test")
        self.browsers: dict[int, list[tuple[Client, str, bool]]] = {}
        self.ended: list[Client] = []

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def user(self, number: int) -> User | None:
        return User.objects.filter(person=self.people[number]).select_related("person").first()

    def try_(self, act: Any, *arguments: Any, **named: Any) -> None:
        """Refusals are part of the game; anything else is a bug."""
        with suppress(DomainError):
            act(*arguments, **named)

    # --- what people do

    @rule(number=who, role=st.sampled_from(ROLES), amt=st.booleans(), until=days)
    def grant(self, number: int, role: Role, amt: bool, until: int | None) -> None:
        day = None if until is None else today() + timedelta(days=until)
        place = "a" if amt and role is not Role.COUNTY_ADMIN else "k"
        person = self.people[number].public_id
        self.try_(grant_role, self.system, person=person, role=role, place=place, until=day)

    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        rows = list(Grant.objects.order_by("pk").values_list("public_id", flat=True))
        if rows:
            self.try_(revoke_role, self.system, grant=data.draw(st.sampled_from(rows)))

    @rule(number=who, to=who, body=st.integers(0, 1), admin=st.booleans(), until=days, factor=st.booleans())
    def invite(self, number: int, to: int, body: int, admin: bool, until: int | None, factor: bool) -> None:
        user = self.user(number)
        if user is None:
            return
        actor = actor_of(user, second_factor=factor) if number else self.system
        day = None if until is None else today() + timedelta(days=until)
        before = Grant.objects.count()
        allowed = can(actor, MANAGE_MEMBERS, self.clubs[body])
        self.try_(
            invite_member, actor, organisation=self.clubs[body].public_id, email=f"p{to}@moorland.example",
            name=f"Erika Nummer {to}", admin=admin, until=day,
        )  # fmt: skip
        assert allowed or Grant.objects.count() == before

    @rule(number=who, data=st.data())
    def leave(self, number: int, data: st.DataObject) -> None:
        user = self.user(number)
        rows = list(
            Grant.objects.filter(organisation__isnull=False).order_by("pk").select_related("organisation")
        )
        if user is None or not rows:
            return
        row = data.draw(st.sampled_from(rows))
        actor = actor_of(user, second_factor=True)
        self.try_(end_membership, actor, organisation=row.organisation.public_id, grant=row.public_id)

    @rule(number=who)
    def deactivate(self, number: int) -> None:
        self.try_(actions.deactivate_login, self.system, person=self.people[number].public_id)

    @rule(number=who)
    def activate(self, number: int) -> None:
        self.try_(actions.activate_login, self.system, person=self.people[number].public_id)

    @rule(number=who)
    def erase(self, number: int) -> None:
        self.try_(erase_person, self.system, person=self.people[number].public_id)

    @rule(number=who)
    def lose_the_factor(self, number: int) -> None:
        self.try_(actions.reset_second_factor, self.system, person=self.people[number].public_id)

    @rule(number=who)
    def get_a_passkey(self, number: int) -> None:
        user = self.user(number)
        if user is not None:
            Authenticator.objects.create(
                user=user, type="webauthn", data={"name": "x", "credential": {"id": "x"}}
            )

    @rule(number=who, factor=st.booleans())
    def sign_in(self, number: int, factor: bool) -> None:
        user = self.user(number)
        if user is None or not user.is_active:
            return
        factor = factor and Authenticator.objects.filter(user=user).exists()
        client = Client()
        client.force_login(user)
        session = client.session
        session[METHODS_SESSION_KEY] = [{"method": "password", "at": 0}] + (
            [{"method": "mfa", "at": 0, "type": "totp"}] if factor else []
        )
        session.save()
        key = session.session_key or ""
        from allauth.usersessions.models import UserSession

        UserSession.objects.create(user=user, ip="0.0.0.0", session_key=key)
        self.browsers.setdefault(number, []).append((client, key, factor))

    @precondition(lambda self: any(getattr(self, "browsers", {}).values()))
    @rule(data=st.data())
    def end_others(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(n for n, rows in self.browsers.items() if rows)))
        kept = self.browsers[number][-1]
        user = self.user(number)
        if user is not None:
            sessions.end_others(user, kept[1])
            self.ended += [client for client, _key, _factor in self.browsers[number][:-1]]
            self.browsers[number] = [kept]

    @rule(hours=st.sampled_from((1, 30, 120)))
    def time_goes_by(self, hours: int) -> None:
        """Ends come nearer by so many hours."""
        with writes_allowed("test"):
            for row in Grant.objects.filter(until__isnull=False):
                Grant.objects.filter(pk=row.pk).update(until=row.until - timedelta(hours=hours))

    # --- what must hold

    @invariant()
    def an_administrator_stays(self) -> None:
        if hasattr(self, "county"):
            assert administrators().exists()

    @invariant()
    def nobody_has_a_right_that_ended(self) -> None:
        for number in range(PEOPLE if hasattr(self, "county") else 0):
            person = Person.objects.get(pk=self.people[number].pk)
            user = self.user(number)
            held = {
                (row.role, row.organisation_id)
                for row in Grant.objects.filter(person=person)
                if row.until is None or row.until > now()
            }
            if user is None:
                assert person.erased is not None
                assert not held
                continue
            actor = actor_of(user, second_factor=True)
            assert {(fact.role.value, fact.organisation) for fact in actor.grants} == held

    @invariant()
    def nothing_of_staff_without_the_factor_and_both_forms_of_a_rule_agree(self) -> None:
        for number in range(PEOPLE if hasattr(self, "county") else 0):
            user = self.user(number)
            for factor in (False, True) if user is not None else ():
                actor = actor_of(user, second_factor=factor)
                if not factor:
                    assert not can(actor, MANAGE_PEOPLE, self.county)
                    assert not can(actor, EDIT_ORGANISATION, self.clubs[0])
                for permission in (
                    VIEW_ORGANISATION,
                    EDIT_ORGANISATION,
                    MANAGE_MEMBERS,
                    VIEW_OWN_ORGANISATION,
                ):
                    by_rule = {body.pk for body in self.clubs if can(actor, permission, body)}
                    by_sql = set(
                        Organisation.objects.filter(scope_q(actor, permission)).values_list("pk", flat=True)
                    )
                    assert by_rule == by_sql, permission.name

    @invariant()
    def sessions_are_what_they_should_be(self) -> None:
        for client in getattr(self, "ended", ()):
            assert client.get("/konto/").status_code == 302
        for number, rows in getattr(self, "browsers", {}).items():
            user = self.user(number)
            for client, _key, factor in rows[-1:]:
                answer = client.get("/verwaltung/personen/")
                actor = actor_of(user, second_factor=factor) if user is not None and user.is_active else None
                if answer.status_code == 200:
                    assert actor is not None
                    assert actor.second_factor
                    assert any(fact.role in STAFF_ROLES for fact in actor.grants)


Accounts.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.mark.django_db
class TestAccounts(Accounts.TestCase):  # type: ignore[name-defined,misc]
    """The machine as a test; its database is thrown away after every sequence."""
