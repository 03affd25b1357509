"""Who gets what at the addresses of notices."""

from uuid import UUID

from tests.access.table import Row, desk, everybody, signed_in, who
from tests.access.world import World
from wurt.core.db.clock import now
from wurt.core.notices.kinds import CHOSEN_CHANNELS, Channel, kinds
from wurt.core.notices.models import Direct, Dispatch, Follow, Notice, PushDevice, State, Subscriber
from wurt.core.notices.tokens import confirm_token, subscriber_token
from wurt.core.tenancy.models import Contact, Person, ToldBy

STAFF = ("coordinator",)
KEY = "BL7ELU24fJTAlH5Kyl8N6BDCac8u8li_U5PIwG963MOvdYs9s7LSzj8x_7v7RFdLZ9Eap50PiiyF5K0TDAis7t0"
"""A point on P-256, as a browser gives it."""

MARK = UUID(int=7)
"""Of a call that was taken."""
CALLERS = ("caseworker",)


def setup(world: World) -> None:
    reader = Subscriber.objects.create(email="leserin@moorland.example")
    follow = Follow.objects.create(subscriber=reader, kind="agenda.agenda", key="agenda")
    letter = Subscriber.objects.create(name="Oma Petersen", address="Deich 1\n25000 Moorland")
    data = {"month": "2001-01", "url": "/berichte/2001-01/", "reports": 3, "progress": 1}
    notice = Notice.objects.create(kind="agenda.month", key="2001-01", data=data)
    waiting = Dispatch.objects.create(notice=notice, subscriber=letter, channel=Channel.LETTER)
    told = {
        "kind": "agenda.month",
        "data": data,
        "name": "Oma Petersen",
        "address": "Deich 1\n25000 Moorland",
    }
    single = Direct.objects.create(key="letter", channel=Channel.LETTER, **told)
    failed = Direct.objects.create(key="mail", channel=Channel.EMAIL, state=State.FAILED, **told)
    world.rows |= {"single": single, "failed": failed}
    device = PushDevice.objects.create(
        subscriber=reader,
        name="Handy",
        endpoint="https://updates.push.services.mozilla.com/wpush/v2/x",
        digest="0" * 64,
        p256dh=KEY,
        auth="A" * 22,
    )
    world.rows |= {"device": device}
    world.rows |= {"called": _called("Opa Hansen", notice, world), "told": _called("Frau Ohm", notice, world)}
    Dispatch.objects.filter(subscriber=world.rows["told"]).update(
        state=State.SENDING, claim=MARK, claimed=now()
    )
    world.rows |= {"reader": reader, "follow": follow, "letter": letter, "notice": notice, "waiting": waiting}


def _called(name: str, notice: Notice, world: World) -> Subscriber:
    person = Person.objects.create(name=name)
    Contact.objects.create(person=person, place=world.amt, phone="04801 1", told_by=ToldBy.PHONE)
    row = Subscriber.objects.create(person=person)
    Dispatch.objects.create(notice=notice, subscriber=row, channel=Channel.CALL)
    return row


def _call(world: World) -> dict[str, object]:
    return {"call": MARK}


def _to_call(world: World) -> dict[str, object]:
    return {"subscriber": world.rows["called"].public_id}


def _topic(world: World) -> dict[str, object]:
    return {"slug": "agenda", "part": "alles"}


def _confirm(world: World) -> dict[str, object]:
    return {"token": confirm_token(world.rows["follow"].public_id)}


def _token(world: World) -> dict[str, object]:
    return {"token": subscriber_token(world.rows["reader"].public_id)}


def _forged(world: World) -> dict[str, object]:
    return {"token": "0" * 32 + ".x"}


def _upto(world: World) -> dict[str, object]:
    return {"upto": world.rows["waiting"].pk}


def _single(world: World) -> dict[str, object]:
    return {"upto": world.rows["single"].pk}


def _failed(world: World) -> dict[str, object]:
    return {"direct": world.rows["failed"].public_id}


def _letter(world: World) -> dict[str, object]:
    return {"subscriber": world.rows["letter"].public_id}


def _reader(world: World) -> dict[str, object]:
    return {"subscriber": world.rows["reader"].public_id}


def _notice(world: World) -> dict[str, object]:
    return {"notice": world.rows["notice"].public_id}


def _mail(world: World) -> dict[str, object]:
    return {"file": "20260101-000000-1.log", "number": 0}


def _choice(world: World) -> dict[str, object]:
    every = {f"{kind.key}:{channel.value}": "daily" for kind in kinds() for channel in CHOSEN_CHANNELS}
    return {**every, "quiet_from": "21", "quiet_until": "7"}


def _stop(world: World) -> dict[str, object]:
    return {"token": _token(world)["token"], "follow": str(world.rows["follow"].public_id)}


def _person(world: World) -> dict[str, object]:
    return {"name": "Opa Hansen", "address": "Deich 2\n25000 Moorland", "topics": ["agenda.agenda agenda"]}


def _device(world: World) -> dict[str, object]:
    return {"device": world.rows["device"].public_id}


def _named(world: World) -> dict[str, object]:
    keys = {"p256dh": KEY, "auth": "A" * 22}
    endpoint = "https://updates.push.services.mozilla.com/wpush/v2/neu"
    return {"name": "Laptop", "endpoint": endpoint, **keys, "token": _token(world)["token"]}


def _with_token(world: World) -> dict[str, object]:
    return _token(world)


_OWN = signed_in(404) | {"anonymous": 403}

ROWS = [
    Row("notices:topics", everybody(200)),
    Row("notices:follow", everybody(200), _topic),
    Row("notices:follow", everybody(302), _topic, "POST", lambda world: {"email": "neu@moorland.example"}),
    Row("notices:follow_sent", everybody(200)),
    Row("notices:follow_signed_in", who(302, anonymous=403), _topic, "POST"),
    Row("notices:inbox", signed_in(200)),
    Row("notices:mark_seen", who(302, anonymous=403), method="POST", data=lambda world: {"upto": "1"}),
    Row("notices:confirm", everybody(200), _confirm),
    Row("notices:confirm", everybody(200), _confirm, "POST"),
    Row("notices:confirm", everybody(404), _forged),
    Row("notices:unsubscribe", everybody(200), _token),
    Row("notices:unsubscribe", everybody(302), _token, "POST"),
    Row("notices:unsubscribe", everybody(404), _forged),
    Row("notices:unsubscribed", everybody(200)),
    Row("notices:my_settings", signed_in(200)),
    Row("notices:my_settings", _OWN, method="POST", data=_choice),
    Row("notices:settings", everybody(200), _token),
    Row("notices:settings", everybody(302), _token, "POST", _choice),
    Row("notices:settings", everybody(404), _forged),
    Row("notices:unfollow", everybody(302), method="POST", data=_stop),
    Row("notices:unfollow", everybody(404), method="POST", data=lambda world: {"follow": "x"}),
    Row("notices:service_worker", everybody(200)),
    Row("notices:add_device", everybody(302), method="POST", data=_named),
    Row("notices:add_device", everybody(404), method="POST", data=_forged),
    Row("notices:test_device", everybody(302), _device, "POST", _with_token),
    Row("notices:test_device", who(404, anonymous=403), _device, "POST"),
    Row("notices:remove_device", everybody(302), _device, "POST", _with_token),
    Row("notices:remove_device", who(404, anonymous=403), _device, "POST"),
    Row("notices:desk", desk(200, *STAFF)),
    Row("notices:send_again", everybody(405), _notice),
    Row("notices:send_again", desk(302, *STAFF, method="POST"), _notice, "POST"),
    Row("notices:resume", desk(302, *STAFF, method="POST"), _reader, "POST"),
    Row("notices:letters", desk(200, *STAFF)),
    Row("notices:letters_pdf", desk(200, *STAFF), _upto),
    Row("notices:posted", desk(302, *STAFF, method="POST"), _upto, "POST"),
    Row("notices:add_reader", desk(200, *STAFF)),
    Row("notices:add_reader", desk(302, *STAFF, method="POST"), method="POST", data=_person),
    Row("notices:remove_reader", desk(302, *STAFF, method="POST"), _letter, "POST"),
    Row("notices:calls", desk(200, *CALLERS)),
    Row("notices:calls_csv", desk(200, *CALLERS)),
    Row("notices:take_call", desk(302, *CALLERS, method="POST"), _to_call, "POST"),
    Row("notices:call", desk(200, *CALLERS), _call),
    Row(
        "notices:note_call",
        desk(302, *CALLERS, method="POST"),
        _call,
        "POST",
        lambda world: {"outcome": "told"},
    ),
    Row("notices:single", desk(200, *STAFF)),
    Row("notices:single_pdf", desk(200, *STAFF), _single),
    Row("notices:single_posted", desk(302, *STAFF, method="POST"), _single, "POST"),
    Row("notices:single_again", desk(302, *STAFF, method="POST"), _failed, "POST"),
    # The demo's mail is there in the demo on this machine only.
    Row("notices:demo_mails", everybody(404)),
    Row("notices:demo_mail", everybody(404), _mail),
    Row("notices:demo_mail_html", everybody(404), _mail),
]
