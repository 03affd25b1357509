"""Components as a page uses them: through the template tags."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from wurt.core.web.tables import Cell, Column, DataTable, Export
from wurt.core.web.widgets import SuggestInput


def show(source: str, **values: object) -> str:
    return Template("{% load wurt %}" + source).render(Context(values))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("status", "word", "shape"),
    [
        ("green", "grün", "wurt-mark--green"),
        ("yellow", "gelb", "wurt-mark--yellow"),
        ("red", "rot", "wurt-mark--red"),
        (None, "keine Angabe", "wurt-mark--none"),
        ("", "keine Angabe", "wurt-mark--none"),
        ("purple", "keine Angabe", "wurt-mark--none"),
    ],
)
def test_status_mark_has_symbol_and_word(status, word, shape):
    html = show("{% status_mark status %}", status=status)
    assert words(html) == word
    assert shape in html
    assert "<svg" in html


def test_every_mark_has_its_own_drawing():
    status = [show("{% status_mark s %}", s=value) for value in ("green", "yellow", "red", None)]
    state = [show("{% state_mark s %}", s=value) for value in ("planned", "running", "completed", "stopped")]
    drawings = {re.search(r"<svg.*</svg>", html).group() for html in status + state}
    assert len(drawings) == 8


def test_states_in_words():
    shown = [words(show("{% state_mark s %}", s=s)) for s in ("planned", "running", "completed", "stopped")]
    assert shown == ["geplant", "laufend", "abgeschlossen", "gestoppt"]


def milestone(due, label, **more):
    values = {"done": False, "done_on": None, "overdue": False, "shifts": ()}
    return SimpleNamespace(due=due, label=label, **values | more)


def test_timeline_tells_done_overdue_and_moved():
    first = SimpleNamespace(before="2024-06", after="2024-09")
    second = SimpleNamespace(before="2024-09", after=None)
    html = show(
        "{% timeline items %}",
        items=[
            milestone("2024-01", "Auftakt", done=True, done_on=date(2024, 1, 23)),
            milestone("2024-03", "Vergabe", overdue=True),
            milestone(None, "Betrieb", shifts=(first, second)),
        ],
    )
    assert words(html) == (
        "Januar 2024 Auftakt Erreicht am 23. Januar 2024 März 2024 Vergabe Überfällig "
        "ohne Termin Betrieb Juni 2024 → September 2024 → ohne Termin (2-mal verschoben)"
    )


def test_difference_is_told_without_colour():
    html = show("{% word_diff parts %}", parts=[("same", "bis "), ("del", "Juni"), ("ins", "Mai")])
    assert "<del>" in html
    assert "<ins>" in html
    assert words(html) == "bis [entfernt: Juni ] [hinzugefügt: Mai ]"


def test_table_names_its_scroll_region_and_keeps_filters_when_sorting():
    request = RequestFactory().get("/projekte/?feld=bildung&page=3")
    table = DataTable(
        "Kosten",
        [Column("Projekt", sort="title"), Column("Euro", numeric=True, sort="cost")],
        [[Cell("Bus", url="/bus/"), "1,00"], ["Bahn", None]],
        sort="-cost",
        request=request,
        exports=[Export("CSV", "/kosten.csv")],
    )
    html = show("{% data_table table %}", table=table)
    assert 'role="region" tabindex="0" aria-label="Kosten"' in html
    assert 'href="?feld=bildung&amp;sort=title"' in html
    assert 'aria-sort="descending"' in html
    assert '<a href="/bus/">Bus</a>' in html
    assert 'href="/kosten.csv"' in html


def test_empty_table_says_what_will_stand_there():
    html = show(
        "{% data_table table %}",
        table=DataTable("Berichte", [Column("a")], [], empty="Bald steht hier etwas."),
    )
    assert words(html) == "Berichte Bald steht hier etwas."
    assert "<table" not in html


def test_pagination_keeps_the_query():
    request = RequestFactory().get("/?feld=bildung&page=2")
    html = show("{% pagination page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert 'href="?feld=bildung&amp;page=3" rel="next"' in html
    assert '<span aria-current="page">2</span>' in html


def test_values_are_escaped():
    html = show("{% facts items %}{% breadcrumb title %}", items=[("Ziel", "<b>")], title="<i>")
    assert "<b>" not in html
    assert "<i>" not in html


class ProjectForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Höchstens zehn Wörter.")
    goal = forms.CharField(label="Ziel", required=False, widget=forms.Textarea, max_length=600)
    status = forms.ChoiceField(
        label="Status", widget=forms.RadioSelect, choices=[("g", "grün"), ("r", "rot")]
    )
    consent = forms.BooleanField(label="Der Name darf gezeigt werden.")
    place = forms.CharField(label="Ort", required=False, widget=SuggestInput(["Heide", "Marne"]))
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Beides zusammen geht nicht.")


def test_error_summary_links_to_the_fields():
    html = show("{% error_summary form %}", form=ProjectForm({}))
    assert 'role="alert"' in html
    assert "Beides zusammen geht nicht." in html
    assert '<a href="#id_name">Name: Bitte füllen Sie dieses Feld aus.</a>' in html
    assert 'href="#id_status_0"' in html  # the first choice of the group
    assert ">Der Name darf gezeigt werden: " in html


def test_no_error_summary_without_errors():
    assert show("{% error_summary form other %}", form=ProjectForm(), other=None).strip() == ""


def test_errors_of_formsets_are_in_the_summary():
    formset = forms.formset_factory(ProjectForm)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""}
    )
    assert 'href="#id_form-0-name"' in show("{% error_summary formset %}", formset=formset)


def test_field_is_tied_to_hint_and_error():
    html = show("{% form_field form.name %}", form=ProjectForm({}))
    assert '<p class="kern-hint" id="id_name-hint">Höchstens zehn Wörter.</p>' in html
    assert 'id="id_name-error"' in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="kern-label" for="id_name">' in html
    assert "freiwillig" not in html


def test_hint_is_escaped_unless_the_form_says_it_is_safe():
    class Hints(forms.Form):
        plain = forms.CharField(help_text="1 < 2")
        marked = forms.CharField(help_text=mark_safe('<a href="/neu/">vergessen?</a>'))

    html = show("{% form_fields form %}", form=Hints())
    assert "1 &lt; 2" in html
    assert '<a href="/neu/">vergessen?</a>' in html


def test_group_is_a_fieldset_with_a_legend():
    html = show("{% form_field form.status %}", form=ProjectForm())
    assert words(html) == "Status grün rot"
    assert html.startswith("<fieldset")
    assert html.count('type="radio"') == 2
    assert html.count("kern-form-check__radio") == 2


def test_long_text_says_how_much_fits():
    html = show("{% form_field form.goal %}", form=ProjectForm())
    assert words(html) == "Ziel – freiwillig Höchstens 600 Zeichen."


def test_suggestions_work_without_script():
    html = show("{% form_field form.place %}", form=ProjectForm())
    assert 'list="id_place-suggestions"' in html
    assert '<datalist id="id_place-suggestions"><option value="Heide">' in html


def test_all_fields_appear_once():
    html = show("{% form_fields form %}", form=ProjectForm())
    for name in ("name", "goal", "consent", "place", "secret"):
        assert html.count(f'name="{name}"') == 1


def test_words_follow_the_language():
    with translation.override("en"):
        assert words(show("{% status_mark None %}")) == "not stated"


class Chosen(forms.Form):
    places = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("Amt Geest", [("amt", "Amt Geest (ganz)"), ("dorf", "Dorf <1>")]),
            ("Amt Marsch", [("siel", "Siel")]),
        ],
    )


def test_choices_in_groups_are_folded_with_the_number_chosen():
    html = show("{% form_field form.places %}", form=Chosen({"places": ["dorf"]}))
    assert words(html) == (
        "Places Gewählt: 1 Amt Geest 1 von 2 gewählt Amt Geest (ganz) Dorf &lt;1&gt; "
        "Amt Marsch 0 von 1 gewählt Siel"
    )
    assert html.count("<details") == 2
    assert "open" not in re.findall(r"<details[^>]*>", html)[0]
    assert re.findall(r'<input[^>]*value="(\w+)"[^>]*checked', html) == ["dorf"]
    assert html.count('class="kern-form-check__checkbox"') == 3
    initial = show("{% form_field form.places %}", form=Chosen(initial={"places": ["amt", "siel"]}))
    assert "Gewählt: 2 Amt Geest 1 von 2 gewählt" in words(initial)


def test_a_fault_of_folded_choices_leads_into_the_first_group_which_is_open():
    form = Chosen({})
    assert 'href="#id_places_0_0"' in show("{% error_summary form %}", form=form)
    html = show("{% form_field form.places %}", form=form)
    assert re.findall(r"<details[^>]*>", html) == [
        '<details class="wurt-disclosure" open>',
        '<details class="wurt-disclosure">',
    ]
    assert 'id="id_places_0_0"' in html
