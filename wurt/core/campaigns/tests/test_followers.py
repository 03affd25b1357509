"""The mail to followers: those who switched campaigns on, once, looked at before."""

from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from tests.access.world import World
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.campaigns import call_queries
from wurt.core.campaigns.actions import campaigns as actions
from wurt.core.campaigns.actions.followers import call_followers
from wurt.core.campaigns.calling import CALL
from wurt.core.campaigns.models import Campaign
from wurt.core.campaigns.tests.conftest import SYSTEM
from wurt.core.db.clock import now
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.links.models import Link
from wurt.core.notices.kinds import Channel, optional_kinds
from wurt.core.notices.models import Dispatch, Follow, Notice, Subscriber
from wurt.core.notices.reach import Progress, Reach, reach
from wurt.core.outbox.worker import drain

TOPIC = ("services.service", "agenda")
WORDS = {"headline": "Lesen Sie mit", "body": "Jeden Monat neu.\n\nAuch für Sie.", "call": "Jetzt ansehen"}
ON = {CALL: {"email": "now"}}


def follower(email: str = "", **values: object) -> Subscriber:
    """Somebody who follows the service of the agenda, awake all day."""
    with writes_allowed("test"):
        row = Subscriber.objects.create(email=email, quiet_from=0, quiet_until=0, **values)
        Follow.objects.create(subscriber=row, kind=TOPIC[0], key=TOPIC[1], confirmed=now())
    return row


@pytest.fixture
def ready(world: World, campaign: UUID) -> UUID:
    """A released campaign with texts and the channel."""
    actions.set_texts(SYSTEM, campaign=campaign, texts=WORDS)
    actions.add_channel(SYSTEM, campaign=campaign, kind="followers")
    actions.release_campaign(SYSTEM, campaign=campaign)
    return campaign


def refused(code: str, campaign: UUID) -> None:
    with pytest.raises(RuleBroken) as error:
        call_followers(SYSTEM, campaign=campaign)
    assert error.value.code == code


def test_who_switched_campaigns_on_is_told_once(world: World, ready: UUID) -> None:
    follower("ada@example.org", choices=ON)
    follower("bob@example.org")
    follower("cem@example.org", choices={CALL: {"email": "never"}})
    with writes_allowed("test"):
        unconfirmed = Subscriber.objects.create(email="eva@example.org", choices=ON)
        Follow.objects.create(subscriber=unconfirmed, kind=TOPIC[0], key=TOPIC[1])
    assert reach(SYSTEM, CALL, [TOPIC]) == Reach(3, 1, {Channel.EMAIL: 1})
    actor = world.actor("coordinator")
    assert call_followers(actor, campaign=ready) == 1
    assert Notice.objects.count() == 0
    drain()
    (message,) = mail.outbox
    code = Link.objects.get(title__endswith="Mail an Folgende").code
    assert (message.to, message.subject) == (["ada@example.org"], "Lesen Sie mit")
    assert "Jeden Monat neu.\n\nAuch für Sie.\n\nJetzt ansehen\n" in message.body
    assert f"/k/{code}/" in message.body
    assert "Sie bekommen diese E-Mail, weil Sie folgen: Digitale Agenda" in " ".join(message.body.split())
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    refused("campaigns.called", ready)
    follower("neu@example.org", choices=ON)
    drain()
    assert len(mail.outbox) == 1
    entry = AuditEntry.objects.get(action="campaigns.call_followers")
    assert (entry.actor, entry.after) == (str(actor.public_id), {"told": 1})
    view = call_queries.call(actor, ready)
    assert view.progress == Progress(sent=1)
    assert view.called is not None


def test_one_click_ends_it(world: World, ready: UUID) -> None:
    follower("ada@example.org", choices=ON)
    call_followers(SYSTEM, campaign=ready)
    drain()
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + stop.split("/", 3)[3]
    answer = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert answer["Location"] == "/mitteilungen/abgemeldet/"
    assert not Subscriber.objects.exists()


def test_nothing_goes_out_that_is_not_ready(world: World, campaign: UUID) -> None:
    follower("ada@example.org", choices=ON)
    refused("campaigns.draft", campaign)
    actions.add_channel(SYSTEM, campaign=campaign, kind="poster")
    actions.release_campaign(SYSTEM, campaign=campaign)
    refused("campaigns.no_followers_channel", campaign)
    actions.add_channel(SYSTEM, campaign=campaign, kind="followers")
    refused("campaigns.no_words", campaign)
    actions.set_texts(SYSTEM, campaign=campaign, texts=WORDS)
    with pytest.raises(ChangedMeanwhile):
        call_followers(SYSTEM, campaign=campaign, version=1)
    with pytest.raises(NotFound):
        call_queries.call(world.actor("place_editor"), campaign)
    with pytest.raises(NotAllowed):
        call_followers(world.actor("resident"), campaign=campaign)
    with writes_allowed("test"):
        Subscriber.objects.update(choices={})
    refused("campaigns.nobody_follows", campaign)
    actions.close_campaign(SYSTEM, campaign=campaign)
    refused("campaigns.over", campaign)
    drain()
    assert (mail.outbox, Campaign.objects.get().called) == ([], None)


def test_what_goes_out_is_what_was_looked_at(world: World, ready: UUID) -> None:
    """Between the order and the worker somebody changes the texts: the mail says what was ordered."""
    follower("ada@example.org", choices=ON)
    call_followers(SYSTEM, campaign=ready, version=Campaign.objects.get().version)
    actions.set_texts(SYSTEM, campaign=ready, texts=WORDS | {"headline": "Ganz anders"})
    drain()
    assert [message.subject for message in mail.outbox] == ["Lesen Sie mit"]


def test_campaigns_are_off_on_every_way_until_switched_on(world: World, ready: UUID) -> None:
    """Also on the pages, on devices and by letter: following something is no wish for campaigns."""
    assert [kind.key for kind in optional_kinds()] == [CALL]
    follower(person=world.person("resident"))
    with writes_allowed("test"):
        letter = Subscriber.objects.create(name="Ina", address="Ina\nDeich 1\n25746 Heide")
        Follow.objects.create(subscriber=letter, kind=TOPIC[0], key=TOPIC[1], confirmed=now())
    assert reach(SYSTEM, CALL, [TOPIC]) == Reach(2, 0, {})
    refused("campaigns.nobody_follows", ready)
    with writes_allowed("test"):
        Subscriber.objects.filter(person__isnull=False).update(choices={CALL: {"in_app": "now"}})
    assert reach(SYSTEM, CALL, [TOPIC]) == Reach(2, 1, {Channel.IN_APP: 1})
    assert call_followers(SYSTEM, campaign=ready) == 1
    drain()
    assert [row.channel for row in Dispatch.objects.all()] == ["in_app"]


def test_the_page_shows_mail_and_number_before_it_is_sent(world: World, ready: UUID) -> None:
    follower("ada@example.org", choices=ON)
    follower("bob@example.org")
    client = world.client("coordinator")
    page = client.get(f"/verwaltung/kampagnen/{ready}/folgende/").text
    assert "Eine Person bekommt sie." in page
    assert "2 folgen „Digitale Agenda“." in page
    assert "<p>Jeden Monat neu.</p>" in page
    assert "An eine Person schicken" in page
    version = Campaign.objects.get().version
    sent = client.post(f"/verwaltung/kampagnen/{ready}/folgende/", {"version": str(version)})
    assert (sent.status_code, sent["Location"]) == (302, f"/verwaltung/kampagnen/{ready}/")
    assert "Sie wird verteilt." in client.get(f"/verwaltung/kampagnen/{ready}/").text
    drain()
    assert "Eine Mitteilung ist verschickt." in client.get(f"/verwaltung/kampagnen/{ready}/").text
    again = client.post(f"/verwaltung/kampagnen/{ready}/folgende/", {"version": str(version)})
    assert again.status_code == 409
    assert "An eine Person schicken" not in again.text
