"""The difference of two reports: what changed, how it reads, and what is no change."""

from dataclasses import replace
from datetime import date

from wurt.modules.agenda.domain.compare import compare, word_parts
from wurt.modules.agenda.domain.diff import MilestoneChange
from wurt.modules.agenda.domain.snapshot import MilestoneFact, ProfileFact, ReportFact

PROFILE = ProfileFact(key="netz", title="Netz", field="Bildung", state="running", end=date(2024, 6, 30))
BEFORE = ReportFact(
    PROFILE,
    "green",
    progress="Zehn Sensoren hängen an zehn Masten.",
    overall_state="Es läuft.",
    risks=("Sturm",),
    milestones=(MilestoneFact("Fertig", "2024-06"), MilestoneFact("Auftrag", "2024-03")),
)


def test_nothing_changed() -> None:
    assert compare(BEFORE, BEFORE).empty
    assert compare(BEFORE, replace(BEFORE, overall_state="Es   läuft.")).empty


def test_values_texts_lists_and_milestones() -> None:
    after = replace(
        BEFORE,
        profile=replace(PROFILE, end=date(2024, 9, 30)),
        status=None,
        progress="Elf Sensoren hängen an zehn Masten.",
        risks=("Frost",),
        milestones=(MilestoneFact("Fertig", "2024-09"), MilestoneFact("Auftrag", "2024-03", done=True)),
    )
    found = compare(BEFORE, after)
    assert [(change.field, change.before, change.after) for change in found.values] == [
        ("status", "green", None),
        ("end", "2024-06-30", "2024-09-30"),
    ]
    assert [(change.field, change.kind, change.parts) for change in found.texts] == [
        (
            "progress",
            "content",
            (("del", "Zehn"), ("ins", "Elf"), ("same", " Sensoren hängen an zehn Masten.")),
        )
    ]
    assert [(change.field, change.added, change.removed) for change in found.lists] == [
        ("risks", ("Frost",), ("Sturm",))
    ]
    assert found.milestones == (
        MilestoneChange("moved", "Fertig", "2024-06", "2024-09"),
        MilestoneChange("done", "Auftrag", "2024-03", "2024-03"),
    )


def test_what_a_report_does_not_contain_is_no_change() -> None:
    found = compare(BEFORE, replace(BEFORE, progress=None, milestones=()))
    assert found.empty
    assert found.incomparable == ("progress", "milestones")


def test_progress_carried_into_the_state_is_told_apart() -> None:
    after = replace(BEFORE, overall_state=f"Es läuft. {BEFORE.progress}")
    assert [(change.field, change.kind) for change in compare(BEFORE, after).texts] == [
        ("overall_state", "carried")
    ]


def test_blanks_between_changes_join_them_and_another_text_stands_below() -> None:
    assert word_parts(
        "Am Montag früh kommt der Bus in die Stadt.", "Am Abend spät kommt der Bus in die Stadt."
    ) == (
        ("same", "Am "),
        ("del", "Montag früh"),
        ("ins", "Abend spät"),
        ("same", " kommt der Bus in die Stadt."),
    )
    assert word_parts("Ganz alt.", "Etwas völlig Neues und Langes.") == (
        ("del", "Ganz alt."),
        ("same", "\n\n"),
        ("ins", "Etwas völlig Neues und Langes."),
    )


def test_a_text_that_is_all_new_has_no_gap_before_it() -> None:
    assert word_parts("", "Alles ist neu.") == (("ins", "Alles ist neu."),)
    assert word_parts("Alles ist alt.", "") == (("del", "Alles ist alt."),)
