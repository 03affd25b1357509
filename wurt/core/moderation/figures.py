"""The year in figures (Art. 15 (1) and 24 (1) of Regulation (EU) 2022/2065). They outlive a case's texts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.moderation.models import Case, Category, Complaint, Decision, Misuse, Origin, Report
from wurt.core.moderation.policies import VIEW_CASE
from wurt.core.moderation.tally import SMALLEST, median_days, published, published_sum
from wurt.core.moderation.things import Measure

FIRST_YEAR = 2020
COMPLAINTS = {
    "notifier": _("complaints of those who notified"),
    "author": _("complaints of authors"),
    "upheld": _("decisions upheld"),
    "reversed": _("decisions reversed"),
}
MACHINES = {"found": _("content found by a program"), "decided": _("decisions taken by a program")}
MISUSE = {"warned": _("warnings"), "suspended": _("suspensions")}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: ``count`` None means hidden, since it is small. ``months``: the same by month."""

    key: str
    label: str
    count: int | None
    months: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``total`` None: hidden too."""

    rows: tuple[Row, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """Everything about one year. Times are medians in days, None without decisions or where too few."""

    year: int
    notices: Table
    measures: Table
    origins: Table
    complaints: Table
    machines: Table
    misuse: Table
    days_to_decide: float | None
    days_to_reconsider: float | None
    dismissed: int | None
    is_public: bool


def years(actor: Actor) -> tuple[int, ...]:
    """Years with anything in them, newest first; always the current one."""
    first = Case.objects.order_by("opened").values_list("opened", flat=True).first()
    start = timezone.localtime(first).year if first else today().year
    return tuple(range(today().year, start - 1, -1))


def public_year(actor: Actor, year: int) -> Year:
    """For everybody: cells under five are hidden, by month nothing is shown. Raises NotFound."""
    return _year(year, hide=True)


def desk_year(actor: Actor, year: int) -> Year:
    """For moderators: everything, by months."""
    authorize(actor, VIEW_CASE)
    return _year(year, hide=False)


def _year(year: int, *, hide: bool) -> Year:
    if not FIRST_YEAR <= year <= today().year:
        raise NotFound(code="moderation.year")
    start, end = _first(year), _first(year + 1)
    reports = list(
        Report.objects.filter(created__gte=start, created__lt=end).values_list(
            "category", "created", "case__dismissed"
        )
    )
    decisions = list(
        Decision.objects.filter(created__gte=start, created__lt=end).select_related("case").order_by("pk")
    )
    complaints = list(
        Complaint.objects.filter(created__gte=start, created__lt=end).values_list("role", "created")
    )
    first = [row for row in decisions if not row.appeal]
    appeals = [row for row in decisions if row.appeal]
    dismissed = sum(1 for _one, _at, machine in reports if machine)
    waits = [(row.created - row.case.opened).total_seconds() / 3600 for row in first]
    again = _appeal_waits(appeals)
    return Year(
        year=year,
        notices=_table(_labels(Category), ((one, at) for one, at, machine in reports if not machine), hide),
        measures=_table(_labels(Measure), ((row.measure, row.created) for row in first), hide),
        origins=_table(_labels(Origin), ((row.case.origin, row.created) for row in first), hide),
        complaints=_table(_words(COMPLAINTS), _complaints(complaints, appeals), hide),
        machines=_table(_words(MACHINES), _machines(decisions), hide),
        misuse=_table(_words(MISUSE), _misuse(start, end), hide),
        days_to_decide=_median(waits, hide),
        days_to_reconsider=_median(again, hide),
        dismissed=None if hide and 0 < dismissed < SMALLEST else dismissed,
        is_public=hide,
    )


def _labels(choices: type[Category] | type[Measure] | type[Origin]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _words(labels: Mapping[str, str | Promise]) -> dict[str, str]:
    return {key: str(label) for key, label in labels.items()}


def _table(labels: dict[str, str], found: Iterable[tuple[str, datetime]], hide: bool) -> Table:
    listed = [(key, timezone.localtime(at).month) for key, at in found]
    cells = Counter(key for key, _month in listed)
    by_month = Counter(listed)
    counts = {key: cells[key] for key in labels}
    shown = published(counts) if hide else dict(counts)
    rows = tuple(
        Row(
            key,
            label,
            shown[key],
            () if hide else tuple(by_month[key, month] for month in range(1, 13)),
        )
        for key, label in labels.items()
    )
    return Table(rows, published_sum(counts) if hide else sum(counts.values()))


def _complaints(
    complaints: Iterable[tuple[str, datetime]], appeals: Iterable[Decision]
) -> Iterable[tuple[str, datetime]]:
    yield from complaints
    yield from ((row.outcome, row.created) for row in appeals)


def _machines(decisions: Iterable[Decision]) -> Iterable[tuple[str, datetime]]:
    for row in decisions:
        if row.found_by_machine:
            yield "found", row.created
        if row.decided_by_machine:
            yield "decided", row.created


def _misuse(start: datetime, end: datetime) -> Iterable[tuple[str, datetime]]:
    for warned, suspended in Misuse.objects.values_list("warned", "suspended"):
        if start <= warned < end:
            yield "warned", warned
        if suspended and start <= suspended < end:
            yield "suspended", suspended


def _appeal_waits(appeals: list[Decision]) -> list[float]:
    came: dict[int, datetime] = {}
    rows = Complaint.objects.filter(case__in=[row.case_id for row in appeals]).order_by("-created")
    for case, created in rows.values_list("case_id", "created"):
        came[case] = created  # the first one stays
    return [
        (row.created - came[row.case_id]).total_seconds() / 3600 for row in appeals if row.case_id in came
    ]


def _median(hours: list[float], hide: bool) -> float | None:
    return None if hide and len(hours) < SMALLEST else median_days(hours)


def _first(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 1, 1), time()))
