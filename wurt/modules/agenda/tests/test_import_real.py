"""The real documents import as their expectation says: together, alone, and in any order."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wurt.modules.agenda.importing import read_files, to_json
from wurt.modules.agenda.tests.expectation import REPORTS, compare_project, compare_warnings, flat

pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="../shared/data/status-reports is not there")


def expected() -> dict[str, Any]:
    if not REPORTS.exists():
        return {"documents": []}
    data: dict[str, Any] = json.loads((REPORTS / "expected_import.json").read_text(encoding="utf-8"))
    return data


WANTED = {document["file"]: document for document in expected()["documents"]}
REPORT_FILES = [name for name, d in WANTED.items() if d["kind"] == "status_report"]
PROJECTS = [(name, index) for name in REPORT_FILES for index in range(len(WANTED[name]["projects"]))]


@cache
def imported(names: tuple[str, ...]) -> dict[str, Any]:
    paths: list[Path | str] = [REPORTS / name for name in names]
    data: dict[str, Any] = to_json(read_files(paths))
    return {document["file"]: document for document in data["documents"]}


ORDERS = {"given": tuple(WANTED), "reversed": tuple(reversed(WANTED)), "sorted": tuple(sorted(WANTED))}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("name", "index"), PROJECTS)
def test_every_field_of_every_project_is_exact(name: str, index: int, order: str) -> None:
    got = imported(ORDERS[order])[name]
    assert len(got["projects"]) == len(WANTED[name]["projects"])
    assert compare_project(got["projects"][index], WANTED[name]["projects"][index]) == []


@pytest.mark.parametrize(("name", "index"), PROJECTS)
def test_a_file_alone_reads_the_same(name: str, index: int) -> None:
    got = imported((name,))[name]["projects"][index]
    assert compare_project(got, WANTED[name]["projects"][index], alone=True) == []
    assert got["key"] == imported(ORDERS["given"])[name]["projects"][index]["key"]


@pytest.mark.parametrize("order", ORDERS)
def test_a_project_has_one_key_in_all_files(order: str) -> None:
    pairs = {
        (want["key"], got["key"])
        for name in REPORT_FILES
        for want, got in zip(WANTED[name]["projects"], imported(ORDERS[order])[name]["projects"], strict=True)
    }
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) == 8


@pytest.mark.parametrize("name", REPORT_FILES)
def test_the_summary_is_read_and_agrees_with_the_reports(name: str) -> None:
    got, want = imported(ORDERS["given"])[name], WANTED[name]
    assert (got["kind"], got["format"], got["report_month"]) == (
        want["kind"],
        want["format"],
        want["report_month"],
    )
    if want["summary"] is None:
        assert got["summary"] is None
        return
    for field in ("counts", "progress_projects_printed", "status_sentence", "intro"):
        assert got["summary"][field] == want["summary"][field], field
    own = {w["key"]: g["key"] for w, g in zip(want["projects"], got["projects"], strict=True)}
    assert got["summary"]["progress_project_keys"] == [
        own[key] for key in want["summary"]["progress_project_keys"]
    ]
    assert got["summary"]["progress_printed_keys"] == got["summary"]["progress_project_keys"]
    assert not [m for m in got["messages"] if m["severity"] != "info"]


def test_the_strategy_page_comes_as_headings_paragraphs_and_lists() -> None:
    name = next(n for n, d in WANTED.items() if d["kind"] == "strategy_page")
    got, want = imported((name,))[name], WANTED[name]
    assert got["kind"] == "strategy_page"
    for field in (
        "motto",
        "strategy_finished_printed",
        "strategy_finished",
        "horizon_years",
        "agenda_definition",
        "participation_formats",
    ):
        assert got[field] == want[field], field
    assert {k: got["cooperation"][k] for k in ("county", "aemter", "towns", "partners_total")} == {
        k: want["cooperation"][k] for k in ("county", "aemter", "towns", "partners_total")
    }
    assert [b["name"] for b in got["bodies"]] == ["Arbeitsgruppe", "Lenkungsgruppe", "Projektgruppe"]
    assert compare_warnings(got["warnings"], want["warnings"]) == []
    page = got["page"]
    assert [b["text"] for b in page if b["kind"] == "heading"][:3] == [
        "Digitale Modelkommune",
        "Digitalisierungsstrategie",
        "Digitalisierungsstrategie",
    ]
    assert [b["items"] for b in page if b["kind"] == "list"] == [want["participation_formats"]]
    source = " ".join((REPORTS / name).read_text(encoding="utf-8").replace("•", " ").split())
    pieces = [p for b in page for p in (b.get("items") or [b["text"]])]
    assert all(flat(piece) in source for piece in pieces)
    hero = " ".join(b["text"] for b in page[:3])
    assert " ".join(pieces) == source.replace(hero + " " + hero, hero)


def test_the_entry_of_a_list_of_measures_is_read_by_its_headings() -> None:
    name = next(n for n, d in WANTED.items() if d["kind"] == "vorhabenliste_entry")
    got, want = imported((name,))[name], WANTED[name]
    assert got["kind"] == "vorhabenliste_entry"
    for field in (
        "title",
        "description",
        "decisions",
        "current_state",
        "next_steps",
        "costs",
        "participation",
        "further_information",
    ):
        assert got[field] == want[field], field
    assert [{k: p[k] for k in ("label", "start", "end")} for p in got["derived"]["phases"]] == [
        {k: p[k] for k in ("label", "start", "end")} for p in want["derived"]["phases"]
    ]
    assert compare_warnings(got["warnings"], want["warnings"]) == []
    assert got["fields"]["current_state"]["certain"] is False


def test_aliases_are_proposed_and_not_merged() -> None:
    data = to_json(read_files([REPORTS / name for name in REPORT_FILES]))
    proposed = {(a["canonical"], a["alias"]) for a in data["organisation_aliases"]}
    assert proposed == {
        (a["canonical"], alias) for a in expected()["organisation_aliases"] for alias in a["aliases"]
    }


def test_months_differ_as_the_expectation_says() -> None:
    """Compared by field and kind; keys by position, since the expectation names its own."""

    def shape(diffs: list[dict[str, Any]]) -> list[Any]:
        return [
            (
                d["from"],
                d["to"],
                [sorted((c["field"], c["kind"]) for c in p["changes"]) for p in d["projects"]],
            )
            for d in diffs
        ]

    paths: list[Path | str] = [REPORTS / name for name in ORDERS["reversed"]]
    got = to_json(read_files(paths))["month_diffs"]
    assert shape(got) == shape(expected()["month_diffs"])
    assert len(got[0]["expected_progress_list_to"]) == 6
