"""A world of a given size, written in bulk (a named exception from the write guard), with published
months.
"""

from datetime import UTC, date, datetime

from wurt.core.action.guard import writes_allowed
from wurt.core.tenancy.models import Organisation, Place
from wurt.modules.agenda.domain.snapshot import (
    Counts,
    MilestoneFact,
    MonthFact,
    ProfileFact,
    ReportFact,
    canonical_json,
    digest,
)
from wurt.modules.agenda.models import (
    Agenda,
    Field,
    Milestone,
    Month,
    MonthVersion,
    Party,
    Project,
    PublishedReport,
)

FIELDS = 10
WORDS = (
    "Die Beteiligten haben den Ablauf abgestimmt und die nächsten Schritte festgelegt. "
    "Ein Angebot wurde eingeholt "
    "und geprüft. Mit den Gemeinden fanden Gespräche statt, die Rückmeldungen fließen in die Planung ein. "
)


def month_days(count: int, last: date = date(2024, 4, 1)) -> list[date]:
    """First days of ``count`` months up to ``last``, oldest first."""
    index = last.year * 12 + last.month - 1
    return [date((index - back) // 12, (index - back) % 12 + 1, 1) for back in range(count - 1, -1, -1)]


def report_fact(number: int, month: date, *, running: int) -> ReportFact:
    """A lifelike report: 400 words, six milestones, four risks."""
    return ReportFact(
        profile=ProfileFact(
            key=f"projekt-{number}",
            title=f"Digitales Vorhaben Nummer {number}",
            field=f"Handlungsfeld {number % FIELDS}",
            state="running",
            goal=WORDS,
            content=WORDS * 3,
            lead_organisation="Kreis Musterland",
            lead_function="Projektleitung",
            partners=("Amt Nord", "Stadt Süd"),
            stakeholders=("Vereine", "Verbände"),
            start=date(2020, 1, 1),
            end=date(2025, 12, 31),
            example=True,
        ),
        status=("green", "yellow", "red", None)[(number + month.month) % 4],
        status_reason=WORDS[:80],
        progress=WORDS * 2,
        has_progress=bool(number % 3),
        overall_state=WORDS * 5,
        next_activities=("Angebot prüfen", "Beschluss vorbereiten"),
        risks=("Zeit der Beteiligten", "Kosten", "Technik", "Akzeptanz"),
        milestones=tuple(
            MilestoneFact(f"Meilenstein {step}", f"2024-{step * 2:02d}") for step in range(1, 7)
        ),
    )


def build(projects: int = 48, months: int = 60) -> None:
    """Fill the (migrated, empty) database."""
    with writes_allowed("benchmark"):
        county = Place.objects.create(slug="kreis-musterland", kind="county", name="Kreis Musterland")
        body = Organisation.objects.create(slug="kreis", name="Kreis Musterland", kind="county", place=county)
        agenda = Agenda.objects.create(place=county, name="Digitale Agenda", is_example=True)
        fields = Field.objects.bulk_create(
            [
                Field(agenda=agenda, slug=f"feld-{n}", name=f"Handlungsfeld {n}", order=n)
                for n in range(FIELDS)
            ]
        )
        rows = Project.objects.bulk_create(
            [
                Project(
                    agenda=agenda,
                    place=county,
                    slug=f"projekt-{n}",
                    title=f"Digitales Vorhaben Nummer {n}",
                    field=fields[n % FIELDS],
                    state="running",
                    goal=WORDS,
                    content=WORDS * 3,
                    lead_organisation=body,
                    start=date(2020, 1, 1),
                    end=date(2025, 12, 31),
                    public_since=datetime(2020, 1, 1, tzinfo=UTC),
                    is_example=True,
                )
                for n in range(projects)
            ]
        )
        for project in rows:
            Party.objects.create(project=project, role="partner", organisation=body, name=body.name)
        Milestone.objects.bulk_create(
            [
                Milestone(
                    project=project,
                    label=f"Meilenstein {step}",
                    due=f"2024-{step * 2:02d}",
                    due_latest=date(2024, step * 2, 28),
                    order=step,
                )
                for project in rows
                for step in range(1, 7)
            ]
        )
        for day in month_days(months):
            _publish(agenda, rows, day)


def month_fact(numbers: range, day: date) -> MonthFact:
    """A month with these projects."""
    reports = tuple(report_fact(n, day, running=len(numbers)) for n in numbers)
    return MonthFact(
        county="Kreis Musterland",
        agenda="Digitale Agenda",
        month=f"{day:%Y-%m}",
        reports=reports,
        counts=Counts(running=len(numbers)),
        intro=WORDS,
        status_sentence="Die Projekte sind unterwegs.",
        progress_projects=tuple(report.profile.title for report in reports if report.has_progress),
        published_at=datetime(day.year, day.month, 28, tzinfo=UTC),
        example=True,
    )


def _publish(agenda: Agenda, projects: list[Project], day: date) -> None:
    fact = month_fact(range(len(projects)), day)
    text = canonical_json(fact)
    month = Month.objects.create(agenda=agenda, month=day, intro=fact.intro, is_example=True)
    version = MonthVersion.objects.create(
        month=month, number=1, facts=text, digest=digest(text), published_at=fact.published_at
    )
    PublishedReport.objects.bulk_create(
        [
            PublishedReport(
                version=version,
                project=project,
                order=order,
                status=report.status,
                has_progress=report.has_progress,
                facts=piece(report),
            )
            for order, (project, report) in enumerate(zip(projects, fact.reports, strict=True))
        ]
    )
    Month.objects.filter(pk=month.pk).update(current=version)


def piece(report: ReportFact) -> str:
    """The stored JSON of one report."""
    from wurt.modules.agenda.domain.snapshot import report_json

    return report_json(report)
