"""Names are recognised again in spite of spelling, and never merged where something else is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.modules.agenda.domain.identity import compare, propose_aliases, resolve, same_title, slug


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("Ehrenamts-Börse", "ehrenamtsbörse", "same"),
        ("Öffentliche Straßen", "Oeffentliche Strassen", "same"),
        ("Flächenübergreifendes Netz", "Flächenübergreifedes Netz", "same"),
        ("Amt KLG Moorland", "Amt Moorland", "probable"),
        ("Digitaler Marktplaz", "Digitaler Marktplatz", "probable"),
        ("Gemeinde Hennstedt", "Gemeinde Henstedt", "probable"),
        ("Radweg Nord", "Radweg Süd", "new"),
        ("Schule 1", "Schule 2", "new"),
        ("Breitband Phase 1", "Breitband", "new"),
        ("Stadt Heide", "Stadt Weide", "new"),
        ("Gemeinde Norderbüll", "Gemeinde Süderbüll", "new"),
        ("Kita-Portal Moorland", "Kita-Portal Auenland", "new"),
    ],
)
def test_comparisons(left: str, right: str, outcome: str) -> None:
    assert compare(left, right).outcome == compare(right, left).outcome == outcome


NAME = st.lists(
    st.sampled_from(["Radweg", "Schule", "Portal", "Amt", "Hafen", "Deich", "Kultur"]), min_size=1, max_size=4
)


@given(NAME, st.integers(0, 999), st.integers(0, 999))
def test_names_with_different_numbers_are_never_one(words: list[str], a: int, b: int) -> None:
    left, right = (" ".join([*words, str(n)]) for n in (a, b))
    assert (compare(left, right).outcome == "same") == (a == b)
    assert same_title(left, right) == (a == b)


@given(
    NAME,
    st.sampled_from(["Nord", "Süd", "Ost", "West", "Ober", "Unter"]),
    st.sampled_from(["Nord", "Süd", "Ost", "West", "Ober", "Unter"]),
)
def test_names_with_different_directions_are_never_one(words: list[str], a: str, b: str) -> None:
    assert (compare(" ".join([*words, a]), " ".join([*words, b])).outcome == "same") == (a == b)


def test_additions_in_brackets() -> None:
    assert same_title("Portal für Familien", "Portal für Familien (Regionalportal)")
    assert not same_title("Portal (Kinder)", "Portal (Senioren)")
    assert not same_title("Radweg", "Radweg (Nord)")


def test_resolving_among_known_names() -> None:
    known = ["Flächendeckendes Pegelnetz im Auenland", "Kulturkalender"]
    assert resolve("Kultur-Kalender", known).outcome == "same"
    assert (resolve("Pegelnetz", known).outcome, resolve("Pegelnetz", known).name) == ("probable", known[0])
    assert resolve("Pegelnetz", known, {"Pegelnetz": known[0]}).outcome == "same"
    assert resolve("Schulbus", known).outcome == "new"


def test_aliases_are_proposed() -> None:
    assert propose_aliases(["Amt KLG Moorland", "Amt Moorland", "Amt Auenland", "Stadt Moorland"]) == [
        ("Amt KLG Moorland", "Amt Moorland")
    ]


@given(st.text(max_size=40))
def test_a_slug_is_an_address(text: str) -> None:
    assert slug(text).strip("-").replace("-", "").isascii()
    assert slug(text) == slug(slug(text))
