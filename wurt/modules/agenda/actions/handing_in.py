"""Handing in a report: whoever answers for it says that it is complete and right, or that nothing is new."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, record, save
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.actions.reports import apply_report, check_report, locked_report
from wurt.modules.agenda.actions.values import ReportValues
from wurt.modules.agenda.models import Report
from wurt.modules.agenda.policies import EDIT_REPORT
from wurt.modules.agenda.queries.report_checks import judge_of


@action("agenda.hand_in_report")
def hand_in_report(
    actor: Actor, *, report: UUID, explanations: Mapping[str, str] | None = None, version: int | None = None
) -> UUID:
    """Say that a report is complete. Everything that looks wrong needs a sentence in ``explanations``, by the
    code of its warning; to change the report is the other way to settle it.

    Raises RuleBroken ``agenda.report_incomplete``, ``agenda.explanation``, ``agenda.month_published``.
    """
    row = locked_report(report)
    authorize(actor, EDIT_REPORT, row)
    check_version(row, version)
    return _hand_in(actor, row, explanations or {}, [])


@action("agenda.report_nothing_new")
def report_nothing_new(
    actor: Actor,
    *,
    report: UUID,
    status: str,
    status_reason: str = "",
    explanations: Mapping[str, str] | None = None,
    version: int | None = None,
) -> UUID:
    """The proper answer of a month in which nothing happened: no progress, a status, handed in.

    What the report took over from the last one stays as it is. Raises what :func:`hand_in_report` and
    :func:`~wurt.modules.agenda.actions.reports.check_report` raise.
    """
    row = locked_report(report)
    authorize(actor, EDIT_REPORT, row)
    check_version(row, version)
    values: ReportValues = {
        "status": status or None,  # type: ignore[typeddict-item]  # checked when it is set
        "status_reason": status_reason,
        "has_progress": False,
        "progress": "",
    }
    _before, after = apply_report(row, values)
    check_report(row)
    return _hand_in(actor, row, explanations or {}, sorted(after))


@action("agenda.return_report")
def return_report(actor: Actor, *, report: UUID) -> UUID:
    """Open a report again that was handed in, as long as its month is a draft."""
    row = locked_report(report)
    authorize(actor, EDIT_REPORT, row)
    if row.handed_in is None:
        raise RuleBroken("agenda.not_handed_in", _("This report is not handed in."))
    row.handed_in = row.handed_in_by = None
    save(row, ["handed_in", "handed_in_by"])
    record(actor, row, before={"handed_in": True}, after={"handed_in": False})
    return row.public_id


def _hand_in(actor: Actor, row: Report, given: Mapping[str, str], written: Sequence[str]) -> UUID:
    if row.month.current_id is not None:
        raise RuleBroken(
            "agenda.month_published",
            _("This month is published. What was changed since goes out with the next correction."),
        )
    if row.status is None or row.progress is None:
        raise RuleBroken(
            "agenda.report_incomplete",
            _("Please state the status and whether there is progress; then the report can be handed in."),
        )
    told = {code: text.strip() for code, text in given.items() if text.strip()}
    warnings = judge_of(actor, row)(row)
    unexplained = [warning.code for warning in warnings if warning.code not in told]
    if unexplained:
        raise RuleBroken(
            "agenda.explanation",
            _("Please say in a sentence why this is right, or change the report."),
            field=f"why_{unexplained[0]}",
        )
    row.handed_in = now()
    row.handed_in_by = Person.objects.filter(pk=actor.person).first() if actor.person else None
    row.explanations = {warning.code: told[warning.code] for warning in warnings}
    row.hand_edited = sorted({*row.hand_edited, *written})
    save(row, [*written, "hand_edited", "handed_in", "handed_in_by", "explanations"])
    record(actor, row, before={"handed_in": False}, after={"handed_in": True, "status": row.status})
    return row.public_id
