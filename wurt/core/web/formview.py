"""Django forms in the look of KERN: what the templates ``components/form_field.html`` and
``components/error_summary.html`` show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Kind = Literal["input", "textarea", "select", "checkbox", "group", "file", "hidden"]

_CLASSES: dict[Kind, str] = {
    "input": "kern-form-input__input",
    "textarea": "kern-form-input__input",
    "file": "kern-form-input__input",
    "select": "kern-form-input__select",
    "checkbox": "kern-form-check__checkbox",
    "group": "",
    "hidden": "",
}


@dataclass(slots=True)
class ChoiceView:
    html: SafeString
    id: str
    label: str


@dataclass(slots=True)
class GroupView:
    """Choices folded under a heading. ``chosen``: how many of them are ticked in the page as it is sent."""

    label: str
    choices: list[ChoiceView]
    chosen: int


@dataclass(slots=True)
class FieldView:
    """One field, ready to show. ``html`` is the control itself, tied to hint and errors. Check boxes whose
    choices stand in groups are in ``groups``, folded; all others in ``choices``."""

    kind: Kind
    id: str
    label: str
    mark: str
    hint: SafeString
    hint_id: str
    errors: list[str]
    error_id: str
    html: SafeString
    choices: list[ChoiceView] = field(default_factory=list)
    groups: list[GroupView] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    multiple: bool = False
    described_by: str = ""

    @property
    def chosen(self) -> int:
        """Of all groups together."""
        return sum(group.chosen for group in self.groups)


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """``target``: id of the control to jump to; empty for an error of the whole form."""

    message: str
    target: str
    label: str


def field_view(bound: BoundField) -> FieldView:
    """Label, hint, errors and control of ``bound``; ids follow ``<control id>-hint`` and ``-error``."""
    kind = kind_of(bound.field.widget)
    base = bound.id_for_label or bound.auto_id or bound.html_name
    if kind == "group":
        base = bound.auto_id or bound.html_name
    hint = _hint(bound)
    errors = [str(message) for message in bound.errors]
    view = FieldView(
        kind=kind,
        id=str(base),
        label=str(bound.label),
        mark=_mark(bound, kind),
        hint=hint,
        hint_id=f"{base}-hint" if hint else "",
        errors=errors,
        error_id=f"{base}-error" if errors else "",
        html=SafeString(""),
    )
    view.described_by = " ".join(part for part in (view.hint_id, view.error_id) if part)
    if kind == "group":
        view.multiple = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
        if view.multiple and _is_grouped(bound):
            view.groups = list(_groups(bound, view))
        else:
            view.choices = list(_choices(bound, view))
    else:
        view.html = bound.as_widget(attrs=_attributes(bound, view))
    return view


def _mark(bound: BoundField, kind: Kind) -> str:
    """What follows the label of a field that may stay empty: always, or with some answers (``needed.py``)."""
    if bound.field.required or kind == "checkbox":
        return ""
    when = getattr(bound.field, "needed_when", "")
    return f"– {when}" if when else _("– optional")


def kind_of(widget: forms.Widget) -> Kind:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


def error_lines(*sources: "forms.BaseForm | BaseFormSet[Any] | None") -> list[ErrorLine]:
    """All errors of forms and formsets in the order of the page."""
    lines: list[ErrorLine] = []
    for source in sources:
        if isinstance(source, BaseFormSet):
            lines.extend(ErrorLine(str(message), "", "") for message in source.non_form_errors())
            lines.extend(error_lines(*source.forms))
        elif source is not None and source.is_bound:
            lines.extend(_form_lines(source))
    return lines


def _form_lines(form: forms.BaseForm) -> Iterator[ErrorLine]:
    for message in form.non_field_errors():
        yield ErrorLine(str(message), "", "")
    for bound in form:
        target = bound.id_for_label or bound.auto_id
        if kind_of(bound.field.widget) == "group":
            first = next(iter(bound.subwidgets), None)
            target = first.id_for_label if first is not None else target
        for message in bound.errors:
            yield ErrorLine(str(message), str(target), str(bound.label).rstrip(".:"))


def _attributes(bound: BoundField, view: FieldView) -> dict[str, Any]:
    css = _CLASSES[view.kind]
    if view.errors and css:
        css = f"{css} {css}--error"
    own = bound.field.widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": f"{css} {own}".strip()} if css or own else {}
    if view.described_by:
        attributes["aria-describedby"] = view.described_by
    if view.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def _choices(bound: BoundField, view: FieldView) -> Iterator[ChoiceView]:
    for sub in bound.subwidgets:
        yield _choice(sub, view)


def _choice(sub: BoundWidget, view: FieldView) -> ChoiceView:
    css = "kern-form-check__checkbox" if view.multiple else "kern-form-check__radio"
    attributes = sub.data["attrs"]
    attributes["class"] = f"{css} {css}--error" if view.errors else css
    if view.multiple:
        attributes.pop("required", None)
    return ChoiceView(html=sub.tag(), id=str(sub.id_for_label), label=str(sub.choice_label))


def _is_grouped(bound: BoundField) -> bool:
    return any(isinstance(choices, list | tuple) for _value, choices in bound.field.widget.choices)


def _groups(bound: BoundField, view: FieldView) -> Iterator[GroupView]:
    widget = bound.field.widget
    value = widget.format_value(bound.value())
    attributes = bound.build_widget_attrs(widget.attrs | {"id": bound.auto_id}, widget)
    for label, options, _index in widget.optgroups(bound.html_name, value, attributes):
        subs = [BoundWidget(widget, option, bound.form.renderer) for option in options]
        choices = [_choice(sub, view) for sub in subs]
        yield GroupView(str(label or ""), choices, sum(bool(option["selected"]) for option in options))


def _hint(bound: BoundField) -> SafeString:
    """The help text (escaped unless the form marked it safe), and for limited long texts how much fits."""
    parts: list[object] = [bound.help_text] if bound.help_text else []
    limit = bound.field.widget.attrs.get("maxlength") or getattr(bound.field, "max_length", None)
    if isinstance(bound.field.widget, forms.Textarea) and limit:
        parts.append(_("At most %(count)s characters.") % {"count": limit})
    return format_html_join(" ", "{}", ((part,) for part in parts))
