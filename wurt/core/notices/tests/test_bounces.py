"""Mail that comes back stops the address, and only that."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client

from tests.access.world import World, make_world
from wurt.cli import main
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.notices.actions import upkeep
from wurt.core.notices.bounces import Failure, read_bounce, take_bounce
from wurt.core.notices.models import Dispatch, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.outbox.worker import drain

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: wurt@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 03 Mar 2026 12:00:00 +0100

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: {original}

Message-ID: {message_id}
Subject: Neues

--b--
"""


def report(address: str, *, status: str = "5.1.1", action: str = "failed", **more: str) -> bytes:
    values = {"words": "550 5.1.1 no such user", "message_id": "<x@y>", "original": "text/rfc822-headers"}
    return REPORT.format(address=address, status=status, action=action, **(values | more)).encode()


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def test_a_report_is_read() -> None:
    found = read_bounce(report("ada@example.org", message_id="<1.a.b@kreis>"))
    assert found.message_id == "<1.a.b@kreis>"
    assert found.failures == (Failure("ada@example.org", True, "550 5.1.1 no such user"),)
    late = read_bounce(report("ada@example.org", action="delayed", status="4.4.1"))
    assert late.failures == ()
    whole = read_bounce(report("ada@example.org", original="message/rfc822", message_id="<2.a.b@kreis>"))
    assert whole.message_id == "<2.a.b@kreis>"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Danke\n\nich bin im Urlaub",
        b"Content-Type: multipart/report\n\nno boundary",
        report("ada@example.org", status="ganz kaputt"),
        report("ada@example.org").replace(b"Status: 5.1.1\n", b""),
        report("ada@example.org").replace(b"message/delivery-status", b"text/plain"),
    ],
)
def test_what_is_no_report_changes_nothing(raw: bytes) -> None:
    toys.follower("ada@example.org")
    assert take_bounce(toys.SYSTEM, raw) == ()
    assert Subscriber.objects.get().stopped is None


def test_one_permanent_failure_stops_the_address_and_what_waits_for_it(noon: datetime) -> None:
    toys.follower("ada@example.org", choices={"toys.news": {"email": "daily"}})
    toys.follower("bob@example.org")
    toys.tell()
    drain()
    (outcome,) = take_bounce(toys.SYSTEM, report("Ada@Example.org"))
    assert (outcome.known, outcome.stopped) == (True, True)
    ada = Subscriber.objects.get(email="ada@example.org")
    assert (ada.stopped, ada.stop_reason) == (noon, "550 5.1.1 no such user")
    assert not Dispatch.objects.filter(subscriber=ada).exists()
    toys.tell("n2")
    drain()
    assert [message.to for message in mail.outbox] == [["bob@example.org"]] * 2


def test_three_passing_failures_within_thirty_days(noon: datetime) -> None:
    toys.follower("ada@example.org")
    full = report("ada@example.org", status="4.2.2", words="452 4.2.2 full")

    def stopped(day: int) -> bool:
        with at(noon + timedelta(days=day)):
            return take_bounce(toys.SYSTEM, full)[0].stopped

    assert [stopped(0), stopped(10), stopped(45), stopped(50), stopped(55)] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_our_message_id_names_the_subscriber_whatever_the_address_became(noon: datetime) -> None:
    toys.follower("ada@example.org")
    toys.tell()
    drain()
    sent = mail.outbox[0].extra_headers["Message-ID"]
    forwarded = report("other@elsewhere.example", message_id=sent)
    assert take_bounce(toys.SYSTEM, forwarded)[0].stopped
    assert Subscriber.objects.get().stopped == noon


def test_a_forged_message_id_names_nobody(noon: datetime) -> None:
    row = toys.follower("ada@example.org")
    forged = report("x@example.org", message_id=f"<1.{row.public_id.hex}.abc@localhost>")
    (outcome,) = take_bounce(toys.SYSTEM, forged)
    assert (outcome.known, outcome.stopped) == (False, False)


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    toys.follower("ada@example.org")
    file = tmp_path / "bounce.eml"
    file.write_bytes(report("ada@example.org", status="4.2.2"))
    first = CliRunner().invoke(main, ["notices", "bounce", str(file)])
    assert (first.exit_code, first.output) == (0, "ada@example.org: passing, noted\n")
    second = CliRunner().invoke(main, ["notices", "bounce", "-"], input=report("ada@example.org"))
    assert (second.exit_code, second.output) == (0, "ada@example.org: permanent, stopped\n")
    third = CliRunner().invoke(main, ["notices", "bounce", "-"], input=report("bob@example.org"))
    assert third.output == "bob@example.org: permanent, unknown here\n"
    nothing = CliRunner().invoke(main, ["notices", "bounce", "-"], input=b"Subject: Hallo\n\nHallo")
    assert nothing.output == "No report of a failed delivery; nothing changed.\n"
    assert CliRunner().invoke(main, ["notices", "bounce", "absent.eml"]).exit_code == 2


def test_staff_sees_the_address_and_lets_it_go_on(world: World, noon: datetime) -> None:
    row = toys.follower("ada@example.org")
    take_bounce(toys.SYSTEM, report("ada@example.org"))
    client = world.client("coordinator")
    page = client.get("/verwaltung/mitteilungen/").content.decode()
    assert "ada@example.org" in page
    assert "550 5.1.1 no such user" in page
    assert client.post(f"/verwaltung/mitteilungen/adresse/{row.public_id}/").status_code == 302
    assert Subscriber.objects.get(pk=row.pk).stopped is None
    assert "ada@example.org" not in client.get("/verwaltung/mitteilungen/").content.decode()


def test_a_new_confirmation_lets_it_go_on(noon: datetime) -> None:
    toys.follower("ada@example.org")
    take_bounce(toys.SYSTEM, report("ada@example.org"))
    Client().post("/folgen/ding/2/", {"email": "ada@example.org"})
    drain()
    path = next(word for word in mail.outbox[-1].body.split() if "/bestaetigen/" in word)
    Client().post(path.removeprefix("http://localhost:8000"))
    assert Subscriber.objects.get().stopped is None


def test_a_stopped_address_is_forgotten_after_ninety_days(world: World, noon: datetime) -> None:
    toys.follower("ada@example.org")
    take_bounce(toys.SYSTEM, report("ada@example.org"))
    with at(noon + timedelta(days=89)):
        assert upkeep.forget(toys.SYSTEM) == 0
    with at(noon + timedelta(days=91)):
        upkeep.forget(toys.SYSTEM)
    assert Subscriber.objects.count() == 0


def test_notices_are_forgotten_after_half_a_year(world: World, noon: datetime) -> None:
    toys.follower("ada@example.org")
    toys.tell()
    drain()
    with at(noon + timedelta(days=179)):
        assert upkeep.forget(toys.SYSTEM) == 0
    with at(noon + timedelta(days=181)):
        upkeep.forget(toys.SYSTEM)
    assert (Dispatch.objects.count(), Subscriber.objects.count()) == (0, 1)
