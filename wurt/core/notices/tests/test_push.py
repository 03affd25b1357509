"""Web Push against a push service on loopback that decrypts and checks signatures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from py_vapid.utils import b64urldecode

from wurt.core.action.actor import ANONYMOUS
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.notices import handlers, vapid
from wurt.core.notices.actions import devices, upkeep
from wurt.core.notices.actions.preferences import save_preferences
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, PushDevice, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.tests.conftest import NOON
from wurt.core.notices.tests.pushservice import Browser, PushService, push_service
from wurt.core.notices.tokens import subscriber_token
from wurt.core.notices.webpush import Message, encrypt, retry_after, topic_of
from wurt.core.outbox.worker import drain

pytestmark = pytest.mark.django_db(transaction=True)
MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/abc"
SUBJECT = "Neues im 2024-04"


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    """The only way to a push service on loopback is an operator's explicit entry."""
    with push_service() as running:
        settings.WURT_OUTBOUND_INTERNAL = [f"notices.push={running.origin}"]
        yield running


@pytest.fixture
def ada(county: None) -> Subscriber:
    with at(NOON):
        return toys.follower("ada@example.org", "1")


def tell(key: str = "n1") -> None:
    toys.tell(key)
    drain()


def row(channel: Channel = Channel.PUSH) -> Dispatch:
    return Dispatch.objects.get(channel=channel)


def test_each_device_is_told_title_and_address_and_nothing_else(noon, ada, service) -> None:
    service.device(ada, "phone")
    service.device(ada, "laptop")
    tell()
    assert sorted(service.got) == [
        (name, {"title": SUBJECT, "url": "/berichte/2024-04/", "tag": service.got[0][1]["tag"], "lang": "de"})
        for name in ("laptop", "phone")
    ]
    name, headers, size = service.asked[0]
    assert (headers["Ttl"] if "Ttl" in headers else headers["TTL"], headers["Urgency"]) == ("86400", "normal")
    assert headers["Content-Encoding"] == "aes128gcm"
    assert len(headers["Topic"]) == 32
    assert size < 4096
    assert b"Neues" not in encrypt(b"Neues", service.browser(name).p256dh, service.browser(name).auth)
    assert row().state == State.SENT
    assert len(row().told) == 2
    tell()
    drain()
    handlers.push_due()
    assert len(service.got) == 2


def test_the_longest_title_stays_below_four_kilobytes() -> None:
    browser = Browser("x")
    message = Message("ẞ" * 5000, "/" + "a" * 300, topic_of("x"), "de")
    assert len(encrypt(message.body, browser.p256dh, browser.auth)) < 4096
    assert browser.read(encrypt(message.body, browser.p256dh, browser.auth))["title"] == "ẞ" * 120


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_others_are_told(noon, ada, service, status) -> None:
    service.device(ada, "old")
    service.device(ada, "new")
    service.answers["old"] = [(status, {})]
    tell()
    assert service.told("new") == [SUBJECT]
    assert list(PushDevice.objects.values_list("name", flat=True)) == ["new"]
    assert row().state == State.SENT


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_pause_is_kept_and_then_only_that_device_is_told(noon, ada, service, status) -> None:
    service.device(ada, "first")
    service.device(ada, "second")
    service.answers["second"] = [(status, {"Retry-After": "600"})]
    tell()
    assert service.told("first") == [SUBJECT]
    assert service.told("second") == []
    assert (row().state, row().due) == (State.WAITING, NOON + timedelta(seconds=600))
    with at(NOON + timedelta(seconds=599)):
        handlers.push_due()
    assert service.told("second") == []
    with at(NOON + timedelta(seconds=601)):
        handlers.push_due()
    assert service.told("second") == [SUBJECT]
    assert service.told("first") == [SUBJECT]
    assert row().state == State.SENT


def test_a_service_that_wants_a_pause_is_not_asked_for_others(noon, ada, service) -> None:
    service.device(ada, "a")
    bob = toys.follower("bob@example.org", "1")
    service.device(bob, "b")
    service.answers["a"] = [(429, {"Retry-After": "300"})]
    tell()
    assert [name for name, _headers, _size in service.asked] == ["a"]
    assert set(Dispatch.objects.filter(channel="push").values_list("state", "due")) == {
        (State.WAITING, NOON + timedelta(seconds=300))
    }


def test_what_was_perhaps_taken_is_not_sent_again(noon, ada, service) -> None:
    service.device(ada, "phone")
    service.answers["phone"] = [(0, {})]  # the line breaks instead of an answer
    tell()
    handlers.push_due()
    assert len(service.asked) == 1
    assert row().state == State.UNCLEAR


def test_nobody_there_is_tried_again(noon, ada, service, settings) -> None:
    device = service.device(ada, "phone")
    settings.WURT_OUTBOUND_INTERNAL = ["notices.push=http://127.0.0.1:9"]
    with writes_allowed("test"):
        PushDevice.objects.filter(pk=device.pk).update(endpoint="http://127.0.0.1:9/push/phone")
    tell()
    assert (row().state, row().told) == (State.WAITING, [])
    assert row().due > NOON


def test_a_refusal_concerns_only_itself(noon, ada, service) -> None:
    service.device(ada, "phone")
    service.answers["phone"] = [(413, {})]
    tell()
    assert row().state == State.FAILED
    assert row().error.endswith("answered 413")
    assert row(Channel.EMAIL).state == State.SENT


def test_a_killed_worker_leaves_the_others_to_be_told(noon, ada, service) -> None:
    """What was begun before the kill is not begun again; the rest is told a quarter of an hour later."""
    first = service.device(ada, "first")
    service.device(ada, "second")
    toys.tell()
    drain_spread()
    with writes_allowed("a worker that dies after it began"):
        Dispatch.objects.filter(channel="push").update(
            state=State.SENDING, claimed=now(), told=[str(first.public_id)]
        )
    with at(NOON + upkeep.LOST_AFTER + timedelta(seconds=1)):
        assert upkeep.mark_lost(toys.SYSTEM) == 1
        handlers.push_due()
    assert service.told("first") == []
    assert service.told("second") == [SUBJECT]


def test_a_kill_with_the_only_device_stays_unclear(noon, ada, service) -> None:
    device = service.device(ada, "only")
    toys.tell()
    drain_spread()
    with writes_allowed("a worker that dies after it began"):
        Dispatch.objects.filter(channel="push").update(
            state=State.SENDING, claimed=now(), told=[str(device.public_id)]
        )
    with at(NOON + upkeep.LOST_AFTER + timedelta(seconds=1)):
        upkeep.mark_lost(toys.SYSTEM)
        handlers.push_due()
    assert service.asked == []
    assert row().state == State.UNCLEAR


def drain_spread() -> None:
    """The rows, without sending them."""
    from wurt.core.notices.actions.spread import spread_chunk
    from wurt.core.notices.models import Notice

    spread_chunk(toys.SYSTEM, notice=Notice.objects.get().public_id, after=0)


def test_quiet_hours_and_digests_hold_for_devices(ada, service) -> None:
    night = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)
    service.device(ada, "phone")
    with at(night):
        tell("n1")
        assert service.got == []
        due = row().due
        assert due == datetime(2026, 3, 4, 6, 0, tzinfo=UTC)  # seven o'clock in Berlin
    with at(due):
        handlers.push_due()
    assert service.told("phone") == [SUBJECT]


def test_what_waits_together_comes_as_one(noon, ada, service) -> None:
    token = subscriber_token(ada.public_id)
    service.device(ada, "phone")
    save_preferences(
        ANONYMOUS, token=token, choices={"toys.news": {"push": "daily"}}, quiet_from=0, quiet_until=0
    )
    tell("n1")
    tell("n2")
    assert service.got == []
    with at(NOON + timedelta(days=1)):
        handlers.push_due()
    assert service.told("phone") == ["2 Mitteilungen für Sie"]


def test_without_a_device_there_is_no_row(noon, ada, service) -> None:
    tell()
    assert set(Dispatch.objects.values_list("channel", flat=True)) == {Channel.EMAIL}


def test_the_only_way_is_a_known_push_service(noon, ada) -> None:
    token, browser = subscriber_token(ada.public_id), Browser("x")
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    for bad in (
        "https://example.org/push", "http://updates.push.services.mozilla.com/x", "https://127.0.0.1/x",
        "https://169.254.169.254/latest", "https://fcm.googleapis.com:444/x", "ftp://fcm.googleapis.com/x",
        "x",         "https://fcm.googleapis.com.example.org/x", "https://fcm.googleapis.com@127.0.0.1/x",
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            devices.add_device(ANONYMOUS, token=token, name="x", endpoint=bad, **keys)
        assert refused.value.code == "notices.push_service"
    for wrong in ({"p256dh": "AAAA"}, {"auth": "%%%"}):
        with pytest.raises(RuleBroken) as refused:
            devices.add_device(ANONYMOUS, token=token, name="x", endpoint=MOZILLA, **(keys | wrong))
        assert refused.value.code == "notices.push_keys"
    devices.add_device(ANONYMOUS, token=token, name="Handy", endpoint=MOZILLA, **keys)
    devices.add_device(ANONYMOUS, token=token, name="Mein Handy", endpoint=MOZILLA, **keys)
    assert list(PushDevice.objects.values_list("name", flat=True)) == ["Mein Handy"]


def test_an_eleventh_device_is_refused_and_other_peoples_are_not_there(noon, ada) -> None:
    token, browser = subscriber_token(ada.public_id), Browser("x")
    for number in range(10):
        added = devices.add_device(
            ANONYMOUS, token=token, name=f"{number}", endpoint=f"{MOZILLA}{number}",
            p256dh=browser.p256dh, auth=browser.auth,
        )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        devices.add_device(
            ANONYMOUS, token=token, name="11", endpoint=MOZILLA, p256dh=browser.p256dh, auth=browser.auth
        )
    assert refused.value.code == "notices.devices_full"
    other = subscriber_token(toys.follower("bob@example.org", "1").public_id)
    for act in (devices.remove_device, devices.try_device):
        with pytest.raises(NotFound):
            act(ANONYMOUS, token=other, device=added)
    devices.remove_device(ANONYMOUS, token=token, device=added)
    assert PushDevice.objects.count() == 9


def test_a_try_comes_at_once_also_at_night(ada, service) -> None:
    device = service.device(ada, "phone")
    with at(datetime(2026, 3, 3, 23, 0, tzinfo=UTC)):
        devices.try_device(ANONYMOUS, token=subscriber_token(ada.public_id), device=device.public_id)
        drain()
    assert service.told("phone") == ["Es klappt: Mitteilungen kommen auf diesem Gerät an."]


def test_the_key_is_made_of_the_secret_key_and_can_be_brought(settings) -> None:
    settings.SECRET_KEY = "one"
    first = vapid.public_key()
    assert vapid.public_key() == first
    assert len(b64urldecode(first.encode())) == 65
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64urldecode(first.encode()))
    settings.SECRET_KEY = "two"
    assert vapid.public_key() != first
    settings.WURT_VAPID_KEY = vapid.make_key()
    own = vapid.public_key()
    settings.SECRET_KEY = "one"
    assert vapid.public_key() == own
    settings.WURT_VAPID_KEY = "nonsense" * 20
    with pytest.raises(ValueError, match="wurt notices vapid --new"):
        vapid.public_key()


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", timedelta(seconds=120)), ("0", timedelta()), ("999999999999", timedelta(hours=6)),
        ("Tue, 03 Mar 2026 11:10:00 GMT", timedelta(minutes=10)),
        ("Tue, 03 Mar 2020 11:10:00 GMT", timedelta()),
        ("", None), ("soon", None), ("-5", None), ("²", None),
    ],
)  # fmt: skip
def test_when_to_try_again(noon, text, wait) -> None:
    found = retry_after(text)
    assert (None if found is None else found - NOON) == wait


def test_pages(noon, ada) -> None:
    client, token, browser = (
        Client(headers={"accept-language": "de"}),
        subscriber_token(ada.public_id),
        Browser("x"),
    )
    page = client.get(f"/mitteilungen/einstellungen/{token}/").content.decode()
    assert f'data-key="{vapid.public_key()}"' in page
    assert "auf meinen Geräten" not in page
    worker = client.get("/mitteilungen/dienst.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert "default-src 'self'" in worker["Content-Security-Policy"]
    form = {"token": token, "name": "Handy", "p256dh": browser.p256dh, "auth": browser.auth}
    bad = client.post("/mitteilungen/geraete/", form | {"endpoint": "https://example.org/x"})
    assert bad.status_code == 409
    assert 'value="Handy"' in bad.content.decode()
    done = client.post("/mitteilungen/geraete/", form | {"endpoint": MOZILLA})
    assert (done.status_code, done["Location"]) == (302, f"/mitteilungen/einstellungen/{token}/#geraete")
    page = client.get(f"/mitteilungen/einstellungen/{token}/").content.decode()
    assert "Handy" in page
    assert "auf meinen Geräten" in page
    assert MOZILLA not in page
