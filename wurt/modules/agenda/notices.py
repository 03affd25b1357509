"""What can be followed in the agenda, and how a published month is told."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.notices.actions.spread import announce
from wurt.core.notices.kinds import Channel, Data, Frequency, NoticeKind, Part
from wurt.core.notices.kinds import register as register_kinds
from wurt.core.notices.topics import Pair, Topic, TopicKind
from wurt.core.notices.topics import register as register_topics
from wurt.core.web.format import month_name
from wurt.modules.agenda.queries import public_told as told
from wurt.modules.agenda.queries.public_told import Change, Subject

MONTH = "agenda.month"
AGENDA, FIELD, PROJECT = "agenda.agenda", "agenda.field", "agenda.project"


def tell_month(actor: Actor, month: str) -> bool:
    """Tell all followers of a published month (YYYY-MM), once. False if nobody had to be told.

    Only the newest month is news: an older one that is published late fills the archive. A correction is
    not told again; the page of the month shows it.
    """
    news = told.month_news(actor, month)
    if news is None or not news.newest:
        return False
    data = {
        "month": month,
        "url": reverse("agenda:month", args=[month]),
        "reports": len(news.changes),
        "progress": sum(change.progress for change in news.changes),
    }
    parts = [_part(change) for change in news.changes]
    return announce(actor, kind=MONTH, key=month, data=data, topics=[(AGENDA, "agenda")], parts=parts)


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
        )
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
    return gettext("New status report: %(month)s") % {"month": month_name(str(data["month"]))}


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


def _topic(kind: str, subject: Subject, url: str) -> Topic:
    return Topic(kind, subject.key, subject.title, url)


def _all_agenda() -> Sequence[Topic]:
    found = told.followed_agenda(ANONYMOUS)
    return [_topic(AGENDA, found, reverse("agenda:months"))] if found else []


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
