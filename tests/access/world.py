"""One small county with a person for every role; the access table and many other tests stand in it."""

import functools
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from wurt.core.accounts.actors import METHODS_SESSION_KEY, actor_of
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor, Role
from wurt.core.tenancy.models import Grant, Organisation, Person, Place, PlaceKind

PASSWORD = "Vier Boote im Hafen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

ROLES = (
    "anonymous",
    "resident",
    "lead",
    "org_admin",
    "place_editor",
    "project_group",
    "steering_member",
    "caseworker",
    "coordinator",
    "county_admin_without_factor",
    "county_admin",
)
"""Who is sent to every address. ``lead``: no role, but leads a project (see ``on_lead``).
``org_admin``: administers a club and has no place at the county's desk."""


@dataclass
class World:
    """Places, one organisation, one login per role; ``rows`` is room for what a module's table needs."""

    county: Place
    amt: Place
    other_amt: Place
    organisation: Organisation
    users: dict[str, User]
    rows: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    """Keys of the sessions that were begun for all tests; see ``begin_sessions``."""

    def person(self, role: str) -> Person:
        person = self.users[role].person
        assert person is not None
        return person

    def actor(self, role: str) -> Actor:
        """The actor as a request of that role would have it."""
        if role == "anonymous":
            return Actor()
        return actor_of(self.users[role], second_factor=role != "county_admin_without_factor")

    def client(self, role: str) -> Client:
        """A browser that is signed in as the role, with its second factor except where the name says
        without."""
        client = Client()
        if role == "anonymous":
            return client
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
            return client
        client.force_login(self.users[role])
        session = client.session
        methods = [{"method": "password", "at": 0}]
        if role != "county_admin_without_factor":
            methods.append({"method": "mfa", "at": 0, "type": "totp"})
        session[METHODS_SESSION_KEY] = methods
        session.save()
        return client

    def begin_sessions(self) -> None:
        """Sign everybody in once, for tests that throw away what they did to the sessions."""
        self.sessions = {role: self.client(role).session.session_key for role in ROLES[1:]}


def make_login(email: str, person: Person, *, factor: bool = True) -> User:
    """A login with ``PASSWORD`` and, if wanted, the second factor ``SECRET``."""
    user = User.objects.create_user(email, PASSWORD, person=person)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if factor:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def has_factor(user: User) -> bool:
    """Has the login any second factor left?"""
    return bool(Authenticator.objects.filter(user=user).exists())


def _logins(people: dict[str, Person]) -> list[User]:
    """The same as :func:`make_login` for each, in four statements: a thousand tests stand in this world."""
    users = User.objects.bulk_create(
        User(email=f"{role.replace('_', '-')}@moorland.example", password=_hashed(), person=person)
        for role, person in people.items()
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    factors = [
        user
        for role, user in zip(people, users, strict=True)
        if role not in ("resident", "county_admin_without_factor")
    ]
    kinds = Authenticator.Type
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=kind, data=data)
        for user in factors
        for kind, data in (
            (kinds.TOTP, {"secret": encrypt(SECRET)}),
            (kinds.RECOVERY_CODES, {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}),
        )
    )
    return users


@functools.cache
def _hashed() -> str:
    return make_password(PASSWORD)


def make_world() -> World:
    """Needs the write guard lifted (fixture ``writing``)."""
    county = Place.objects.create(slug="kreis-moorland", kind=PlaceKind.COUNTY, name="Kreis Moorland")
    amt = Place.objects.create(slug="amt-geest", kind=PlaceKind.AMT, name="Amt Geest", parent=county)
    other = Place.objects.create(slug="amt-marsch", kind=PlaceKind.AMT, name="Amt Marsch", parent=county)
    body = Organisation.objects.create(
        slug="kreis-moorland", name="Kreis Moorland", kind="county", place=county
    )
    club = Organisation.objects.create(slug="boot", name="Bootsverein", kind="club", place=amt)
    roles = ROLES[1:]
    people = Person.objects.bulk_create(
        Person(name=f"Erika {role}", function=f"Funktion {role}", organisation=body) for role in roles
    )
    users = dict(zip(roles, _logins(dict(zip(roles, people, strict=True))), strict=True))
    grants = []
    for role, person in zip(roles, people, strict=True):
        granted = "county_admin" if role == "county_admin_without_factor" else role
        if role == "org_admin":
            grants.append(Grant(person=person, role=granted, organisation=club))
        elif granted in set(Role) - {"resident"}:
            where = amt if role == "place_editor" else county
            grants.append(Grant(person=person, role=granted, place=where))
    Grant.objects.bulk_create(grants)
    return World(county=county, amt=amt, other_amt=other, organisation=body, users=users)
