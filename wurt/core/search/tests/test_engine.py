"""Words, compounds, typing errors, plan and passages: pure calculation."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.search.engine import compounds, typos
from wurt.core.search.engine.analysis import TITLE, Text, analyse
from wurt.core.search.engine.plan import Known, Plan, Vocabulary, plan
from wurt.core.search.engine.snippets import Read, passage
from wurt.core.search.engine.words import LONGEST, clean, fold, stem, tokens

COUNTS = {
    "anbindung": 4, "beratung": 5, "beratungsstelle": 3, "bus": 2, "buergerhaus": 3, "haus": 9, "kinder": 6,
    "oeffnung": 3, "regel": 3, "regeln": 8, "schule": 9, "strasse": 7, "tuer": 1, "wasserstand": 2,
    "wasser": 8, "sensoren": 4, "zeiten": 6,
}  # fmt: skip


def frequency(word: str) -> int:
    return COUNTS.get(word, 0)


def vocabulary(counts: dict[str, int] = COUNTS) -> Vocabulary:
    """The words as an index would know them."""
    words = {w: Known(n, w, compounds.parts(w, lambda x: counts.get(x, 0))) for w, n in counts.items()}
    return Vocabulary(
        lambda wanted: {word: words[word] for word in wanted if word in words},
        lambda keys: {word: known for word, known in words.items() if typos.keys(word) & set(keys)},
    )


def looked_for(found: Plan) -> list[list[tuple[str, str]]]:
    return [[(choice.term, choice.why.value) for choice in group.choices] for group in found.groups]


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("Müll", "MUELL", "Muell", "mu\u0308ll"), "muell"),
        (("Straße", "STRASSE", "strasse"), "strasse"),
        (("Café", "cafe"), "cafe"),
        (("Öffnungszeiten", "Oeffnungszeiten"), "oeffnungszeiten"),
    ],
)
def test_all_spellings_of_a_word_are_one(spellings: tuple[str, ...], folded: str) -> None:
    assert {fold(word) for word in spellings} == {folded}


@pytest.mark.parametrize(
    ("forms", "own"),
    [
        (("Häuser", "Haus", "Haeuser", "Hauses"), "haus"),
        (("Anbindung", "Anbindungen"), "anbind"),
        (("Öffnungszeiten", "Oeffnungszeit"), "offnungszeit"),
        (("Bus", "Busse", "Bussen"), "bus"),
        (("Ergebnis", "Ergebnisse", "Ergebnissen"), "ergebnis"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...], own: str) -> None:
    assert {stem(fold(word)) for word in forms} == {own}


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= LONGEST


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    cleaned = clean(text)
    for token in tokens(cleaned):
        assert cleaned[token.start : token.end] == token.shown
        assert token.key == fold(token.shown.replace("-", "") if token.joined else token.shown)


def test_hyphens_and_gender_signs_do_not_hide_words() -> None:
    assert [token.key for token in tokens(clean("E-Bike für Bürger*innen und Nutzer:innen"))] == [
        "e", "bike", "ebike", "fuer", "buergerinnen", "und", "nutzerinnen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "inside"),
    [
        ("busanbindung", ("bus", "anbindung")),
        ("schulbus", ("schule", "bus")),
        ("kinderbus", ("kinder", "bus")),
        ("oeffnungszeiten", ("oeffnung", "zeiten")),
        ("haustuer", ("haus", "tuer")),
        ("wasserstandssensoren", ("wasserstand", "wasser", "stand", "sensoren")),
        ("busverbindung", ("bus", "verbindung")),  # no text knows the second part
        ("fietsregeln", ("regeln",)),  # nor the first
        ("busshuttle", ("bus", "shuttle")),  # one text is enough after a short word of many compounds
        ("business", ()),
        ("laufende", ()),
        ("bus", ()),
        ("", ()),
    ],
)
def test_compounds_are_split_by_what_the_texts_know(word: str, inside: tuple[str, ...]) -> None:
    assert compounds.parts(word, lambda w: {**COUNTS, "stand": 2, "shuttle": 1}.get(w, 0)) == inside


@given(st.text(alphabet=string.ascii_lowercase, max_size=20))
def test_splitting_asks_for_nothing_but_its_candidates(word: str) -> None:
    """Else a word looked up in the database would be split otherwise than the same word in memory."""
    asked: set[str] = set()

    def count(piece: str) -> int:
        asked.add(piece)
        return len(piece) % 4

    compounds.split(word, count)
    assert asked <= compounds.candidates(word)


WORD = st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=20)


@given(WORD, st.integers(0, 3), st.integers(0, 19), st.sampled_from(string.ascii_lowercase))
def test_any_single_typing_error_is_found_under_a_common_key(
    word: str, kind: int, at: int, letter: str
) -> None:
    at %= len(word)
    wrong = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    )[kind]
    assert typos.keys(word) & typos.keys(wrong)


@given(WORD)
def test_keys_are_few_and_fit_into_a_column(word: str) -> None:
    assert len(typos.keys(word)) <= typos.PREFIX + 1
    assert all(0 <= key < 2**63 for key in typos.keys(word))


def test_the_nearest_words_come_first_and_far_ones_never() -> None:
    assert typos.closest("schuhle", {"schule": 9, "schulen": 2, "strasse": 7}) == [("schule", 1)]
    assert typos.closest("strase", {"strasse": 7, "strafe": 9}) == [("strafe", 1), ("strasse", 1)]
    assert typos.closest("bsu", {"bus": 9}) == []


def test_what_is_typed_becomes_words_parts_and_corrections() -> None:
    found = plan("Wie komme ich zur Busanbindung der Schuhle?", vocabulary())
    assert looked_for(found) == [
        [("komm", "word")],
        [("busanbind", "word")],
        [("bus", "part")],
        [("anbind", "part")],
        [("schuhl", "word"), ("schul", "typo")],
    ]
    assert found.corrections == {"Schuhle": "schule"}


def test_an_error_inside_an_unknown_compound_is_repaired() -> None:
    assert looked_for(plan("Hausreeln", vocabulary())) == [
        [("hausreel", "word")],
        [("haus", "typo")],
        [("regeln", "typo")],
    ] or looked_for(plan("Hausreeln", vocabulary()))[1:] == [[("haus", "typo")], [("regel", "typo")]]


def test_another_form_of_a_known_word_is_no_error() -> None:
    found = plan("Regelns", vocabulary())
    assert (looked_for(found)[0], found.corrections) == ([("regel", "word")], {})


def test_a_question_of_stop_words_alone_is_still_a_question() -> None:
    assert [group.typed for group in plan("wer wie was", vocabulary()).groups] == ["wer", "wie", "was"]
    assert plan("", vocabulary()) == Plan((), {})


@given(st.text(max_size=300))
def test_any_text_makes_a_plan(text: str) -> None:
    found = plan(text, vocabulary())
    assert all(0 < choice.weight <= 1 for group in found.groups for choice in group.choices)
    assert all(group.choices for group in found.groups)


def test_title_text_and_parts_count_differently() -> None:
    split = {"busanbindung": ("bus", "anbindung")}
    found = analyse(
        [Text("Busanbindung", TITLE), Text("Der Bus und die E-Mail")], lambda word: split.get(word, ())
    )
    assert found.terms == pytest.approx(
        {"busanbind": 5.0, "bus": 5 * 0.3 + 1, "anbind": 1.5, "e": 1.0, "mail": 1.0, "email": 0.3}
    )
    assert found.length == 6
    assert found.words == {
        "busanbindung": "Busanbindung", "bus": "Bus", "e": "E", "mail": "Mail", "email": "E-Mail",
    }  # fmt: skip


def test_a_passage_shows_where_most_is_answered() -> None:
    text = "Anfang. " + "Leere Worte. " * 40 + "Hier hält der Bus an der Schule. " + "Mehr Worte. " * 40
    found = passage(Read.of(text), lambda token: token.key if token.key in ("bus", "schule") else "")
    shown = "".join(piece.text for piece in found.pieces)
    assert [piece.text for piece in found.pieces if piece.hit] == ["Bus", "Schule"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 270
    assert found.found == (("bus", "Bus"), ("schule", "Schule"))


@given(st.text(max_size=600), st.sampled_from(["a", "e", "der"]))
def test_a_passage_invents_nothing(text: str, start: str) -> None:
    found = passage(Read.of(text), lambda token: start if token.key.startswith(start) else "")
    shown = "".join(piece.text for piece in found.pieces).removeprefix("… ").removesuffix(" …")
    assert shown in " ".join(clean(text).split())
