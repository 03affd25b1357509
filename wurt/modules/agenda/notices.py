"""What can be followed in the agenda, and how a published month is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.notices.actions.spread import announce
from wurt.core.notices.actions.taking_back import take_back
from wurt.core.notices.kinds import Channel, Data, Frequency, NoticeKind, Part
from wurt.core.notices.kinds import register as register_kinds
from wurt.core.notices.topics import Pair, Topic, TopicKind
from wurt.core.notices.topics import register as register_topics
from wurt.core.web.format import day, month_name
from wurt.modules.agenda.domain.rounds import MEETING, OPENED, REMARKED, REMINDED
from wurt.modules.agenda.queries import public_told as told
from wurt.modules.agenda.queries.public_told import Change, Subject

MONTH, WITHDRAWN = "agenda.month", "agenda.month_withdrawn"
AGENDA, FIELD, PROJECT = "agenda.agenda", "agenda.field", "agenda.project"


def tell_month(actor: Actor, month: str) -> bool:
    """Tell all followers of a published month (YYYY-MM), once. False if nobody had to be told.

    Only the newest month is news: an older one that is published late fills the archive. A correction is
    not told again; the page of the month shows it. A month that was withdrawn and is published again is told
    once more, as such: the newest to all followers, an older one to those who heard that it was withdrawn.
    """
    news = told.month_news(actor, month)
    if news is None:
        return False
    key = _key(month, news.first)
    data = {
        "month": month,
        "url": reverse("agenda:month", args=[month]),
        "reports": len(news.changes),
        "progress": sum(change.progress for change in news.changes),
    }
    if news.first > 1:
        data["corrected"] = news.note
    if news.newest:
        parts = [_part(change) for change in news.changes]
        topics = [(AGENDA, "agenda")]
        before = _told_before(month, news.first)
        return announce(actor, kind=MONTH, key=key, data=data, topics=topics, parts=parts, instead_of=before)
    withdrawn = [pair for pair in _told_before(month, news.first) if pair[0] == WITHDRAWN]
    return any(take_back(actor, told=pair, kind=MONTH, key=key, data=data) for pair in withdrawn)


def tell_withdrawal(actor: Actor, month: str, *, number: int, first: int) -> bool:
    """Tell those who heard that a month (YYYY-MM) was published that it is withdrawn, and why; once for the
    version ``number``, which was public since version ``first``. False if nobody has to be told, also when it
    is public again by now."""
    note = told.withdrawal_note(actor, month)
    if note is None:
        return False
    data = {"month": month, "url": reverse("agenda:month", args=[month]), "note": note}
    return take_back(
        actor, told=(MONTH, _key(month, first)), kind=WITHDRAWN, key=_key(month, number), data=data
    )


def _key(month: str, number: int) -> str:
    """The first version goes by the month alone."""
    return month if number == 1 else f"{month} {number}"


def _told_before(month: str, first: int) -> list[Pair]:
    """Everything that may have been told of the versions below ``first``, the newest first."""
    numbers = range(first - 1, 0, -1)
    return [(kind, _key(month, number)) for number in numbers for kind in (WITHDRAWN, MONTH)]


def register() -> None:
    """Tell notices what the agenda has to offer."""
    register_topics(
        TopicKind(AGENDA, "agenda", _("Agenda"), _find_agenda, _named_agenda, _all_agenda),
        TopicKind(FIELD, "handlungsfeld", _("Field of action"), _find_field, _named_fields, _all_fields),
        TopicKind(PROJECT, "projekt", _("Project"), _find_project, _named_projects, _all_projects),
    )
    register_kinds(
        NoticeKind(
            key=MONTH,
            label=_("New status report"),
            meaning=_("Once a month: what changed in the projects and fields that you follow."),
            subject=_subject,
            text="agenda/notices/month.txt",
            html="agenda/notices/month.html",
            sample=_sample,
            defaults={Channel.EMAIL: Frequency.NOW, Channel.IN_APP: Frequency.NOW},
        ),
        NoticeKind(
            key=WITHDRAWN,
            label=_("Withdrawn status report"),
            meaning=_("When a report that you were told of is withdrawn, with the reason. This is rare."),
            subject=_withdrawn_subject,
            text="agenda/notices/withdrawn.txt",
            html="agenda/notices/withdrawn.html",
            sample=_withdrawn_sample,
        ),
        NoticeKind(
            key=OPENED,
            label=_("A report is to be written"),
            meaning=_("When a round of reports opens: to whoever leads a project that is to report."),
            subject=_opened_subject,
            text="agenda/notices/round_opened.txt",
            html="agenda/notices/round_opened.html",
            sample=lambda: (_round_sample(0), ()),
            direct=True,
        ),
        NoticeKind(
            key=REMINDED,
            label=_("A report is not handed in"),
            meaning=_(
                "Before and after the last day, to lead, deputy and coordination, one after the other."
            ),
            subject=_reminder_subject,
            text="agenda/notices/round_reminder.txt",
            html="agenda/notices/round_reminder.html",
            sample=lambda: (_round_sample(4), ()),
            direct=True,
        ),
        NoticeKind(
            key=REMARKED,
            label=_("A remark on a report"),
            meaning=_("To lead and deputy, when somebody says something of their report."),
            subject=lambda data: gettext("Remark on your report: %(project)s") % {"project": data["project"]},
            text="agenda/notices/remarked.txt",
            html="agenda/notices/remarked.html",
            sample=lambda: (_remark_sample(), ()),
            direct=True,
        ),
        NoticeKind(
            key=MEETING,
            label=_("A meeting"),
            meaning=_("To the members of a group, when a meeting is planned, moved or called off."),
            subject=_meeting_subject,
            text="agenda/notices/meeting.txt",
            html="agenda/notices/meeting.html",
            sample=lambda: (_meeting_sample(), ()),
            direct=True,
        ),
    )


def _part(change: Change) -> Part:
    topics: list[Pair] = [(PROJECT, change.project.key)]
    if change.is_news:
        topics.append((AGENDA, "agenda"))
        if change.field:
            topics.append((FIELD, change.field))
    return Part(tuple(topics), _line(change))


def _line(change: Change) -> Data:
    return {
        "title": change.project.title,
        "url": reverse("agenda:project", args=[change.project.slug]),
        "status": change.status,
        "before": change.before,
        "progress": change.progress,
        "moved": change.before is not None and change.before != change.status,
    }


def _subject(data: Data) -> str:
    if "corrected" in data:
        return gettext("Status report published anew: %(month)s") % {"month": month_name(str(data["month"]))}
    return gettext("New status report: %(month)s") % {"month": month_name(str(data["month"]))}


def _withdrawn_subject(data: Data) -> str:
    return gettext("Status report withdrawn: %(month)s") % {"month": month_name(str(data["month"]))}


def _opened_subject(data: Data) -> str:
    return gettext("Please report: %(month)s") % {"month": month_name(str(data["month"]))}


def _reminder_subject(data: Data) -> str:
    if data["late"]:
        return gettext("Report is late: %(month)s") % {"month": month_name(str(data["month"]))}
    return gettext("Report is due soon: %(month)s") % {"month": month_name(str(data["month"]))}


def _round_sample(late: int) -> Data:
    return {
        "month": "2024-04",
        "due": "2024-05-10",
        "late": late,
        "projects": ["Rufbus", "Schulnetz"],
        "url": reverse("agenda:desk_month", args=["2024-04"]),
    }


def _remark_sample() -> Data:
    url = reverse("agenda:desk_report_read", args=["2024-04", "busverkehr"])
    return {"month": "2024-04", "project": "Rufbus", "part": "risks", "url": url}


def _meeting_subject(data: Data) -> str:
    values = {"body": data["body"], "day": day(datetime.fromisoformat(str(data["starts"])))}
    if data["news"] == "cancelled":
        return gettext("Meeting is called off: %(body)s, %(day)s") % values
    if data["news"] == "moved":
        return gettext("Meeting has changed: %(body)s, %(day)s") % values
    return gettext("Meeting: %(body)s, %(day)s") % values


def _meeting_sample() -> Data:
    return {
        "news": "called",
        "body": gettext("Steering group"),
        "starts": "2024-05-14T09:00:00+02:00",
        "place": gettext("County hall, room 12"),
        "url": reverse("agenda:desk_meetings"),
    }


def _withdrawn_sample() -> tuple[Data, Sequence[Part]]:
    note = gettext("The figures of two projects were mixed up.")
    return {"month": "2024-04", "url": reverse("agenda:month", args=["2024-04"]), "note": note}, ()


def _sample() -> tuple[Data, Sequence[Part]]:
    changes = (
        Change(Subject("1", "busverkehr", "Rufbus"), "1", "yellow", "green", True),
        Change(Subject("2", "schulnetz", "Schulnetz"), "2", "green", "green", True),
        Change(Subject("3", "museumsnacht", "Museumsnacht"), "2", "green", None, False),
    )
    data = {
        "month": "2024-04",
        "url": reverse("agenda:month", args=["2024-04"]),
        "reports": 12,
        "progress": 7,
    }
    return data, [_part(change) for change in changes]


def _topic(kind: str, subject: Subject, url: str, part: str = "") -> Topic:
    return Topic(kind, subject.key, subject.title, url, part or subject.slug)


def _all_agenda() -> Sequence[Topic]:
    found = told.followed_agenda(ANONYMOUS)
    return [_topic(AGENDA, found, reverse("agenda:months"), "alles")] if found else []


def _find_agenda(slug: str) -> Topic | None:
    return next(iter(_all_agenda()), None) if slug == "alles" else None


def _named_agenda(keys: Collection[str]) -> Mapping[str, Topic]:
    return {topic.key: topic for topic in _all_agenda() if topic.key in keys}


def _fields(found: Sequence[Subject]) -> list[Topic]:
    return [_topic(FIELD, one, f"{reverse('agenda:overview')}?feld={one.slug}") for one in found]


def _find_field(slug: str) -> Topic | None:
    return next(iter(_fields(told.followed_fields(ANONYMOUS, slug=slug))), None)


def _named_fields(keys: Collection[str]) -> Mapping[str, Topic]:
    return {topic.key: topic for topic in _fields(told.followed_fields(ANONYMOUS, keys=keys))}


def _all_fields() -> Sequence[Topic]:
    return _fields(told.followed_fields(ANONYMOUS))


def _projects(found: Sequence[Subject]) -> list[Topic]:
    return [_topic(PROJECT, one, reverse("agenda:project", args=[one.slug])) for one in found]


def _find_project(slug: str) -> Topic | None:
    return next(iter(_projects(told.followed_projects(ANONYMOUS, slug=slug))), None)


def _named_projects(keys: Collection[str]) -> Mapping[str, Topic]:
    return {topic.key: topic for topic in _projects(told.followed_projects(ANONYMOUS, keys=keys))}


def _all_projects() -> Sequence[Topic]:
    return _projects(told.followed_projects(ANONYMOUS))
