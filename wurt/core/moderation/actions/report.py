"""Notices and complaints: what people send to the desk."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.moderation import things
from wurt.core.moderation.actions.steps import complaint_due, note, open_case, trail
from wurt.core.moderation.deadlines import COMPLAINT_MONTHS, months_after
from wurt.core.moderation.events import ComplaintReceived, ReportReceived
from wurt.core.moderation.models import (
    Case,
    Category,
    Complaint,
    Misuse,
    Origin,
    Party,
    Report,
    Role,
    State,
)
from wurt.core.moderation.policies import COMPLAIN, REPORT
from wurt.core.moderation.tokens import linked, proved, who_of
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.models import Place
from wurt.core.web.format import day

SHORTEST = 15
"""Characters of an explanation that can be looked into ("sufficiently substantiated", Art. 16 (2) a)."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a notice; everything may be empty (Art. 16 (2) c). ``address``: for an answer by letter."""

    name: str = ""
    email: str = ""
    address: str = ""


@action("moderation.report", makes=Making(Report.objects.all, apart=frozenset({"proven"})))
def report_thing(
    actor: Actor,
    *,
    slug: str,
    part: str,
    category: str,
    explanation: str,
    where: str,
    good_faith: bool,
    sender: Sender,
    proven: bool,
    on_behalf: bool = False,
) -> UUID:
    """Somebody notifies content (Art. 16). The answer is the notice's public id. What nothing proves to come
    from a person waits apart until somebody looks; nothing is thrown away.

    Raises NotFound, RuleBroken ``moderation.explanation_short``, ``moderation.good_faith``,
    ``moderation.suspended``.
    """
    found = things.find(slug, part)
    if found is None:
        raise NotFound(code="moderation.thing")
    _kind, thing = found
    authorize(actor, REPORT, Place.objects.filter(pk=thing.place).first())
    _check(actor, category, explanation, good_faith, sender)
    state = State.OPEN if proven else State.HELD
    case = open_case(actor, thing, origin=Origin.NOTICE, state=state)
    row = Report.objects.create(
        case=case,
        category=category,
        explanation=explanation.strip(),
        where=where.strip()[:500] or thing.url,
        good_faith=True,
        proven=proven,
        on_behalf=on_behalf,
        created=now(),
    )
    own = None if on_behalf else actor.person
    Party.objects.create(
        case=case,
        report=row,
        role=Role.NOTIFIER,
        person_id=own,
        name=sender.name.strip(),
        email=sender.email.strip().lower(),
        address="\n".join(line.strip() for line in sender.address.splitlines() if line.strip()),
        language=actor.language,
        who=who_of(sender.email),
    )
    note(actor, case, "reported", category)
    trail(actor, case, report=str(row.public_id), category=category)
    publish(ReportReceived(report=row.public_id), key=str(row.public_id))
    return row.public_id


def _check(actor: Actor, category: str, explanation: str, good_faith: bool, sender: Sender) -> None:
    if category not in Category.values:
        raise RuleBroken("moderation.category", _("Please choose a reason."))
    if len(explanation.strip()) < SHORTEST:
        raise RuleBroken(
            "moderation.explanation_short",
            _("Please explain in a sentence or two what is wrong, so that somebody can look into it."),
        )
    if not good_faith:
        raise RuleBroken(
            "moderation.good_faith", _("Please confirm that what you say is true as far as you know.")
        )
    barred = Misuse.objects.filter(who=who_of(sender.email), until__gte=now().date()).exclude(who="").first()
    if barred is not None and barred.until is not None:
        message = _(
            "Notices from this address are not worked on until %(day)s, because many before had no ground. "
            "You were told so, with the reasons. For anything urgent please call us."
        )
        raise RuleBroken("moderation.suspended", message % {"day": day(barred.until)})


@action("moderation.confirm_report")
def confirm_report(actor: Actor, *, token: str) -> None:
    """Whoever reads the mail of the receipt says that a person sent the notice."""
    row = Report.objects.select_related("case").filter(public_id=proved(token)).first()
    if row is None:
        raise NotFound(code="moderation.case")
    case = lock(Case.objects.all(), pk=row.case_id)
    authorize(actor, COMPLAIN, case)
    if case.state == State.HELD:
        case.state = State.OPEN
        case.version += 1
        case.save(update_fields=["state", "version"])
        note(actor, case, "confirmed")
    trail(actor, case)


@action("moderation.complain", makes=Making(Complaint.objects.all))
def complain(actor: Actor, *, token: str, text: str) -> UUID:
    """The author or a notifier complains about the decision: free, for six months (Art. 20). The case goes to
    somebody else. Raises NotFound, RuleBroken ``moderation.not_decided``, ``moderation.complaint_late``,
    ``moderation.complained``, ``moderation.final``, ``moderation.complaint_short``."""
    role, public_id = linked(token)
    report = Report.objects.filter(public_id=public_id).first() if role is Role.NOTIFIER else None
    by = {"pk": report.case_id} if report else {"public_id": public_id}
    if role is Role.NOTIFIER and report is None:
        raise NotFound(code="moderation.case")
    case = lock(Case.objects.all(), **by)
    authorize(actor, COMPLAIN, case)
    _check_complaint(case, role, report, text)
    row = Complaint.objects.create(case=case, role=role, report=report, text=text.strip(), created=now())
    if case.state == State.DECIDED:
        case.state, case.due, case.taken_by = State.COMPLAINT, complaint_due(now()), None
        case.version += 1
        case.save(update_fields=["state", "due", "taken_by", "version"])
    note(actor, case, "complained", role)
    trail(actor, case, complaint=str(row.public_id))
    publish(ComplaintReceived(complaint=row.public_id), key=str(row.public_id))
    return row.public_id


def _check_complaint(case: Case, role: Role, report: Report | None, text: str) -> None:
    if case.state in (State.HELD, State.OPEN) or case.decided_at is None:
        raise RuleBroken(
            "moderation.not_decided", _("Nothing is decided yet; you are told as soon as it is.")
        )
    if case.decisions.filter(appeal=True).exists():
        raise RuleBroken(
            "moderation.final",
            _("A complaint was decided already. An out-of-court body or a court can look at it now."),
        )
    if case.state == State.CLOSED or now() >= months_after(case.decided_at, COMPLAINT_MONTHS):
        raise RuleBroken("moderation.complaint_late", _("The six months for a complaint are over."))
    if Complaint.objects.filter(case=case, role=role, report=report).exists():
        raise RuleBroken(
            "moderation.complained", _("Your complaint has arrived already and is being looked at.")
        )
    if len(text.strip()) < SHORTEST:
        raise RuleBroken(
            "moderation.complaint_short", _("Please say in a sentence or two why the decision is wrong.")
        )


def hold_for_approval(actor: Actor, kind: str, key: str) -> UUID:
    """Step for other rooms' actions: something new waits until a moderator approves it ("leave" publishes it
    by the kind's ``restore``). Raises NotFound if the kind does not know the key."""
    thing = things.fetch(kind, key)
    if thing is None:
        raise NotFound(code="moderation.thing")
    case = open_case(actor, thing, origin=Origin.BEFORE)
    trail(actor, case)
    return case.public_id
