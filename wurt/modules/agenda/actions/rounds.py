"""Rounds of reports: how the county wants them, opened by the clock, and who is reminded.

Everybody is told by the queue, once a day: each notice has a key of the month, the day and the person.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock_all, record, save
from wurt.core.db.clock import now, today
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.direct import Recipient, tell
from wurt.core.tenancy.models import Grant, Person
from wurt.modules.agenda.actions.reports import fill_month, new_month
from wurt.modules.agenda.actions.steps import the_agenda
from wurt.modules.agenda.domain.rounds import (
    COORDINATION,
    DEPUTY,
    EVERY,
    OPENED,
    REMINDED,
    USUAL,
    Rule,
    is_time,
    last_day_of,
    month_to_open,
    stage_on,
)
from wurt.modules.agenda.models import Agenda, Month, Report
from wurt.modules.agenda.policies import EDIT_MONTH, EDIT_STRATEGY


def rule_of(agenda: Agenda) -> Rule:
    """How the county wants its rounds."""
    return Rule(
        opens=agenda.round_opens,
        days=agenda.round_days or USUAL.days,
        every=agenda.round_every or USUAL.every,
        back=USUAL.back if agenda.round_back is None else agenda.round_back,
    )


@action("agenda.save_rounds")
def save_rounds(
    actor: Actor,
    *,
    opens: int | None,
    days: int,
    every: int,
    back: int,
    approval: bool = False,
    version: int | None = None,
) -> None:
    """On which day a round opens by itself (1 to 28, None: by hand), how many days there are to hand in, how
    many months lie between two rounds, whether it is about the month before (``back`` 1) or its own, and
    whether the steering group has to approve reports before they are published."""
    agenda = the_agenda()
    authorize(actor, EDIT_STRATEGY, agenda)
    check_version(agenda, version)
    if opens is not None and not 1 <= opens <= 28:
        raise RuleBroken("agenda.round_opens", _("Please choose a day from 1 to 28."), field="opens")
    if not 1 <= days <= 60:
        raise RuleBroken("agenda.round_days", _("Please give 1 to 60 days."), field="days")
    if every not in EVERY or back not in (0, 1):
        raise RuleBroken("agenda.round_every", _("Please choose one of the offered rhythms."), field="every")
    before, after = changed(
        agenda,
        {
            "round_opens": opens,
            "round_days": days,
            "round_every": every,
            "round_back": back,
            "approval": approval or None,
        },
    )
    if after:
        save(agenda, after)
        record(actor, agenda, before=before, after=after)


@action("agenda.open_round")
def open_round(actor: Actor) -> str:
    """By the clock: open the month that is due, with a report for every running project, and tell whoever is
    to write one. The answer is YYYY-MM, empty if none is due. A month that somebody opened by hand stays as
    it is."""
    agenda = the_agenda()
    authorize(actor, EDIT_MONTH, Month(agenda=agenda))
    first = month_to_open(rule_of(agenda), today(), agenda.rounds_until)
    if first is None or not is_time(timezone.localtime(now())):
        return ""
    agenda.rounds_until = first
    agenda.save(update_fields=["rounds_until"])
    if Month.objects.filter(month=first).exists():
        record(actor, agenda, after={"rounds_until": first})
        return ""
    due = last_day_of(rule_of(agenda), today())
    row = new_month(agenda, first, due=due)
    row.reminded = stage_on(today(), due)  # in a short round the notice of its opening is the first reminder
    row.save(update_fields=["reminded"])
    count = fill_month(row)
    record(actor, row, after={"month": row.month, "reports": count, "due": row.due})
    for person, reports in _whose(_open_reports(row), deputies=False).items():
        _tell(OPENED, row, person, reports)
    return str(row)


@action("agenda.remind_leads")
def remind_leads(actor: Actor) -> int:
    """By the clock: remind of reports that are not handed in, the further past the last day the more people:
    the lead, then the deputy, too, then the coordination, too. Answers how many people were told. Stages
    that were missed are not made up for one by one."""
    moment = timezone.localtime(now())
    waiting = Month.objects.filter(current__isnull=True, withdrawn_at__isnull=True, due__isnull=False)
    told = 0
    for row in lock_all(waiting.select_related("agenda__place")):
        authorize(actor, EDIT_MONTH, row)
        stage = stage_on(moment.date(), row.due) if row.due else 0
        if stage <= (row.reminded or 0) or not is_time(moment):
            continue
        row.reminded = stage
        row.save(update_fields=["reminded"])
        reports = _open_reports(row)
        people = _whose(reports, deputies=stage >= DEPUTY)
        if stage >= COORDINATION:
            people |= dict.fromkeys(_coordination(row), reports)
        told += sum(_tell(REMINDED, row, person, mine) for person, mine in people.items() if mine)
        record(actor, row, after={"reminded": stage, "reports": len(reports)})
    return told


def _open_reports(row: Month) -> list[Report]:
    rows = row.reports.filter(handed_in__isnull=True)
    return list(rows.select_related("project__lead", "project__deputy").order_by("title"))


def _whose(reports: Iterable[Report], *, deputies: bool) -> dict[Person, list[Report]]:
    found: dict[Person, list[Report]] = {}
    for report in reports:
        people = [report.project.lead, report.project.deputy if deputies else None]
        for person in dict.fromkeys(people):
            if person is not None:
                found.setdefault(person, []).append(report)
    return found


def _coordination(row: Month) -> list[Person]:
    grants = Grant.objects.valid().filter(
        role=Role.COORDINATOR,
        place=row.agenda.place,
        person__erased__isnull=True,
        person__user__is_active=True,
    )
    return [grant.person for grant in grants.select_related("person").order_by("pk")]


def _tell(kind: str, row: Month, person: Person, reports: list[Report]) -> bool:
    data = {
        "month": str(row),
        "due": row.due.isoformat() if row.due else "",
        "late": max(0, (today() - row.due).days) if row.due else 0,
        "projects": [report.title for report in reports],
        "url": reverse("agenda:desk_month", args=[str(row)]),
    }
    key = f"{row} {today()} {person.public_id}"
    return tell(Recipient(person=person.pk, name=str(person)), kind=kind, key=key, data=data)
