"""Which months an import touched, and which of them were published since."""

from datetime import date

from wurt.core.db.clock import now
from wurt.modules.agenda.models import ImportBatch, Month, MonthVersion, Report


def months_of(batch: ImportBatch) -> dict[int, date]:
    """All months that the batch wrote into, by key."""
    undo = batch.undo or {}
    made = {int(pk) for pk in undo.get("created", {}).get("agenda.month", {})}
    reports = [int(pk) for pk in undo.get("created", {}).get("agenda.report", {})]
    for label, pk, _old, _new in undo.get("changed", []):
        if label == "agenda.month":
            made.add(pk)
        elif label == "agenda.report":
            reports.append(pk)
    made |= set(Report.objects.filter(pk__in=reports).values_list("month_id", flat=True))
    return dict(Month.objects.filter(pk__in=made).values_list("pk", "month"))


def published_of(batch: ImportBatch) -> dict[int, date]:
    """Those of them that were published after the batch was taken over: they stay."""
    months = months_of(batch)
    versions = MonthVersion.objects.filter(month__in=months, published_at__gte=batch.applied_at or now())
    return {pk: months[pk] for pk in versions.values_list("month", flat=True)}
