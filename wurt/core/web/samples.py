"""Invented values that the style guide shows."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.web.format import euro
from wurt.core.web.tables import Cell, Column, DataTable, Export
from wurt.core.web.widgets import DateInput, MonthInput, SuggestInput


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Title"), help_text=_("As people call it, at most ten words."))
    goal = forms.CharField(label=_("Goal"), widget=forms.Textarea(attrs={"rows": 4}), max_length=600)
    field = forms.ChoiceField(
        label=_("Field of action"), choices=[("", "–"), ("mobility", "Mobilität"), ("health", "Gesundheit")]
    )
    lead = forms.CharField(
        label=_("Lead organisation"),
        required=False,
        widget=SuggestInput(["Kreis Wattland", "Amt Nordmarsch", "Stadt Deichhusen"]),
        help_text=_("Choose one or type a new one."),
    )
    started = forms.DateField(label=_("Start"), widget=DateInput(), required=False)
    month = forms.CharField(label=_("Month"), widget=MonthInput(), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        widget=forms.RadioSelect,
        choices=[("green", "grün"), ("yellow", "gelb"), ("red", "rot"), ("", "keine Angabe")],
        required=False,
    )
    partners = forms.MultipleChoiceField(
        label=_("Partners"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Amt Nordmarsch"), ("b", "Stadt Deichhusen"), ("c", "Hochschule am Meer")],
    )
    towns = forms.MultipleChoiceField(
        label=_("Places"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("Amt Nordmarsch", [("deich", "Deichdorf"), ("siel", "Sielhafen")]),
            ("Amt Geest", [("heide", "Heidedorf")]),
        ],
    )
    document = forms.FileField(label=_("Document"), required=False, help_text=_("PDF or PPTX, up to 50 MB."))
    consent = forms.BooleanField(label=_("The lead's name may be shown."))


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "empty_form": SampleForm(prefix="new"),
        "bound_form": SampleForm({"title": "", "field": "mobility", "status": "green", "towns": ["siel"]}),
        "table": table(request),
        "empty_table": DataTable(
            "Projekte", [], [], empty="Sobald ein Bericht veröffentlicht ist, steht er hier."
        ),
        "milestones": milestones(),
        "facts": [
            ("Federführung", "Kreis Wattland"),
            ("Laufzeit", "Januar 2024 bis 2. Quartal 2025"),
            ("Kosten", euro(Decimal("124000"))),
            ("Beteiligung", "Fahrgäste testen die App an drei Wochenenden und sagen, was ihnen fehlt."),
        ],
        "diff": [
            ("same", "Die Ausschreibung ist "),
            ("del", "nicht "),
            ("same", "veröffentlicht; der Zuschlag ist für "),
            ("del", "Juni"),
            ("ins", "September"),
            ("same", " vorgesehen."),
        ],
        "tabs": [
            SimpleNamespace(label="Laufend", url="?tab=running", active=True, count=8),
            SimpleNamespace(label="Geplant", url="?tab=planned", active=False, count=39),
            SimpleNamespace(label="Abgeschlossen", url="?tab=completed", active=False, count=1),
        ],
        "page": Paginator(range(240), 10).get_page(request.GET.get("page", "7")),
        "steps": ["Datei wählen", "Prüfen", "Übernehmen", "Veröffentlichen"],
        "desk": [
            SimpleNamespace(
                title="Bericht April 2024: 3 unsichere Angaben",
                url="#",
                since="seit 12 Tagen",
                action="Prüfen",
                note="",
            ),
            SimpleNamespace(
                title="Bürgerbus Marschland",
                url="#",
                since="seit 4 Tagen",
                action="Status eintragen",
                note="Amt Nordmarsch",
            ),
        ],
        "places": [
            SimpleNamespace(label="Deichhusen", url="#", note="3 Projekte"),
            SimpleNamespace(label="Nordmarsch", url="#", note="1 Projekt"),
        ],
        "bars": [("Mobilität", 9), ("Bildung", 7), ("Gesundheit", 5), ("Verwaltung", 12)],
        "moment": date(2024, 5, 14),
        "long_text": "Erster Absatz.\nMit Zeilenumbruch.\n\n- ein Punkt\n- noch ein Punkt\n\nZweiter Absatz.",
        "markdown_text": "# Ziele\n\nWir wollen, dass **alle** ankommen.\n\n1. Zuhören\n2. [Mitmachen](/)\n",
    }


def table(request: HttpRequest) -> DataTable:
    return DataTable(
        caption="Projekte und Kosten",
        columns=[
            Column("Projekt", sort="title"),
            Column("Status"),
            Column("Kosten", numeric=True, unit="Euro", sort="cost"),
            Column("Bericht"),
        ],
        rows=[
            [
                Cell("Digitale Haltestelle", url="#"),
                Cell(status="green"),
                euro(Decimal("124000")),
                "April 2024",
            ],
            [
                Cell("Bürgerbus Marschland", url="#"),
                Cell(status="yellow"),
                euro(Decimal("18250.5")),
                "April 2024",
            ],
            [
                Cell("Breitband für die Köge", url="#"),
                Cell(status="red"),
                euro(Decimal("2450000")),
                "März 2024",
            ],
            [Cell("Lernort Deich", url="#"), Cell(status="none"), None, "noch keiner"],
        ],
        footer=["Summe", "", euro(Decimal("2592250.5")), ""],
        sort=request.GET.get("sort", "-cost"),
        request=request,
        exports=[Export("CSV", "#csv"), Export("JSON", "#json")],
    )


def milestone(due: str | None, label: str, **more: Any) -> SimpleNamespace:
    values = {"done": False, "done_on": None, "overdue": False, "shifts": ()}
    return SimpleNamespace(due=due, label=label, **{**values, **more})


def milestones() -> list[SimpleNamespace]:
    shift = SimpleNamespace(before="2024-06", after="2024-09")
    again = SimpleNamespace(before="2024-09", after="2024-Q4")
    return [
        milestone("2024-01", "Auftakt mit allen Ämtern", done=True, done_on=date(2024, 1, 23)),
        milestone("2024-03-15", "Ausschreibung veröffentlicht", overdue=True),
        milestone("2024-Q4", "Zuschlag an den Hersteller", shifts=(shift, again)),
        milestone(None, "Übergabe in den Betrieb"),
    ]
