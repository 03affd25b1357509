"""Subscriptions: milestones as a calendar, news of the agenda as Atom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.exports import wording

PRODUCT = "-//Wurt//Agenda//DE"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A milestone for the calendar. ``uid`` stays the same when the date moves; ``changed_at`` is aware."""

    uid: str
    project: str
    milestone: MilestoneFact
    changed_at: datetime
    url: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed. ``unique_id`` (address or tag URI) never changes; ``updated`` is aware."""

    title: str
    url: str
    unique_id: str
    updated: datetime
    summary: str = ""
    author: str = ""
    example: bool = False


def due_phrase(due: str) -> str:
    """``am 14. Mai 2024 fällig``, ``im Mai 2024 fällig``, ``im 3. Quartal 2024 fällig``."""
    parts = wording.parse_due(due)
    text = wording.due_text(due)
    if parts and parts.day:
        return _("due on %(due)s") % {"due": text}
    return _("due in %(due)s") % {"due": text}


def calendar_ics(entries: Iterable[CalendarEntry], *, name: str) -> bytes:
    """Milestones as all-day events on the last day they may fall on. Without a date there is no event."""
    with wording.german():
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", name)
        for entry in entries:
            event = _event(entry)
            if event is not None:
                calendar.add_component(event)
        made: bytes = calendar.to_ical()
        return made


def _event(entry: CalendarEntry) -> Event | None:
    milestone = entry.milestone
    due = wording.parse_due(milestone.due)
    if due is None or milestone.due is None:
        return None
    state = wording.milestone_word(milestone) if milestone.done else due_phrase(milestone.due)
    title = f"{entry.project}: {milestone.label} ({state})"
    lines = [
        due_phrase(milestone.due),
        wording.milestone_word(milestone),
        wording.shift_text(milestone.shifts),
    ]
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", len(milestone.shifts))
    event.add("dtstart", due.latest)
    event.add("dtend", due.latest + timedelta(days=1))
    event.add("summary", f"{wording.EXAMPLE}: {title}" if entry.example else title)
    event.add("description", "\n".join(line for line in [*lines, _mark(entry.example)] if line))
    event.add("transp", "TRANSPARENT")
    if entry.example:
        event.add("categories", [wording.EXAMPLE])
    if entry.url:
        event.add("url", entry.url)
    return event


def _mark(example: bool) -> str:
    return wording.EXAMPLE if example else ""


def atom_feed(
    entries: Sequence[FeedEntry],
    *,
    title: str,
    url: str,
    feed_url: str,
    subtitle: str = "",
    author: str = "",
    example: bool = False,
) -> str:
    """An Atom feed, newest first. The feed is as new as its newest entry."""
    with wording.german():
        feed = Atom1Feed(
            title=f"{title} ({wording.EXAMPLE})" if example else title,
            link=url,
            description=subtitle,
            language="de",
            subtitle=subtitle,
            feed_url=feed_url,
            author_name=author or None,
        )
        for entry in sorted(entries, key=lambda item: (item.updated, item.unique_id), reverse=True):
            feed.add_item(
                title=f"{wording.EXAMPLE}: {entry.title}" if entry.example else entry.title,
                link=entry.url,
                description=entry.summary,
                unique_id=entry.unique_id,
                updateddate=entry.updated,
                author_name=entry.author or None,
            )
        return feed.writeString("utf-8")
