"""Another address for a login: asked, told, confirmed, stopped, undone; and who cannot."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client

from tests.access.world import PASSWORD, World, make_world
from wurt.core.accounts import email_actions
from wurt.core.accounts.email_tokens import confirm_token, stop_token
from wurt.core.accounts.models import EmailChange, User
from wurt.core.accounts.tests.test_login import code, enter, trail
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.privacy.sweeps import dispose

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "resident@moorland.example", "neu@moorland.example"
SYSTEM = Actor.for_system("test")


@pytest.fixture
def world() -> World:
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def ask(client: Client, email: str = NEW) -> int:
    return client.post("/konto/email/", {"email": email}).status_code


def links() -> dict[str, str]:
    """Sends what waits; the path in each mail, by its receiver."""
    drain()
    found = {}
    for message in mail.outbox:
        path = re.search(r"http://[^/]+(/konto/email/\S+)", message.body)
        found[message.to[0]] = path.group(1) if path else ""
    return found


def address(world: World, role: str = "resident") -> tuple[str, list[tuple[str, bool, bool]]]:
    user = User.objects.get(pk=world.users[role].pk)
    rows = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
    return user.email, list(rows)


def signed_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def test_both_mailboxes_are_told_and_only_the_new_one_makes_it_count(world: World) -> None:
    here, elsewhere = enter(world, "resident"), enter(world, "resident")
    assert ask(here) == 302
    sent = links()
    assert sorted(sent) == [NEW, OLD]
    assert (sent[NEW].split("/")[3], sent[OLD].split("/")[3]) == ("bestaetigen", "stoppen")
    assert NEW in here.get("/konto/email/").content.decode()
    assert here.get(sent[NEW]).status_code == 200  # looking changes nothing
    assert address(world) == (OLD, [(OLD, True, True)])
    mail.outbox.clear()
    assert here.post(sent[NEW]).status_code == 302
    assert address(world) == (NEW, [(NEW, True, True)])
    assert (signed_in(here), signed_in(elsewhere)) == (True, False)
    assert here.post(sent[NEW]).status_code == 404
    assert sorted(links()) == [OLD]
    assert "ist jetzt neu@moorland.example" in " ".join(mail.outbox[0].body.split())
    assert trail("resident", world)[-2:] == ["accounts.ask_email_change", "accounts.confirm_email_change"]
    texts = [
        *AuditEntry.objects.values_list("after", flat=True),
        *Delivery.objects.values_list("payload", flat=True),
    ]
    assert NEW not in str(texts)
    assert enter(world, "resident").last.status_code == 200  # the old address opens nothing any more
    login = Client().post("/konto/login/", {"login": NEW, "password": PASSWORD})
    assert login.headers["Location"] == "/konto/"


def test_staff_with_a_second_factor_change_it_too(world: World) -> None:
    client = enter(world, "county_admin")
    client.post("/konto/2fa/authenticate/", {"code": code()})
    assert ask(client) == 302
    assert client.post(links()[NEW]).status_code == 302
    assert address(world, "county_admin")[0] == NEW
    assert client.get("/verwaltung/personen/").status_code == 200


def test_who_has_a_factor_needs_it_for_this(world: World) -> None:
    actor = world.actor("county_admin")
    without = Actor(person=actor.person, public_id=actor.public_id, grants=actor.grants)
    with pytest.raises(NotAllowed) as refused:
        email_actions.ask_email_change(without, email=NEW)
    assert refused.value.code == "accounts.own_login:second_factor"
    email_actions.ask_email_change(actor, email=NEW)


def test_who_it_is_is_proved_first(world: World) -> None:
    for answer in (Client().get("/konto/email/"), Client().post("/konto/email/", {"email": NEW})):
        assert answer.headers["Location"].startswith("/konto/login/")
    old = world.client("resident")
    assert old.post("/konto/email/", {"email": NEW}).headers["Location"].startswith("/konto/reauthenticate/")
    assert EmailChange.objects.count() == 0


def test_the_old_mailbox_stops_it(world: World) -> None:
    thief = enter(world, "resident")
    ask(thief)
    sent = links()
    owner = Client()
    assert owner.get(sent[OLD]).status_code == 200
    assert signed_in(thief)
    assert owner.post(sent[OLD]).status_code == 200
    assert not signed_in(thief)
    assert enter(world, "resident").last.status_code == 200  # the password is gone
    assert User.objects.get(pk=world.users["resident"].pk).has_usable_password() is False
    assert owner.post(sent[OLD]).status_code == 404
    entry = AuditEntry.objects.get(action="accounts.stop_email_change")
    assert (entry.actor, entry.object_id) == ("anonymous", str(world.person("resident").public_id))
    token = sent[NEW].split("/")[4]
    with pytest.raises(NotFound):
        email_actions.confirm_email_change(world.actor("resident"), token=token, session="")


def test_the_old_mailbox_undoes_it_even_after_a_second_change(world: World) -> None:
    thief = enter(world, "resident")
    ask(thief)
    sent = links()
    thief.post(sent[NEW])
    ask(thief, "drei@moorland.example")
    third = links()["drei@moorland.example"]
    assert thief.post(third).status_code == 302
    assert address(world)[0] == "drei@moorland.example"
    assert Client().post(sent[OLD]).status_code == 200
    assert trail("resident", world)[-1] == "accounts.undo_email_change"
    assert address(world) == (OLD, [(OLD, True, True)])
    assert (EmailChange.objects.count(), signed_in(thief)) == (0, False)


def test_an_unproven_sign_up_does_not_keep_the_old_address_away(world: World) -> None:
    thief = enter(world, "resident")
    ask(thief)
    sent = links()
    thief.post(sent[NEW])
    with writes_allowed("test"):
        blocker = User.objects.create_user(OLD.upper(), "x")
        EmailAddress.objects.create(user=blocker, email=OLD, verified=False, primary=True)
    Client().post(sent[OLD])
    assert address(world)[0] == OLD
    assert not User.objects.filter(pk=blocker.pk).exists()


def test_an_old_address_that_somebody_else_proved_does_not_come_back(world: World) -> None:
    ask(client := enter(world, "resident"))
    sent = links()
    client.post(sent[NEW])
    with writes_allowed("test"):
        other = User.objects.create_user(OLD, PASSWORD)
        EmailAddress.objects.create(user=other, email=OLD, verified=True, primary=True)
    page = Client().post(sent[OLD]).content.decode()
    assert "meldet sich jemand anders an" in page
    assert address(world)[0] == NEW


def test_an_address_in_use_is_told_only_to_its_mailbox(world: World) -> None:
    client = enter(world, "resident")
    taken = world.users["coordinator"].email
    assert ask(client, taken.upper()) == 302
    assert links()[taken] == ""
    token = confirm_token(EmailChange.objects.get().public_id)
    answer = client.post(f"/konto/email/bestaetigen/{token}/")
    assert (answer.status_code, address(world)[0]) == (409, OLD)


def test_the_link_of_somebody_else_is_absent(world: World) -> None:
    ask(enter(world, "resident"))
    sent = links()
    stranger = world.client("coordinator")
    for method in (stranger.get, stranger.post):
        assert method(sent[NEW]).status_code == 404
    assert Client().get(sent[NEW]).headers["Location"].startswith("/konto/login/")
    swapped = sent[OLD].replace("stoppen", "bestaetigen")
    assert enter(world, "resident").post(swapped).status_code == 404
    assert address(world)[0] == OLD


@pytest.mark.parametrize(("days", "answers"), [(2.9, (200, 200)), (3.1, (404, 200)), (14.1, (404, 404))])
def test_links_grow_old(world: World, days: float, answers: tuple[int, int]) -> None:
    client = enter(world, "resident")
    ask(client)
    sent = links()
    with writes_allowed("test"):
        EmailChange.objects.update(created=now() - timedelta(days=days))
    assert (client.get(sent[NEW]).status_code, Client().get(sent[OLD]).status_code) == answers
    if answers[0] == 404:
        with pytest.raises(NotFound):
            email_actions.confirm_email_change(
                world.actor("resident"), token=sent[NEW].split("/")[4], session=""
            )
    if answers[1] == 404:
        with pytest.raises(NotFound):
            email_actions.stop_email_change(Actor(), token=sent[OLD].split("/")[4])


def test_it_is_taken_back_and_asked_again(world: World) -> None:
    client = enter(world, "resident")
    ask(client)
    first = links()[NEW]
    assert client.post("/konto/email/verwerfen/").status_code == 302
    assert client.get(first).status_code == 404
    assert client.post("/konto/email/verwerfen/").status_code == 404
    ask(client)
    ask(client, "drei@moorland.example")
    assert [row.email for row in EmailChange.objects.all()] == ["drei@moorland.example"]
    with pytest.raises(IntegrityError), writes_allowed("test"):
        EmailChange.objects.create(user=world.users["resident"], old=OLD, email=NEW)


def test_bad_input_is_told_and_too_many_are_held_off(world: World) -> None:
    client = enter(world, "resident")
    assert (ask(client, "neu"), ask(client, OLD.upper())) == (422, 409)
    with pytest.raises(RuleBroken) as refused:
        email_actions.ask_email_change(world.actor("resident"), email="neu")
    assert refused.value.code == "accounts.email_unclear"
    assert [ask(client, f"neu{number}@moorland.example") for number in range(5)] == [302] * 4 + [409]


def test_a_closed_login_gets_no_mail(world: World) -> None:
    ask(enter(world, "resident"))
    with writes_allowed("test"):
        User.objects.filter(pk=world.users["resident"].pk).update(is_active=False)
    assert links() == {}


def test_what_is_old_goes(world: World) -> None:
    with writes_allowed("test"):
        EmailChange.objects.create(
            user=world.users["resident"], old=OLD, email=NEW, created=now() - timedelta(days=13.9)
        )
    dispose(SYSTEM, table="accounts.emailchange")
    assert EmailChange.objects.count() == 1
    with at(now() + timedelta(days=0.2)):
        dispose(SYSTEM, table="accounts.emailchange")
    assert EmailChange.objects.count() == 0


def test_a_forged_token_is_absent(world: World) -> None:
    token = stop_token(world.person("resident").public_id)
    assert Client().get(f"/konto/email/stoppen/{token}/").status_code == 404
    with pytest.raises(NotFound):
        email_actions.stop_email_change(Actor(), token=token[:-1])


def test_of_two_menu_entries_only_the_nearer_is_marked(world: World) -> None:
    page = world.client("org_admin").get("/konto/organisation/", follow=True)
    marked = [item.url for item in page.context["site"].desk_menu if item.active]
    assert marked == ["/konto/organisation/"]
