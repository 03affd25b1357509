"""Publishing a month: its facts are frozen, hashed and told. A correction is a new, visible version."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, record, save
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.modules.agenda.actions.reports import locked_month
from wurt.modules.agenda.actions.sync import sync_project
from wurt.modules.agenda.domain.snapshot import (
    MonthFact,
    canonical_json,
    digest,
    month_from_json,
    same_facts,
    to_data,
)
from wurt.modules.agenda.events import MonthPublished, MonthWithdrawn
from wurt.modules.agenda.models import Month, MonthVersion, Project, PublishedReport, Report
from wurt.modules.agenda.policies import PUBLISH_MONTH
from wurt.modules.agenda.queries.approvals import ready_reports
from wurt.modules.agenda.queries.facts import month_facts, reports_of


@action("agenda.publish_month")
def publish_month(
    actor: Actor, *, month: date, note: str = "", leave_out: bool = False, version: int | None = None
) -> int:
    """Publish a month, or a correction of it; the answer is the number of the new version.

    Where the steering group approves reports, those that it has not approved keep the month from being
    published, or stay out of it (``leave_out``) and come with a correction.

    Raises RuleBroken ``agenda.month_not_begun``, ``agenda.month_empty``, ``agenda.not_approved``,
    ``agenda.month_unchanged``, ``agenda.correction_note``.
    """
    row = locked_month(month)
    authorize(actor, PUBLISH_MONTH, row)
    check_version(row, version)
    if row.month > today():
        raise RuleBroken(
            "agenda.month_not_begun",
            _("This month has not begun yet, so its report cannot be published. Please check the month."),
        )
    reports = reports_of(actor, row)
    if not reports:
        raise RuleBroken(
            "agenda.month_empty", _("There is no report in this month yet. Please add one first.")
        )
    ready = ready_reports(actor, row, reports)
    if not ready or (len(ready) < len(reports) and not leave_out):
        raise _not_approved([report for report in reports if report not in ready], some=bool(ready))
    reports = ready
    facts = month_facts(actor, row)
    number, note = _next(row, facts, note)
    facts = replace(facts, version=number, correction_note=note, published_at=now())
    stored = _freeze(row, facts, reports)
    _make_public(reports)
    if not Month.objects.filter(month__gt=row.month, current__isnull=False).exists():
        for report in reports:
            sync_project(report)
    record(actor, row, before={"number": number - 1}, after={"number": number, "digest": stored.digest})
    publish(MonthPublished(month=str(row), number=number), key=f"{row} {number}")
    return number


def _not_approved(reports: Iterable[Report], *, some: bool) -> RuleBroken:
    names = ", ".join(report.title for report in reports)
    text = _("The steering group has not approved these reports as they stand: %(names)s.") % {"names": names}
    if some:
        text += " " + _("Have them approved in a meeting, or publish the others without them.")
    return RuleBroken("agenda.not_approved", text, field="leave_out" if some else "")


@action("agenda.withdraw_month")
def withdraw_month(actor: Actor, *, month: date, note: str, version: int | None = None) -> int:
    """Take a published month out of the public pages; the answer is the number of the withdrawn version.

    Its versions are kept. Its address tells the ``note``. It is a draft again and may be published as the
    next version. Raises RuleBroken ``agenda.month_not_public``, ``agenda.withdrawal_note``.
    """
    row = locked_month(month)
    authorize(actor, PUBLISH_MONTH, row)
    check_version(row, version)
    if row.current is None:
        raise RuleBroken(
            "agenda.month_not_public", _("This month is not published, so it cannot be withdrawn.")
        )
    text = note.strip()
    if not text:
        raise RuleBroken(
            "agenda.withdrawal_note",
            _("Please say in a sentence why the report is withdrawn. Readers will see it."),
        )
    number, first = row.current.number, row.public_from
    row.current, row.public_from = None, number + 1
    row.withdrawn_at, row.withdrawn_note = now(), text
    save(row, ["current", "public_from", "withdrawn_at", "withdrawn_note"])
    record(actor, row, before={"number": number}, after={"note": text})
    publish(MonthWithdrawn(month=str(row), number=number, first=first), key=f"{row} {number} withdrawn")
    return number


def _next(row: Month, facts: MonthFact, note: str) -> tuple[int, str]:
    if row.current is None and row.withdrawn_at is None:
        return 1, ""
    if row.current is not None and same_facts(month_from_json(row.current.facts), facts):
        raise RuleBroken(
            "agenda.month_unchanged", _("This month is published already and nothing has changed since.")
        )
    text = note.strip()
    if not text:
        raise RuleBroken(
            "agenda.correction_note", _("Please say in a sentence what was corrected. Readers will see it.")
        )
    return (row.current.number + 1 if row.current else row.public_from), text


def _freeze(row: Month, facts: MonthFact, reports: Iterable[Report]) -> MonthVersion:
    text = canonical_json(facts)
    stored = MonthVersion.objects.create(
        month=row,
        number=facts.version,
        facts=text,
        digest=digest(text),
        note=facts.correction_note,
        published_at=facts.published_at or now(),
    )
    PublishedReport.objects.bulk_create(
        [
            PublishedReport(
                version=stored,
                project=report.project,
                order=order,
                status=fact.status,
                has_progress=fact.has_progress,
                source=report.stamp,
                facts=piece(fact),
            )
            for order, (report, fact) in enumerate(zip(reports, facts.reports, strict=True), start=1)
        ]
    )
    row.current = stored
    row.version += 1
    row.save(update_fields=["current", "version"])
    return stored


def piece(fact: object) -> str:
    """The canonical JSON of one report."""
    return json.dumps(to_data(fact), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _make_public(reports: Iterable[Report]) -> None:
    hidden = [report.project_id for report in reports if report.project.public_since is None]
    if hidden:
        Project.objects.filter(pk__in=hidden, public_since__isnull=True).update(public_since=now())


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """Result of :func:`verify_month`: version numbers checked and every fault in plain words."""

    month: str
    versions: tuple[int, ...]
    faults: tuple[str, ...] = ()


def verify_month(month: date) -> MonthCheck:
    """Recompute the hash of every published version of a month and rebuild its facts. Reads only.

    Raises NotFound if the month was never published.
    """
    versions = list(
        MonthVersion.objects.filter(month__month=month.replace(day=1))
        .order_by("number")
        .prefetch_related("reports")
    )
    if not versions:
        raise NotFound(code="agenda.month")
    faults: list[str] = []
    for stored in versions:
        faults.extend(f"version {stored.number}: {fault}" for fault in _faults(stored))
    return MonthCheck(f"{month:%Y-%m}", tuple(v.number for v in versions), tuple(faults))


def _faults(stored: MonthVersion) -> Iterable[str]:
    if digest(stored.facts) != stored.digest:
        yield "the stored facts differ from their hash"
        return
    facts = month_from_json(stored.facts)
    if canonical_json(facts) != stored.facts:
        yield "rebuilding gives another text"
    if [piece(fact) for fact in facts.reports] != [report.facts for report in stored.reports.all()]:
        yield "the rows of the reports differ from the facts"
