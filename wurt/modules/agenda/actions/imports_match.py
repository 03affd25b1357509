"""Recognising projects and organisations again, and telling what a stored month says otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wurt.core.tenancy.models import Organisation, OrganisationAlias
from wurt.modules.agenda.domain.identity import Verdict, propose_aliases, resolve
from wurt.modules.agenda.domain.periods import month_first
from wurt.modules.agenda.domain.review import equal, is_open, organisation_names
from wurt.modules.agenda.importing.model import KnownWorld
from wurt.modules.agenda.models import (
    Agenda,
    ImportBatch,
    ImportDocument,
    ImportItem,
    ItemKind,
    Month,
    Project,
    ProjectAlias,
    Report,
)


@dataclass(slots=True)
class World:
    """What is stored already: names to keys of rows. Loaded once per action."""

    projects: dict[str, int] = field(default_factory=dict)
    project_aliases: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    organisation_aliases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "World":
        """Everything that names can be compared with."""
        world = cls()
        for pk, slug, title, short in Project.objects.values_list("pk", "slug", "title", "short_title"):
            world.projects[title] = pk
            world.slugs[slug] = title
            if short and short != title:
                world.project_aliases[short] = title
        world.project_aliases |= dict(ProjectAlias.objects.values_list("name", "project__title"))
        world.organisations = dict(Organisation.objects.values_list("name", "pk"))
        world.organisation_aliases = dict(OrganisationAlias.objects.values_list("name", "organisation__name"))
        return world

    def project(self, names: Iterable[str]) -> Verdict:
        """The stored project that one of the spellings names: beyond doubt, probably, or none."""
        probable = Verdict("new")
        for name in names:
            verdict = resolve(name, self.projects, self.project_aliases)
            if verdict.outcome == "same":
                return verdict
            if verdict.outcome == "probable" and probable.outcome == "new":
                probable = verdict
        return probable

    def organisation(self, name: str) -> Verdict:
        """The stored organisation of that name."""
        return resolve(name, self.organisations, self.organisation_aliases)

    def known(self) -> KnownWorld:
        """The same in the importer's words."""
        keys = {title: slug for slug, title in self.slugs.items()}
        return KnownWorld(
            projects=dict(self.slugs),
            organisations=tuple(self.organisations),
            project_aliases={alias: keys[title] for alias, title in self.project_aliases.items()},
            organisation_aliases=dict(self.organisation_aliases),
        )


def match_project(item: ImportItem, world: World, spellings: Sequence[str] = ()) -> None:
    """Set ``project`` and ``match``, unless a person has decided."""
    if item.kind not in (ItemKind.PROJECT, ItemKind.MEASURE) or item.match == "decided":
        return
    title = item.fields["title"]
    # The best spelling decides alone: a short name that a divider prints may fit several projects.
    names = [name for name in (title["value"], *(a["value"] for a in title["alternatives"])) if name]
    verdict = world.project(names) if names else Verdict("new")
    if verdict.outcome == "new" and spellings:
        verdict = world.project(spellings)
        if verdict.outcome == "same" and verdict.reason != "alias":
            verdict = Verdict("probable", verdict.name, verdict.score, verdict.reason)
    item.match = {"same": "match", "probable": "probable", "new": "new"}[verdict.outcome]
    item.project_id = world.projects.get(verdict.name) if verdict.outcome != "new" else None
    if item.match == "match":
        settle_title(item, verdict.name)


def settle_title(item: ImportItem, known: str) -> None:
    """A slip in the title of a known project is no question: the known spelling holds."""
    title = item.fields["title"]
    if is_open(title) and title["reason"] == "title_typo":
        title |= {"value": known, "certain": True, "reason": ""}


def organisation_questions(batch: ImportBatch, items: Iterable[ImportItem], world: World) -> dict[str, Any]:
    """Names that may be another's: {printed: {"candidate", "decision"}}; earlier decisions are kept."""
    printed = list(dict.fromkeys(name for item in items for name in organisation_names(item.fields)))
    questions: dict[str, Any] = {}
    new = []
    for name in printed:
        verdict = world.organisation(name)
        if verdict.outcome == "probable":
            questions[name] = verdict.name
        elif verdict.outcome == "new":
            new.append(name)
    for longer, shorter in propose_aliases(new):
        questions.setdefault(shorter, longer)
    kept = dict(batch.names)
    for name, candidate in questions.items():
        if name not in kept:
            kept[name] = {"candidate": candidate, "decision": None}
    return kept


def open_questions(batch: ImportBatch, item: ImportItem) -> list[str]:
    """Names of organisations in the item that a person has not decided yet."""
    return [
        name
        for name in organisation_names(item.fields)
        if name in batch.names and batch.names[name]["decision"] is None
    ]


# --- what is stored says otherwise


def month_of(item: ImportItem) -> date | None:
    """First day of the item's month."""
    value = (item.fields.get("report_month") or {}).get("value")
    return month_first(value) if value else None


def stored_report(item: ImportItem) -> Report | None:
    """The report that the item would change."""
    month = month_of(item)
    if month is None or item.project_id is None or item.match == "probable":
        return None
    rows = Report.objects.filter(project=item.project_id, month__month=month)
    return rows.select_related("lead_organisation", "lead", "month").first()


def report_value(report: Report, name: str) -> Any:
    """What a report says, in the words of a review field."""
    if name == "lead_organisation":
        return report.lead_organisation.name if report.lead_organisation else None
    if name == "lead_person":
        return report.lead.name if report.lead else None
    if name in ("start", "end"):
        day = getattr(report, name)
        return day.isoformat() if day else None
    return getattr(report, name)


def month_value(month: Month, name: str) -> Any:
    """What a month says, in the words of a review field."""
    if name == "intro":
        return month.intro or None
    if name.startswith("counts_"):
        return (month.printed.get("counts") or {}).get(name.removeprefix("counts_"))
    return month.printed.get(name)


REPORT_FIELDS = (
    "title",
    "status",
    "status_reason",
    "lead_organisation",
    "lead_person",
    "partners",
    "stakeholders",
    "start",
    "end",
    "goal",
    "content",
    "progress",
    "overall_state",
    "milestones",
    "next_activities",
    "risks",
)
MONTH_FIELDS = (
    "intro",
    "counts_completed",
    "counts_current",
    "counts_future",
    "counts_stopped",
    "progress_projects",
    "status_sentence",
)
PAGE_FIELDS = ("strategy", "motto", "horizon")


def _profile_values(item: ImportItem) -> dict[str, Any]:
    """What a report may say and only the project keeps."""
    if item.project_id is None or item.match == "probable":
        return {}
    project = Project.objects.get(pk=item.project_id)
    costs = (item.fields.get("costs_text") or {}).get("value") or ""
    known = bool(costs) and project.costs.filter(text=costs[:300]).exists()
    return {
        "lead_function": project.lead_function,
        "participation": project.participation,
        "costs_text": costs if known else None,
    }


def stored_values(item: ImportItem, world: World) -> tuple[dict[str, Any], list[str]]:
    """(values stored, names edited by hand) of what the item would change; empty if nothing is stored."""
    if item.kind == ItemKind.PROJECT:
        values = _profile_values(item)
        report = stored_report(item)
        if report is None:
            return values, []
        values |= {name: report_value(report, name) for name in REPORT_FIELDS}
        return values, list(report.hand_edited)
    elif item.kind == ItemKind.SUMMARY:
        first = month_of(item)
        month = Month.objects.filter(month=first).first() if first else None
        if month is not None:
            return {name: month_value(month, name) for name in MONTH_FIELDS}, []
    elif item.kind == ItemKind.PAGE:
        agenda = Agenda.objects.get(pk=item.document.batch.agenda_id)
        return {name: getattr(agenda, name) for name in PAGE_FIELDS}, list(PAGE_FIELDS)
    return {}, []


def same_value(name: str, stored: Any, read: Any, world: World, batch: ImportBatch) -> bool:
    """Equal, also when an organisation is known by another spelling."""
    if name == "lead_organisation" and stored and read:
        answer = batch.names.get(read, {})
        if answer.get("decision") == "same":
            read = answer["candidate"]
        verdict = world.organisation(read)
        return bool(verdict.outcome == "same" and verdict.name == stored) or equal(stored, read)
    return equal(stored, read)


def came_from_a_file(item: ImportItem) -> bool:
    """Was the item's month imported before? Else a person wrote all that is stored."""
    month = month_of(item)
    return month is not None and ImportDocument.objects.filter(month__month=month).exists()


def set_differences(item: ImportItem, world: World) -> None:
    """Write ``differences`` for every field that stored data says otherwise; keep choices already made.

    ``hand_edited`` names come from the report, so that what a person wrote wins unless a person chooses. A
    stored report without a status says so on purpose: a sentence about all projects (``of_all``) does not
    give it one unasked.
    """
    stored, by_hand = stored_values(item, world)
    imported = item.kind == ItemKind.PAGE or came_from_a_file(item)
    found: dict[str, Any] = {}
    for name, value in stored.items():
        data = item.fields.get(name)
        if data is None or data["value"] in (None, "", []) or data["stored"]:
            continue
        partly = "partial" in data and equal(value, data["partial"])
        if partly or same_value(name, value, data["value"], world, item.document.batch):
            continue
        hand = _by_hand(name, by_hand)
        said_of_all = name == "status" and bool(data.get("of_all")) and not value
        if value in (None, "", []) and not (said_of_all or (hand and item.kind == ItemKind.PROJECT)):
            continue
        before = item.differences.get(name, {})
        choice = before.get("choice", "") if equal(before.get("stored"), value) else ""
        by_person = hand or not imported
        found[name] = {"stored": value, "read": data["value"], "hand_edited": by_person, "choice": choice}
        if said_of_all:
            found[name]["of_all"] = True
    item.differences = found


def _by_hand(name: str, names: Sequence[str]) -> bool:
    return name in names or (name == "lead_person" and "lead" in names)


def nothing_new(item: ImportItem, world: World) -> bool:
    """Is everything that the item says stored already?"""
    stored, _hand = stored_values(item, world)
    if not stored or (item.match in ("probable", "new") and item.kind == ItemKind.PROJECT):
        return False
    for name, data in item.fields.items():
        if name in ("report_month", "short_title") or data["value"] in (None, "", []):
            continue
        if name not in stored or not same_value(
            name, stored[name], data["value"], world, item.document.batch
        ):
            return False
    return True
