"""Putting a status report together from parts: projects with their fields, the summary, the statuses."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from wurt.modules.agenda.domain.identity import compare, contains, same_title, slug
from wurt.modules.agenda.domain.periods import find_dues
from wurt.modules.agenda.importing.arrow import read_section_milestones
from wurt.modules.agenda.importing.joining import is_placeholder, items, join, names, prose, sentences, span
from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.model import (
    Alternative,
    DocumentRead,
    Line,
    Message,
    ProjectRead,
    Read,
    Span,
)
from wurt.modules.agenda.importing.months import set_months
from wurt.modules.agenda.importing.portfolio import read_summary
from wurt.modules.agenda.importing.sections import Entry, Part
from wurt.modules.agenda.importing.statuses import assign_statuses
from wurt.modules.agenda.importing.values import (
    lead_function,
    read_date,
    read_duration,
    read_lead,
    read_month,
    read_status,
)
from wurt.modules.agenda.importing.vocabulary import HEADER, NO_PROGRESS, SECTIONS, TERM

T = TypeVar("T")
_INTENT = re.compile(r"\b(?:soll|sollen|wird|werden|ist geplant|sind geplant|geplant)\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:im nächsten schritt|in den nächsten|nächste[nrsm]? (?:woche|monat|quartal|jahr|schritt)|demnächst|in kürze|kurzfristig"  # noqa: E501
                     r"|(?:ende|anfang|mitte) (?:des|der) \w+ \w+|(?:ersten|zweiten|dritten|vierten) quartal\w*)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_ORDER = ("goal", "content", "risks", "progress", "state", "milestones")
_NOT_STATED = frozenset({"keine angabe", "keine angaben", "nicht angegeben"})


@dataclass(slots=True)
class Group:
    """All parts of one project in one file."""

    title: str
    parts: list[Part] = field(default_factory=list)
    divider: Part | None = None

    def entries(self, key: str) -> list[Entry]:
        """All entries of one kind."""
        return [entry for part in self.parts for entry in part.entries if entry.key == key]


def group_parts(parts: Sequence[Part], messages: list[Message]) -> list[Group]:
    """Projects of a file in order. A page with only a title belongs to the pages after it."""
    groups: list[Group] = []
    divider: Part | None = None
    for part in parts:
        if part.kind != "project":
            continue
        if not part.entries and (part.divider or _words(part) < 16):
            if divider is not None:
                messages.append(
                    Message("title_without_pages", "warn", {"title": divider.title}, span([_line(divider)]))
                )
            divider = part
            continue
        group = _find(groups, part)
        if group is not None and _next_month(group, part):
            group = None
        if group is None:
            group = Group(part.title, [], divider)
            groups.append(group)
        divider = None
        group.parts.append(part)
    if divider is not None:
        messages.append(
            Message("title_without_pages", "warn", {"title": divider.title}, span([_line(divider)]))
        )
    return groups


def _next_month(group: Group, part: Part) -> bool:
    """Whether a part repeats the sections of a project for another month."""
    known = {e.key for p in group.parts for e in p.entries}
    mine, theirs = (_month_of([part]), _month_of(group.parts))
    return bool(mine and theirs and mine != theirs and part.keys & SECTIONS & known)


def _month_of(parts: Sequence[Part]) -> str | None:
    months = [
        read_month(entry.lines).value for part in parts for entry in part.entries if entry.key == "month"
    ]
    return next((month for month in months if month), None)


def _words(part: Part) -> int:
    return sum(len(line.text.split()) for line in part.loose)


def _line(part: Part) -> Line:
    return part.title_line or Line(part.title, 0)


def _find(groups: Sequence[Group], part: Part) -> Group | None:
    for group in reversed(groups):
        if same_title(group.title, part.title):
            return group
    if groups and compare(groups[-1].title, part.title).outcome == "probable":
        keys = {e.key for p in groups[-1].parts for e in p.entries}
        if not (part.keys & SECTIONS & keys):
            return groups[-1]
    return None


def build_report(parts: Sequence[Part], document: DocumentRead) -> None:
    """Fill a document with projects, summary and statuses. One broken project loses no other."""
    groups = group_parts(parts, document.messages)
    for group in groups:
        document.projects.append(read_project(group, document.messages))
    others = [part for part in parts if part.kind != "project"]
    document.summary = read_summary(others)
    if document.summary is None:
        for project in document.projects:
            project.missing_sections += ("summary page",)
    set_months(document, others)
    _unread(parts, document.messages)
    _statuses(document)


def _unread(parts: Sequence[Part], messages: list[Message]) -> None:
    """Say which pages between the projects were not understood."""
    begun = False
    for part in parts:
        begun = begun or part.kind == "project"
        if begun and part.kind == "preamble" and _words(part) > 12:
            text = join(part.loose)[:200]
            messages.append(Message("page_unread", "warn", {"text": text}, span(part.loose)))


def _statuses(document: DocumentRead) -> None:
    summary = document.summary
    if summary is None or not summary.status_sentence.value:
        return
    titles = [
        p.divider_title if p.divider_title and len(p.divider_title) < len(p.title.value) else p.title.value
        for p in document.projects
    ]
    reads = assign_statuses(summary.status_sentence.value, titles)
    if len({p.report_month.value for p in document.projects}) > 1:
        reads = [replace(read, certain=False, reason=read.reason or "months_several") for read in reads]
    for project, read in zip(document.projects, reads, strict=True):
        own = project.status
        if project.status_kind == "not_stated":
            continue
        if own.value is None and own.reason == "":
            project.status = replace(read, source=summary.status_sentence.source)
            project.status_kind = "portfolio_sentence" if read.value else ""
        elif own.value and read.value and own.value != read.value:
            project.status = Read(
                own.value,
                own.source,
                False,
                "status_contradicts",
                (Alternative(read.value, "portfolio_sentence"),),
            )


def read_project(group: Group, messages: list[Message]) -> ProjectRead:
    """All fields of one project."""
    first = group.parts[0]
    title = _title(group)
    project = ProjectRead(
        key=slug(title.value), title=title, title_canonical=title.value, source=_place(group)
    )
    if group.divider is not None:
        project.divider_title = group.divider.title
    elif first.divider:
        project.divider_title = first.title
    project.legend_present = any(part.legend for part in group.parts)
    project.report_month = _pick(group, "month", read_month)
    _lead(group, project)
    project.partners = _pick(group, "partners", lambda x: _list(x, names))
    project.stakeholders = _pick(group, "stakeholders", lambda x: _list(x, names))
    _dates(group, project)
    project.goal = _text(group, "goal")
    project.content = _text(group, "content")
    project.risks = _pick(group, "risks", lambda x: _list(x, items))
    project.next_activities = _pick(group, "next", lambda x: _list(x, items))
    project.progress = _text(group, "progress")
    project.overall_state = _text(group, "state")
    _milestones(group, project)
    _status(group, project)
    for key in ("field", "costs", "decisions", "participation", "comment"):
        read = _text(group, key)
        if read.value:
            project.extra[key] = Read(read.value, read.source, read.certain, read.reason)
    text = project.progress.value
    project.has_progress = bool(text) and not NO_PROGRESS.match(text or "")
    project.next_activity_hints = (
        tuple(s for s in sentences(text or "") if is_hint(s)) if project.has_progress else ()
    )
    project.missing_sections = _missing(group, project)
    if _loose(group, messages):
        _doubt_empty(group, project)
    return project


def _lead(group: Group, project: ProjectRead) -> None:
    leads = [read_lead(entry.lines) for entry in group.entries("lead") if entry.filled]
    project.lead_person = _agree([lead[0] for lead in leads], Read(None))
    project.lead_organisation = _agree([lead[1] for lead in leads], Read(None))
    for entry in group.entries("lead"):
        read = lead_function(entry.lines)
        if read.value:
            project.extra["lead_function"] = Read(read.value, read.source)


def _title(group: Group) -> Read[str]:
    spellings = list(dict.fromkeys(part.title for part in group.parts if part.title))
    divider = group.divider.title if group.divider else ""
    value = spellings[0] if spellings else divider
    source = span([_line(group.parts[0])])
    drift = [s for s in spellings[1:] if s != value]
    if (
        divider
        and divider != value
        and same_title(divider, value)
        and compare(divider, value).reason in ("spelling", "spacing", "short_form")
    ):
        drift.append(divider)
    if not value:
        return Read("", source, False, "title_missing")
    if (
        divider
        and not drift
        and not (
            same_title(divider, value) or contains(divider, value) or compare(divider, value).outcome != "new"
        )
    ):
        return Read(value, source, False, "divider_differs", (Alternative(divider, "divider"),))
    return Read(
        value,
        source,
        not drift,
        "title_typo" if drift else "",
        tuple(Alternative(s, "divider") for s in drift),
    )


def _place(group: Group) -> Span | None:
    lines = [_line(group.parts[0])]
    for part in group.parts:
        lines += [x for entry in part.entries for x in (entry.start, *entry.lines) if x.text.strip()]
    found = span(lines)
    return replace(found, text=group.title, bbox=None) if found else None


def _pick(group: Group, key: str, reader: Callable[[Sequence[Line]], Read[T]]) -> Read[T]:
    entries = group.entries(key)
    filled = [entry for entry in entries if entry.filled]
    if not filled:
        return reader([]) if entries else Read(None)  # type: ignore[arg-type]
    merged: list[list[Line]] = []
    for entry in filled:
        if entry.label.continued and merged:
            merged[-1] += [Line("", entry.start.number), *entry.lines]
        else:
            merged.append(list(entry.lines))
    read = _agree([reader(lines) for lines in merged], reader([]))
    if read.certain and any(entry.label.guessed for entry in filled):
        return replace(read, certain=False, reason="label_guessed")
    return read


def _agree(reads: Sequence[Read[T]], default: Read[T]) -> Read[T]:
    """One value from several pages: equal ones are one, different ones need a person."""
    filled = [read for read in reads if read.value not in (None, "", ())]
    if not filled:
        return reads[0] if reads else default
    best = next((read for read in filled if read.certain), filled[0])
    others = [r.value for r in filled if _flat(r.value) != _flat(best.value)]
    if not others:
        return best
    alternatives = (
        *best.alternatives,
        *(Alternative(value, "other_page") for value in dict.fromkeys(others)),
    )
    return Read(best.value, best.source, False, "pages_differ", alternatives)


def _flat(value: object) -> str:
    return " ".join(str(value).split())


def _list(
    lines: Sequence[Line], reader: Callable[[Sequence[Line]], tuple[tuple[str, ...], bool]]
) -> Read[tuple[str, ...] | None]:
    found, certain = reader(lines)
    return Read(found, span(lines), certain, "" if certain else "list_borders")


def _text(group: Group, key: str) -> Read[str | None]:
    def read(lines: Sequence[Line]) -> Read[str | None]:
        text = prose(lines)
        only = match(text)
        if only is not None and only.colon and not only.rest:
            # Labels drawn together, their texts elsewhere: the next label is no value.
            return Read(None, span(lines), False, "heading_missing")
        return Read(None if is_placeholder(text) else text, span(lines))

    return _pick(group, key, read)


def _dates(group: Group, project: ProjectRead) -> None:
    project.start = _pick(group, "start", lambda x: read_date(x, False))
    project.end = _pick(group, "end", lambda x: read_date(x, True))
    for entry in group.entries("duration"):
        start, end = read_duration(entry.lines)
        project.start = project.start if project.start.value else start
        project.end = project.end if project.end.value else end
    if project.start.value and project.end.value and project.start.value > project.end.value:
        project.start = replace(project.start, certain=False, reason="start_after_end")
        project.end = replace(project.end, certain=False, reason="start_after_end")


def _milestones(group: Group, project: ProjectRead) -> None:
    entries = group.entries("milestones")
    filled = [entry for entry in entries if entry.filled]
    for entry in filled:
        known = {m.label for m in project.milestones}
        project.milestones += tuple(m for m in read_section_milestones(entry.lines) if m.label not in known)
    stated_empty = any(is_placeholder(join(entry.lines)) for entry in filled)
    project.milestones_present = bool(project.milestones) or stated_empty


def _status(group: Group, project: ProjectRead) -> None:
    reads = [read_status(entry.lines) for entry in group.entries("status") if entry.filled]
    project.status = _agree(reads, Read(None))
    if reads and all(r.value is None for r in reads):
        project.status = next((r for r in reads if r.reason), reads[0])
    if project.status.value:
        project.status_kind = "project"
    elif any(join(e.lines).strip().lower() in _NOT_STATED for e in group.entries("status") if e.filled):
        # The page says so itself: a sentence about all projects does not overrule it.
        project.status_kind = "not_stated"


def is_hint(sentence: str) -> bool:
    """A sentence of the progress text that speaks of a next step with a time."""
    return bool(_INTENT.search(sentence)) and (
        bool(_FUTURE.search(sentence)) or any(p.certain for _, _, p in find_dues(sentence))
    )


def _missing(group: Group, project: ProjectRead) -> tuple[str, ...]:
    present = {entry.key for part in group.parts for entry in part.entries}
    missing = [TERM[key].name for key in _ORDER if key not in present and key != "milestones"]
    missing += [TERM[key].name for key in ("lead", "partners", "stakeholders") if key not in present]
    if not project.milestones_present:
        missing.append(TERM["milestones"].name)
    return tuple(missing + ([] if project.legend_present else ["status legend"]))


def _doubt_empty(group: Group, project: ProjectRead) -> None:
    """Text that found no place may be what is missing under a label."""
    names = {"goal": "goal", "content": "content", "risks": "risks", "progress": "progress",
             "state": "overall_state", "next": "next_activities"}  # fmt: skip
    for key, name in names.items():
        entries = group.entries(key)
        read = getattr(project, name)
        if entries and not any(entry.filled for entry in entries) and read.certain:
            setattr(project, name, replace(read, certain=False, reason="text_unassigned"))


def _loose(group: Group, messages: list[Message]) -> bool:
    """Report what stands under no label; the answer is whether it is more than a word or two."""
    much = False
    for part in group.parts:
        text = join(part.loose)
        much = much or len(text.split()) > 3
        if len(text) > 3:
            messages.append(
                Message("unassigned_text", "info", {"title": group.title, "text": text}, span(part.loose))
            )
    return much


def looks_like_project(part: Part) -> bool:
    """Whether a part without a title holds what only projects have."""
    return len(part.keys & (HEADER | SECTIONS)) >= 3
