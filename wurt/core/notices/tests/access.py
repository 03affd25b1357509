"""Who gets what at the addresses of notices."""

from tests.access.table import Row, desk, everybody, signed_in, who
from tests.access.world import World
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, Notice, Subscriber
from wurt.core.notices.tokens import confirm_token, subscriber_token

STAFF = ("coordinator",)


def setup(world: World) -> None:
    reader = Subscriber.objects.create(email="leserin@moorland.example")
    follow = Follow.objects.create(subscriber=reader, kind="agenda.agenda", key="agenda")
    letter = Subscriber.objects.create(name="Oma Petersen", address="Deich 1\n25000 Moorland")
    data = {"month": "2001-01", "url": "/berichte/2001-01/", "reports": 3, "progress": 1}
    notice = Notice.objects.create(kind="agenda.month", key="2001-01", data=data)
    waiting = Dispatch.objects.create(notice=notice, subscriber=letter, channel=Channel.LETTER)
    world.rows |= {"reader": reader, "follow": follow, "letter": letter, "notice": notice, "waiting": waiting}


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


def _letter(world: World) -> dict[str, object]:
    return {"subscriber": world.rows["letter"].public_id}


def _reader(world: World) -> dict[str, object]:
    return {"subscriber": world.rows["reader"].public_id}


def _notice(world: World) -> dict[str, object]:
    return {"notice": world.rows["notice"].public_id}


def _mail(world: World) -> dict[str, object]:
    return {"file": "20260101-000000-1.log", "number": 0}


def _choice(world: World) -> dict[str, object]:
    return {
        "agenda.month:email": "daily",
        "agenda.month:in_app": "now",
        "quiet_from": "21",
        "quiet_until": "7",
    }


def _stop(world: World) -> dict[str, object]:
    return {"token": _token(world)["token"], "follow": str(world.rows["follow"].public_id)}


def _person(world: World) -> dict[str, object]:
    return {"name": "Opa Hansen", "address": "Deich 2\n25000 Moorland", "topics": ["agenda.agenda agenda"]}


_OWN = signed_in(404) | {"anonymous": 403}

ROWS = [
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
    # The demo's mail is there in the demo on this machine only.
    Row("notices:demo_mails", everybody(404)),
    Row("notices:demo_mail", everybody(404), _mail),
    Row("notices:demo_mail_html", everybody(404), _mail),
]
