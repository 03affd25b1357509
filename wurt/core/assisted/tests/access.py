"""Who gets what at the addresses of assisted mode, while acting for nobody (the mode: ``test_mode.py``)."""

from datetime import timedelta

from tests.access.table import Row, desk, everybody, signed_in, who
from tests.access.world import World
from wurt.core.assisted.models import Assistance, Channel, Check, End, Letter, LetterKind, Mandate
from wurt.core.db.clock import now, today
from wurt.core.tenancy.models import Contact, Person, Place, PlaceKind

STAFF = ("caseworker",)


def setup(world: World) -> None:
    town = Place.objects.create(
        slug="moordorf", kind=PlaceKind.MUNICIPALITY, name="Moordorf", parent=world.amt
    )
    caller = Person.objects.create(name="Oma Petersen")
    Contact.objects.create(person=caller, place=town, address="Deich 1\n25000 Moordorf", number="12345678")
    ended = Assistance.objects.create(
        operator=world.person("caseworker"),
        principal=caller,
        place=world.county,
        channel=Channel.PHONE,
        checked=Check.KNOWN,
        ended=now(),
        end=End.DONE,
    )
    body = {"subject": "Bestätigung", "blocks": [{"list": False, "items": ["Alles gut."]}]}
    letter = Letter.objects.create(person=caller, place=world.county, kind=LetterKind.CONFIRMATION, body=body)
    days = {"starts": today(), "ends": today() + timedelta(days=9), "areas": ["notices"]}
    held = Mandate.objects.create(
        giver=caller, helper=world.person("resident"), accepted=now(), created=now(), **days
    )
    offered = Mandate.objects.create(giver=caller, invited="resident@moorland.example", **days)
    world.rows |= {
        "assisted_caller": caller,
        "assisted_ended": ended,
        "assisted_letter": letter,
        "assisted_held": held,
        "assisted_offered": offered,
    }


def _person(world: World) -> dict[str, object]:
    return {"person": world.rows["assisted_caller"].public_id}


def _session(world: World) -> dict[str, object]:
    return {"session": world.rows["assisted_ended"].public_id}


def _letter(world: World) -> dict[str, object]:
    return {"letter": world.rows["assisted_letter"].public_id}


def _upto(world: World) -> dict[str, object]:
    return {"upto": world.rows["assisted_letter"].pk}


def _held(world: World) -> dict[str, object]:
    return {"mandate": world.rows["assisted_held"].public_id}


def _offered(world: World) -> dict[str, object]:
    return {"mandate": world.rows["assisted_offered"].public_id}


def _place(world: World) -> dict[str, object]:
    return {"place": "amt-geest"}


def _mode(name: str, kwargs=lambda world: {}) -> list[Row]:
    """A page of the mode: closed to everybody who acts for nobody."""
    return [
        Row(name, signed_in(403), kwargs),
        Row(name, who(403), kwargs, "POST"),
    ]


_FIND = {"number": "12345678"}
_NEW = {"name": "Opa Hansen", "address": "Deich 2\n25000 Moordorf", "place": "moordorf", "told_by": "letter"}
_BEGIN = {"channel": "phone", "checked": "known", "place": "kreis-moorland"}
_CONTACT = {"address": "Deich 3\n25000 Moordorf", "place": "moordorf", "told_by": "letter"}
_OFFICE = {"name": "Amt Geest", "street": "Am Markt 1", "town": "25000 Moordorf", "phone": "04800 1"}
_OFFER = {
    "name": "Karin Helfer",
    "email": "hilfe@moorland.example",
    "allowed": ["notices"],
    "starts": today().isoformat(),
    "ends": today().isoformat(),
}

ROWS = [
    Row("assisted:search", desk(200, *STAFF)),
    Row("assisted:search", desk(200, *STAFF, method="POST"), method="POST", data=lambda world: _FIND),
    Row("assisted:register", desk(200, *STAFF)),
    Row("assisted:register", desk(302, *STAFF, method="POST"), method="POST", data=lambda world: _NEW),
    Row("assisted:begin", desk(200, *STAFF), _person),
    Row("assisted:begin", desk(302, *STAFF, method="POST"), _person, "POST", lambda world: _BEGIN),
    Row("assisted:letters", desk(200, *STAFF)),
    Row("assisted:letters_pdf", desk(200, *STAFF), _upto),
    Row("assisted:letter_pdf", desk(200, *STAFF), _letter),
    Row("assisted:posted", desk(302, *STAFF, method="POST"), _upto, "POST"),
    Row("assisted:offices", desk(200)),
    Row("assisted:office", desk(200), _place),
    Row("assisted:office", desk(302, method="POST"), _place, "POST", lambda world: _OFFICE),
    # A session belongs to whoever acted in it.
    Row("assisted:summary", who(404, caseworker=200), _session),
    Row("assisted:script", who(404, caseworker=200), _session),
    Row(
        "assisted:confirm",
        who(403, caseworker=302),
        _session,
        "POST",
        lambda world: {"way": "none"},
    ),
    Row("assisted:end", everybody(302), method="POST"),
    *_mode("assisted:desk")[:1],
    *_mode("assisted:contact"),
    *_mode("assisted:paper_mandate"),
    Row("assisted:end_their_mandate", who(403), _held, "POST"),
    Row("assisted:mandates", signed_in(200)),
    Row("assisted:give", signed_in(200)),
    Row("assisted:give", who(302, anonymous=403), method="POST", data=lambda world: _OFFER),
    Row("assisted:accept", who(404, resident=302), _offered, "POST"),
    Row("assisted:end_mandate", who(403, resident=302), _held, "POST"),
    Row("assisted:use", who(403, resident=302), _held, "POST"),
    Row("assisted:my_contact", signed_in(200)),
    Row("assisted:my_contact", who(302, anonymous=403), method="POST", data=lambda world: _CONTACT),
    Row("assisted:in_my_name", signed_in(200)),
    Row("assisted:in_my_name_csv", signed_in(200)),
    Row("assisted:shortcuts", signed_in(200)),
    Row("assisted:shortcuts", who(302, anonymous=403), method="POST"),
]
