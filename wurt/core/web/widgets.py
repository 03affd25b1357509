"""Form widgets that plain Django lacks. They need no JavaScript."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own date field; without one, text as YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for day and time; without one, text as YYYY-MM-DDTHH:MM."""

    input_type = "datetime-local"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%dT%H:%M")


class MonthInput(forms.TextInput):
    """A month as YYYY-MM."""

    input_type = "month"


class SuggestInput(forms.TextInput):
    """A text field with suggestions (``<datalist>``); anything else may be typed too."""

    template_name = "web/components/suggest_input.html"

    def __init__(self, suggestions: Iterable[str] = (), attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}))
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        list_id = f"{widget['attrs'].get('id', name)}-suggestions"
        widget["attrs"]["list"] = list_id
        widget["attrs"]["autocomplete"] = "off"
        return {**context, "list_id": list_id, "suggestions": list(self.suggestions)}
