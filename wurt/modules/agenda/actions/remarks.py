"""Remarks on reports: the project group says something in place, whoever writes the report settles it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.direct import Recipient, tell
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.actions.reports import locked_report
from wurt.modules.agenda.domain.rounds import REMARKED
from wurt.modules.agenda.models import Part, Remark, Report
from wurt.modules.agenda.policies import EDIT_REPORT, REMARK

MOST = 2000
"""Characters of a remark."""


@action("agenda.remark", makes=Making(Remark.objects.all))
def remark(actor: Actor, *, report: UUID, text: str, part: str = "") -> UUID:
    """Say something of a report, at a part of it. Lead and deputy are told, but for whoever says it.

    Raises RuleBroken ``agenda.remark_empty``, ``agenda.remark_long``, ``agenda.remark_part``.
    """
    row = locked_report(report)
    authorize(actor, REMARK, row)
    said = text.strip()
    if not said:
        raise RuleBroken("agenda.remark_empty", _("Please write what you want to say."), field="text")
    if len(said) > MOST:
        message = _("At most %(number)d characters, please.") % {"number": MOST}
        raise RuleBroken("agenda.remark_long", message, field="text")
    if part not in Part.values:
        raise RuleBroken("agenda.remark_part", _("Please choose a part of the report."), field="part")
    made = put_remark(actor, row, said, part)
    record(actor, made, after={"part": part})
    return made.public_id


def put_remark(actor: Actor, row: Report, text: str, part: str = "") -> Remark:
    """Write a remark inside of an action; lead and deputy are told, but for whoever says it."""
    made = Remark.objects.create(report=row, part=part, text=text, author_id=actor.person)
    data = {
        "month": str(row.month),
        "project": row.title,
        "part": part,
        "url": reverse("agenda:desk_report_read", args=[str(row.month), row.project.slug]),
    }
    for person in {row.project.lead, row.project.deputy} - {None}:
        if person is not None and person.pk != actor.person:
            recipient = Recipient(person=person.pk, name=str(person))
            tell(recipient, kind=REMARKED, key=f"{made.public_id} {person.public_id}", data=data)
    return made


@action("agenda.settle_remark")
def settle_remark(actor: Actor, *, remark: UUID) -> UUID:
    """Whoever writes the report has dealt with a remark; the answer is the report's public id."""
    row = lock(Remark.objects.select_related("report"), public_id=remark)
    report = locked_report(row.report.public_id)
    authorize(actor, EDIT_REPORT, report)
    if row.settled is None:
        row.settled = now()
        row.settled_by = Person.objects.filter(pk=actor.person).first() if actor.person else None
        row.save(update_fields=["settled", "settled_by"])
        record(actor, row, after={"settled": True})
    return report.public_id
