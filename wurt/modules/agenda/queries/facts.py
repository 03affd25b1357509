"""A month as frozen facts, computed from its reports. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurt.core.action.actor import Actor
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.domain import identity, periods
from wurt.modules.agenda.domain.snapshot import (
    CostFact,
    Counts,
    DecisionFact,
    FigureFact,
    MilestoneFact,
    MonthFact,
    PersonRef,
    ProfileFact,
    ReportFact,
    ShiftFact,
    commitment,
    report_from_json,
)
from wurt.modules.agenda.domain.states import state_at
from wurt.modules.agenda.models import (
    Month,
    Project,
    ProjectAlias,
    ProjectState,
    PublishedReport,
    Report,
)
from wurt.modules.agenda.queries.approvals import ready_reports
from wurt.modules.agenda.queries.measures import Before, figure_facts

History = list[tuple[date, list[dict[str, Any]]]]
"""(month, milestones as reported), oldest first."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The profile of a project as the month was last published, and the ``stamp`` of the report behind it."""

    source: str
    profile: ProfileFact
    figures: tuple[FigureFact, ...] = ()


PRINTED_STATES = {"current": "running", "future": "planned"}
"""Words of printed counts that differ from ours."""


def reports_of(actor: Actor, month: Month) -> list[Report]:
    """The reports of a month in the order of their titles, with everything the facts need."""
    rows = (
        month.reports.select_related("project", "field", "lead_organisation", "lead")
        .prefetch_related("project__costs", "project__decisions")
        .all()
    )
    return sorted(rows, key=lambda row: (identity.fold(row.title), row.pk))


def month_facts(actor: Actor, month: Month) -> MonthFact:
    """What would be published now. ``version``, note and moment are set by the publisher."""
    with translation.override(settings.LANGUAGE_CODE):  # frozen text speaks the county's language
        return _month_facts(actor, month)


def _month_facts(actor: Actor, month: Month) -> MonthFact:
    rows = ready_reports(actor, month, reports_of(actor, month))
    history = _earlier_milestones(month.month, [row.project_id for row in rows])
    frozen = _frozen(month)
    before = {
        row.project_id: Before(old.source == row.stamp, old.figures)
        for row in rows
        if (old := frozen.get(row.project_id))
    }
    figures = figure_facts(actor, rows, month.month, before)
    reports = tuple(
        replace(
            _report_fact(row, month.month, history.get(row.project_id, []), frozen.get(row.project_id)),
            figures=figures.get(row.project_id, ()),
        )
        for row in rows
    )
    states = _project_states(month, rows)
    projects = sorted((project for project, _state in states), key=lambda p: (identity.fold(p.title), p.pk))
    facts = MonthFact(
        county=month.agenda.place.name,
        agenda=month.agenda.name,
        month=f"{month.month:%Y-%m}",
        reports=reports,
        counts=_counts(state for _project, state in states),
        intro=month.intro,
        status_sentence=_status_sentence(reports),
        progress_projects=tuple(_short(fact) for fact in reports if fact.has_progress),
        started_projects=tuple(_started(month, projects, rows, reports)),
        ended_projects=tuple(p.name for p in projects if _same_month(p.ended_on, month)),
        licence=month.agenda.licence,
        licence_url=month.agenda.licence_url,
        example=month.is_example,
    )
    return replace(facts, notices=tuple(_notices(month, facts)))


def _frozen(month: Month) -> dict[int, Frozen]:
    """By project: what the newest published version says of it. A correction starts from there, so that
    an edit of a profile today does not reach into an old report."""
    newest = month.versions.order_by("-number").values("pk")[:1]
    rows = PublishedReport.objects.filter(version__in=newest).values_list("project_id", "source", "facts")
    facts = ((pk, source, report_from_json(text)) for pk, source, text in rows)
    return {pk: Frozen(source, fact.profile, fact.figures) for pk, source, fact in facts}


def _started(
    month: Month, projects: Sequence[Project], rows: Sequence[Report], reports: Sequence[ReportFact]
) -> Iterable[str]:
    """Names of the projects that started in the month: by its report, without one by the project's dates."""
    told = {row.project_id: fact for row, fact in zip(rows, reports, strict=True)}
    for project in projects:
        fact = told.get(project.pk)
        start, state = (fact.profile.start, fact.profile.state) if fact else (project.start, project.state)
        if _same_month(start, month) and state != "planned":
            yield _short(fact) if fact else project.name


def _same_month(day: date | None, month: Month) -> bool:
    return day is not None and (day.year, day.month) == (month.month.year, month.month.month)


def _short(fact: ReportFact) -> str:
    return fact.profile.short_title or fact.profile.title


def _project_states(month: Month, rows: Sequence[Report]) -> list[tuple[Project, str]]:
    """The state at the end of the month of every project that is public or reported in it.

    A project planned, or made public, after the month was first published does not change the count of a
    correction.
    """
    reported = {row.project_id: row for row in rows}
    first = month.versions.order_by("number").first()
    result: list[tuple[Project, str]] = []
    for project in Project.objects.filter(agenda=month.agenda):
        report = reported.get(project.pk)
        if report is not None:
            result.append((project, report.state))
        elif project.public_since and not (
            first and max(project.created, project.public_since) > first.published_at
        ):
            result.append((project, _state_in(project, month.month)))
    return result


def _state_in(project: Project, month: date) -> str:
    last = periods.month_last(f"{month:%Y-%m}")
    return state_at(project.state, project.start, project.ended_on, last)  # type: ignore[arg-type]


def _counts(states: Iterable[str]) -> Counts:
    number = dict.fromkeys(ProjectState.values, 0)
    for state in states:
        number[state] += 1
    return Counts(**number)


def _earlier_milestones(month: date, projects: Sequence[int]) -> dict[int, History]:
    """By project: (month, milestones) of its published reports before a month, oldest first."""
    rows = Report.objects.filter(
        project_id__in=projects,
        month__month__lt=month,
        month__current__isnull=False,
        milestones__isnull=False,
    ).order_by("month__month")
    result: dict[int, History] = {}
    for project, moment, milestones in rows.values_list("project_id", "month__month", "milestones"):
        result.setdefault(project, []).append((moment, milestones or []))
    return result


def _milestone_facts(
    milestones: Sequence[dict[str, Any]] | None,
    month: date,
    history: History,
) -> tuple[MilestoneFact, ...]:
    """Milestones with their shifts month by month; overdue is what should have been done before the month."""
    result = []
    for item in milestones or []:
        due, last = item.get("due"), periods.due_latest(item.get("due"))
        done_on = item.get("done_on")
        result.append(
            MilestoneFact(
                label=item["label"],
                due=due,
                done=item.get("done", False),
                done_on=date.fromisoformat(done_on) if done_on else None,
                overdue=not item.get("done", False) and last is not None and last < month,
                shifts=_shifts_of(item["label"], due, month, history),
            )
        )
    return tuple(result)


def _shifts_of(label: str, due: str | None, month: date, history: History) -> tuple[ShiftFact, ...]:
    """Every change of a milestone's date from one published report to the next, up to this month."""
    folded = identity.fold(label)
    known = [
        (moment, item.get("due"))
        for moment, items in history
        for item in items
        if identity.fold(item["label"]) == folded
    ]
    chain = [*known, (month, due)]
    return tuple(
        ShiftFact(month=f"{moment:%Y-%m}", before=before, after=after)
        for (_moment, before), (moment, after) in pairwise(chain)
        if before != after
    )


def _person_ref(person: Person | None) -> PersonRef | None:
    """The person by id and commitment; None if there is none or their name was erased."""
    if person is None or not person.name or not person.salt:
        return None
    return PersonRef(id=str(person.public_id), commitment=commitment(person.salt, person.name))


def _profile_fact(report: Report, frozen: Frozen | None) -> ProfileFact:
    """The profile as it stands in the report; costs, decisions and participation as the project has them.

    In a month that was published it is the ``frozen`` one; where the report itself was edited since, with the
    fields of the report over it.
    """
    if frozen is None:
        return _own_profile(report)
    if frozen.source == report.stamp:
        return frozen.profile
    own, old = _own_profile(report), frozen.profile
    person = old.lead_person
    same = person is not None and report.lead is not None and person.id == str(report.lead.public_id)
    return replace(
        old,
        title=own.title,
        field=own.field,
        state=own.state,
        goal=own.goal,
        content=own.content,
        lead_organisation=own.lead_organisation,
        lead_person=person if same else own.lead_person,
        lead_function=old.lead_function if same else own.lead_function,
        partners=own.partners,
        stakeholders=own.stakeholders,
        start=own.start,
        end=own.end,
    )


def _own_profile(report: Report) -> ProfileFact:
    project = report.project
    return ProfileFact(
        key=project.slug,
        title=report.title,
        short_title=project.short_title,
        field=report.field.name if report.field else "",
        state=report.state,  # type: ignore[arg-type]
        goal=report.goal,
        content=report.content,
        lead_organisation=report.lead_organisation.name if report.lead_organisation else "",
        lead_function=project.lead_function or (report.lead.function if report.lead else ""),
        lead_person=_person_ref(report.lead),
        partners=tuple(report.partners),
        stakeholders=tuple(report.stakeholders),
        start=report.start,
        end=report.end,
        costs=tuple(CostFact(c.text, c.amount, c.kind, c.source) for c in project.costs.all()),
        decisions=tuple(
            DecisionFact(d.body, d.reference, d.decided_on, d.title) for d in project.decisions.all()
        ),
        participation=project.participation,
        participation_none_reason=project.participation_none_reason,
        contact=project.contact,
        example=project.is_example,
    )


def _report_fact(report: Report, month: date, history: History, frozen: Frozen | None) -> ReportFact:
    """One report as a fact."""
    return ReportFact(
        profile=_profile_fact(report, frozen),
        status=report.status,  # type: ignore[arg-type]
        status_reason=report.status_reason,
        progress=report.progress,
        has_progress=report.has_progress,
        overall_state=report.overall_state,
        next_activities=tuple(report.next_activities),
        risks=tuple(report.risks),
        milestones=_milestone_facts(report.milestones, month, history),
    )


def _status_sentence(reports: Sequence[ReportFact]) -> str:
    """The status of all reports in one sentence; every project that is not green is named."""
    if not reports:
        return ""
    if all(fact.status == "green" for fact in reports):
        return _("All running projects have the status “green”.")
    words = (
        ("green", _("green")),
        ("yellow", _("yellow")),
        ("red", _("red")),
        (None, _("without statement")),
    )
    parts: list[str] = []
    for status, word in words:
        names = [_short(fact) for fact in reports if fact.status == status]
        if not names:
            continue
        text = "%(count)d %(word)s"
        if not parts:
            text = ngettext("%(count)d project %(word)s", "%(count)d projects %(word)s", len(names))
        named = "" if status == "green" else f" ({', '.join(names)})"
        parts.append(text % {"count": len(names), "word": word} + named)
    return f"{', '.join(parts)}."


def _notices(month: Month, facts: MonthFact) -> list[str]:
    """Where the imported original printed something else than what its reports say."""
    found = []
    printed = {PRINTED_STATES.get(k, k): v for k, v in (month.printed.get("counts") or {}).items()}
    words = {
        "planned": _("planned"),
        "running": _("running"),
        "completed": _("completed"),
        "stopped": _("stopped"),
    }
    for state, word in words.items():
        number, own = printed.get(state), getattr(facts.counts, state)
        if number is not None and number != own:
            found.append(
                _("The original report counts %(printed)d projects as %(state)s; the platform knows %(own)d.")
                % {"printed": number, "state": word, "own": own}
            )
    listed = month.printed.get("progress_projects")
    if listed is not None:
        found.extend(_progress_notices(listed, facts))
    sentence = (month.printed.get("status_sentence") or "").strip()
    if (
        sentence
        and facts.status_sentence
        and identity.words(sentence) != identity.words(facts.status_sentence)
    ):
        found.append(
            _(
                "The original report says about the status: “%(printed)s”"
                " This does not agree with its project pages."
            )
            % {"printed": sentence}
        )
    return found


def _progress_notices(listed: Sequence[str], facts: MonthFact) -> list[str]:
    aliases: dict[str, str] = {}
    for name, title in ProjectAlias.objects.values_list("name", "project__title"):
        aliases[name] = title
    names = {}
    for fact in facts.reports:
        names[fact.profile.title] = _short(fact)
        names[_short(fact)] = _short(fact)
    found, seen = [], set()
    for name in listed:
        verdict = identity.resolve(name, names, {a: t for a, t in aliases.items() if t in names})
        if verdict.outcome == "new":
            found.append(
                _("The original report lists progress in “%(name)s”, which has no report.") % {"name": name}
            )
            continue
        seen.add(names[verdict.name])
    for name in facts.progress_projects:
        if name not in seen:
            found.append(
                _("There is progress in “%(name)s”, but the original report does not list it.")
                % {"name": name}
            )
    for name in sorted(seen - set(facts.progress_projects)):
        found.append(
            _("The original report lists progress in “%(name)s”, but its page names none.") % {"name": name}
        )
    return found
