"""Fields that another answer makes necessary: the label, the summary and the field say so."""

from django import forms
from django.template import engines
from django.utils import translation

from wurt.core.web.needed import Need, NeedsForm


class Ask(NeedsForm):
    needs = (Need("town", lambda data: data.get("by") == "letter", "needed for letters", "Write the town."),)
    by = forms.CharField()
    town = forms.CharField(required=False)
    note = forms.CharField(required=False)


def shown(form: forms.Form) -> str:
    page = engines["django"].from_string("{% load wurt %}{% error_summary form %}{% form_fields form %}")
    with translation.override("en"):
        return page.render({"form": form})


def test_the_label_says_when_and_others_stay_optional() -> None:
    text = shown(Ask())
    assert text.count("– needed for letters</span>") == 1
    assert text.count("– optional</span>") == 1


def test_the_error_stands_in_the_summary_and_beside_the_field() -> None:
    form = Ask({"by": "letter"})
    assert form.errors == {"town": ["Write the town."]}
    text = shown(form)
    assert '<a href="#id_town">Town: Write the town.</a>' in text
    assert 'aria-describedby="id_town-error" aria-invalid="true"' in text


def test_nothing_is_asked_where_it_is_not_needed() -> None:
    assert Ask({"by": "phone"}).errors == {}
    assert Ask({"by": "letter", "town": "Heide"}).errors == {}
    assert list(Ask({}).errors) == ["by"]
