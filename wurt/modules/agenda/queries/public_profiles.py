"""Full profiles of the public projects as facts, for documents and open data."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.snapshot import MilestoneFact, ProfileFact, ReportFact
from wurt.modules.agenda.models import Project
from wurt.modules.agenda.queries.public_project import (
    Profile,
    in_order,
    judged,
    profile_milestones,
    profile_of,
)
from wurt.modules.agenda.queries.public_published import ReportRow, editions, history, report_facts
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda, public_projects


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A public project as it is now, with its newest published report and all its months, newest first.

    Names stand in ``fact.lead_function`` where the person consents; ``fact.lead_person`` is always None.
    """

    slug: str
    profile: Profile
    fact: ProfileFact
    report: ReportFact | None
    milestones: tuple[MilestoneFact, ...]
    rows: tuple[ReportRow, ...]

    @property
    def content(self) -> ProfileFact | ReportFact:
        """The newest report with the profile of today, or the profile alone."""
        if self.report is None:
            return self.fact
        return replace(self.report, profile=self.fact, milestones=self.milestones)

    @property
    def as_report(self) -> ReportFact:
        """The project as a report, without status and text if it was never reported."""
        return replace(
            self.report or ReportFact(self.fact, None), profile=self.fact, milestones=self.milestones
        )


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles asked for, by title."""

    agenda: AgendaFact
    entries: tuple[ProfileEntry, ...]


def profiles(actor: Actor, slugs: Collection[str] | None = None) -> Profiles:
    """Profiles of all public projects, or of those named. At most ten queries."""
    about = agenda(actor)
    chosen = public_projects() if slugs is None else public_projects().filter(slug__in=slugs)
    rows = list(
        chosen.select_related("field", "place", "lead_organisation", "lead")
        .prefetch_related("parties", "costs", "decisions", "goals")
        .order_by("title")
    )
    published = editions(actor)
    reports = history(published, [row.pk for row in rows])
    newest = {row.pk: reports[row.pk][0].report for row in rows if row.pk in reports}
    facts = report_facts(newest.values())
    stored = profile_milestones(row.pk for row in rows if row.pk not in newest)
    entries = []
    for row in rows:
        report = facts[newest[row.pk]] if row.pk in newest else None
        profile = profile_of(row, about.contact)
        milestones = judged(report.milestones if report else stored.get(row.pk, ()), published)
        entries.append(
            ProfileEntry(
                row.slug,
                profile,
                _fact(row, profile),
                report,
                in_order(milestones),
                reports.get(row.pk, ()),
            )
        )
    return Profiles(about, tuple(entries))


def profile(actor: Actor, slug: str) -> Profiles:
    """The profile of one public project. Raises NotFound."""
    found = profiles(actor, [slug])
    if not found.entries:
        raise NotFound(code="agenda.project")
    return found


def _fact(row: Project, now: Profile) -> ProfileFact:
    return ProfileFact(
        key=row.slug,
        title=row.title,
        field=now.field,
        state=row.state,  # type: ignore[arg-type]
        short_title=row.short_title,
        goal=now.goal,
        content=now.content,
        lead_organisation=now.lead_organisation,
        lead_function=now.lead,
        partners=now.partners,
        stakeholders=now.stakeholders,
        start=now.start,
        end=now.end,
        costs=now.costs,
        decisions=now.decisions,
        participation=now.participation,
        participation_none_reason=now.participation_none_reason,
        contact=now.contact,
        example=row.is_example,
    )
