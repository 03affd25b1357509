"""Devices that take Web Push: allowed by their owner, tried, taken off."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from py_vapid.utils import b64urldecode

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db import http
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.notices.actions.follow import own
from wurt.core.notices.events import DeviceTested
from wurt.core.notices.models import PushDevice, Subscriber
from wurt.core.notices.policies import FOLLOW, SEND
from wurt.core.outbox.registry import publish

MOST = 10
"""Devices of one subscriber."""
POINT, SECRET = 65, 16
"""Bytes of the keys that a browser gives (RFC 8291, 3.1 and 3.2)."""


@action("notices.add_device", makes=Making(PushDevice.objects.all))
def add_device(actor: Actor, *, token: str = "", name: str, endpoint: str, p256dh: str, auth: str) -> UUID:
    """A browser may show notices to this subscriber. The same browser again takes the newest name and keys,
    also when somebody else used it before.

    Raises RuleBroken if the push service is not one that we speak to, or the keys are none.
    """
    subscriber = _own_or_new(actor, token)
    _check(endpoint, p256dh, auth)
    others = PushDevice.objects.filter(subscriber=subscriber)
    digest = sha256(endpoint.encode()).hexdigest()
    if others.exclude(digest=digest).count() >= MOST:
        raise RuleBroken("notices.devices_full", _("Ten devices are named already. Take one off first."))
    row, _made = PushDevice.objects.update_or_create(
        digest=digest,
        defaults={
            "subscriber": subscriber,
            "name": name.strip()[:60] or _("Device"),
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
        },
    )
    record(actor, row)
    return row.public_id


@action("notices.remove_device")
def remove_device(actor: Actor, *, token: str = "", device: UUID) -> None:
    """Nothing goes to this device any more."""
    row = _mine(actor, token, device)
    record(actor, row)
    row.delete()


@action("notices.try_device")
def try_device(actor: Actor, *, token: str = "", device: UUID) -> None:
    """Send one message to see whether it arrives."""
    row = _mine(actor, token, device)
    record(actor, row)
    publish(DeviceTested(device=row.public_id))


@action("notices.device_gone")
def device_gone(actor: Actor, *, device: UUID) -> None:
    """The push service answered that it does not know the device (404, 410)."""
    authorize(actor, SEND)
    row = PushDevice.objects.filter(public_id=device).first()
    if row is not None:
        record(actor, row)
        row.delete()


def _own_or_new(actor: Actor, token: str) -> Subscriber:
    if not token and actor.person is not None:
        authorize(actor, FOLLOW)
        Subscriber.objects.get_or_create(person_id=actor.person, defaults={"language": actor.language})
    elif not token:
        raise NotAllowed(code="notices.follow:role")
    return own(actor, token)


def _mine(actor: Actor, token: str, device: UUID) -> PushDevice:
    subscriber = own(actor, token)
    row = lock(PushDevice.objects.all(), public_id=device)
    if row.subscriber_id != subscriber.pk:
        raise NotFound(code="notices.device")
    return row


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    """The address is typed by whoever sends the form: only push services are spoken to, and nobody inside."""
    with http.session("notices.push", hosts=settings.WURT_PUSH_HOSTS) as session:
        try:
            session.agree(endpoint)
        except http.OutboundRefused:
            raise RuleBroken(
                "notices.push_service", _("Your browser's push service is not one that we send to.")
            ) from None
    try:
        fits = (len(b64urldecode(p256dh.encode())), len(b64urldecode(auth.encode()))) == (POINT, SECRET)
    except ValueError:
        fits = False
    if not fits:
        raise RuleBroken("notices.push_keys", _("Your browser gave no keys. Please allow notices again."))
