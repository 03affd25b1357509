"""The demo county's data files: references resolve, counts add up, nothing of the real reports was copied."""

import csv
import json
import os
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
COUNTY = ROOT / "wurt" / "counties" / "dithmarschen"
SHARED = Path(os.environ.get("WURT_SHARED", ROOT.parent / "shared"))
REPORTS = SHARED / "data" / "status-reports"
GEO = SHARED / "data" / "geo"

MONTHS = [f"2023-{m:02}" for m in range(3, 13)] + [f"2024-{m:02}" for m in range(1, 5)]
RUNNING = {
    "digitalpatenschaft": (date(2023, 1, 1), date(2024, 6, 30)),
    "digitaler-marktplatz": (date(2024, 3, 1), date(2025, 12, 31)),
    "dorffunk": (date(2024, 1, 22), date(2024, 12, 31)),
    "ehrenamtsboerse": (date(2024, 2, 1), date(2025, 3, 31)),
    "lorawan-netzausbau": (date(2023, 1, 1), date(2024, 12, 31)),
    "flexibler-busshuttle": (date(2022, 12, 1), date(2023, 12, 31)),
    "regionalportal-jugend-familie": (date(2023, 11, 1), date(2026, 12, 31)),
    "positionierung-buergerportale": (date(2023, 11, 15), date(2024, 12, 31)),
}
ROLES = {
    "county_admin", "coordinator", "place_editor", "project_lead", "project_group", "steering_member",
    "org_admin", "moderator", "auditor", "caseworker", "resident",
}  # fmt: skip
ORGANISATION_KINDS = {
    "county", "amt", "town", "company", "association", "club", "school", "state", "agency",
}  # fmt: skip
PROJECT_KEYS = {
    "slug", "title", "short_title", "aliases", "field", "state", "example", "planned_start", "start", "end",
    "completed_on", "lead_organisation", "lead_function", "partners", "stakeholders", "goal", "content",
    "participation", "participation_none_reason", "contact", "costs", "decisions", "reports",
}  # fmt: skip
REPORT_KEYS = {
    "month", "example", "status", "status_reason", "progress", "no_progress", "overall_state",
    "next_activities", "risks", "milestones",
}  # fmt: skip
DUE = re.compile(r"|\d{4}-(0[1-9]|1[0-2])|\d{4}-Q[1-4]|\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])")


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((COUNTY / name).read_text(encoding="utf-8"))


def rows() -> list[dict[str, str]]:
    with (COUNTY / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_projects() -> dict[str, dict[str, Any]]:
    return {path.stem: load(f"projects/{path.name}") for path in sorted((COUNTY / "projects").glob("*.toml"))}


PROJECTS = all_projects()
REPORTED = {slug: project["reports"] for slug, project in PROJECTS.items() if "reports" in project}


def organisations() -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in load("organisations.toml")["organisations"]}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-*.][^\W_]+)*", text.lower())


def all_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(COUNTY.rglob("*.*")))


# --- places -------------------------------------------------------------------------------------------


def test_places_form_one_tree_and_guess_no_key() -> None:
    places = rows()
    slugs = [place["slug"] for place in places]
    assert len(set(slugs)) == len(slugs) == 123
    assert Counter(place["kind"] for place in places) == {
        "county": 1,
        "amt": 6,
        "town": 2,
        "municipality": 114,
    }
    kinds = {place["slug"]: place["kind"] for place in places}
    for place in places:
        expected = {"county": {""}, "municipality": {"amt", "county"}}.get(place["kind"], {"county"})
        assert kinds.get(place["parent"], "") in expected, place["slug"]
    keys = {place["name"]: place["ags"] for place in places if place["ags"]}
    assert keys == {"Kreis Dithmarschen": "01051", "Heide": "01051044", "Brunsbüttel": "01051011"}


def test_municipalities_per_amt_agree_with_the_official_number_of_keys() -> None:
    """24 for Mitteldithmarschen; one of them (Immenstedt) has no GeoNames entry, Hägen has no Amt."""
    counts = Counter(place["parent"] for place in rows() if place["kind"] == "municipality")
    assert counts == {
        "amt-burg-st-michaelisdonn": 14, "amt-buesum-wesselburen": 18, "amt-eider": 34,
        "amt-heider-umland": 11, "amt-marne-nordsee": 13, "amt-mitteldithmarschen": 23,
        "kreis-dithmarschen": 1,
    }  # fmt: skip


def test_coordinates_lie_in_the_county() -> None:
    for place in rows():
        if place["lat"] or place["lon"]:
            assert 53.8 < float(place["lat"]) < 54.4, place["slug"]
            assert 8.5 < float(place["lon"]) < 9.5, place["slug"]
    assert sum(1 for place in rows() if not place["lat"]) == 7


@pytest.mark.skipif(not GEO.is_dir(), reason="../shared/data/geo is not here")
def test_places_are_those_of_the_source() -> None:
    with (GEO / "dithmarschen_places.csv").open(encoding="utf-8", newline="") as file:
        source = {(row["place"], row["plz"], row["lat"], row["lon"]) for row in csv.DictReader(file)}
    ours = {(row["name"], row["plz"], row["lat"], row["lon"]) for row in rows() if row["lat"]}
    assert ours == source
    per_amt = json.loads((GEO / "dithmarschen_aemter_ags.json").read_text(encoding="utf-8"))
    assert len(per_amt["Mitteldithmarschen"]["ags"]) == 24
    assert per_amt["Heide"]["ags"] == ["01051044"]


# --- references ---------------------------------------------------------------------------------------


def test_organisations_resolve() -> None:
    places = {place["slug"] for place in rows()}
    entries = load("organisations.toml")["organisations"]
    assert len({entry["slug"] for entry in entries}) == len(entries)
    names = [name for entry in entries for name in (entry["name"], *entry["aliases"])]
    assert len(set(names)) == len(names), "a name or alias stands for two organisations"
    for entry in entries:
        assert entry["kind"] in ORGANISATION_KINDS, entry["slug"]
        assert entry["place"] == "" or entry["place"] in places, entry["slug"]
    partners = {entry["slug"] for entry in entries if entry["partner"]}
    assert len(partners) == 9
    steering = next(body for body in load("bodies.toml")["bodies"] if body["slug"] == "lenkungsgruppe")
    assert {member["organisation"] for member in steering["members"]} == partners
    assert len(steering["members"]) == 9


def test_every_reference_resolves() -> None:
    known = organisations()
    fields = {field["slug"] for field in load("fields.toml")["fields"]}
    for slug, project in PROJECTS.items():
        assert project["slug"] == slug
        assert project["field"] in fields, slug
        for reference in (project["lead_organisation"], *project["partners"], *project["stakeholders"]):
            assert reference in known, (slug, reference)
        assert project["lead_organisation"] not in project["partners"], slug
    for goal in load("goals.toml")["goals"]:
        assert goal["projects"], goal["slug"]
        assert set(goal["projects"]) <= set(PROJECTS), goal["slug"]
    for body in load("bodies.toml")["bodies"]:
        assert {member["organisation"] for member in body["members"]} <= set(known)


def test_figures_belong_to_projects_and_goals_and_reach_to_the_last_month() -> None:
    months = [entry["month"] for entry in load("months.toml")["months"]]
    goals = {goal["slug"] for goal in load("goals.toml")["goals"]}
    for row in load("indicators.toml")["indicators"]:
        assert row["example"] is True
        assert "(erfunden)" in row["source"]
        assert months.index(row["since"]) + len(row["values"]) == len(months), row["key"]
        assert {owner["slug"] for owner in row["projects"]} <= set(PROJECTS)
        assert {owner["slug"] for owner in row.get("goals", [])} <= goals


def test_accounts() -> None:
    accounts = load("accounts.toml")["accounts"]
    places = {place["slug"] for place in rows()}
    assert {account["role"] for account in accounts} == ROLES
    assert len({account["email"] for account in accounts}) == len(accounts)
    for account in accounts:
        assert account["email"].endswith("@wurt.example")
        assert account["example"] is True
        assert account["name"].endswith(" (erfunden)")
        assert "password" not in account
        assert account.get("place", "heide") in places
        assert account.get("organisation", "kreis-dithmarschen") in organisations()
    lead = next(account for account in accounts if account["role"] == "project_lead")
    assert [PROJECTS[slug]["state"] for slug in lead["leads"]] == ["running", "running"]


# --- projects -----------------------------------------------------------------------------------------


def test_forty_eight_projects_in_ten_fields() -> None:
    assert len(PROJECTS) == 48
    assert Counter(project["state"] for project in PROJECTS.values()) == {
        "completed": 1, "running": 8, "planned": 39,
    }  # fmt: skip
    assert {slug for slug, project in PROJECTS.items() if project["state"] == "running"} == set(RUNNING)
    per_field = Counter(project["field"] for project in PROJECTS.values())
    assert len(per_field) == 10
    assert min(per_field.values()) >= 2
    assert [field["order"] for field in load("fields.toml")["fields"]] == list(range(1, 11))
    planned_fields = {project["field"] for project in PROJECTS.values() if project["state"] == "planned"}
    assert len(planned_fields) == 10


def test_titles_goals_and_texts_are_individual() -> None:
    for key in ("title", "goal", "content"):
        values = [project[key] for project in PROJECTS.values()]
        assert len(set(values)) == 48, key
    names = [name for p in PROJECTS.values() for name in {p["title"], p["short_title"], *p["aliases"]} - {""}]
    assert len(set(names)) == len(names), "a title or alias stands for two projects"


@pytest.mark.parametrize("slug", PROJECTS)
def test_project_shape(slug: str) -> None:
    project = PROJECTS[slug]
    assert set(project) <= PROJECT_KEYS
    assert bool(project["participation"]) != bool(project["participation_none_reason"])
    assert 2 <= len(re.findall(r"[.?!](?=\s|$)", project["content"])) <= 8
    assert project["contact"]["email"].endswith(".example")
    assert project["example"] is (slug not in RUNNING)
    for cost in project.get("costs", []):
        assert cost["example"] is True
        assert re.fullmatch(r"\d+", cost.get("amount", "0"))
    for decision in project.get("decisions", []):
        assert decision["body"]
        assert decision["title"]
        assert decision.get("decided_on", date(2023, 12, 31)) < date(2024, 5, 1)
        if project["example"]:
            assert decision["example"] is True
    if project["state"] == "planned":
        assert re.fullmatch(r"2024-Q[34]|2025-Q[1-4]", project["planned_start"])
        assert not {"start", "end", "reports"} & set(project)
    else:
        assert project["start"] < project["end"]
        assert "planned_start" not in project


def test_running_projects_have_their_true_duration() -> None:
    ours = {slug: (PROJECTS[slug]["start"], PROJECTS[slug]["end"]) for slug in RUNNING}
    assert ours == RUNNING


# --- reports ------------------------------------------------------------------------------------------


def test_months() -> None:
    months = load("months.toml")["months"]
    assert [entry["month"] for entry in months] == MONTHS
    for entry in months:
        year, month = int(entry["month"][:4]), int(entry["month"][5:])
        assert entry["published_at"].replace(day=1) == date(year + month // 12, month % 12 + 1, 1)
        assert 1 <= len(re.findall(r"[.?!](?=\s|$)", entry["intro"])) <= 3
        assert entry["example"] is True


@pytest.mark.parametrize("slug", REPORTED)
def test_reports_have_no_gap(slug: str) -> None:
    project = PROJECTS[slug]
    first = max(MONTHS[0], project["start"].isoformat()[:7])
    last = project["completed_on"].isoformat()[:7] if project["state"] == "completed" else MONTHS[-1]
    assert [report["month"] for report in project["reports"]] == [m for m in MONTHS if first <= m <= last]


@pytest.mark.parametrize("slug", REPORTED)
def test_report_shape(slug: str) -> None:
    for report in REPORTED[slug]:
        assert set(report) <= REPORT_KEYS
        assert report["example"] is True
        assert report.get("status") in {None, "green", "yellow", "red"}
        assert bool(report["status_reason"]) is (report.get("status") in {"yellow", "red"})
        assert report.get("no_progress", False) is (report["progress"] == "")
        for milestone in report["milestones"]:
            assert DUE.fullmatch(milestone["due"]), milestone
            assert milestone["done"] is ("done_on" in milestone)
            if milestone["done"]:
                assert milestone["done_on"].isoformat()[:7] <= report["month"]
        labels = [milestone["label"] for milestone in report["milestones"]]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("slug", REPORTED)
def test_history_grows(slug: str) -> None:
    """The state is carried from month to month, milestones are never lost nor undone."""
    for before, after in zip(REPORTED[slug], REPORTED[slug][1:], strict=False):
        assert after["overall_state"].startswith(before["overall_state"]), after["month"]
        assert (after["overall_state"] != before["overall_state"]) is bool(before["progress"]), after["month"]
        earlier = {m["label"]: m for m in before["milestones"]}
        later = {m["label"]: m for m in after["milestones"]}
        assert set(earlier) <= set(later)
        assert all(later[label] == m for label, m in earlier.items() if m["done"])


def test_statuses_show_every_case() -> None:
    seen = Counter(report.get("status") for reports in REPORTED.values() for report in reports)
    assert seen["red"] == 1
    assert seen[None] == 2
    assert seen["green"] > 2 * seen["yellow"] > 0
    wlan = {report["month"]: report.get("status") for report in REPORTED["wlan-dorfgemeinschaftshaeuser"]}
    assert [wlan["2023-06"], wlan["2023-07"], wlan["2023-08"]] == ["red", "yellow", "green"]


def test_milestones_move() -> None:
    reports = REPORTED["lorawan-netzausbau"]
    dues = [
        m["due"] for r in reports for m in r["milestones"] if m["label"].startswith("Entwicklung weiterer")
    ]
    assert list(dict.fromkeys(dues)) == ["2024-03", "2024-06", "2024-09"]
    dues = [m["due"] for r in REPORTED["flexibler-busshuttle"] for m in r["milestones"]]
    assert dues[-2:] == ["", ""], "true: no dates in April 2024"


@pytest.mark.parametrize("slug", ["bodies", "goals", "pages", "strategy"])
def test_invented_texts_are_marked(slug: str) -> None:
    data = load(f"{slug}.toml")
    entries = [e for value in data.values() if isinstance(value, list) for e in value if isinstance(e, dict)]
    if slug == "bodies":
        entries = [member for body in entries for member in body["members"]]
        assert all(m["name"].endswith(" (erfunden)") and m["consent"] is True for m in entries if "name" in m)
    assert entries
    assert all(entry["example"] is True for entry in entries)


def test_pages_and_glossary() -> None:
    pages = {page["slug"]: page["body"] for page in load("pages.toml")["pages"]}
    assert set(pages) == {
        "ueber",
        "kontakt",
        "impressum",
        "datenschutz",
        "barrierefreiheit",
        "leichte-sprache",
    }
    assert all("Beispieldaten" in body.replace("·", "") for body in pages.values())
    assert not any(re.search(r"^# ", body, re.MULTILINE) for body in pages.values())
    terms = [term["term"] for term in load("glossary.toml")["terms"]]
    assert len(set(terms)) == len(terms) >= 20
    assert terms == sorted(terms, key=str.lower)
    versions = [(d["slug"], d["version"]) for d in load("strategy.toml")["documents"]]
    assert versions == [
        (s, v) for s in ("digitalisierungsstrategie", "digitale-agenda") for v in ("1.0", "1.1")
    ]


# --- nothing copied -----------------------------------------------------------------------------------


@pytest.mark.skipif(not REPORTS.is_dir(), reason="../shared/data/status-reports is not here")
def test_no_real_person_is_named() -> None:
    documents = json.loads((REPORTS / "expected_import.json").read_text(encoding="utf-8"))["documents"]
    people = {p["lead_person"] for d in documents for p in d.get("projects", []) if p.get("lead_person")}
    assert len(people) >= 5
    surnames = {name.split()[-1] for name in people}
    text = set(re.findall(r"[^\W\d_]+", all_text()))
    assert not surnames & text


@pytest.mark.skipif(not REPORTS.is_dir(), reason="../shared/data/status-reports is not here")
def test_no_eight_words_in_a_row_are_copied() -> None:
    """Titles of the true projects and the motto are facts and may be quoted."""
    quoted = [load("county.toml")["motto"], *(PROJECTS[slug]["title"] for slug in RUNNING)]
    quoted += [alias for slug in RUNNING for alias in PROJECTS[slug]["aliases"]]

    def runs(text: str) -> set[tuple[str, ...]]:
        for phrase in quoted:
            text = text.replace(phrase, " § ")
        found = words(text.replace("§", "\n§§§\n"))
        return {tuple(found[i : i + 8]) for i in range(len(found) - 7)}

    real = set[tuple[str, ...]]()
    for path in sorted(REPORTS.glob("*.txt")):
        real |= runs(path.read_text(encoding="utf-8"))
    assert len(real) > 1000
    copied = {
        run for path in sorted(COUNTY.rglob("*.*")) for run in runs(path.read_text("utf-8")) if run in real
    }
    assert not copied


@pytest.mark.skipif(not REPORTS.is_dir(), reason="../shared/data/status-reports is not here")
def test_true_facts_agree_with_the_real_reports() -> None:
    """Duration, lead, partners, stakeholders and the dates of the milestones of April 2024."""
    documents = json.loads((REPORTS / "expected_import.json").read_text(encoding="utf-8"))["documents"]
    april = next(d for d in documents if d.get("report_month") == "2024-04")
    names: dict[str, str] = {}
    for slug, entry in organisations().items():
        names |= dict.fromkeys((entry["name"], *entry["aliases"]), slug)
    assert len(april["projects"]) == 8
    for real in april["projects"]:
        ours = PROJECTS[real["key"]]
        assert ours["title"] == real["title_canonical"]
        assert (ours["start"].isoformat(), ours["end"].isoformat()) == (real["start"], real["end"])
        assert ours["lead_organisation"] == names[real["lead_organisation"]]
        assert ours["partners"] == [names[name] for name in real["partners"]]
        assert ours["stakeholders"] == [names[name] for name in real["stakeholders"]]
        still_open = Counter(m["due"] for m in ours["reports"][-1]["milestones"] if not m["done"])
        assert still_open == Counter(m["due"] or "" for m in real["milestones"]), real["key"]
