"""Plausibility warnings in the language of the page."""

from datetime import date

from django.utils import translation

from wurt.modules.agenda.domain.plausibility import GERMAN, TEXTS, Warning
from wurt.modules.agenda.forms.imports_words import warning_text

SOON = Warning("ends_soon", params={"end": date(2025, 6, 30), "days": 61})
LATE = Warning("overdue_milestone", params={"label": "Start", "due": "2025-Q1"})


def test_a_german_page_says_it_in_german() -> None:
    with translation.override("de"):
        assert warning_text(SOON) == "Das Projekt endet am 30. Juni 2025, 61 Tage nach dem Berichtsmonat."
        assert warning_text(LATE) == "Ein Meilenstein ist überfällig: Start (1. Quartal 2025)."


def test_an_english_page_says_it_in_english() -> None:
    with translation.override("en"):
        assert (
            warning_text(SOON) == "The project ends on 30 June 2025, 61 days after the month of the report."
        )
        assert warning_text(LATE) == "A milestone is overdue: Start (quarter 1 of 2025)."


def test_every_warning_has_both_languages() -> None:
    assert GERMAN.keys() == TEXTS.keys()
