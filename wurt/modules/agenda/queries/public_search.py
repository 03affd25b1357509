"""What can be found of the agenda, as the search takes it in.

Names of people are left out: who may be named can change from day to day, and nobody should be found by it.
Everybody finds the same, so the actor does not matter: the scope is the anonymous visitor's.
"""

from collections.abc import Collection, Iterable, Iterator

from django.urls import reverse
from django.utils import translation

from wurt.core.action.actor import Actor
from wurt.core.indicators.queries import infos
from wurt.core.search.registry import Document, Facet, Text
from wurt.core.web.format import month_name
from wurt.core.web.text import plain
from wurt.modules.agenda.domain.snapshot import ReportFact
from wurt.modules.agenda.models import Agenda, Body, Field, Goal, Milestone, Month, Project
from wurt.modules.agenda.queries.measures import uses
from wurt.modules.agenda.queries.public_published import editions, month_fact, report_facts, standing
from wurt.modules.agenda.queries.public_scope import public_projects

Keys = Collection[str] | None

NAME = 4.0
"""Short title and other spellings of the title: nearly as telling as the title itself."""
AROUND = 0.5
"""Words that name what stands around a thing: a project's field, who takes part."""


def project_of_milestone(actor: Actor, row: str) -> list[str] | None:
    """The project whose milestone changed; None (any may be) if the milestone is gone."""
    found = Milestone.objects.filter(public_id=row).values_list("project__public_id", flat=True)
    return [str(key) for key in found] or None


def project_keys(actor: Actor, keys: Collection[str]) -> set[str]:
    """Which of the projects (public ids) are public."""
    rows = public_projects().filter(public_id__in=list(keys))
    return {str(key) for key in rows.values_list("public_id", flat=True)}


def project_documents(actor: Actor, keys: Keys) -> list[Document]:
    """Public projects with their newest published report."""
    rows = public_projects().select_related("field", "place", "lead_organisation")
    rows = rows.prefetch_related("parties", "milestones", "decisions", "aliases")
    if keys is not None:
        rows = rows.filter(public_id__in=list(keys))
    found = list(rows)
    now = standing(editions(actor)).newest
    newest = {row.pk: now[row.pk].report for row in found if row.pk in now}
    facts = report_facts(newest.values())
    return [_project(row, facts[newest[row.pk]] if row.pk in newest else None) for row in found]


def _project(row: Project, report: ReportFact | None) -> Document:
    parties = [party.name for party in row.parties.all()]
    lead = row.lead_organisation.name if row.lead_organisation else ""
    names = [row.short_title, *(alias.name for alias in row.aliases.all())]
    around = [row.field.name if row.field else "", row.place.name, lead, *parties]
    if report:
        told = [report.progress or "", report.overall_state or "", *report.next_activities, *report.risks]
        steps = [milestone.label for milestone in report.milestones]
    else:
        told, steps = [], [milestone.label for milestone in row.milestones.all()]
    decisions = [f"{decision.body}: {decision.title}" for decision in row.decisions.all() if decision.title]
    return Document(
        key=str(row.public_id),
        title=row.title,
        url=reverse("agenda:project", args=[row.slug]),
        texts=_texts(
            (1.0, [row.goal, row.content]),
            (1.0, [*told, ", ".join(filter(None, steps)), *decisions, row.participation]),
            (NAME, names),
            (AROUND, [", ".join(filter(None, around))]),
        ),
        field=Facet(row.field.slug, row.field.name) if row.field else Facet(),
        place=Facet(row.place.slug, row.place.name),
    )


def _texts(*parts: tuple[float, Iterable[str]]) -> tuple[Text, ...]:
    return tuple(Text(text, weight) for weight, texts in parts for text in texts if text)


def month_keys(actor: Actor, keys: Collection[str]) -> set[str]:
    """Which of the months (YYYY-MM) are published."""
    rows = Month.objects.filter(month__in=[f"{key}-01" for key in keys], current__isnull=False)
    return {f"{month:%Y-%m}" for month in rows.values_list("month", flat=True)}


def month_documents(actor: Actor, keys: Keys) -> Iterator[Document]:
    """Published months: introduction and the progress of each project."""
    with translation.override("de"):
        for edition in editions(actor):
            if keys is None or edition.month in keys:
                fact = month_fact(edition)
                told = [f"{r.profile.title}: {r.progress}" for r in fact.reports if r.progress]
                yield Document(
                    key=edition.month,
                    title=f"Statusbericht {month_name(edition.month)}",
                    url=reverse("agenda:month", args=[edition.month]),
                    texts=_texts((1.0, [fact.intro, fact.status_sentence, *told])),
                )


def field_documents(actor: Actor) -> Iterator[Document]:
    """Fields of action with public projects."""
    shown = set(public_projects().exclude(field=None).values_list("field_id", flat=True))
    for row in Field.objects.filter(pk__in=shown):
        facet = Facet(row.slug, row.name)
        address = f"{reverse('agenda:overview')}?feld={row.slug}"
        yield Document(row.slug, row.name, address, _texts((1.0, [row.description])), field=facet)


def goal_documents(actor: Actor) -> Iterator[Document]:
    """Goals of the strategy."""
    page = reverse("agenda:strategy")
    for row in Goal.objects.all():
        yield Document(row.slug, row.title, f"{page}#{row.slug}", _texts((1.0, [row.text])))


def body_documents(actor: Actor) -> Iterator[Document]:
    """Bodies with their seats, without names."""
    for row in Body.objects.prefetch_related("members__organisation"):
        seats = [f"{seat.function}, {seat.organisation.name}" for seat in row.members.all()]
        address = reverse("agenda:body", args=[row.slug])
        yield Document(row.slug, row.name, address, _texts((1.0, [plain(row.text)]), (AROUND, seats)))


def figure_documents(actor: Actor) -> Iterator[Document]:
    """Figures with what they mean and who shows them."""
    with translation.override("de"):
        shown: dict[str, list[str]] = {}
        for use in uses(actor):
            shown.setdefault(use.key, []).append(use.title)
        for item in infos(actor):
            around = [str(item.group), *shown.get(item.key, [])]
            yield Document(
                item.key,
                str(item.name),
                reverse("indicators:page", args=[item.key]),
                _texts((1.0, [str(item.meaning)]), (AROUND, around)),
            )


def strategy_documents(actor: Actor) -> Iterator[Document]:
    """The page of the strategy."""
    with translation.override("de"):
        for row in Agenda.objects.select_related("place"):
            yield Document(
                key=str(row.pk),
                title=f"Strategie und Ziele: {row.name}",
                url=reverse("agenda:strategy"),
                texts=_texts((1.0, [row.motto, plain(row.intro), plain(row.strategy), row.horizon])),
            )
