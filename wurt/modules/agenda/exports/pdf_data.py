"""What the PDF templates are given: plain data with every text already in German.

The templates hold no words and the data holds no markup, so nothing a person types can become layout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wurt.modules.agenda.domain.snapshot import MilestoneFact, MonthFact, ProfileFact, ReportFact
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.blocks import blocks, clean
from wurt.modules.agenda.exports.symbols import STATUS_SVG
from wurt.modules.agenda.exports.wording import Mark

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes a profile, and as of which day. A month brings it along, a profile does not."""

    county: str
    agenda: str
    as_of: date
    licence: str = "CC BY 4.0"


def document(title: str, imprint: Imprint, *, example: bool, subject: str) -> Data:
    """Title, language, author and the running lines of a document."""
    keywords = [imprint.agenda, imprint.county] + ([wording.EXAMPLE] if example else [])
    return {
        "title": f"{title} ({wording.EXAMPLE})" if example else title,
        "heading": title,
        "lang": "de",
        "region": "DE",
        "author": imprint.county,
        "keywords": [clean(word) for word in keywords if clean(word)],
        "description": f"{subject} – {wording.EXAMPLE}" if example else subject,
        "header": " · ".join(part for part in (imprint.county, imprint.agenda) if part),
        "footer": _("Licence: %(licence)s") % {"licence": imprint.licence},
        "page-word": _("Page"),
        "example": example,
        "example-word": wording.EXAMPLE,
        "example-note": _("This document shows how the agenda works. Everything told in it is invented."),
    }


def text_blocks(text: str | None) -> list[Data]:
    """Paragraphs and lists for the templates."""
    return [{"is_list": block.is_list, "items": list(block.items)} for block in blocks(text)]


def mark_data(mark: Mark, reason: str = "") -> Data:
    """A status with its drawing; the alternative text names the shape, the word stands beside it."""
    return {
        "word": mark.word,
        "meaning": mark.meaning,
        "svg": STATUS_SVG[mark.code],
        "alt": _("Symbol: %(shape)s") % {"shape": mark.shape},
        "reason": clean(reason).rstrip("."),
    }


def milestone_rows(milestones: Iterable[MilestoneFact]) -> list[Data]:
    """One row per milestone, by due date."""
    return [
        {
            "label": clean(item.label),
            "due": wording.due_text(item.due),
            "state": wording.milestone_state(item),
            "word": wording.milestone_word(item),
            "moved": wording.shift_text(item.shifts),
        }
        for item in sorted(milestones, key=wording.milestone_order)
    ]


def facts(profile: ProfileFact, names: Mapping[str, str]) -> list[Data]:
    """The header of a project as pairs of label and value. What is not known says so."""
    unknown = _("not stated")
    pairs = [
        (_("Project lead"), wording.lead_text(profile, names) or unknown),
        (_("Field of action"), profile.field or unknown),
        (_("State"), wording.state_word(profile.state)),
        (_("Project start"), wording.day_text(profile.start) or unknown),
        (_("Project end"), wording.day_text(profile.end) or unknown),
        (_("Contact"), profile.contact),
        (_("Cooperation partners"), ", ".join(profile.partners) or unknown),
        (_("Stakeholders involved"), ", ".join(profile.stakeholders) or unknown),
    ]
    return [{"label": label, "value": clean(value)} for label, value in pairs if clean(value)]


def _text(title: str, text: str | None) -> Data | None:
    found = text_blocks(text)
    return {"kind": "text", "title": title, "blocks": found} if found else None


def _stated(title: str, text: str | None) -> Data:
    """A section that a report always has: absent and empty are told apart."""
    if text is None:
        return {"kind": "text", "title": title, "blocks": text_blocks(_("Not stated in the report."))}
    empty = text_blocks(_("Nothing was reported for this period."))
    return {"kind": "text", "title": title, "blocks": text_blocks(text) or empty}


def _list(title: str, items: Iterable[str]) -> Data | None:
    lines = [clean(item) for item in items if clean(item)]
    return {"kind": "list", "title": title, "items": lines} if lines else None


def _milestones(milestones: Sequence[MilestoneFact]) -> Data | None:
    if not milestones:
        return None
    return {
        "kind": "milestones",
        "title": _("Milestones"),
        "columns": [_("Milestone"), _("Due"), _("State")],
        "rows": milestone_rows(milestones),
    }


def profile_sections(profile: ProfileFact) -> list[Data | None]:
    """What a profile says beyond its report."""
    participation = profile.participation or profile.participation_none_reason
    return [
        _list(_("Decisions"), (wording.decision_text(item) for item in profile.decisions)),
        _list(_("Costs"), (wording.cost_text(item) for item in profile.costs)),
        _text(_("Participation"), participation),
    ]


def project(entry: ProfileFact | ReportFact, names: Mapping[str, str], anchor: str, month: str = "") -> Data:
    """One project for the template: with status and progress where there is a report. Figures stand in the
    report of a ``month``."""
    report = entry if isinstance(entry, ReportFact) else None
    profile = entry.profile if isinstance(entry, ReportFact) else entry
    sections: list[Data | None] = [_text(_("Goal"), profile.goal), _text(_("Content"), profile.content)]
    if report:
        sections += [
            _stated(_("Progress in the reporting period"), report.progress),
            _stated(_("Overall state"), report.overall_state),
            _milestones(report.milestones),
            _list(_("Critical points and risks"), report.risks),
            _list(_("Next steps"), report.next_activities),
        ]
    if report and month:
        sections.append(
            _list(_("Figures of the month"), (wording.figure_line(fact, month) for fact in report.figures))
        )
    sections += profile_sections(profile)
    return {
        "title": clean(profile.title),
        "anchor": anchor,
        "lead-in": clean(profile.short_title) if profile.short_title != profile.title else "",
        "status": mark_data(wording.mark(report.status), report.status_reason) if report else None,
        "status-label": _("Overall status:"),
        "facts": facts(profile, names),
        "sections": [section for section in sections if section],
    }


def edition(month: MonthFact) -> str:
    """Version and day of publication in words."""
    day = wording.long_day(month.published_at.date()) if month.published_at else ""
    if not day:
        return _("Draft, not published")
    if month.version > 1:
        return _("Version %(version)s (correction), published on %(day)s") % {
            "version": month.version,
            "day": day,
        }
    return _("Published on %(day)s") % {"day": day}


def count_cards(month: MonthFact) -> list[Data]:
    """The counts of the agenda as figures with words. Stopped projects are shown where there are any."""
    counts = month.counts
    cards = [
        (counts.completed, _("completed projects")),
        (counts.running, _("running projects")),
        (counts.planned, _("planned projects")),
    ]
    if counts.stopped:
        cards.append((counts.stopped, _("stopped projects")))
    return [{"value": str(value), "label": label} for value, label in cards]


def summary_lists(month: MonthFact) -> list[tuple[str, tuple[str, ...], str]]:
    """Title, projects, and what is said when there are none. Started and ended only where there are some."""
    found = [
        (
            _("Progress in these projects"),
            month.progress_projects,
            _("No project reported progress this month."),
        ),
        (_("Started this month"), month.started_projects, ""),
        (_("Ended this month"), month.ended_projects, ""),
    ]
    return [(title, items, empty) for title, items, empty in found if items or empty]


def next_milestone(milestones: Iterable[MilestoneFact]) -> str:
    """The open milestone that is due first, an overdue one said so; empty when all are done."""
    ahead = sorted((item for item in milestones if not item.done), key=wording.milestone_order)
    if not ahead:
        return ""
    first = ahead[0]
    due = _("overdue since %(due)s") if first.overdue else "%(due)s"
    return f"{clean(first.label)} ({due % {'due': wording.due_text(first.due)}})"


def _overview_row(report: ReportFact, anchor: str) -> Data:
    return {
        "title": clean(report.profile.title),
        "anchor": anchor,
        "mark": mark_data(wording.mark(report.status)),
        "next": next_milestone(report.milestones) or "–",
    }


def month_data(month: MonthFact, reports: Sequence[ReportFact], names: Mapping[str, str]) -> Data:
    """Everything the template of a month needs. ``reports`` may be a selection of the month's own."""
    anchors = {report.profile.key: f"project-{number}" for number, report in enumerate(reports, 1)}
    by_title = {report.profile.title: anchors[report.profile.key] for report in reports}
    title = _("Project status report %(month)s") % {"month": wording.month_name(month.month)}
    as_of = month.published_at.date() if month.published_at else date.min
    imprint = Imprint(month.county, month.agenda, as_of, month.licence)
    subject = _("%(agenda)s: state of the projects in %(month)s") % {
        "agenda": month.agenda,
        "month": wording.month_name(month.month),
    }
    return {
        "doc": document(title, imprint, example=month.example, subject=subject),
        "edition": " · ".join((month.county, edition(month))),
        "correction-title": _("What was corrected:"),
        "correction": text_blocks(month.correction_note),
        "intro": text_blocks(month.intro),
        "sentence": clean(month.status_sentence),
        "counts-title": _("Number of projects"),
        "counts": count_cards(month),
        "lists": [
            {
                "title": title,
                "empty": empty,
                "items": [
                    {"text": clean(item), "anchor": anchors.get(item) or by_title.get(item)} for item in items
                ],
            }
            for title, items, empty in summary_lists(month)
        ],
        "overview": {
            "title": _("The projects of this report"),
            "columns": [_("Project"), _("Status"), _("Next milestone")],
            "rows": [_overview_row(report, anchors[report.profile.key]) for report in reports],
        },
        "legend-title": _("What the status marks mean"),
        "legend": [mark_data(mark) for mark in wording.legend()],
        "projects": [project(report, names, anchors[report.profile.key], month.month) for report in reports],
    }


def profiles_data(
    entries: Sequence[ProfileFact | ReportFact], imprint: Imprint, names: Mapping[str, str], *, solo: bool
) -> Data:
    """Everything the template of one profile (``solo``) or of all of them needs."""
    profiles = [entry.profile if isinstance(entry, ReportFact) else entry for entry in entries]
    title = _("Project profiles")
    if solo:
        title = _("Profile: %(title)s") % {"title": clean(profiles[0].title)}
    day = wording.long_day(imprint.as_of)
    projects = [project(entry, names, f"project-{number}") for number, entry in enumerate(entries, 1)]
    rows = [
        {
            "title": item["title"],
            "anchor": item["anchor"],
            "field": clean(profile.field),
            "state": wording.state_word(profile.state),
        }
        for item, profile in zip(projects, profiles, strict=True)
    ]
    return {
        "doc": document(
            title,
            imprint,
            example=any(profile.example for profile in profiles),
            subject=_("Goal, content and facts of the projects of the agenda"),
        ),
        "edition": _("%(county)s · as of %(day)s") % {"county": imprint.county, "day": day},
        "overview": None
        if solo
        else {"columns": [_("Project"), _("Field of action"), _("State")], "rows": rows},
        "projects": projects,
    }
