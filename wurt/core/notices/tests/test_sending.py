"""From an announcement to mail: once for everybody, whatever goes wrong; over a real SMTP line."""

import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.notices import handlers, sending
from wurt.core.notices.actions import spread, upkeep
from wurt.core.notices.models import Dispatch, Notice, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.tests.mailserver import MailServer, running
from wurt.core.notices.tokens import subscriber_token
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with (
        running() as server,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.server_address[1],
            EMAIL_USE_TLS=False,
            EMAIL_HOST_USER="",
            EMAIL_TIMEOUT=5,
        ),
    ):
        yield server


def states() -> dict[str, int]:
    return dict(Counter(Dispatch.objects.values_list("state", flat=True)))


def mail_for(minutes: float, noon: datetime) -> None:
    """What the clock does so many minutes after noon."""
    with at(noon + timedelta(minutes=minutes)):
        handlers.send_due()


def test_everybody_is_told_once_what_they_follow(server: MailServer, noon: datetime) -> None:
    toys.follower("ada@example.org", "1", "2")
    toys.follower("bob@example.org", "3")
    assert toys.tell()
    assert not toys.tell()
    drain()
    assert server.recipients == ["ada@example.org", "bob@example.org"]
    ada, bob = (message for _to, message in server.kept)
    text = ada.get_body(("plain",)).get_content()
    assert ("Rufbus" in text, "Schulnetz & Funk" in text, "Hofladen" in text) == (True, True, False)
    assert "Sie bekommen diese E-Mail, weil Sie folgen: Rufbus, Schulnetz & Funk" in text
    html = ada.get_body(("html",)).get_content()
    assert "Schulnetz &amp; Funk" in html
    assert "Status jetzt: grün, vorher: rot" in html
    assert "Hofladen" in bob.get_body(("plain",)).get_content()
    assert ada["Message-ID"] != bob["Message-ID"]
    assert ada["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert states() == {State.SENT: 2}
    handlers.send_due()
    assert len(server.kept) == 2


def test_without_followers_nothing_is_written() -> None:
    assert not toys.tell()
    assert (Notice.objects.count(), Delivery.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_who_did_not_confirm_or_was_stopped_is_not_told(
    server: MailServer, noon: datetime, writing: None
) -> None:
    toys.follower("ada@example.org")
    toys.follower("stopped@example.org", stopped=noon)
    row = toys.follower("asked@example.org")
    row.follows.model.objects.filter(subscriber=row).update(confirmed=None)
    toys.tell()
    drain()
    assert server.recipients == ["ada@example.org"]


def test_chunks_follow_each_other_and_a_repeated_chunk_adds_nothing(
    server: MailServer, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "CHUNK", 3)
    monkeypatch.setattr(sending, "BATCH", 2)
    rows = toys.followers([f"a{n}@example.org" for n in range(8)])
    toys.tell()
    drain()
    assert sorted(server.recipients) == sorted(row.email for row in rows)
    notice = Notice.objects.get()
    assert [
        entry.after["followers"]
        for entry in AuditEntry.objects.filter(action="notices.spread").order_by("pk")
    ] == [3, 3, 2]
    assert spread.spread_chunk(toys.SYSTEM, notice=notice.public_id, after=0) == 3
    drain()
    assert Dispatch.objects.count() == 8
    assert len(server.kept) == 8


def test_a_bad_address_concerns_itself_alone(server: MailServer, noon: datetime) -> None:
    toys.followers([f"{name}@example.org" for name in ("a", "gone", "full", "z")])
    server.refusals = {"gone@example.org": "550 5.1.1 nobody here", "full@example.org": "452 4.2.2 full"}
    toys.tell()
    drain()
    assert server.recipients == ["a@example.org", "z@example.org"]
    gone = Subscriber.objects.get(email="gone@example.org")
    assert (gone.stopped, gone.stop_reason) == (noon, "550 5.1.1 nobody here")
    assert Dispatch.objects.get(subscriber=gone).state == State.FAILED
    full = Dispatch.objects.get(subscriber__email="full@example.org")
    assert (full.state, full.due, full.error) == (
        State.WAITING,
        noon + timedelta(minutes=2),
        "452 4.2.2 full",
    )
    server.refusals = {}
    mail_for(1, noon)
    assert len(server.kept) == 2
    mail_for(3, noon)
    assert server.recipients[2:] == ["full@example.org"]


def test_refused_content_is_tried_again_later(server: MailServer, noon: datetime) -> None:
    toys.follower("ada@example.org")
    server.refuse_data = "554 5.7.1 looks like spam"
    toys.tell()
    drain()
    row = Dispatch.objects.get()
    assert (row.state, row.attempts, row.error) == (State.WAITING, 1, "554 5.7.1 looks like spam")
    assert Subscriber.objects.get().stopped is None
    server.refuse_data = ""
    mail_for(5, noon)
    assert states() == {State.SENT: 1}


def test_a_mail_server_that_is_away_puts_everything_off(noon: datetime) -> None:
    toys.followers([f"a{n}@example.org" for n in range(3)])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_HOST_USER="",
    ):
        toys.tell()
        drain()
        first = Dispatch.objects.values_list("state", "attempts", "due").distinct()
        assert list(first) == [(State.WAITING, 1, noon + timedelta(minutes=2))]
        assert "Connection refused" in Dispatch.objects.first().error
        mail_for(3, noon)
        again = Dispatch.objects.values_list("attempts", "due").distinct()
        assert list(again) == [(2, noon + timedelta(minutes=3 + 4))]
    assert Delivery.objects.filter(dead__isnull=False).count() == 0
    with (
        running() as server,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.server_address[1],
            EMAIL_HOST_USER="",
        ),
    ):
        mail_for(8, noon)
        assert len(server.kept) == 3
    assert states() == {State.SENT: 3}


def test_after_forty_tries_it_is_given_up(noon: datetime, writing: None) -> None:
    toys.follower("ada@example.org")
    toys.tell()
    drain(limit=1)
    Dispatch.objects.update(attempts=sending.GIVE_UP)
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
    ):
        handlers.send_due()
    assert states() == {State.FAILED: 1}


def test_a_line_that_breaks_leaves_one_mail_unclear_and_sends_the_rest(
    server: MailServer, noon: datetime, county: None
) -> None:
    toys.followers([f"a{n}@example.org" for n in range(4)])
    server.hang_up_at = {2}
    toys.tell()
    drain()
    assert states() == {State.SENT: 3, State.UNCLEAR: 1}
    assert len(server.kept) == len(set(server.recipients)) == 4
    mail_for(60, noon)
    assert len(server.kept) == 4
    unclear = Dispatch.objects.get(state=State.UNCLEAR)
    assert unclear.error.startswith("SMTPServerDisconnected")
    # Staff decides; nothing else sends it again.
    assert upkeep.send_again(toys.SYSTEM, notice=unclear.notice.public_id) == 1
    handlers.send_due()
    assert Counter(server.recipients)[unclear.subscriber.email] == 2


def test_what_a_lost_worker_had_claimed_is_unclear_after_a_while(
    noon: datetime, writing: None, county: None
) -> None:
    toys.followers(["a@example.org", "b@example.org"])
    toys.tell()
    drain(limit=1)
    first = Dispatch.objects.order_by("pk").first()
    Dispatch.objects.filter(pk=first.pk).update(state=State.SENDING, claimed=noon)
    with at(noon + timedelta(minutes=14)):
        assert upkeep.mark_lost(toys.SYSTEM) == 0
        handlers.send_due()
    assert states() == {State.SENDING: 1, State.SENT: 1}
    with at(noon + timedelta(minutes=16)):
        assert upkeep.mark_lost(toys.SYSTEM) == 1
        handlers.send_due()
    assert states() == {State.UNCLEAR: 1, State.SENT: 1}


def test_the_night_is_quiet_and_the_morning_brings_one_mail(server: MailServer, noon: datetime) -> None:
    reader = toys.follower("ada@example.org")
    with at(noon + timedelta(hours=9)):  # nine in the evening
        toys.tell("n1")
        drain()
        handlers.send_due()
    with at(noon + timedelta(hours=12)):
        toys.tell("n2")
        drain()
        handlers.send_due()
    assert server.kept == []
    morning = noon + timedelta(hours=19)
    assert list(Dispatch.objects.values_list("due", flat=True).distinct()) == [morning]
    with at(morning):
        handlers.send_due()
    ((to, message),) = server.kept
    assert to == reader.email
    assert message["Subject"] == "2 Mitteilungen für Sie"
    assert message.get_body(("plain",)).get_content().count("NEUES IM 2024-04") == 2


def test_a_queue_that_is_late_does_not_disturb_the_night(server: MailServer, noon: datetime) -> None:
    toys.follower("ada@example.org")
    toys.tell()
    drain(limit=1)
    with at(noon + timedelta(hours=10)):
        handlers.send_due()
        assert server.kept == []
    assert Dispatch.objects.get().due == noon + timedelta(hours=19)


def test_a_weekly_digest_waits_for_monday(server: MailServer, noon: datetime) -> None:
    toys.follower("ada@example.org", choices={"toys.news": {"email": "weekly"}})
    toys.follower("never@example.org", choices={"toys.news": {"email": "never"}})
    toys.tell("n1")
    toys.tell("n2")
    drain()
    assert server.kept == []
    assert Dispatch.objects.count() == 2
    with at(noon + timedelta(days=5, hours=20)):  # Monday, eight o'clock
        handlers.send_due()
    assert [message["Subject"] for _to, message in server.kept] == ["2 Mitteilungen für Sie"]


def test_a_header_cannot_be_smuggled_in(server: MailServer, noon: datetime) -> None:
    toys.follower("ada@example.org")
    spread.announce(
        toys.SYSTEM,
        kind="toys.news",
        key="x",
        data={**toys.DATA, "month": "x\r\nBcc: spy@example.org"},
        topics=[("toys.thing", "1")],
        parts=[],
    )
    drain()
    ((to, message),) = server.kept
    assert (to, message["Bcc"]) == ("ada@example.org", None)
    assert message["Subject"] == "Neues im x Bcc: spy@example.org"


def test_who_reads_the_same_gets_the_same_mail_with_links_of_their_own(noon: datetime) -> None:
    people = toys.followers([f"a{number}@example.org" for number in range(3)], "1")
    people += [toys.follower("b@example.org", "2"), toys.follower("c@example.org", "1", language="en")]
    toys.tell()
    drain()
    tokens = {person.email: subscriber_token(person.public_id) for person in people}
    bodies = {}
    for message in mail.outbox:
        mine = tokens[message.to[0]]
        whole = (message.body, message.alternatives[0][0])
        assert [text.count(f"/{mine}/") for text in whole] == [2, 2]
        assert not [other for other in set(tokens.values()) - {mine} if other in "".join(whole)]
        assert message.extra_headers["List-Unsubscribe"].count(mine) == 1
        bodies[message.to[0]] = tuple(text.replace(mine, "") for text in whole)
    assert bodies["a0@example.org"] == bodies["a1@example.org"] == bodies["a2@example.org"]
    assert len(set(bodies.values())) == 3
    assert "Rufbus" in bodies["a0@example.org"][0]
    assert "Rufbus" not in bodies["b@example.org"][0]
    assert "You get this mail because you follow: Rufbus" in bodies["c@example.org"][0]


def test_one_mail_more_costs_two_updates_more_in_one_commit(noon: datetime) -> None:
    def queries(count: int) -> Counter[str]:
        toys.followers([f"{count}-{number}@example.org" for number in range(count)])
        toys.tell(f"n{count}")
        while delivery := Delivery.objects.filter(handler__endswith="spread_next", done=None).first():
            worker.run(delivery)
        with CaptureQueriesContext(connection) as asked:
            sending.send(sending.due_mail(), noon + timedelta(minutes=1))
        return Counter(query["sql"].split()[0] for query in asked)

    few = queries(3)
    many = queries(10)
    assert many["UPDATE"] - few["UPDATE"] == 20
    assert many["SELECT"] == few["SELECT"]
