"""The review of one item as a form, built from what was read."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wurt.core.web.format import due as due_text
from wurt.core.web.widgets import DateInput, MonthInput
from wurt.modules.agenda.domain.review import KINDS
from wurt.modules.agenda.forms.base import DueField
from wurt.modules.agenda.forms.imports_words import (
    LABELS,
    PROJECT_STATES,
    STATUS,
    value_text,
)
from wurt.modules.agenda.queries.imports import FieldView, ItemView

OWN = "own"
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"


class ItemForm(forms.Form):
    """One item. ``accepting``: everything doubtful has to be answered; else what was answered is kept."""

    def __init__(
        self,
        view: ItemView,
        projects: Sequence[tuple[str, str]],
        data: Any = None,
        areas: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data)
        self.view = view
        self.areas = dict(areas)
        self.accepting = data is not None and "accept" in data
        self._project_field(projects)
        for number, question in enumerate(view.questions):
            if not question.decision:
                self.fields[f"org-{number}"] = self._radio(
                    _("Is “%(title)s” the same as “%(known)s”?")
                    % {"title": question.name, "known": question.candidate},
                    [("same", _("Yes, it is the same")), ("new", _("No, these are two"))],
                    required=self.accepting,
                )
        for item in self.shown_fields():
            if not item.data["stored"] and view.editable:
                self._add(item)

    # --- building

    def shown_fields(self) -> list[FieldView]:
        """The fields of the item, and those that only a person can fill in."""
        found = [item for item in self.view.fields if item.name != "field" or self._asks_field(item)]
        return [*found, *self.missing_fields()]

    def _asks_field(self, item: FieldView) -> bool:
        return bool(item.data["value"]) or (self.view.new_project and not item.data["stored"])

    def missing_fields(self) -> list[FieldView]:
        """Required fields that the file says nothing about, and the field of action of a new project."""
        known = {item.name for item in self.view.fields}
        empty: dict[str, Any] = {
            "value": None,
            "certain": True,
            "reason": "",
            "alternatives": [],
            "snippet": "",
            "place": {},
            "stored": False,
        }
        asked = [*self.view.missing, *(["field"] if self.view.new_project and self.areas else [])]
        return [FieldView(n, KINDS[n], dict(empty), False) for n in asked if n not in known]

    def _radio(
        self, label: str, choices: list[tuple[str, str]], *, required: bool = False, initial: str = ""
    ) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label,
            choices=choices,
            widget=forms.RadioSelect,
            required=required,
            initial=initial or None,
            error_messages={"required": _("Please choose.")},
        )

    def _project_field(self, projects: Sequence[tuple[str, str]]) -> None:
        view = self.view
        if view.kind not in ("project", "measure") or not view.editable:
            return
        if view.match == "probable":
            self.fields["same"] = self._radio(
                _("Is “%(title)s” the same as “%(known)s”?")
                % {"title": view.title, "known": view.project_title},
                [
                    (str(view.project), _("Yes, it is the same")),
                    ("new", _("No, it is a new project")),
                    ("other", _("It is another project")),
                ],
                required=self.accepting,
            )
        self.fields["other"] = forms.ChoiceField(
            label=_("Belongs to the project"),
            choices=[("", _("as recognised")), ("new", _("a new project")), *projects],
            required=False,
        )

    def _add(self, item: FieldView) -> None:
        name, data = item.name, item.data
        # Who keeps what is stored is not asked what the file means.
        asks = self.accepting and not (item.difference and self.data.get(f"d-{name}") == "stored")
        if item.kind == "milestones":
            self._milestones(data["value"] or [], asks=asks)
        elif item.kind == "decisions":
            self._decisions(data["value"] or [])
        else:
            self.fields[f"v-{name}"] = self._value(item)
        if item.difference:
            likely = "stored" if item.difference["hand_edited"] else "read"
            if item.difference.get("of_all"):
                likely = ""  # nobody accepts a status by not looking
            self.fields[f"d-{name}"] = self._radio(
                _("%(field)s: something else is stored. What holds?") % {"field": LABELS[name]},
                [
                    (
                        "stored",
                        _("Keep what is stored: %(text)s")
                        % {"text": value_text(item.kind, item.difference["stored"])},
                    ),
                    ("read", _("Take what the file says")),
                ],
                required=self.accepting,
                initial=item.difference["choice"] or likely,
            )
        if not item.open:
            return
        choices = [
            (str(i), value_text(item.kind, v))
            for i, v in enumerate(self._readings(data))
            if item.kind != "milestones"
        ]
        if len(choices) > 1:
            label = _("%(field)s: which one is right?") % {"field": LABELS[name]}
            self.fields[f"c-{name}"] = self._radio(
                label, [*choices, (OWN, _("Something else, as entered below"))], required=asks
            )
        elif item.kind != "milestones" and data["value"] is not None:
            self.fields[f"ok-{name}"] = forms.BooleanField(
                label=_("I have checked “%(field)s”") % {"field": LABELS[name]},
                required=asks,
                error_messages={"required": _("Please check the field and confirm it.")},
            )

    @staticmethod
    def _readings(data: dict[str, Any]) -> list[Any]:
        return [data["value"], *(other["value"] for other in data["alternatives"])]

    def _value(self, item: FieldView) -> forms.Field:
        label, value = str(LABELS[item.name]), item.data["value"]
        needed = self.accepting and item.name in ("title", "report_month")
        common: dict[str, Any] = {"label": label, "required": needed, "initial": value}
        if item.kind == "text":
            rows = min(24, max(2, len(value or "") // 55 + (value or "").count("\n") + 1))
            return forms.CharField(**common, widget=forms.Textarea(attrs={"rows": rows}))
        if item.kind == "list":
            common["initial"] = "\n".join(value or [])
            return forms.CharField(
                **common,
                help_text=_("One entry per line."),
                widget=forms.Textarea(attrs={"rows": max(2, sum(1 + len(v) // 55 for v in value or []))}),
            )
        if item.kind == "date":
            return forms.DateField(**common, widget=DateInput())
        if item.kind == "month":
            return forms.RegexField(
                _MONTH,
                **common,
                widget=MonthInput(),
                error_messages={"invalid": _("Please give the month as 2024-04.")},
            )
        if item.kind == "status":
            return forms.ChoiceField(
                label=label,
                required=False,
                initial=value or "",
                choices=list(STATUS.items()),
                widget=forms.RadioSelect,
            )
        if item.kind == "area":
            return forms.ChoiceField(
                **common,
                choices=[("", _("not chosen yet")), *self.areas.items()],
                help_text=_("The file does not name it. It holds for the new project."),
            )
        if item.kind == "state":
            return forms.ChoiceField(**common, choices=list(PROJECT_STATES.items()))
        if item.kind == "number":
            return forms.IntegerField(**common, min_value=0, max_value=9999)
        if item.kind == "money":
            common["initial"] = str(value).replace(".", ",") if value is not None else ""
            return forms.CharField(**common, help_text=_("An amount such as 17500,00."))
        limit = {"title": 300, "short_title": 120, "motto": 300}.get(item.name, 200)
        return forms.CharField(**common, max_length=limit)

    def _milestones(self, rows: Sequence[dict[str, Any]], *, asks: bool) -> None:
        for number, row in enumerate([*rows, {"label": "", "due": None}]):
            prefix = f"milestones-{number}"
            self.fields[f"{prefix}-label"] = forms.CharField(
                label=_("Milestone"), required=False, initial=row["label"], max_length=300
            )
            if row.get("ambiguous"):
                dates = list(dict.fromkeys([row.get("due"), *row.get("alternatives", [])]))
                choices = [(d or "none", due_text(d)) for d in dates]
                if None not in dates:
                    choices.append(("none", due_text(None)))
                choices.append((OWN, _("Another date:")))
                self.fields[f"{prefix}-choice"] = self._radio(
                    _("Which date is right for “%(label)s”?") % {"label": row["label"]},
                    choices,
                    required=asks,
                )
            self.fields[f"{prefix}-due"] = DueField(
                label=_("Another date") if row.get("ambiguous") else _("Due"),
                initial="" if row.get("ambiguous") else row.get("due") or "",
                help_text="" if number else DueField.HELP,
            )
            self.fields[f"{prefix}-done"] = forms.BooleanField(
                label=_("done"), required=False, initial=bool(row.get("done"))
            )

    def _decisions(self, rows: Sequence[dict[str, Any]]) -> None:
        for number, row in enumerate([*rows, {}]):
            prefix = f"decisions-{number}"
            self.fields[f"{prefix}-reference"] = forms.CharField(
                label=_("Reference"), required=False, initial=row.get("reference", ""), max_length=60
            )
            self.fields[f"{prefix}-body"] = forms.CharField(
                label=_("Decided by"), required=False, initial=row.get("body", ""), max_length=200
            )
            self.fields[f"{prefix}-day"] = forms.DateField(
                label=_("Date"), required=False, initial=row.get("decided_on"), widget=DateInput()
            )

    # --- reading

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("v-costs_amount"):
            try:
                Decimal(_number(data["v-costs_amount"]))
            except InvalidOperation:
                self.add_error("v-costs_amount", _("Please give the amount as a number, such as 17500,00."))
        if data.get("same") == "other" and not data.get("other"):
            self.add_error("other", _("Please choose the project."))
        start, end = data.get("v-start"), data.get("v-end")
        if start and end and end < start:
            self.add_error("v-end", _("The end lies before the start. Please check the dates."))
        return data

    def values(self) -> dict[str, Any]:
        """Field to value, as the review keeps it."""
        found: dict[str, Any] = {}
        for item in self.shown_fields():
            if item.data["stored"] or not self.view.editable:
                continue
            if item.kind == "milestones":
                found[item.name] = self._milestone_values(item.data["value"] or [])
            elif item.kind == "decisions":
                found[item.name] = self._decision_values()
            else:
                found[item.name] = self._one(item)
        return found

    def _one(self, item: FieldView) -> Any:
        choice = self.cleaned_data.get(f"c-{item.name}", "")
        if choice.isdigit():
            return self._readings(item.data)[int(choice)]
        value = self.cleaned_data.get(f"v-{item.name}")
        if item.kind == "list":
            return [line.strip() for line in (value or "").splitlines() if line.strip()] or None
        if item.kind == "text":
            return (value or "").replace("\r\n", "\n").strip() or None
        if item.kind == "money":
            return str(Decimal(_number(value))) if value else None
        if isinstance(value, date):
            return value.isoformat()
        return value if value not in ("", None) else None

    def _milestone_values(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for number in range(len(rows) + 1):
            prefix = f"milestones-{number}"
            label = (self.cleaned_data.get(f"{prefix}-label") or "").strip()
            if not label:
                continue
            row = dict(rows[number]) if number < len(rows) else {}
            choice = self.cleaned_data.get(f"{prefix}-choice", "")
            typed = self.cleaned_data.get(f"{prefix}-due") or None
            if not row.get("ambiguous") or choice == OWN:
                row["due"] = typed
            elif choice:
                row["due"] = None if choice == "none" else choice
            if choice:
                row["ambiguous"] = False
            found.append({**row, "label": label, "done": self.cleaned_data.get(f"{prefix}-done", False)})
        return found

    def _decision_values(self) -> list[dict[str, Any]]:
        found = []
        number = 0
        while f"decisions-{number}-reference" in self.fields:
            parts = {
                n: self.cleaned_data.get(f"decisions-{number}-{n}") for n in ("reference", "body", "day")
            }
            if parts["reference"] or parts["body"]:
                decided = parts["day"].isoformat() if parts["day"] else None
                found.append({"reference": parts["reference"], "body": parts["body"], "decided_on": decided})
            number += 1
        return found

    def decided(self) -> frozenset[str]:
        """Doubtful fields that the person has answered."""
        found = set()
        for item in self.view.fields:
            answers = [self.cleaned_data.get(f"c-{item.name}"), self.cleaned_data.get(f"ok-{item.name}")]
            rows = [n for n in self.fields if n.startswith("milestones-") and n.endswith("-choice")]
            if item.kind == "milestones" and item.open:
                answers.append(all(self.cleaned_data.get(n) for n in rows))
            if any(answers):
                found.add(item.name)
        return frozenset(found)

    def choices(self) -> dict[str, Any]:
        """What holds where stored and read differ."""
        return {n[2:]: v for n, v in self.cleaned_data.items() if n.startswith("d-") and v}

    def project(self) -> str:
        """Public id, "new", or "" to leave it as recognised."""
        same = self.cleaned_data.get("same") or ""
        other = self.cleaned_data.get("other") or ""
        return str(other if same in ("", "other") else same)

    def organisations(self) -> dict[str, str]:
        """Printed name to "same" or "new"."""
        found = {}
        for number, question in enumerate(self.view.questions):
            if answer := self.cleaned_data.get(f"org-{number}"):
                found[question.name] = answer
        return found


def _number(text: str) -> str:
    text = text.strip().replace("€", "").replace(" ", "").replace("\u00a0", "")
    return text.replace(".", "").replace(",", ".") if "," in text else text
