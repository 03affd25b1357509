"""Plausibility rules of a project report: pure functions for the importer and for live reports.

Every rule gives :class:`Warning` values with a code, a severity, parameters for translation and the place
(the field or milestone concerned). The rules never change data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from wurt.modules.agenda.domain.identity import fold
from wurt.modules.agenda.domain.periods import (
    due_latest,
    find_dues,
    german_long,
    month_first,
    month_last,
    precision,
)

Severity = Literal["info", "warn"]
ENDS_SOON_DAYS = 92
SAME_FOR_REPORTS = 3
_ISO_DUE = re.compile(r"\b\d{4}-(?:Q[1-4]|\d\d(?:-\d\d)?)\b")


@dataclass(frozen=True, slots=True)
class Warning:
    """``place`` names the field ("end", "risks", "milestones") the warning is about."""

    code: str
    severity: Severity = "warn"
    params: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneCheck:
    """What the rules need of a milestone; ``ambiguous`` only where it was imported and not confirmed."""

    label: str
    due: str | None
    done: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class ReportCheck:
    """What the rules need of a report; ``month`` is YYYY-MM."""

    title: str
    month: str
    status: str | None
    end: date | None = None
    milestones: Sequence[MilestoneCheck] = ()
    progress: str | None = None
    overall_state: str | None = None
    risks: Sequence[str] = ()
    same_for: int = 1
    """For how many reports in a row nothing was achieved and the overall state reads the same."""


# English sources of the translations; {names} are the parameters.
TEXTS: dict[str, str] = {
    "overdue_milestone": "A milestone is overdue: {label} ({due}).",
    "past_end_but_current": "The project ended on {end}, before the month of the report.",
    "green_but_overdue": "The status is green although something is overdue.",
    "ends_soon": "The project ends on {end}, {days} days after the month of the report.",
    "date_after_project_end": "The text names {date}; the project ends on {end}.",
    "milestone_without_date": "A milestone has no date: {label}.",
    "milestone_order_ambiguous": "It is not certain which date belongs to which milestone.",
    "risk_copied_from_other_project": "The risk “{risk}” seems to belong to {title}.",
    "status_unknown": "Nobody stated a status.",
    "cost_number_format": "The amount {printed} is written in an unusual way; please check it.",
    "heading_missing": "Paragraphs without a heading: please check where they belong.",
    "no_title": "The entry has no title.",
    "text_unchanged": "The overall state reads the same in {count} reports in a row, without any progress.",
    "title_typo": "The title is spelled in two ways: {title} and {other}.",
}
GERMAN: dict[str, str] = {
    "overdue_milestone": "Ein Meilenstein ist überfällig: {label} ({due}).",
    "past_end_but_current": "Das Projekt endete am {end}, also vor dem Berichtsmonat.",
    "green_but_overdue": "Der Status ist grün, obwohl etwas überfällig ist.",
    "ends_soon": "Das Projekt endet am {end}, {days} Tage nach dem Berichtsmonat.",
    "date_after_project_end": "Der Text nennt den {date}; das Projekt endet am {end}.",
    "milestone_without_date": "Ein Meilenstein hat kein Datum: {label}.",
    "milestone_order_ambiguous": "Es ist nicht sicher, welches Datum zu welchem Meilenstein gehört.",
    "risk_copied_from_other_project": "Das Risiko „{risk}“ scheint zu {title} zu gehören.",
    "status_unknown": "Es wurde kein Status angegeben.",
    "cost_number_format": "Der Betrag {printed} ist ungewöhnlich geschrieben; bitte prüfen Sie ihn.",
    "heading_missing": "Absätze ohne Überschrift: Bitte prüfen Sie, wohin sie gehören.",
    "no_title": "Der Eintrag hat keinen Titel.",
    "text_unchanged": "Der Gesamtstand lautet in {count} Berichten nacheinander gleich, ohne Fortschritt.",
    "title_typo": "Der Titel ist auf zwei Arten geschrieben: {title} und {other}.",
}


def german_message(warning: Warning) -> str:
    """The German text of a warning, for output that is not a page."""
    params = {k: f"{v:%d.%m.%Y}" if isinstance(v, date) else v for k, v in warning.params.items()}
    if "due" in params:
        params["due"] = _ISO_DUE.sub(lambda found: german_long(found.group()), str(params["due"]))
    return GERMAN.get(warning.code, warning.code).format(**params)


def overdue_milestones(report: ReportCheck) -> list[MilestoneCheck]:
    """Open milestones whose last possible day lies before the month of the report."""
    first = month_first(report.month)
    latest = [(m, due_latest(m.due)) for m in report.milestones if not m.done]
    return [m for m, last in latest if last is not None and last < first]


def check_end(report: ReportCheck) -> list[Warning]:
    """Ended before the month, or ends within 92 days after it."""
    if report.end is None:
        return []
    if report.end < month_first(report.month):
        return [Warning("past_end_but_current", params={"end": report.end}, place="end")]
    days = (report.end - month_last(report.month)).days
    if 0 <= days <= ENDS_SOON_DAYS:
        return [Warning("ends_soon", params={"end": report.end, "days": days}, place="end")]
    return []


def check_milestones(report: ReportCheck) -> list[Warning]:
    """Overdue, undated or doubtful milestones; one warning for each kind."""
    found = []
    if late := overdue_milestones(report):
        params = {"label": "; ".join(m.label for m in late), "due": ", ".join(str(m.due) for m in late)}
        found.append(Warning("overdue_milestone", params=params, place="milestones"))
    if undated := [m.label for m in report.milestones if m.due is None and not m.done]:
        found.append(
            Warning("milestone_without_date", params={"label": "; ".join(undated)}, place="milestones")
        )
    if any(m.ambiguous for m in report.milestones):
        found.append(Warning("milestone_order_ambiguous", place="milestones"))
    return found


def check_status(report: ReportCheck) -> list[Warning]:
    """No status, or green although something is overdue."""
    if report.status is None:
        return [Warning("status_unknown", place="status")]
    past = report.end is not None and report.end < month_first(report.month)
    if report.status == "green" and (past or overdue_milestones(report)):
        return [Warning("green_but_overdue", place="status")]
    return []


def check_news(report: ReportCheck) -> list[Warning]:
    """Nothing new for so many reports that readers will ask."""
    if report.same_for < SAME_FOR_REPORTS:
        return []
    return [Warning("text_unchanged", params={"count": report.same_for}, place="overall_state")]


def proposed_status(report: ReportCheck) -> str:
    """What the facts say: "yellow" if a milestone or the end has passed, else "green".

    Only a proposal. Whether the goal itself is in danger (red) no rule can know.
    """
    past = report.end is not None and report.end < month_first(report.month)
    return "yellow" if past or overdue_milestones(report) else "green"


def check_dates_in_text(report: ReportCheck) -> list[Warning]:
    """A full date in progress or state later than the end of the project."""
    if report.end is None:
        return []
    for place, text in (("progress", report.progress), ("overall_state", report.overall_state)):
        for _, _, period in find_dues(text or ""):
            day = date.fromisoformat(period.due) if period.due and precision(period.due) == "day" else None
            if day is not None and period.certain and day > report.end:
                return [
                    Warning("date_after_project_end", params={"date": day, "end": report.end}, place=place)
                ]
    return []


# Beginnings that half of all titles share prove nothing.
_COMMON = ("digital", "projekt", "online", "informations", "information", "kommunal", "kommunikation", "portal", "plattform",  # noqa: E501
           "buerger", "einfuehrung", "entwicklung", "konzept", "umsetzung", "oeffentlich", "verwaltung", "service", "beteiligung",  # noqa: E501
           "technisch", "netzwerk", "system", "daten", "ausbau", "aufbau", "regional", "gemeinde", "gemeinsam", "organisation")  # fmt: skip  # noqa: E501


def _stem(left: str, right: str) -> str:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return left[:length]


def _names_title(risk: str, title: str, own: str) -> bool:
    own_words = re.findall(r"\w+", fold(own))
    for word in re.findall(r"\w+", fold(risk)):
        for part in re.findall(r"\w+", fold(title)):
            stem = _stem(word, part)
            base = max((len(c) for c in _COMMON if stem.startswith(c)), default=0)
            distinct = len(stem) >= 6 and (base == 0 or len(stem) >= base + 3)
            if distinct and not any(_stem(word, mine) == stem for mine in own_words):
                return True
    return False


def check_copied_risks(report: ReportCheck, others: Iterable[ReportCheck]) -> list[Warning]:
    """A risk that another project of the month has too and that names that project."""
    found = []
    mine = {fold(risk).strip(" ."): risk for risk in report.risks}
    for other in others:
        for risk in other.risks:
            key = fold(risk).strip(" .")
            if other is not report and key in mine and _names_title(risk, other.title, report.title):
                params = {"risk": mine[key], "title": other.title}
                found.append(Warning("risk_copied_from_other_project", params=params, place="risks"))
    return found


def check_report(report: ReportCheck, others: Iterable[ReportCheck] = ()) -> list[Warning]:
    """All warnings of one report; ``others`` are the reports of the same month (it may contain itself)."""
    return [
        *check_status(report),
        *check_end(report),
        *check_milestones(report),
        *check_news(report),
        *check_dates_in_text(report),
        *check_copied_risks(report, others),
    ]
