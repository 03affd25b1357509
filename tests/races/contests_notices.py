"""The same person confirms eight times at once; eight workers mail the same notice."""

import time
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.notices import handlers, pushing, sending
from wurt.core.notices.actions.calls import take_call
from wurt.core.notices.actions.follow import confirm_follow, request_follow
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, Notice, PushDevice, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.tokens import confirm_token, follow_of
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import run
from wurt.core.tenancy.models import Contact, Person, ToldBy

GAP = 0.03


def asked(number: int) -> str:
    """The link that asks for a yes."""
    toys.register()
    email = f"{uuid4().hex}@example.org"
    request_follow(Actor(), email=email, kind="toys.thing", key="1")
    return confirm_token(Follow.objects.get(subscriber__email=email).public_id)


def confirm_same(number: int, *, token: str, fair: bool) -> bool:
    """Press the button behind the link; was it this process that confirmed?"""
    if fair:
        return confirm_follow(Actor(), token=token)
    row = Follow.objects.get(public_id=follow_of(token))
    if row.confirmed is not None:
        return False
    time.sleep(GAP)
    with writes_allowed("control"):
        Follow.objects.filter(pk=row.pk).update(confirmed=now())
    return True


def follow_same(number: int, *, email: str, fair: bool) -> None:
    """The same form from eight tabs."""
    toys.register()
    if fair:
        request_follow(Actor(), email=email, kind="toys.thing", key="1")
    elif not Subscriber.objects.filter(email=email).exists():
        time.sleep(GAP)
        with writes_allowed("control"):
            Subscriber.objects.create(email=email)


def follows_of(number: int, *, email: str) -> tuple[int, int]:
    """How many subscribers and follows an address has."""
    return (
        Subscriber.objects.filter(email=email).count(),
        Follow.objects.filter(subscriber__email=email).count(),
    )


def spread_notice(number: int, *, followers: int) -> None:
    """A notice whose rows exist and whose mails wait, at any hour of the day."""
    toys.register()
    with writes_allowed("race"):
        Notice.objects.all().delete()
        Subscriber.objects.all().delete()
        emails = [f"a{one}@example.org" for one in range(followers)]
        toys.followers(emails, quiet_from=0, quiet_until=0)
    toys.tell(uuid4().hex)
    run(Delivery.objects.get(handler__endswith=".spread_next", done__isnull=True))


def mail_same(number: int, *, folder: str, fair: bool) -> int:
    """Mail what is due into a folder."""
    toys.register()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    if not fair:
        sending._claim = lambda rows, moment: (None, rows)
        sending._Sender.deliver = _deliver_unclaimed
    handlers.send_due()
    return number


def _deliver_unclaimed(sender, message, subscriber, rows, claim) -> None:
    sender.connection.send_messages([message])
    sending._of(rows).update(state="sent")


def mailed(number: int, *, folder: str) -> dict[str, int]:
    """How many mails each address got."""
    text = "".join(path.read_text() for path in Path(folder).glob("*.log"))
    return dict(Counter(line[4:] for line in text.splitlines() if line.startswith("To: ")))


def spread_push(number: int, *, followers: int, origin: str, p256dh: str, auth: str) -> None:
    """A notice that waits for one device of each follower."""
    toys.register()
    with writes_allowed("race"):
        Notice.objects.all().delete()
        Subscriber.objects.all().delete()
        emails = [f"a{one}@example.org" for one in range(followers)]
        people = toys.followers(emails, quiet_from=0, quiet_until=0)
        PushDevice.objects.bulk_create(
            PushDevice(
                subscriber=person, name="x", endpoint=f"{origin}/push/{person.email}", digest=person.email,
                p256dh=p256dh, auth=auth,
            )
            for person in people
        )  # fmt: skip
    toys.tell(uuid4().hex)
    run(Delivery.objects.get(handler__endswith=".spread_next", done__isnull=True))


def _taken_unasked(rows, moment):
    time.sleep(GAP)
    pushing.of(rows).update(state="sending")
    return None, rows


def push_same(number: int, *, origin: str, fair: bool) -> int:
    """Push what is due to a service on loopback."""
    toys.register()
    settings.WURT_OUTBOUND_INTERNAL = [f"notices.push={origin}"]
    if not fair:
        pushing.claim = _taken_unasked
    handlers.push_due()
    return number


def call_open(number: int, *, place: int) -> str:
    """Somebody who is to be called about one notice."""
    toys.register()
    with writes_allowed("race"):
        Notice.objects.all().delete()
        person = Person.objects.create(name="Opa Hansen")
        Contact.objects.create(person=person, place_id=place, phone="04801 1", told_by=ToldBy.PHONE)
        row = Subscriber.objects.create(person=person)
        Follow.objects.create(subscriber=row, kind="toys.thing", key="1", confirmed=now())
    toys.tell(uuid4().hex)
    run(Delivery.objects.get(handler__endswith=".spread_next", done__isnull=True))
    return str(row.public_id)


def call_same(number: int, *, subscriber: str, fair: bool) -> bool:
    """Eight at the desk press the button beside the same name; may this one dial?"""
    if fair:
        try:
            take_call(Actor.for_system("race"), subscriber=UUID(subscriber))
        except RuleBroken:
            return False
        return True
    mine = Dispatch.objects.filter(channel=Channel.CALL, subscriber__public_id=subscriber)
    if not mine.filter(state=State.WAITING).exists():
        return False
    time.sleep(GAP)
    with writes_allowed("control"):
        mine.update(state=State.SENDING, claim=uuid4(), claimed=now())
    return True
