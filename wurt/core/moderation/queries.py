"""What the public, notifiers and authors read of moderation. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from wurt.core.action.actor import Actor
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound
from wurt.core.moderation import things
from wurt.core.moderation.deadlines import COMPLAINT_MONTHS, last_day, months_after
from wurt.core.moderation.models import (
    Case,
    Category,
    Complaint,
    Decision,
    Party,
    Report,
    Restriction,
    Role,
    State,
)
from wurt.core.moderation.things import Measure
from wurt.core.moderation.tokens import link_token, linked, proved


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The thing that somebody wants to report."""

    slug: str
    part: str
    kind: str
    title: str
    url: str
    german: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as everybody in the case reads it."""

    at: datetime
    measure: str
    measure_label: str
    ground: str
    clause: str
    facts: str
    found_by_machine: bool
    decided_by_machine: bool
    territory: str
    until: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """A case as somebody in it may see it. ``may_complain_until`` None: not (any more) possible.
    ``explanation``, ``category`` and ``complaint`` are their own words."""

    token: str
    number: str
    role: str
    title: str
    url: str
    since: datetime
    due: datetime
    state: str
    dismissed: bool
    category: str
    explanation: str
    told_by: str
    decision: DecisionView | None
    appeal: DecisionView | None
    complaint: str
    complained_at: datetime | None
    may_complain_until: date | None


@dataclass(frozen=True, slots=True)
class MineLine:
    """One of my cases on My page."""

    token: str
    number: str
    title: str
    since: datetime
    state: str


def report_page(actor: Actor, slug: str, part: str) -> ReportPage:
    """A public thing by its address. Raises NotFound."""
    found = things.find(slug, part)
    if found is None:
        raise NotFound(code="moderation.thing")
    kind, thing = found
    return ReportPage(slug, part, str(kind.label), thing.title, thing.url, thing.german)


def categories(actor: Actor) -> list[tuple[str, str]]:
    """Reasons of a notice for a form."""
    return [(value, str(label)) for value, label in Category.choices]


def token_of_report(actor: Actor, report: UUID) -> str:
    """The secret link of a notice, for who just sent it."""
    return link_token(Role.NOTIFIER, report)


def token_of_proof(actor: Actor, token: str) -> str:
    """From the link of the mail to that of the status page. Raises NotFound."""
    return link_token(Role.NOTIFIER, proved(token))


def status(actor: Actor, token: str) -> StatusView:
    """A case by a secret link. Raises NotFound; also once it is forgotten."""
    role, public_id = linked(token)
    report = None
    if role is Role.NOTIFIER:
        report = Report.objects.select_related("case").filter(public_id=public_id).first()
        case = report.case if report else None
    else:
        case = Case.objects.filter(public_id=public_id, parties__role=Role.AUTHOR).first()
    if case is None or case.forgotten is not None:
        raise NotFound(code="moderation.case")
    return _status(token, role, case, report)


def _status(token: str, role: Role, case: Case, report: Report | None) -> StatusView:
    decisions = {row.appeal: row for row in case.decisions.all()}
    complaint = Complaint.objects.filter(case=case, role=role, report=report).first()
    party = Party.objects.filter(case=case, role=role, report=report).first()
    first = decisions.get(False)
    return StatusView(
        token=token,
        number=str(report or case),
        role=role,
        title=case.title,
        url=case.url,
        since=report.created if report else case.opened,
        due=case.due,
        state=case.state,
        dismissed=case.dismissed,
        category=str(Category(report.category).label) if report else "",
        explanation=report.explanation if report else "",
        told_by=_told_by(party),
        decision=_decision(first),
        appeal=_decision(decisions.get(True)),
        complaint=complaint.text if complaint else "",
        complained_at=complaint.created if complaint else None,
        may_complain_until=_complain_until(case, first, complaint),
    )


def _told_by(party: Party | None) -> str:
    if party is None:
        return ""
    if party.email or party.person_id:
        return "email"
    return "letter" if party.address else ""


def _decision(row: Decision | None) -> DecisionView | None:
    if row is None:
        return None
    return DecisionView(
        at=row.created,
        measure=row.measure,
        measure_label=str(Measure(row.measure).label),
        ground=row.ground,
        clause=row.clause,
        facts=row.facts,
        found_by_machine=row.found_by_machine,
        decided_by_machine=row.decided_by_machine,
        territory=row.territory,
        until=row.until,
        outcome=row.outcome,
    )


def _complain_until(case: Case, first: Decision | None, complaint: Complaint | None) -> date | None:
    if first is None or complaint is not None or case.state not in (State.DECIDED, State.COMPLAINT):
        return None
    if now() >= months_after(first.created, COMPLAINT_MONTHS):
        return None
    return last_day(first.created)


def mine(actor: Actor) -> tuple[MineLine, ...]:
    """My notices, and decisions about what I wrote; newest first."""
    if actor.person is None:
        return ()
    concerned = ~Q(case__measure=Measure.LEAVE) | Q(
        case__in=Decision.objects.filter(appeal=True).values("case")
    )
    shown = Q(role=Role.NOTIFIER) | (Q(case__decided_at__isnull=False) & concerned)
    rows = Party.objects.filter(shown, person_id=actor.person, case__forgotten__isnull=True)
    return tuple(
        MineLine(
            link_token(Role(row.role), row.report.public_id if row.report else row.case.public_id),
            str(row.report or row.case),
            row.case.title,
            row.report.created if row.report else row.case.opened,
            row.case.state,
        )
        for row in rows.select_related("case", "report").order_by("-pk")[:50]
    )


def restricted(actor: Actor) -> bool:
    """May the person not contribute now, by a decision? Modules ask before they take something in."""
    if actor.person is None:
        return False
    rows = Restriction.objects.filter(person_id=actor.person, ended__isnull=True)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today())).exists()
