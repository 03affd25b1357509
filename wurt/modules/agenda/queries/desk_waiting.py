"""What waits beside the reports: entries in the review of an import, corrections nobody has published."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.db.models.fields.json import KT

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.snapshot import month_from_json, same_facts
from wurt.modules.agenda.models import BatchState, ImportItem, ItemState, Month, PublishedReport, Report
from wurt.modules.agenda.models.imports import ItemKind
from wurt.modules.agenda.queries.facts import month_facts
from wurt.modules.agenda.queries.public_published import editions, month_head


@dataclass(frozen=True, slots=True)
class Waiting:
    """``count`` entries wait in the review of ``batch``; ``month`` YYYY-MM of reports, else ""."""

    batch: UUID
    month: str
    count: int


def waiting_entries(actor: Actor) -> list[Waiting]:
    """Entries that are not stored yet, reports by their month. One query."""
    rows = (
        ImportItem.objects.filter(
            state__in=(ItemState.REVIEW, ItemState.ACCEPTED),
            document__batch__state__in=(BatchState.REVIEW, BatchState.APPLIED),
        )
        .annotate(told=KT("fields__report_month__value"))
        .order_by("document__batch__created", "pk")
        .values_list("document__batch__public_id", "kind", "told")
    )
    number = Counter((batch, (told or "") if kind == ItemKind.PROJECT else "") for batch, kind, told in rows)
    return [Waiting(batch, month, count) for (batch, month), count in number.items()]


def waiting_in(actor: Actor, month: date) -> list[Waiting]:
    """Reports of one month that wait in the review of an import."""
    return [found for found in waiting_entries(actor) if found.month == f"{month:%Y-%m}"]


def open_corrections(actor: Actor) -> list[date]:
    """Published months that say something else by now, oldest first.

    Only months with an edited report or introduction are compared in full, so this costs three queries and
    some more for each of those.
    """
    published = editions(actor)
    now, then = _stamps_now(), _stamps_then()
    rows = {row.month: row for row in Month.objects.select_related("agenda__place", "current")}
    found = []
    for item in published:
        row = rows[item.first]
        if now[item.first] == then[item.first] and row.intro == month_head(item).intro:
            continue
        if row.current and not same_facts(month_from_json(row.current.facts), month_facts(actor, row)):
            found.append(item.first)
    return sorted(found)


def _stamps_now() -> Mapping[date, dict[int, str]]:
    found: dict[date, dict[int, str]] = defaultdict(dict)
    rows = Report.objects.filter(month__current__isnull=False).order_by()
    for report in rows.select_related("month").only("public_id", "version", "project_id", "month__month"):
        found[report.month.month][report.project_id] = report.stamp
    return found


def _stamps_then() -> Mapping[date, dict[int, str]]:
    found: dict[date, dict[int, str]] = defaultdict(dict)
    rows = PublishedReport.objects.filter(version__month__current=F("version")).order_by()
    for month, project, source in rows.values_list("version__month__month", "project_id", "source"):
        found[month][project] = source
    return found
