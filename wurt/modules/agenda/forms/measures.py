"""Forms of figures by which projects and goals are measured."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.web.widgets import DateInput
from wurt.modules.agenda.forms.base import DeskForm, MoneyField, RowForm, choice

Choices = Sequence[tuple[str, str]]


class AmountField(MoneyField):
    """A number as people here write it; shown without needless zeros."""

    def prepare_value(self, value: Any) -> Any:
        plain = super().prepare_value(value)
        return plain.removesuffix(",00") if isinstance(plain, str) else plain


class MeasureRow(RowForm):
    """One figure."""

    needed = ("key",)

    key = forms.ChoiceField(label=_("Figure"))
    place = forms.ChoiceField(label=_("Place"))
    baseline = AmountField(label=_("Baseline"), max_digits=14, decimal_places=2)
    baseline_on = forms.DateField(label=_("Day of the baseline"), widget=DateInput())
    target = AmountField(label=_("Target"), max_digits=14, decimal_places=2)
    target_on = forms.DateField(label=_("Day of the target"), widget=DateInput())


class MeasuresForm(DeskForm):
    """All figures of a project or goal."""

    row_forms = {"measures": (MeasureRow, _("Figures"))}

    def __init__(self, *args: Any, keys: Choices, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for row in [*self.row_sets["measures"].forms, self.row_sets["measures"].empty_form]:
            row.fields["key"].choices = choice(keys)
            row.fields["place"].choices = choice(places, _("all of the county"))
