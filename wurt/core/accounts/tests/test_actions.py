"""Logins: invited, deactivated, reset, erased."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from tests.access.world import PASSWORD, World, has_factor, make_login, make_world
from wurt.core.accounts import actions
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import now
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.privacy.actions import erase_person
from wurt.core.tenancy.models import Grant, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, User, Grant, Delivery, AuditEntry))


def test_an_invitation_makes_person_and_login_and_sends_a_link_that_works_once(world: World) -> None:
    admin = world.actor("county_admin")
    public_id = actions.invite_person(
        admin, email=" Neu@Moorland.example ", name="Nele Neu", function="Redaktion"
    )
    person = Person.objects.get(public_id=public_id)
    user = User.objects.get(person=person)
    assert (person.name, person.function, user.email) == ("Nele Neu", "Redaktion", "neu@moorland.example")
    assert not user.has_usable_password()
    assert mail.outbox == []
    assert drain() == 1
    (message,) = mail.outbox
    assert message.to == ["neu@moorland.example"]
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    path = "/" + link.split("/", 3)[3]

    client = Client()
    page = client.get(path, follow=True)
    form_address = page.redirect_chain[-1][0]
    done = client.post(form_address, {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()


def test_inviting_again_sends_a_fresh_link_until_there_is_a_password(world: World) -> None:
    admin = world.actor("county_admin")
    first = actions.invite_person(admin, email="neu@moorland.example", name="Nele Neu")
    assert actions.invite_person(admin, email="NEU@moorland.example", name="Nele Neu") == first
    assert drain() == 2
    assert len(mail.outbox) == 2
    with writes_allowed("test"):
        user = User.objects.get(email="neu@moorland.example")
        user.set_password(PASSWORD)
        user.save()
    with pytest.raises(RuleBroken) as refused:
        actions.invite_person(admin, email="neu@moorland.example", name="Nele Neu")
    assert refused.value.code == "accounts.has_login"


def test_a_link_is_not_sent_once_the_login_is_in_use(world: World) -> None:
    actions.invite_person(world.actor("county_admin"), email="neu@moorland.example", name="Nele Neu")
    with writes_allowed("test"):
        User.objects.filter(email="neu@moorland.example").update(last_login=now())
    drain()
    assert mail.outbox == []


def test_a_known_person_gets_a_login(world: World) -> None:
    with writes_allowed("test"):
        lead = Person.objects.create(name="Lars Leitung")
    actions.invite_person(world.actor("county_admin"), email="lars@moorland.example", person=lead.public_id)
    assert User.objects.get(email="lars@moorland.example").person == lead
    with pytest.raises(RuleBroken) as refused:
        actions.invite_person(
            world.actor("county_admin"), email="zwei@moorland.example", person=lead.public_id
        )
    assert refused.value.code == "accounts.has_login"


@pytest.mark.parametrize(
    "role", ["anonymous", "resident", "lead", "place_editor", "coordinator", "county_admin_without_factor"]
)
def test_who_may_not_changes_and_tells_nothing(world: World, role: str) -> None:
    actor = world.actor(role)
    target = world.person("coordinator").public_id
    before = counts()
    for act in (
        lambda: actions.invite_person(actor, email="neu@moorland.example", name="Nele Neu"),
        lambda: actions.deactivate_login(actor, person=target),
        lambda: actions.activate_login(actor, person=target),
        lambda: actions.reset_second_factor(actor, person=target),
        lambda: erase_person(actor, person=target),
        lambda: actions.create_login(actor, person=target, email="x@moorland.example", password=PASSWORD),
        lambda: actions.create_administrator(actor, name="X", email="x@moorland.example", password=PASSWORD),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert counts() == before
    assert mail.outbox == []
    assert has_factor(world.users["coordinator"])


def test_no_person_sets_a_password_for_another(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.create_administrator(
            world.actor("county_admin"), name="X", email="x@moorland.example", password=PASSWORD
        )


def test_deactivating_ends_sessions_and_refuses_the_login(world: World) -> None:
    client = Client()
    user = world.users["coordinator"]
    client.force_login(user)
    with writes_allowed("test"):
        UserSession.objects.create(
            user=user, ip="127.0.0.1", user_agent="test", session_key=client.session.session_key
        )
    assert client.get("/konto/").status_code == 200
    actions.deactivate_login(world.actor("county_admin"), person=world.person("coordinator").public_id)
    assert client.get("/konto/").status_code == 302
    assert not User.objects.get(pk=user.pk).is_active
    assert not UserSession.objects.filter(user=user).exists()
    actions.activate_login(world.actor("county_admin"), person=world.person("coordinator").public_id)
    assert User.objects.get(pk=user.pk).is_active


def test_a_lost_second_factor_is_removed_recorded_and_told(world: World) -> None:
    user = world.users["coordinator"]
    actions.reset_second_factor(world.actor("county_admin"), person=world.person("coordinator").public_id)
    assert not has_factor(user)
    entry = AuditEntry.objects.get(action="accounts.reset_second_factor")
    assert entry.actor == str(world.person("county_admin").public_id)
    assert entry.object_id == str(world.person("coordinator").public_id)
    drain()
    (message,) = mail.outbox
    assert message.to == [user.email]
    with pytest.raises(RuleBroken) as refused:
        actions.reset_second_factor(world.actor("county_admin"), person=world.person("coordinator").public_id)
    assert refused.value.code == "accounts.no_second_factor"


def test_erasing_leaves_the_public_id_and_nothing_of_the_person(world: World) -> None:
    person = world.person("coordinator")
    public_id, email = person.public_id, world.users["coordinator"].email
    admin = world.actor("county_admin")
    with pytest.raises(ChangedMeanwhile):
        erase_person(admin, person=public_id, version=99)
    erase_person(admin, person=public_id, version=1)
    person.refresh_from_db()
    assert (person.public_id, person.name, person.salt, person.name_public_since) == (public_id, "", "", None)
    assert person.function == "Funktion coordinator"
    assert person.erased is not None
    assert not User.objects.filter(email=email).exists()
    assert not Grant.objects.filter(person=person).exists()
    trail = list(AuditEntry.objects.filter(action="privacy.erase_person").values_list("before", "after"))
    assert [(before, sorted(after)) for before, after in trail] == [
        ({}, ["digest", "erased", "remains", "rows"])
    ]
    erase_person(admin, person=public_id)
    with pytest.raises(RuleBroken) as refused:
        actions.invite_person(admin, email=email, person=public_id)
    assert refused.value.code == "tenancy.erased"


def test_the_last_working_administrator_is_neither_closed_nor_erased(world: World) -> None:
    admin, other = world.person("county_admin"), world.person("county_admin_without_factor")
    actor = world.actor("county_admin")
    actions.deactivate_login(actor, person=other.public_id)
    for act in (actions.deactivate_login, erase_person):
        with pytest.raises(RuleBroken) as refused:
            act(actor, person=admin.public_id)
        assert refused.value.code == "tenancy.last_administrator"
    assert User.objects.get(person=admin).is_active
    with writes_allowed("test"):
        Grant.objects.filter(person=other).update(until=now() + timedelta(days=30))
    actions.activate_login(actor, person=other.public_id)
    with pytest.raises(RuleBroken):
        actions.deactivate_login(actor, person=admin.public_id)


def test_a_weak_password_and_a_taken_address_are_refused_with_words(world: World) -> None:
    system = Actor.for_system("test")
    with writes_allowed("test"):
        person = Person.objects.create(name="Nele Neu")
        make_login("da@moorland.example", Person.objects.create(name="Da"))
    with pytest.raises(RuleBroken) as weak:
        actions.create_login(system, person=person.public_id, email="n@moorland.example", password="kurz")
    assert weak.value.code == "accounts.password_weak"
    with pytest.raises(RuleBroken) as taken:
        actions.create_login(system, person=person.public_id, email="DA@moorland.example", password=PASSWORD)
    assert taken.value.code == "accounts.email_taken"
    with pytest.raises(RuleBroken) as unclear:
        actions.create_login(system, person=person.public_id, email="da", password=PASSWORD)
    assert unclear.value.code == "accounts.email_unclear"
