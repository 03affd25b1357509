"""Following by e-mail: nothing happens without a yes, and nobody learns who follows."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.notices import handlers
from wurt.core.notices.actions import upkeep
from wurt.core.notices.models import Dispatch, Follow, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.privacy.actions import erase_person
from wurt.core.spamguard.tests.solving import solved

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/folgen/ding/1/"


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def link(name: str, message: int = -1) -> str:
    """The path of the link to a page in a mail."""
    found = re.search(rf"https?://[^/\s]+(/mitteilungen/{name}/\S+/)", mail.outbox[message].body)
    assert found, mail.outbox[message].body
    return found[1]


def ask(email: str = "Ada@example.org", client: Client | None = None, **more: str) -> int:
    return (client or Client()).post(FORM, {"email": email, **more}).status_code


def follow_by_mail(email: str = "ada@example.org") -> None:
    assert ask(email) == 302
    drain()
    assert Client().post(link("bestaetigen")).status_code == 200


def test_only_the_button_behind_the_link_confirms() -> None:
    assert ask() == 302
    assert Subscriber.objects.get().email == "ada@example.org"
    drain()
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert "Rufbus" in message.subject
    for method in ("get", "head"):  # what programs do that check links in mails
        assert getattr(Client(), method)(link("bestaetigen")).status_code == 200
    assert Follow.objects.get().confirmed is None
    assert Client(enforce_csrf_checks=True).post(link("bestaetigen")).status_code == 403
    assert Client().post(link("bestaetigen")).status_code == 200
    assert Follow.objects.get().confirmed is not None
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == [
        "notices.request_follow",
        "notices.confirm_follow",
    ]
    assert Client().post(link("bestaetigen")).status_code == 200  # twice is as good as once
    assert AuditEntry.objects.count() == 2


def test_a_forged_or_old_link_is_not_found() -> None:
    ask()
    drain()
    path = link("bestaetigen")
    assert Client().get(path.replace(".", ".x", 1)).status_code == 404
    assert Client().get("/mitteilungen/bestaetigen/x/").status_code == 404
    token = path.split("/")[-2]
    other = Client().get(f"/mitteilungen/einstellungen/{token}/")  # a link for one thing opens no other
    assert other.status_code == 404
    with writes_allowed("test"):
        Follow.objects.all().delete()
    assert Client().post(path).status_code == 404


def test_the_trail_and_the_queue_hold_no_address() -> None:
    follow_by_mail()
    stored = " ".join(
        str(value)
        for model in (AuditEntry, Delivery)
        for row in model.objects.values()
        for value in row.values()
    )
    assert "ada@example.org" not in stored.lower()


def test_the_answer_is_the_same_for_every_address() -> None:
    follow_by_mail()
    before = Client().post(FORM, {"email": "new@example.org"})
    known = Client().post(FORM, {"email": "ada@example.org"})
    assert (before.status_code, before["Location"]) == (known.status_code, known["Location"])
    drain()
    assert [message.to for message in mail.outbox[1:]] == [["new@example.org"], ["ada@example.org"]]
    assert "schon" in mail.outbox[-1].subject
    page = Client().get(known["Location"])
    assert "ada" not in page.content.decode()


def test_a_program_that_fills_the_trap_is_thanked_and_forgotten() -> None:
    assert ask(website="http://spam.example") == 302
    assert Subscriber.objects.count() == 0
    assert Delivery.objects.count() == 0


def test_five_mails_a_day_to_one_address_and_nobody_is_told_about_the_sixth() -> None:
    assert {ask() for _ in range(8)} == {302}
    drain()
    assert len(mail.outbox) == 5
    assert ask("bob@example.org") == 302
    drain()
    assert len(mail.outbox) == 6


def test_twenty_forms_an_hour_from_one_connection() -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert {ask(f"a{n}@example.org", client) for n in range(20)} == {302}
    assert ask("a20@example.org", client) == 409
    assert ask("a20@example.org", Client(REMOTE_ADDR="192.0.2.8")) == 302
    assert Subscriber.objects.count() == 21


def test_a_browser_that_does_the_sum_may_send_more() -> None:
    client = Client(REMOTE_ADDR="192.0.2.9")
    for number in range(20):
        assert ask(f"b{number}@example.org", client) == 302
    page = client.get(FORM).content.decode()
    with at(now() + timedelta(seconds=5)):
        assert ask("b20@example.org", client) == 409
        assert ask("b20@example.org", client, **solved(page)) == 302
        assert ask("b21@example.org", client, **solved(page)) == 409  # the same solution again


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a b@example.org", "a@example.org\nBcc: b@example.org"])
def test_a_bad_address_is_told_what_to_write(email: str) -> None:
    assert ask(email) == 422
    assert Subscriber.objects.count() == 0


def test_unknown_topics_are_not_found() -> None:
    assert Client().get("/folgen/ding/9/").status_code == 404
    assert Client().get("/folgen/nichts/1/").status_code == 404
    assert Client().post("/folgen/ding/9/", {"email": "a@example.org"}).status_code == 404


def test_who_never_confirms_is_forgotten_after_seven_days(world: World) -> None:
    ask("late@example.org")
    follow_by_mail("ada@example.org")
    with at(now() + timedelta(days=6, hours=23)):
        handlers.forget()
    assert Subscriber.objects.count() == 2
    with at(now() + timedelta(days=7, hours=1)):
        handlers.forget()
    assert [row.email for row in Subscriber.objects.all()] == ["ada@example.org"]
    assert upkeep.forget(toys.SYSTEM) == 0


def test_unsubscribing_deletes_everything_with_one_click(noon: object) -> None:
    reader = toys.follower("ada@example.org")
    toys.tell()
    drain()
    (message,) = mail.outbox
    target = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = target.removeprefix("http://localhost:8000")
    assert path == link("abmelden")
    assert Client().get(path).status_code == 200
    assert Subscriber.objects.count() == 1
    # The mail program's own request: no cookie, no token, no page before it (RFC 8058).
    robot = Client(enforce_csrf_checks=True)
    answer = robot.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert (Subscriber.objects.count(), Follow.objects.count(), Dispatch.objects.count()) == (0, 0, 0)
    assert robot.post(path).status_code == 302
    assert Client().get(path).status_code == 404
    assert reader.email not in str(list(AuditEntry.objects.values()))


def test_the_last_topic_takes_the_address_with_it(noon: object) -> None:
    toys.follower("ada@example.org", "1", "2")
    toys.tell()
    drain()
    page = link("einstellungen")
    token = page.split("/")[-2]
    first, second = Follow.objects.order_by("pk")
    answer = Client().post("/mitteilungen/nicht-mehr-folgen/", {"token": token, "follow": first.public_id})
    assert answer["Location"] == page
    answer = Client().post("/mitteilungen/nicht-mehr-folgen/", {"token": token, "follow": second.public_id})
    assert answer["Location"] == "/mitteilungen/abgemeldet/"
    assert Subscriber.objects.count() == 0


def test_nobody_stops_the_follow_of_another(noon: object) -> None:
    toys.follower("ada@example.org")
    toys.follower("bob@example.org", "2")
    toys.tell()
    drain()
    token = link("einstellungen", 0).split("/")[-2]
    foreign = Follow.objects.get(subscriber__email="bob@example.org")
    stop = {"token": token, "follow": foreign.public_id}
    assert Client().post("/mitteilungen/nicht-mehr-folgen/", stop).status_code == 404
    assert Client().post("/mitteilungen/nicht-mehr-folgen/", {"follow": foreign.public_id}).status_code == 403
    assert (
        Client().post("/mitteilungen/nicht-mehr-folgen/", {"token": token, "follow": "x"}).status_code == 404
    )
    assert Follow.objects.count() == 2


def test_a_person_follows_at_once_and_is_told_here_and_by_mail(world: World, noon: object) -> None:
    client = world.client("resident")
    assert client.post(f"{FORM}merken/").status_code == 302
    assert Follow.objects.get().confirmed == now()
    toys.tell()
    drain()
    assert [message.to for message in mail.outbox] == [["resident@moorland.example"]]
    assert "Mitteilungen (1 neu)" in client.get("/").content.decode()
    page = client.get("/mitteilungen/").content.decode()
    assert "Neues im 2024-04" in page
    assert "Rufbus" in page
    assert "Hofladen" not in page
    upto = Dispatch.objects.get(channel="in_app").pk
    assert client.post("/mitteilungen/gelesen/", {"upto": upto}).status_code == 302
    assert "neu)" not in client.get("/").content.decode()
    assert "Rufbus" in client.get("/mitteilungen/").content.decode()


def test_an_address_that_belongs_to_a_login_is_told_once(world: World, noon: object) -> None:
    client = world.client("resident")
    follow_by_mail("resident@moorland.example")
    row = Subscriber.objects.get()
    assert (row.email, row.person) == ("", world.person("resident"))
    client.post("/folgen/ding/2/merken/")
    mail.outbox.clear()
    toys.tell()
    drain()
    assert [message.to for message in mail.outbox] == [["resident@moorland.example"]]
    assert "Rufbus" in mail.outbox[0].body
    assert "Schulnetz & Funk" in mail.outbox[0].body


def test_unsubscribing_by_mail_leaves_a_person_what_stands_on_the_pages(world: World, noon: object) -> None:
    client = world.client("resident")
    client.post(f"{FORM}merken/")
    toys.tell()
    drain()
    assert Client().post(link("abmelden")).status_code == 302
    toys.tell("n2")
    drain()
    assert len(mail.outbox) == 1
    assert "Mitteilungen (2 neu)" in client.get("/").content.decode()


def test_an_erased_person_leaves_no_follow(world: World, noon: object) -> None:
    world.client("resident").post(f"{FORM}merken/")
    toys.tell()
    drain()
    erase_person(world.actor("county_admin"), person=world.person("resident").public_id)
    drain()
    assert (Subscriber.objects.count(), Follow.objects.count(), Dispatch.objects.count()) == (0, 0, 0)
