"""Writing one reviewed item: months, reports, projects, people, organisations. Runs inside an action."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wurt.core.action.run import lock_all
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.imports_match import (
    match_project,
    month_of,
    open_questions,
    set_differences,
    settle_title,
)
from wurt.modules.agenda.actions.imports_names import Names
from wurt.modules.agenda.actions.steps import free_project_slug, last_day, tell_changed
from wurt.modules.agenda.domain.review import (
    BLOCKING,
    FieldData,
    as_reported,
    certain_milestones,
    is_open,
    missing_names,
    open_names,
)
from wurt.modules.agenda.importing.vocabulary import NO_PROGRESS
from wurt.modules.agenda.models import (
    Cost,
    Decision,
    Field,
    ImportBatch,
    ImportItem,
    ItemKind,
    ItemState,
    Month,
    Party,
    Project,
    ProjectAlias,
    Report,
)

_PLAIN = (
    "title",
    "status",
    "status_reason",
    "partners",
    "stakeholders",
    "goal",
    "content",
    "overall_state",
    "next_activities",
    "risks",
)
_PROFILE = ("goal", "content", "start", "end", "lead_organisation", "lead")


class Writer(Names):
    """Carries items of one batch into the tables, through one ledger."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(batch)
        self.by_key: dict[str, int] = {}

    # --- one item

    def write(self, item: ImportItem) -> bool:
        """Store what is certain or decided; True if anything was written. Open fields stay for the review."""
        if item.kind in (ItemKind.PROJECT, ItemKind.MEASURE):
            self._rematch(item)
        set_differences(item, self.world)
        if self.blocked(item):
            item.state = ItemState.REVIEW
            return False
        writers = {
            ItemKind.PROJECT: self._project_report,
            ItemKind.SUMMARY: self._summary,
            ItemKind.PAGE: self._page,
            ItemKind.MEASURE: self._measure,
        }
        wrote = writers[ItemKind(item.kind)](item)
        unfinished = open_names(item.fields) or self._undecided(item) or open_questions(self.batch, item)
        item.state = ItemState.REVIEW if unfinished else ItemState.STORED
        return wrote

    def blocked(self, item: ImportItem) -> bool:
        """Is it open which project or which month is meant?"""
        title, month = item.fields.get("title"), item.fields.get("report_month")
        return bool(
            item.match == "probable"
            or missing_names(item.kind, item.fields)
            or (title and is_open(title) and title["reason"] in BLOCKING)
            or (month and is_open(month))
        )

    def _undecided(self, item: ImportItem) -> bool:
        return any(not difference["choice"] for difference in item.differences.values())

    def _rematch(self, item: ImportItem) -> None:
        """Projects made meanwhile, by this batch or by others, are recognised now."""
        if item.project_id is None and item.key in self.by_key and item.kind == ItemKind.PROJECT:
            item.project_id, item.match = self.by_key[item.key], "match"
            settle_title(item, Project.objects.values_list("title", flat=True).get(pk=item.project_id))
        elif item.project_id is None and item.match != "decided":
            match_project(item, self.world)

    def _ready(self, item: ImportItem, name: str) -> FieldData | None:
        """The field if it may be written now."""
        data: FieldData | None = item.fields.get(name)
        if data is None or data["stored"] or data["value"] in (None, "", []):
            return None
        choice = item.differences[name]["choice"] if name in item.differences else "read"
        if choice == "stored":
            data["stored"] = True
        if choice != "read" or is_open(data):
            return None
        if name == "lead_organisation" and not self._organisation_decided(data["value"]):
            return None
        if name == "partners" and not all(map(self._organisation_decided, data["value"])):
            return None
        return data

    def _organisation_decided(self, name: str) -> bool:
        question = self.batch.names.get(name)
        return question is None or question["decision"] is not None

    # --- a project in a month

    def _project_report(self, item: ImportItem) -> bool:
        month = self._month(item)
        values = self._report_values(item)
        project = self._project(item, values, "running")
        report = Report.objects.select_for_update(of=("self",)).filter(month=month, project=project).first()
        if report is None:
            report = Report(month=month, project=project, title=project.title, field=project.field)
            for name, value in values.items():
                setattr(report, name, value)
            report.hand_edited = self._by_hand(item, [], values)
            self.ledger.create(report)
            wrote = True
        else:
            by_hand = self._by_hand(item, report.hand_edited, values)
            wrote = bool(self.ledger.change(report, {**values, "hand_edited": by_hand}))
        if self.ledger.made(project) and item.fields["title"]["decided"] and "title" in values:
            self.ledger.change(project, {"title": values["title"]})
        wrote = self._profile(item, project) or wrote
        self._mark(item)
        self._aliases(item, project)
        return wrote

    def _profile(self, item: ImportItem, project: Project) -> bool:
        """What only the project keeps, not its report."""
        values = {
            n: data["value"] for n in ("lead_function", "participation") if (data := self._ready(item, n))
        }
        changed = bool(self.ledger.change(project, values))
        return self._costs_and_decisions(item, project) or changed

    def _report_values(self, item: ImportItem) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in _PLAIN:
            if data := self._ready(item, name):
                values[name] = data["value"]
        if data := self._ready(item, "progress"):
            values["progress"] = data["value"]
            values["has_progress"] = not NO_PROGRESS.match(data["value"])
        for name in ("start", "end"):
            if data := self._ready(item, name):
                values[name] = date.fromisoformat(data["value"])
        if values.get("start") and values.get("end") and values["end"] < values["start"]:
            raise RuleBroken(
                "agenda.project_dates",
                _("%(title)s: the end lies before the start. Please check the dates.")
                % {"title": item.title},
            )
        if data := self._ready(item, "lead_organisation"):
            values["lead_organisation"] = self.organisation(data["value"])
        lead = item.fields.get("lead_person")
        if data := self._ready(item, "lead_person"):
            values["lead"] = self.person(data["value"], values.get("lead_organisation"))
        elif lead and lead["stored"] and "lead_organisation" in values:
            self.person(lead["value"], values["lead_organisation"])
        milestones = item.fields.get("milestones")
        if data := self._ready(item, "milestones"):
            values["milestones"] = [as_reported(row) for row in data["value"]]
        elif (
            milestones
            and is_open(milestones)
            and "milestones" not in item.differences
            and (certain := certain_milestones(milestones["value"]))
        ):
            values["milestones"] = milestones["partial"] = certain
        return values

    def _by_hand(self, item: ImportItem, known: list[str], values: Mapping[str, Any]) -> list[str]:
        """What a person changed in the review is theirs; what they took from the file instead is not."""
        names = {name: "lead" if name == "lead_person" else name for name in item.fields}
        edited = {
            names[name] for name, data in item.fields.items() if data.get("edited") and names[name] in values
        }
        return sorted((set(known) - set(values)) | edited)

    def _mark(self, item: ImportItem) -> None:
        """Everything that was ready is stored now."""
        for name, data in item.fields.items():
            if name in item.differences and item.differences[name]["choice"] == "":
                continue
            names = (
                data["value"]
                if name == "partners"
                else [data["value"]]
                if name == "lead_organisation"
                else []
            )
            if not is_open(data) and all(self._organisation_decided(n) for n in names or []):
                data["stored"] = True
        item.differences = {n: d for n, d in item.differences.items() if not d["choice"]}

    def _month(self, item: ImportItem) -> Month:
        first = month_of(item)
        assert first is not None
        month = Month.objects.select_for_update(of=("self",)).filter(month=first).first()
        if month is None:
            month = self.ledger.create(
                Month(agenda=self.batch.agenda, month=first, is_example=self.batch.agenda.is_example)
            )
        item.document.month = month
        item.document.save(update_fields=["month"])
        return month

    # --- the project itself

    def _project(self, item: ImportItem, values: Mapping[str, Any], state: str) -> Project:
        """The project that was recognised, or a new one that only staff see until a month is published."""
        short = (self._ready(item, "short_title") or {}).get("value") or ""
        if item.project_id is not None:
            self.by_key.setdefault(item.key, item.project_id)
            known = lock_all(Project.objects.filter(pk=item.project_id))[0]
            area = self._area(item)
            if area is not None and known.field_id is None:
                self.ledger.change(known, {"field": area})
            if short and not known.short_title:
                self.ledger.change(known, {"short_title": short})
            return known
        title = item.fields["title"]["value"]
        project = Project(
            agenda=self.batch.agenda,
            place=self.batch.agenda.place,
            slug=free_project_slug(short or title),
            title=title,
            short_title=short,
            field=self._area(item),
            state=state,
            is_example=self.batch.agenda.is_example,
            **{name: values[name] for name in _PROFILE if name in values},
        )
        month = month_of(item)
        if state == "running" and month and project.start and project.start > last_day(month):
            project.state = "planned"
        self.ledger.create(project)
        self._parties(project, values)
        item.project, item.match = project, "decided"
        self.by_key[item.key] = project.pk
        self.world.projects[title] = project.pk
        if short:
            self.world.project_aliases.setdefault(short, title)
        tell_changed(project, ["created"])
        return project

    def _area(self, item: ImportItem) -> Field | None:
        """The field of action that a person chose; one that is gone by now is no reason to stop."""
        slug = (self._ready(item, "field") or {}).get("value")
        return Field.objects.filter(slug=slug).first() if slug else None

    def _parties(self, project: Project, values: Mapping[str, Any]) -> None:
        order = 0
        for role, names in (
            ("partner", values.get("partners", [])),
            ("stakeholder", values.get("stakeholders", [])),
        ):
            for name in dict.fromkeys(names):
                order += 1
                organisation = self.organisation(name) if role == "partner" else self._known(name)
                self.ledger.create(
                    Party(project=project, role=role, name=name[:200], organisation=organisation, order=order)
                )

    def _aliases(self, item: ImportItem, project: Project) -> None:
        """Spellings that a person accepted are known from now on."""
        if item.state != ItemState.ACCEPTED:
            return
        title = item.fields["title"]
        names = [title["value"], item.title, *(a["value"] for a in title["alternatives"])]
        for name in dict.fromkeys(n for n in names if n and n not in (project.title, project.short_title)):
            if (
                not ProjectAlias.objects.filter(name=name).exists()
                and not Project.objects.filter(title=name).exists()
            ):
                self.ledger.create(ProjectAlias(project=project, name=name))
                self.world.project_aliases[name] = project.title

    # --- summary, page, entry of a list

    def _summary(self, item: ImportItem) -> bool:
        month = self._month(item)
        printed = {**month.printed}
        counts = {**(printed.get("counts") or {})}
        for name in [n for n in item.fields if n.startswith("counts_")]:
            if data := self._ready(item, name):
                counts[name.removeprefix("counts_")] = int(data["value"])
        if counts:
            printed["counts"] = counts
        for name in ("progress_projects", "status_sentence"):
            if data := self._ready(item, name):
                printed[name] = data["value"]
        values: dict[str, Any] = {"printed": printed}
        if data := self._ready(item, "intro"):
            values["intro"] = data["value"]
        wrote = bool(self.ledger.change(month, values))
        self._mark(item)
        return wrote

    def _page(self, item: ImportItem) -> bool:
        values = {n: d["value"] for n in item.fields if (d := self._ready(item, n))}
        wrote = bool(self.ledger.change(self.batch.agenda, values))
        self._mark(item)
        return wrote

    def _measure(self, item: ImportItem) -> bool:
        values: dict[str, Any] = {}
        parts = []
        if data := self._ready(item, "content"):
            parts.append(data["value"])
        if data := self._ready(item, "overall_state"):
            parts.append(_("State: %(text)s") % {"text": data["value"]})
        if data := self._ready(item, "next_activities"):
            parts.append(_("Next steps: %(text)s") % {"text": "\n".join(data["value"])})
        if parts:
            values["content"] = "\n\n".join(parts)
        for name in ("start", "end"):
            if data := self._ready(item, name):
                values[name] = date.fromisoformat(data["value"])
        project = self._project(item, values, "planned")
        for name in ("state", "participation"):
            if data := self._ready(item, name):
                values[name] = data["value"]
        if not self.ledger.made(project):
            # What a person wrote about a known project stays; only empty fields are filled.
            values = {n: v for n, v in values.items() if getattr(project, n) in (None, "")}
        self.ledger.change(project, values)
        self._costs_and_decisions(item, project)
        self._mark(item)
        self._aliases(item, project)
        return True

    def _costs_and_decisions(self, item: ImportItem, project: Project) -> bool:
        made = False
        if (text := self._ready(item, "costs_text")) and not project.costs.filter(
            text=text["value"][:300]
        ).exists():
            amount = self._ready(item, "costs_amount")
            value = Decimal(str(amount["value"])) if amount else None
            self.ledger.create(Cost(project=project, text=text["value"][:300], amount=value))
            made = True
        for row in (self._ready(item, "decisions") or {}).get("value") or []:
            if not project.decisions.filter(reference=row["reference"], body=row["body"]).exists():
                day = date.fromisoformat(row["decided_on"]) if row.get("decided_on") else None
                self.ledger.create(
                    Decision(
                        project=project, body=row["body"], reference=row["reference"][:60], decided_on=day
                    )
                )
                made = True
        return made
