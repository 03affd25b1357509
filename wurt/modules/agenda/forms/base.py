"""What the desk's forms have in common: version, rules at their field, lines, rows without script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.domain.periods import german_input, parse_due


class LinesField(forms.CharField):
    """A text area with one entry per line; the value is a list."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One entry per line."))
        super().__init__(**{"required": False, **options})

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]


class ChosenField(forms.ChoiceField):
    """A select whose value is a public id, or None."""

    def clean(self, value: Any) -> UUID | None:
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class MoneyField(forms.DecimalField):
    """An amount as people here write it: "1.200,50", "1200,50 €" or "1200.50"."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = re.sub(r"[\s\u00a0\u202f]|€|EUR|Euro", "", str(value or ""))
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class DueField(forms.CharField):
    """When a milestone is due, as people here write it; the value is a stored due date, "" for unknown."""

    STORED = re.compile(r"20\d\d-(?:Q[1-4]|(?:0[1-9]|1[0-2])(?:-\d\d)?)")
    HELP = _("As 31.05.2024, Mai 2024 or 3. Quartal 2024; empty if it is not known.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 60, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value) or ""
        period = parse_due(text) if text else None
        if not text or (period is not None and period.certain and period.reason == "open"):
            return ""
        if period is None or period.due is None or not period.certain:
            raise forms.ValidationError(
                _("Please give the date as a day (31.05.2024), a month (Mai 2024) or a quarter (Q3 2024).")
            )
        return period.due

    def prepare_value(self, value: Any) -> Any:
        stored = isinstance(value, str) and self.STORED.fullmatch(value)
        return german_input(value) if stored else value


class PlannedField(forms.CharField):
    """A planned start: a year, quarter or month as people write it; the value is YYYY, YYYY-Qn or YYYY-MM."""

    STORED = re.compile(r"20\d\d-(?:Q[1-4]|0[1-9]|1[0-2])")

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 60, **options})

    def clean(self, value: Any) -> str:
        text = " ".join((super().clean(value) or "").split())
        period = None if re.fullmatch(r"\d{4}", text) else parse_due(text)
        if period is not None and period.certain and period.due and self.STORED.fullmatch(period.due):
            return period.due
        return text[:60]  # the action says what is possible

    def prepare_value(self, value: Any) -> Any:
        stored = isinstance(value, str) and self.STORED.fullmatch(value)
        return german_input(value) if stored else value


def choice(rows: Iterable[tuple[str, Any]], empty: Any = "") -> list[tuple[str, Any]]:
    """Choices with an empty first line."""
    return [("", empty or "–"), *rows]


class RowForm(forms.Form):
    """One row of many. A row without any value does not exist; one with some needs those in ``needed``."""

    needed: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.required = name in self.needed  # shown as needed; checked only if the row has any value

    def full_clean(self) -> None:
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    @property
    def is_empty(self) -> bool:
        """Did nobody fill anything in?"""
        values = getattr(self, "cleaned_data", {})
        fields = [name for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        return not any(values.get(name) for name in fields if name != "ORDER")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or self.is_empty:
            return values
        for name in self.needed:
            if not values.get(name):
                self.add_error(name, forms.ValidationError(_("Please fill this in, or empty the whole row.")))
        return values


class DeskForm(forms.Form):
    """A form of the desk. ``rules``: code of a broken rule → field at which its message stands.

    ``row_forms``: name → (form of a row, legend). Rows can be put into another order by their number.
    """

    rules: ClassVar[Mapping[str, str]] = {}
    row_forms: ClassVar[Mapping[str, tuple[type[RowForm], Any]]] = {}

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row_sets: dict[str, BaseFormSet[Any]] = {}
        for name, (form, _legend) in self.row_forms.items():
            kind = formset_factory(form, extra=0 if self.is_bound else 1, can_order=True, max_num=300)
            bound = self.data if self.is_bound else None
            self.row_sets[name] = kind(bound, initial=self.initial.get(name), prefix=name)

    @property
    def rows(self) -> "list[tuple[Any, BaseFormSet[Any], str]]":
        """(legend, formset, name) for the template."""
        return [(self.row_forms[name][1], rows, name) for name, rows in self.row_sets.items()]

    def is_valid(self) -> bool:
        """Also its rows; their values go into ``cleaned_data`` in the order of their numbers."""
        good = [super().is_valid(), *(rows.is_valid() for rows in self.row_sets.values())]
        if all(good):
            for name, rows in self.row_sets.items():
                self.cleaned_data[name] = _ordered(rows)
        return all(good)

    def refuse(self, error: RuleBroken) -> None:
        """Put the message of a broken rule to the field that it is about."""
        field = error.field or self.rules.get(error.code)
        self.add_error(field if field in self.fields else None, error.message or error.code)

    def raw(self) -> dict[str, Any]:
        """What was typed, unchecked, in the shape of ``initial``."""
        values: dict[str, Any] = {name: self[name].data for name in self.fields}
        for name, rows in self.row_sets.items():
            values[name] = [
                {field: row[field].data for field in row.fields if field != "ORDER"} for row in rows.forms
            ]
        return values

    def differences(self, stored: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """(label, stored text, typed text) of every field in which stored and typed differ."""
        typed = self.raw()
        found = []
        for name, field in self.fields.items():
            pair = _shown(field, stored.get(name)), _shown(field, typed[name])
            if name != "version" and pair[0] != pair[1]:
                found.append((str(field.label), *pair))
        for name, (form, legend) in self.row_forms.items():
            pair = _rows_text(form, stored.get(name) or []), _rows_text(form, typed[name])
            if pair[0] != pair[1]:
                found.append((str(legend), *pair))
        return found


def _ordered(rows: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    kept = [row for row in rows.forms if not row.is_empty]
    numbered = [(row.cleaned_data.get("ORDER") or number, row) for number, row in enumerate(kept, start=1)]
    numbered.sort(key=lambda pair: pair[0])
    return [
        {name: value for name, value in row.cleaned_data.items() if name != "ORDER"} for _, row in numbered
    ]


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(str(part) for part in value)
    return str(value).replace("\r\n", "\n").strip()


def _shown(field: forms.Field, value: Any) -> str:
    """The value as the field shows it, so that two ways of writing one date are no difference."""
    return _text(field.prepare_value(value))


def _rows_text(form: type[RowForm], rows: Sequence[Mapping[str, Any]]) -> str:
    fields = form.base_fields
    texts = [[_shown(fields[name], value) for name, value in row.items() if name in fields] for row in rows]
    lines = [" · ".join(text for text in row if text) for row in texts]
    return "\n".join(line for line in lines if line)
