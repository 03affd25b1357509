"""Sends what is due to devices: claimed like mail, and noted for each device before it is sent.

A row of the queue is one notice for one subscriber; they may have several devices. ``Dispatch.told`` names
those that were begun, so whatever happens afterwards (a kill, a pause that one push service asks for), the
others are still told and none is told twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.db.clock import now
from wurt.core.notices.actions.devices import device_gone
from wurt.core.notices.claiming import GIVE_UP, again, claim, of, whole_groups
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, PushDevice, State, Subscriber
from wurt.core.notices.rendering import Renderer
from wurt.core.notices.timing import after_quiet
from wurt.core.notices.webpush import DeviceGone, Message, NotNow, PushServices, Refused, Unclear, topic_of

BATCH = 200
SYSTEM = Actor.for_system("worker")


def due_push() -> QuerySet[Dispatch]:
    """What can go to devices now."""
    return Dispatch.objects.filter(channel=Channel.PUSH, state=State.WAITING, due__lte=now())


def send(rows: QuerySet[Dispatch], until: datetime) -> int:
    """Send the due rows until none is left or the time is over; how many messages were taken."""
    sender = _Sender()
    try:
        while now() < until:
            batch = list(rows.select_related("notice", "subscriber").order_by("subscriber_id", "pk")[:BATCH])
            if not batch:
                break
            sender.send_batch(whole_groups(batch, BATCH))
    finally:
        sender.services.close()
    return sender.sent


def send_test(device: UUID) -> None:
    """One message to one device, because its owner asked for it."""
    row = PushDevice.objects.select_related("subscriber").filter(public_id=device).first()
    if row is None:
        return
    services = PushServices()
    with translation.override(row.subscriber.language):
        title = _("It works: notices reach this device.")
    try:
        services.send(row, Message(title, _home(row.subscriber), topic_of("test"), row.subscriber.language))
    except DeviceGone:
        device_gone(SYSTEM, device=row.public_id)
    except (NotNow, Refused, Unclear):
        pass  # a try is not repeated: by then nobody looks at the device any more
    finally:
        services.close()


def _home(subscriber: Subscriber) -> str:
    return reverse("notices:inbox") if subscriber.person_id else "/"


class _Sender:
    """One run: connections, memory of rendered pieces."""

    def __init__(self) -> None:
        self.sent = 0
        self.renderer = Renderer()
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.services = PushServices()

    def send_batch(self, batch: list[Dispatch]) -> None:
        devices: dict[int, list[PushDevice]] = defaultdict(list)
        people = {one.subscriber_id for one in batch}
        for device in PushDevice.objects.filter(subscriber__in=people).order_by("pk"):
            devices[device.subscriber_id].append(device)
        for subscriber, group in groupby(batch, key=lambda one: one.subscriber_id):
            self.send_to(list(group), devices[subscriber])

    def send_to(self, rows: list[Dispatch], devices: list[PushDevice]) -> None:
        moment, subscriber = now(), rows[0].subscriber
        open_at = after_quiet(moment, subscriber.quiet_from, subscriber.quiet_until, self.zone)
        if open_at > moment:
            of(rows, state=State.WAITING).update(due=open_at)
            return
        mark, mine = claim(rows, moment)
        if not mine:
            return
        kept = of(mine, claim=mark, state=State.SENDING)
        message = self.message(subscriber, mine)
        if message is None or not devices:
            why = "no device any more" if message else "no module has words for it"
            kept.update(state=State.FAILED, error=why)
            return
        _Delivery(self, kept, mine, message).to(devices)

    def message(self, subscriber: Subscriber, rows: list[Dispatch]) -> Message | None:
        """The title and the address of one notice; of several how many there are and where they stand."""
        language = subscriber.language
        found = [(row, piece) for row in rows if (piece := self.renderer.piece(row, language)) is not None]
        if not found:
            return None
        if len(found) == 1:
            row, piece = found[0]
            url = str(row.notice.data.get("url", "")) or _home(subscriber)
            return Message(piece.subject, url, topic_of(str(row.notice.public_id)), language)
        with translation.override(language):
            title = _("%(count)d notices for you") % {"count": len(found)}
        return Message(title, _home(subscriber), topic_of(f"{rows[0].pk}"), language)


class _Delivery:
    """One message on its way to all devices of a subscriber."""

    def __init__(
        self, sender: _Sender, kept: QuerySet[Dispatch], rows: list[Dispatch], message: Message
    ) -> None:
        self.sender, self.kept, self.rows, self.message = sender, kept, rows, message
        self.taken, self.unclear, self.later = 0, any(row.told for row in rows), False
        self.due: datetime | None = None
        self.error = ""

    def to(self, devices: list[PushDevice]) -> None:
        """Each device that was not begun yet; then the rows are closed, or wait for those that remain."""
        for device, rows in self.open(devices):
            self.begin(device, rows)
            try:
                self.sender.services.send(device, self.message)
            except DeviceGone:
                device_gone(SYSTEM, device=device.public_id)
                self.error = "the device is gone"
            except NotNow as pause:
                self.take_back(device, rows)
                self.later, self.error = True, str(pause)
                self.due = max(filter(None, (self.due, pause.due)), default=None)
            except Unclear as doubt:
                self.unclear, self.error = True, str(doubt)
            except (Refused, ValueError) as refusal:
                self.error = f"{type(refusal).__name__}: {refusal}"
            else:
                self.taken += 1
                self.sender.sent += 1
        self.close()

    def open(self, devices: list[PushDevice]) -> Iterator[tuple[PushDevice, list[Dispatch]]]:
        for device in devices:
            rows = [row for row in self.rows if str(device.public_id) not in (row.told or ())]
            if rows:
                yield device, rows

    def begin(self, device: PushDevice, rows: list[Dispatch]) -> None:
        for row in rows:
            row.told = [*(row.told or ()), str(device.public_id)]
        Dispatch.objects.bulk_update(rows, ["told"])

    def take_back(self, device: PushDevice, rows: list[Dispatch]) -> None:
        """It is certain that it was not taken."""
        for row in rows:
            row.told = [one for one in row.told or () if one != str(device.public_id)]
        Dispatch.objects.bulk_update(rows, ["told"])

    def close(self) -> None:
        attempts = self.rows[0].attempts
        if self.later and attempts + 1 < GIVE_UP:
            again(self.kept, attempts, self.error, self.due)
        elif self.taken:
            self.kept.update(state=State.SENT, sent=now(), error="")
        elif self.unclear:
            self.kept.update(state=State.UNCLEAR, error=self.error or self.rows[0].error)
        else:
            self.kept.update(state=State.FAILED, error=self.error[:300])
