from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from wurt.core.web import format as formats
from wurt.core.web.text import first_paragraph, markdown, paragraphs


def test_dates_in_german():
    assert formats.german_date(date(2024, 5, 14)) == "Dienstag, 14. Mai 2024"
    assert formats.german_date(None) == ""
    assert formats.day(date(2024, 5, 1)) == "1. Mai 2024"


def test_times_are_shown_in_the_zone_of_the_county():
    assert (
        formats.german_datetime(datetime(2024, 5, 14, 7, 30, tzinfo=UTC))
        == "Dienstag, 14. Mai 2024, 9:30\u00a0Uhr"
    )
    # 22:30 UTC in summer is already the next day here
    assert formats.german_date(datetime(2024, 5, 14, 22, 30, tzinfo=UTC)) == "Mittwoch, 15. Mai 2024"


def test_dates_in_english():
    with translation.override("en"):
        assert formats.german_date(date(2024, 5, 14)) == "Tuesday, 14 May 2024"
        assert formats.due("2024-Q2") == "quarter 2 of 2024"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2024-05", "Mai 2024"),
        ("2024-Q2", "2. Quartal 2024"),
        ("2024-05-14", "14. Mai 2024"),
        (date(2024, 5, 14), "14. Mai 2024"),
        (None, "ohne Termin"),
        ("", "ohne Termin"),
        ("2024-02-31", "2024-02-31"),
        ("bald", "bald"),
    ],
)
def test_due_is_as_exact_as_it_is_known(value, text):
    assert formats.due(value) == text


def test_month_name():
    assert formats.month_name("2024-04") == "April 2024"
    assert formats.month_name(date(2024, 12, 31)) == "Dezember 2024"
    assert formats.month_name("2024-13") == "2024-13"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.5"), "1.234,50\u00a0€"),
        (0, "0,00\u00a0€"),
        ("2450000", "2.450.000,00\u00a0€"),
        (None, ""),
        ("rund 5 Mio.", "rund 5 Mio."),
    ],
)
def test_money_has_two_decimals(value, text):
    assert formats.euro(value) == text


def test_paragraphs_escape_and_recognise_lists():
    shown = paragraphs("Eins <b>\nzwei\n\n- Punkt & Komma\n• noch einer\n\n\nDrei")
    assert shown == (
        "<p>Eins &lt;b&gt;<br>zwei</p>\n<ul><li>Punkt &amp; Komma</li><li>noch einer</li></ul>\n<p>Drei</p>"
    )
    assert paragraphs(None) == ""


def test_markdown_is_cleaned_and_starts_below_the_page_heading():
    shown = markdown(
        "# Ziel\n\n<script>alert(1)</script> [hier](javascript:alert(1)) [dort](https://example.org)"
    )
    assert "<h2>Ziel</h2>" in shown
    assert "<script" not in shown
    assert 'href="javascript' not in shown
    assert '<a href="https://example.org" rel="noopener noreferrer">dort</a>' in shown


def test_markdown_tables_carry_no_inline_style():
    shown = markdown("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert "style=" not in shown
    assert '<th scope="col">a</th>' in shown


def test_the_highest_heading_of_a_text_follows_the_page_heading():
    assert markdown("### Eins\n\n#### Zwei") == "<h2>Eins</h2>\n<h3>Zwei</h3>\n"
    assert markdown("## Eins", 4) == "<h4>Eins</h4>\n"


def test_first_paragraph_is_plain_text_without_headings_and_lists():
    assert first_paragraph("# Titel\n\nEin **fetter**\nSatz.\n\n- Punkt") == "Ein fetter Satz."
    assert first_paragraph("") == ""
    assert first_paragraph("- nur\n- Punkte") == "nur"
