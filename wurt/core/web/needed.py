"""Fields that another answer makes necessary: the label says when, the error stands beside the field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Need:
    """``field`` may not be empty if ``applies`` to the other answers. ``when`` follows the label in place of
    "optional", e.g. "needed for letters"; ``message`` says what to write."""

    field: str
    applies: Callable[[Mapping[str, Any]], bool]
    when: str | Promise
    message: str | Promise


class NeedsForm(forms.Form):
    """A form with :class:`Need`; the fields themselves are declared ``required=False``."""

    needs: ClassVar[tuple[Need, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in self.needs:
            self.fields[need.field].needed_when = need.when  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for need in self.needs:
            if need.field not in self.errors and not data.get(need.field) and need.applies(data):
                self.add_error(need.field, str(need.message))
        return data
