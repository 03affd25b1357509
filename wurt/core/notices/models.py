"""Who follows what, what there was to tell, and how far each notice got on its way."""

from django.db import models
from django.db.models import Q

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.notices.kinds import Channel
from wurt.core.tenancy.models import Person


class Subscriber(models.Model):
    """Somebody who is told: a person with a login, an e-mail address, or a postal address; exactly one.

    ``choices`` is ``{kind: {channel: frequency}}``; what is missing follows the kind's default. Quiet hours
    are local hours. ``stopped``: since when nothing is sent to the address, because mail came back.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    address = models.TextField(max_length=400, blank=True, default="")
    language = models.CharField(max_length=5, default="de")
    choices = models.JSONField(default=dict, blank=True)
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_until = models.PositiveSmallIntegerField(default=7)
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    last_bounce = models.DateTimeField(null=True, blank=True)
    stopped = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=300, blank=True, default="")
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="subscriber_email_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, email="", address="")
                | (Q(person__isnull=True, address="") & ~Q(email=""))
                | (Q(person__isnull=True, email="") & ~Q(address="")),
                name="subscriber_reached_one_way",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Follow(models.Model):
    """A subscriber follows a topic. Unconfirmed until the link in the mail was used; signed in, at once."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    created = models.DateTimeField(default=now)
    confirmed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "kind", "key"], name="follow_once")]
        indexes = [models.Index(fields=["kind", "key"], name="follow_topic")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Notice(models.Model):
    """One thing to tell, once for everybody: ``kind`` and ``key`` are unique.

    ``topics`` are the pairs whose followers are told; ``parts`` a list of ``{"topics": pairs, "data": {…}}``.
    ``earlier``: the notice that this one takes back; only who was told that one is told this. ``over``: since
    when nobody more is told, because another notice was told instead.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="later")
    over = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class State(models.TextChoices):
    """How far a notice got. ``UNCLEAR``: the worker was lost while it sent; nobody knows whether it
    arrived."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"


class Dispatch(models.Model):
    """One notice to one subscriber by one channel: the row that is claimed before anything is sent.

    ``topics`` are the pairs this subscriber followed when the notice was spread: why it came. ``claim`` is
    the mark of the worker that sends it, or of the call in which it is told. In the app it is sent when it is
    due; of a call, ``due`` is the next try. ``told``: public ids of the
    devices that a push was begun for; noted before each is sent, so none is told twice.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dispatches")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=Channel)
    topics = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    told = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "subscriber", "channel"], name="dispatch_once")
        ]
        indexes = [
            models.Index(fields=["channel", "due"], name="dispatch_open", condition=Q(state="waiting")),
            models.Index(fields=["subscriber", "channel", "due"], name="dispatch_of_subscriber"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.subscriber_id} {self.channel}"


class Direct(models.Model):
    """One notice to one recipient who need not follow anything: a receipt, a decision. By mail or by letter.

    ``kind`` and ``key`` are unique, so that nobody is told twice; ``person`` if the recipient is known here.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, choices=Channel)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    address = models.TextField(max_length=400, blank=True, default="")
    language = models.CharField(max_length=5, default="de")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="direct_once")]
        indexes = [models.Index(fields=["channel", "due"], name="direct_open", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PushDevice(models.Model):
    """A browser of a subscriber that takes Web Push. ``endpoint`` is the address at the push service (secret:
    who knows it can send there), ``p256dh`` and ``auth`` the keys of RFC 8291, base64url."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60)
    endpoint = models.TextField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    created = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.public_id)
