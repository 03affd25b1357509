"""Telling people what happened in their case: one order per person and step, kept by ``core/notices``."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.moderation.deadlines import last_day
from wurt.core.moderation.models import Complaint, Decision, Misuse, Party, Report, Role, State
from wurt.core.moderation.policies import UPKEEP
from wurt.core.moderation.things import Measure
from wurt.core.moderation.tokens import link_token, proof_token
from wurt.core.notices.direct import Recipient, tell
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person

RECEIVED, DECIDED, STATEMENT = "moderation.received", "moderation.decided", "moderation.statement"
COMPLAINED, RECONSIDERED = "moderation.complained", "moderation.reconsidered"
WARNED, SUSPENDED = "moderation.warned", "moderation.suspended"


@action("moderation.tell_received")
def tell_received(actor: Actor, *, report: UUID) -> bool:
    """The receipt of a notice (Art. 16 (4)). False if there is no way to who sent it."""
    row = Report.objects.select_related("case").filter(public_id=report).first()
    party = Party.objects.filter(report=row).first() if row else None
    if row is None or party is None:
        return False
    authorize(actor, UPKEEP, county())
    data = {"number": str(row), "title": row.case.title, "link": status_link(party)}
    if row.case.state == State.HELD and party.email:
        data["confirm"] = settings.WURT_URL + reverse("moderation:confirm", args=[proof_token(row.public_id)])
    record(actor, row.case)
    return tell(_recipient(party), kind=RECEIVED, key=str(row.public_id), data=data)


@action("moderation.tell_decision")
def tell_decision(actor: Actor, *, decision: UUID) -> int:
    """The decision to each notifier, the statement of reasons to the author (Art. 16 (5), 17, 20 (5)).
    Answers how many were told. The author of what stays as it is needs no statement, unless something
    was taken and is given back."""
    row = Decision.objects.select_related("case", "by").filter(public_id=decision).first()
    if row is None:
        return 0
    authorize(actor, UPKEEP, county())
    first = row.case.decisions.filter(appeal=False).first()
    told = 0
    for party in Party.objects.filter(case=row.case).select_related("report", "person").order_by("pk"):
        kind = _kind(row, party)
        if party.role == Role.AUTHOR and not _concerns_author(row, first):
            continue
        told += tell(_recipient(party), kind=kind, key=f"{row.public_id} {party.pk}", data=_about(row, party))
    record(actor, row.case, after={"told": told})
    return told


@action("moderation.tell_complaint")
def tell_complaint(actor: Actor, *, complaint: UUID) -> bool:
    """The receipt of a complaint."""
    row = Complaint.objects.select_related("case").filter(public_id=complaint).first()
    if row is None:
        return False
    party = Party.objects.filter(case=row.case, role=row.role, report=row.report).first()
    if party is None:
        return False
    authorize(actor, UPKEEP, county())
    record(actor, row.case)
    data = {"number": _number(party), "title": row.case.title, "link": status_link(party)}
    return tell(_recipient(party), kind=COMPLAINED, key=str(row.public_id), data=data)


@action("moderation.tell_misuse")
def tell_misuse(actor: Actor, *, misuse: UUID, suspended: bool) -> bool:
    """The warning, or the suspension, to the address of the newest notice."""
    row = Misuse.objects.filter(public_id=misuse).first()
    party = Party.objects.filter(who=row.who).exclude(email="").order_by("-pk").first() if row else None
    if row is None or party is None:
        return False
    authorize(actor, UPKEEP, county())
    record(actor, row)
    at = row.suspended if suspended else row.warned
    data = {"reason": row.reason, "until": row.until.isoformat() if row.until else ""}
    kind = SUSPENDED if suspended else WARNED
    return tell(_recipient(party), kind=kind, key=f"{row.public_id} {at:%Y%m%d%H%M%S}", data=data)


def status_link(party: Party) -> str:
    """The secret page of somebody in a case, as a full address."""
    public_id = party.report.public_id if party.report else party.case.public_id
    return settings.WURT_URL + reverse("moderation:status", args=[link_token(Role(party.role), public_id)])


def _kind(row: Decision, party: Party) -> str:
    if row.appeal:
        return RECONSIDERED
    return STATEMENT if party.role == Role.AUTHOR else DECIDED


def _concerns_author(row: Decision, first: Decision | None) -> bool:
    before = first.measure if row.appeal and first else Measure.LEAVE
    return row.measure != Measure.LEAVE or before != Measure.LEAVE


def _about(row: Decision, party: Party) -> dict[str, Any]:
    """Everything that Art. 17 (3) asks for; never who sent the notice."""
    last = None if row.appeal else last_day(row.created)
    return {
        "number": _number(party),
        "title": row.case.title,
        "url": row.case.url,
        "role": party.role,
        "measure": row.measure,
        "ground": row.ground,
        "clause": row.clause,
        "facts": row.facts,
        "origin": row.case.origin,
        "found_by_machine": row.found_by_machine,
        "decided_by_machine": row.decided_by_machine,
        "territory": row.territory,
        "until": row.until.isoformat() if row.until else "",
        "outcome": row.outcome,
        "complain_until": last.isoformat() if last else "",
        "link": status_link(party),
    }


def _number(party: Party) -> str:
    return str(party.report or party.case)


def _recipient(party: Party) -> Recipient:
    person: Person | None = party.person
    return Recipient(
        person=party.person_id,
        email=party.email,
        name=party.name or (person.name if person else ""),
        address=party.address,
        language=party.language,
    )
