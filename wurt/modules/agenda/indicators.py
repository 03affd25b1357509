"""Figures that the agenda itself gives: reports published on time, files taken over."""

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from wurt.core.indicators.queries import USES
from wurt.core.indicators.registry import Direction, Indicator, Kind, Period, register
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.models import BatchState, ImportDocument, Month, PublishedReport
from wurt.modules.agenda.queries.measures import uses


def register_indicators() -> None:
    """Tell the registry what there is; called once apps are ready."""
    if uses not in USES:
        USES.append(uses)
    register(
        Indicator(
            key="agenda.imports",
            name=_("Files taken over"),
            unit=_("files"),
            meaning=_(
                "Reports that the county already had and that were checked and taken over in the month."
            ),
            compute=imports,
            kind=Kind.FLOW,
            group=_("Digital agenda"),
        ),
        Indicator(
            key="agenda.on_time",
            name=_("Reports published on time"),
            unit=_("reports"),
            meaning=_(
                "Reports of projects about the month before that were public by the end of the month. 0: "
                "that month was not published, or later."
            ),
            compute=on_time,
            kind=Kind.FLOW,
            direction=Direction.MORE,
            group=_("Digital agenda"),
        ),
    )


def imports(period: Period, place: Place | None) -> int | None:
    """Files whose batch was taken over in the month."""
    if place is not None:
        return None
    return ImportDocument.objects.filter(
        batch__state=BatchState.APPLIED,
        batch__applied_at__gte=period.start,
        batch__applied_at__lt=period.end,
    ).count()


def on_time(period: Period, place: Place | None) -> int | None:
    """Reports of the month before that were first published by the end of the period.

    None before the first report there is: a county that begins is not late.
    """
    due = period.previous.first
    first = Month.objects.aggregate(first=Min("month"))["first"]
    if place is not None or first is None or due < first:
        return None
    return PublishedReport.objects.filter(
        version__number=1, version__month__month=due, version__published_at__lt=period.end
    ).count()
