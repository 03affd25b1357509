"""What moderators see: the queue, a case, who is responsible. The actor comes first; answers are values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, explain, scope_q
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound
from wurt.core.moderation import things
from wurt.core.moderation.deadlines import days_over
from wurt.core.moderation.models import (
    Absence,
    Case,
    Category,
    Correction,
    Decision,
    Origin,
    Party,
    Report,
    State,
)
from wurt.core.moderation.people import Team, team
from wurt.core.moderation.policies import CORRECT, DECIDE, DECIDE_COMPLAINT, MANAGE, VIEW_CASE
from wurt.core.moderation.queries import DecisionView, _decision
from wurt.core.moderation.things import Measure
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person

PER_PAGE = 50
TO_DO = (State.OPEN, State.COMPLAINT)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the queue. ``overdue``: days, 0 while there is time. ``responsible``: names, never empty
    while anybody else than the decider can act."""

    public_id: UUID
    number: str
    title: str
    kind: str
    categories: tuple[str, ...]
    origin: str
    state: str
    state_label: str
    opened: datetime
    due: datetime
    overdue: int
    reports: int
    taken_by: str
    mine: bool
    responsible: tuple[str, ...]
    measure: str

    @property
    def is_complaint(self) -> bool:
        return self.state == State.COMPLAINT

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue shows; as in the address. ``state``: empty for what is to do."""

    state: str = ""
    whose: str = ""
    category: str = ""
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A notice in a case, with who sent it as far as they said."""

    public_id: UUID
    number: str
    category: str
    explanation: str
    where: str
    created: datetime
    proven: bool
    on_behalf: bool
    name: str
    email: str
    who: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can have a case."""

    public_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything in it. ``why_not``: empty if the actor may decide now, else what fails."""

    line: CaseLine
    version: int
    excerpt: str
    url: str
    still_there: bool
    author: str
    reports: tuple[ReportView, ...]
    complaints: tuple[tuple[str, datetime, str], ...]
    decision: DecisionView | None
    decided_by: str
    appeal: DecisionView | None
    events: tuple[tuple[datetime, str, str, str], ...]
    measures: tuple[Measure, ...]
    why_not: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Who is away, and who stands in."""

    public_id: UUID
    person: str
    deputy: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction that a decision asks for."""

    public_id: UUID
    number: str
    title: str
    url: str
    facts: str
    clause: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to do."""

    to_do: int
    overdue: int
    held: int
    mine: int = field(default=0)


def may_moderate(actor: Actor) -> bool:
    """Does the desk open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, VIEW_CASE)


def may_correct(actor: Actor) -> bool:
    """Does the list of corrections open?"""
    return can(actor, CORRECT)


def check_desk(actor: Actor) -> None:
    """Raise NotAllowed for whoever moderates nowhere."""
    authorize(actor, VIEW_CASE)


def queue(actor: Actor, filters: Filters, page: int) -> Page[CaseLine]:
    """The queue, nearest deadline first."""
    check_desk(actor)
    known = team(today())
    pages = Paginator(_rows(actor, filters, known), PER_PAGE)
    chosen = pages.get_page(page)
    chosen.object_list = _lines(actor, chosen.object_list, known)  # type: ignore[assignment]
    return chosen  # type: ignore[return-value]


def every_line(actor: Actor, filters: Filters) -> list[CaseLine]:
    """The same without pages, for a table file."""
    check_desk(actor)
    known = team(today())
    return _lines(actor, _rows(actor, filters, known)[:5000], known)


def counts(actor: Actor) -> Counts:
    """How much there is to do."""
    check_desk(actor)
    rows = Case.objects.filter(scope_q(actor, VIEW_CASE))
    to_do = rows.filter(state__in=TO_DO)
    return Counts(
        to_do.count(),
        to_do.filter(due__lte=now()).count(),
        rows.filter(state=State.HELD).count(),
        to_do.filter(taken_by_id=actor.person or 0).count(),
    )


def _rows(actor: Actor, filters: Filters, known: Team) -> QuerySet[Case]:
    rows = Case.objects.filter(scope_q(actor, VIEW_CASE), forgotten__isnull=True)
    if filters.state in State.values:
        rows = rows.filter(state=filters.state)
    elif filters.state != "all":
        rows = rows.filter(state__in=TO_DO)
    if filters.whose == "mine":
        me = actor.person or 0
        stand_in = [away for away in known.away if known.standing_in(away) == me]
        rows = rows.filter(taken_by_id__in=[me, *stand_in])
    if filters.whose == "nobody":
        rows = rows.filter(taken_by__isnull=True)
    if filters.category in Category.values:
        rows = rows.filter(pk__in=Report.objects.filter(category=filters.category).values("case"))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.text:
        rows = rows.filter(_text(filters.text))
    reports = Prefetch("reports", Report.objects.order_by("pk"))
    return rows.select_related("taken_by").prefetch_related(reports).order_by("due", "pk")


def _text(text: str) -> Q:
    found = Q(title__icontains=text) | Q(excerpt__icontains=text)
    digits = text.strip().upper().removeprefix("M-").lower()
    if len(digits) == 8 and all(one in "0123456789abcdef" for one in digits):
        first, last = UUID(digits + "0" * 24), UUID(digits + "f" * 24)
        reports = Report.objects.filter(public_id__gte=first, public_id__lte=last).values("case")
        found |= Q(pk__in=reports) | Q(public_id__gte=first, public_id__lte=last)
    return found


def _lines(actor: Actor, rows: Iterable[Case], known: Team) -> list[CaseLine]:
    listed = list(rows)
    acting = {row.pk: _responsible(row, known) for row in listed}
    people = {person for found in acting.values() for person in found}
    names = {row.pk: str(row) for row in Person.objects.filter(pk__in=people)}
    return [_line(actor, row, tuple(names[one] for one in acting[row.pk] if one in names)) for row in listed]


def _responsible(row: Case, known: Team) -> tuple[int, ...]:
    decided_by = row.decided_by_id if row.state == State.COMPLAINT else None
    return known.responsible(row.place_id, row.taken_by_id, decided_by)


def _line(actor: Actor, row: Case, responsible: tuple[str, ...]) -> CaseLine:
    kind = things.kind_of(row.kind)
    reports = list(row.reports.all())
    return CaseLine(
        public_id=row.public_id,
        number=str(row),
        title=row.title,
        kind=str(kind.label) if kind else row.kind,
        categories=tuple(dict.fromkeys(str(Category(one.category).label) for one in reports)),
        origin=str(Origin(row.origin).label),
        state=row.state,
        state_label=str(State(row.state).label),
        opened=row.opened,
        due=row.due,
        overdue=days_over(now(), row.due) if row.state in (*TO_DO, State.HELD) else 0,
        reports=len(reports),
        taken_by=str(row.taken_by) if row.taken_by else "",
        mine=row.taken_by_id is not None and row.taken_by_id == actor.person,
        responsible=responsible,
        measure=str(Measure(row.measure).label) if row.measure else "",
    )


def case(actor: Actor, public_id: UUID) -> CaseView:
    """One case. Raises NotFound, also for moderators of other places."""
    check_desk(actor)
    rows = Case.objects.filter(scope_q(actor, VIEW_CASE), public_id=public_id, forgotten__isnull=True)
    row = (
        rows.select_related("taken_by", "author", "decided_by")
        .prefetch_related("reports", "decisions")
        .first()
    )
    if row is None:
        raise NotFound(code="moderation.case")
    known = team(today())
    thing = things.fetch(row.kind, row.key)
    decisions: dict[bool, Decision] = {one.appeal: one for one in row.decisions.all()}
    permission = DECIDE_COMPLAINT if row.state == State.COMPLAINT else DECIDE
    measures = (Measure.LEAVE, *(thing.measures if thing else ()))
    if row.author_id is not None:
        measures = (*measures, Measure.RESTRICT)
    if row.measure and Measure(row.measure) not in measures:
        measures = (*measures, Measure(row.measure))
    return CaseView(
        line=_lines(actor, [row], known)[0],
        version=row.version,
        excerpt=row.excerpt,
        url=row.url,
        still_there=thing is not None,
        author=str(row.author) if row.author else "",
        reports=_reports(row),
        complaints=tuple((one.role, one.created, one.text) for one in row.complaints.order_by("pk")),
        decision=_decision(decisions.get(False)),
        decided_by=str(row.decided_by) if row.decided_by else "",
        appeal=_decision(decisions.get(True)),
        events=_events(row),
        measures=measures,
        why_not=explain(actor, permission, row) or "",
        candidates=_candidates(actor, row, known),
    )


def _reports(row: Case) -> tuple[ReportView, ...]:
    parties = {one.report_id: one for one in Party.objects.filter(case=row).select_related("person")}
    return tuple(_report(one, parties.get(one.pk)) for one in row.reports.order_by("pk"))


def _report(one: Report, party: Party | None) -> ReportView:
    name = (party.name or (str(party.person) if party.person else "")) if party else ""
    return ReportView(
        public_id=one.public_id,
        number=str(one),
        category=str(Category(one.category).label),
        explanation=one.explanation,
        where=one.where,
        created=one.created,
        proven=one.proven,
        on_behalf=one.on_behalf,
        name=name,
        email=party.email if party else "",
        who=party.who if party else "",
    )


def _events(row: Case) -> tuple[tuple[datetime, str, str, str], ...]:
    events = list(row.events.order_by("at", "pk"))
    ids = [one.by for one in events if len(one.by) == 36]
    names = {str(one.public_id): str(one) for one in Person.objects.filter(public_id__in=ids)}
    return tuple((one.at, one.what, names.get(one.by, ""), one.note) for one in events)


def _candidates(actor: Actor, row: Case, known: Team) -> tuple[Candidate, ...]:
    decided_by = row.decided_by_id if row.state == State.COMPLAINT else None
    people = {*known.moderators, *known.admins}
    able = [one for one in people if known.may_decide(one, row.place_id, decided_by)]
    rows = Person.objects.filter(pk__in=able).order_by("name", "pk")
    return tuple(Candidate(one.public_id, str(one)) for one in rows)


def colleagues(actor: Actor) -> tuple[Candidate, ...]:
    """All who moderate anywhere, for deputies."""
    authorize(actor, MANAGE, county())
    known = team(today())
    rows = Person.objects.filter(pk__in={*known.moderators, *known.admins}).order_by("name", "pk")
    return tuple(Candidate(one.public_id, str(one)) for one in rows)


def absences(actor: Actor) -> tuple[AbsenceView, ...]:
    """Who is or will be away."""
    authorize(actor, MANAGE, county())
    rows = (
        Absence.objects.filter(last__gte=today()).select_related("person", "deputy").order_by("first", "pk")
    )
    return tuple(
        AbsenceView(one.public_id, str(one.person), str(one.deputy), one.first, one.last) for one in rows
    )


def corrections(actor: Actor) -> tuple[CorrectionView, ...]:
    """What is to be corrected, oldest first."""
    authorize(actor, CORRECT)
    rows = Correction.objects.filter(scope_q(actor, CORRECT), done_at__isnull=True).select_related("case")
    listed = list(
        rows.prefetch_related(Prefetch("case__decisions", Decision.objects.order_by("-appeal"))).order_by(
            "pk"
        )
    )
    return tuple(
        CorrectionView(
            one.public_id,
            str(one.case),
            one.case.title,
            one.case.url,
            *next(((row.facts, row.clause) for row in one.case.decisions.all()), ("", "")),
            one.created,
        )
        for one in listed
    )
