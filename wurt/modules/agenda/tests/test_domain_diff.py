"""Differences between months: meaning is never taken for spelling."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.modules.agenda.domain.diff import (
    MilestoneChange,
    MilestoneState,
    ReportTexts,
    classify,
    diff_lists,
    diff_milestones,
    diff_texts,
    segments,
)
from wurt.modules.agenda.importing import read_files, to_json
from wurt.modules.agenda.tests.expectation import REPORTS

FILLER = st.lists(
    st.sampled_from(
        ["Die", "neue", "Plattform", "steht", "allen", "Vereinen", "offen", "und", "liefert", "gute", "Werte"]
    ),
    min_size=1,
    max_size=8,
)
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def around(left: list[str], word: str, right: list[str]) -> str:
    return " ".join([*left, word, *right]) + "."


@given(FILLER, FILLER, st.integers(0, 99999), st.integers(0, 99999))
def test_a_changed_number_is_never_a_typo(left: list[str], right: list[str], a: int, b: int) -> None:
    assert classify(around(left, str(a), right), around(left, str(b), right)) == (
        "none" if a == b else "content"
    )


@given(FILLER, FILLER, st.dates(), st.dates())
def test_a_changed_date_is_never_a_typo(left: list[str], right: list[str], a: object, b: object) -> None:
    texts = [around(left, f"am {d:%d.%m.%Y}", right) for d in (a, b)]
    assert classify(*texts) == ("none" if a == b else "content")


@given(FILLER, FILLER, st.sampled_from(MONTHS), st.sampled_from(MONTHS))
def test_a_changed_month_is_never_a_typo(left: list[str], right: list[str], a: str, b: str) -> None:
    assert classify(around(left, f"im {a}", right), around(left, f"im {b}", right)) == (
        "none" if a == b else "content"
    )


@given(FILLER, FILLER, st.sampled_from(["nicht", "kein", "keine", "nie", "ohne", "weder"]))
def test_a_negation_more_or_less_is_never_a_typo(left: list[str], right: list[str], word: str) -> None:
    with_word, without = around(left, word, right), " ".join([*left, *right]) + "."
    assert classify(with_word, without) == classify(without, with_word) == "content"


@given(
    FILLER,
    FILLER,
    *[st.sampled_from(["grün", "gelb", "rot", "gestartet", "gestoppt", "geplant", "beantragt", "beauftragt"])]
    * 2,
)
def test_a_changed_status_word_is_never_a_typo(left: list[str], right: list[str], a: str, b: str) -> None:
    assert classify(around(left, a, right), around(left, b, right)) == ("none" if a == b else "content")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Das Formular liegt aus.", "Das Formlar liegt aus."),
        ("Es sind Rückfragen gegebenenfalls möglich.", "Es sind Rückfragen gegeben falls möglich."),
        ("Die Vorstands-Sitzung fand statt", "Die Vorstandssitzung fand statt."),
        ("Strasse am Hafen", "Straße am Hafen"),
        ("Die Schlusspürfung fand statt", "Die Schlussprüfung fand statt"),
    ],
)
def test_spelling_is_a_typo(before: str, after: str) -> None:
    assert classify(before, after) == "typo"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Die Lage ist zulässig.", "Die Lage ist unzulässig."),
        ("Es wurde ein Angebot geprüft.", "Es wurden Angebote geprüft."),
        ("Das wurde begrüßt.", "Das würde begrüßt."),
        ("Der Antrag wurde angenommen.", "Der Antrag wurde abgenommen."),
        ("Kosten 17.5 Mio", "Kosten 175 Mio"),
        ("Anteil 5 %", "Anteil 5 €"),
        ("Der Hafen wird gebaut.", "Der Hafen wird bald gebaut."),
    ],
)
def test_other_words_are_content(before: str, after: str) -> None:
    assert classify(before, after) == "content"


def test_progress_appended_to_the_state_is_carried() -> None:
    assert classify("A ist da.", "A ist da. B kam dazu.", "B kam  dazu.") == "carried"
    assert classify("A ist da.", "A ist da. C kam dazu.", "B kam dazu.") == "content"


def test_absent_cannot_be_compared() -> None:
    assert classify(None, "x") == classify("x", None) == "absent"
    assert diff_lists(None, ["a"]).added == ()
    assert diff_milestones(None, [MilestoneState("a", "2024-05")]) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_segments_give_both_texts_back(before: str, after: str) -> None:
    found = segments(before, after)
    assert "".join(s.text for s in found if s.op != "added") == before
    assert "".join(s.text for s in found if s.op != "removed") == after


def test_lists_and_milestones() -> None:
    lists = diff_lists(["Ausfall", "Terminverzug bei Lieferung"], ["Ausfall", "Neu"])
    assert (lists.added, lists.removed) == (("Neu",), ("Terminverzug bei Lieferung",))
    before = [
        MilestoneState("Test", "2024-06"),
        MilestoneState("Start", "2024-09"),
        MilestoneState("Weg", None),
    ]
    after = [
        MilestoneState("Test", "2024-06", True),
        MilestoneState("Start", "2024-12"),
        MilestoneState("Neu", "2025-Q1"),
    ]
    assert diff_milestones(before, after) == [
        MilestoneChange("done", "Test", "2024-06", "2024-06"),
        MilestoneChange("moved", "Start", "2024-09", "2024-12"),
        MilestoneChange("removed", "Weg", None, None),
        MilestoneChange("added", "Neu", None, "2025-Q1"),
    ]


@pytest.mark.skipif(not REPORTS.exists(), reason="../shared/data/status-reports is not there")
def test_the_differences_of_the_real_months_are_as_expected() -> None:
    expected = json.loads((REPORTS / "expected_import.json").read_text(encoding="utf-8"))
    names = [d["file"] for d in expected["documents"] if d["kind"] == "status_report"]
    own = {}
    texts = {}
    data = {d["file"]: d for d in to_json(read_files([REPORTS / n for n in names]))["documents"]}
    for wanted in (d for d in expected["documents"] if d["file"] in names):
        for want, got in zip(wanted["projects"], data[wanted["file"]]["projects"], strict=True):
            own[want["key"]] = got["key"]
            texts[want["key"], wanted["report_month"]] = ReportTexts(
                got["goal"], got["content"], got["progress_this_period"], got["overall_state"]
            )
    compared = 0
    for month in expected["month_diffs"]:
        for project in month["projects"]:
            found = diff_texts(texts[project["key"], month["from"]], texts[project["key"], month["to"]])
            got_pairs = {({"progress": "progress_this_period"}.get(c.field, c.field), c.kind) for c in found}
            assert got_pairs == {(c["field"], c["kind"]) for c in project["changes"]}, project["key"]
            compared += 1
    assert compared == 9
