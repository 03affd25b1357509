"""Who gets what at the addresses of moderation."""

from datetime import date

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.db.clock import now
from wurt.core.moderation.models import (
    Absence,
    Case,
    Correction,
    Decision,
    Misuse,
    Party,
    Report,
    Role,
)
from wurt.core.moderation.tokens import link_token, proof_token, who_of
from wurt.core.pages.models import Page

TEXT = "Hier steht die Telefonnummer meiner Nachbarin."
REASON = "Drei Meldungen zum selben Text, alle ohne Grund."


def _case(world: World, key: str, **values: object) -> Case:
    case = Case.objects.create(kind="pages.page", key=key, title="Verein", place=world.county, **values)
    report = Report.objects.create(
        case=case, category="personal", explanation=TEXT, where="/", good_faith=True, proven=True
    )
    who = who_of("ada@moorland.example")
    Party.objects.create(case=case, report=report, role=Role.NOTIFIER, email="ada@moorland.example", who=who)
    world.rows[key] = report
    return case


def setup(world: World) -> None:
    page = Page.objects.create(place=world.county, slug="verein", title="Verein", body="Text")
    world.rows["open_case"] = _case(world, str(page.pk))
    world.rows["open_report"] = world.rows[str(page.pk)]
    world.rows["held_case"] = _case(world, "held", state="held")
    decider = world.person("coordinator")
    decided = _case(world, "decided", state="decided", measure="hide", decided_at=now(), decided_by=decider)
    Decision.objects.create(case=decided, by=decider, measure="hide", ground="law", facts=TEXT)
    for number in range(3):
        case = _case(world, f"unfounded{number}", state="closed", measure="leave", closed_at=now())
        Decision.objects.create(
            case=case, by=decider, measure="leave", ground="none", facts=TEXT, unfounded=True
        )
    world.rows["correction"] = Correction.objects.create(case=decided)
    warned = Misuse.objects.create(who=who_of("bea@moorland.example"), reason=REASON)
    world.rows["misuse"] = warned
    world.rows["absence"] = Absence.objects.create(
        person=world.person("county_admin"),
        deputy=world.person("county_admin_without_factor"),
        first=date(2030, 1, 1),
        last=date(2030, 1, 9),
    )


def _page(world: World) -> dict[str, object]:
    return {"slug": "seite", "part": "verein"}


def _unknown(world: World) -> dict[str, object]:
    return {"slug": "seite", "part": "gibt-es-nicht"}


def _notice(world: World) -> dict[str, object]:
    return {"category": "personal", "explanation": TEXT, "where": "/verein/", "good_faith": "on"}


def _token(world: World) -> dict[str, object]:
    return {"token": link_token(Role.NOTIFIER, world.rows["decided"].public_id)}


def _open_token(world: World) -> dict[str, object]:
    return {"token": link_token(Role.NOTIFIER, world.rows["open_report"].public_id)}


def _proof(world: World) -> dict[str, object]:
    return {"token": proof_token(world.rows["held"].public_id)}


def _forged(world: World) -> dict[str, object]:
    return {"token": "n" + "0" * 32 + ".x"}


def _open(world: World) -> dict[str, object]:
    return {"case": world.rows["open_case"].public_id}


def _held(world: World) -> dict[str, object]:
    return {"case": world.rows["held_case"].public_id}


def _to(world: World) -> dict[str, object]:
    return {"to": str(world.person("county_admin").public_id)}


def _ruling(world: World) -> dict[str, object]:
    return {"measure": "leave", "ground": "none", "facts": TEXT}


def _away(world: World) -> dict[str, object]:
    return {
        "person": str(world.person("county_admin").public_id),
        "deputy": str(world.person("county_admin_without_factor").public_id),
        "first": "2030-02-01",
        "last": "2030-02-05",
    }


def _absence(world: World) -> dict[str, object]:
    return {"absence": world.rows["absence"].public_id}


def _correction(world: World) -> dict[str, object]:
    return {"correction": world.rows["correction"].public_id}


def _report(world: World) -> dict[str, object]:
    return {"report": world.rows["unfounded2"].public_id}


def _misuse(world: World) -> dict[str, object]:
    return {"misuse_id": world.rows["misuse"].public_id}


def _year(world: World) -> dict[str, object]:
    return {"year": now().year}


_DESK, _SENT = desk(200), desk(302, method="POST")
_CORRECTORS = ("coordinator", "place_editor")

ROWS = [
    Row("moderation:about", everybody(200)),
    Row("moderation:year", everybody(200), _year),
    Row("moderation:year", everybody(404), lambda world: {"year": 1999}),
    Row("moderation:year_file", everybody(200), _year),
    Row("moderation:report", everybody(200), _page),
    Row("moderation:report", everybody(404), _unknown),
    Row("moderation:report", everybody(302), _page, "POST", _notice),
    Row("moderation:status", everybody(200), _token),
    Row("moderation:status", everybody(404), _forged),
    Row("moderation:complain", everybody(200), _token),
    Row("moderation:complain", everybody(302), _token, "POST", lambda world: {"text": TEXT}),
    Row("moderation:complain", everybody(409), _open_token, "POST", lambda world: {"text": TEXT}),
    Row("moderation:complain", everybody(404), _forged),
    Row("moderation:confirm", everybody(200), _proof),
    Row("moderation:confirm", everybody(302), _proof, "POST"),
    Row("moderation:confirm", everybody(404), _token),
    Row("moderation:desk", _DESK),
    Row("moderation:cases_file", _DESK),
    Row("moderation:case", _DESK, _open),
    Row("moderation:decide", _DESK, _open),
    Row("moderation:decide", _SENT, _open, "POST", _ruling),
    Row("moderation:take", _SENT, _open, "POST"),
    Row("moderation:hand_over", _SENT, _open, "POST", _to),
    Row("moderation:is_human", _SENT, _held, "POST"),
    Row("moderation:dismiss", _SENT, _held, "POST"),
    Row("moderation:absences", _DESK),
    Row("moderation:absences", _SENT, method="POST", data=_away),
    Row("moderation:end_absence", _SENT, _absence, "POST"),
    Row("moderation:corrections", desk(200, *_CORRECTORS)),
    Row("moderation:correction_done", desk(302, "coordinator", method="POST"), _correction, "POST"),
    Row("moderation:misuse", _DESK),
    Row("moderation:warn", _DESK, _report),
    Row("moderation:warn", _SENT, _report, "POST", lambda world: {"reason": REASON}),
    Row("moderation:suspend", _DESK, _misuse),
    Row("moderation:suspend", desk(409, method="POST"), _misuse, "POST", lambda world: _suspend()),
    Row("moderation:end_suspension", _SENT, _misuse, "POST"),
    Row("moderation:desk_year", _DESK, _year),
    Row("moderation:desk_year_file", _DESK, _year),
]


def _suspend() -> dict[str, object]:
    return {"reason": REASON, "until": "2030-01-01"}
