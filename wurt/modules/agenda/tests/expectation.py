"""Comparing an import with the expectation of the real documents, as its ``how_to_compare`` says."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("WURT_SHARED", ROOT.parent / "shared"))
REPORTS = SHARED / "data" / "status-reports"

TEXTS = ("goal", "content", "progress_this_period", "overall_state")
EXACT = (
    "lead_person", "lead_organisation", "report_month", "partners", "stakeholders", "start", "end", "risks",
    "milestones_section", "has_progress", "next_activities", "status", "legend_present", "missing_sections", "title", "summary_name",  # noqa: E501
)  # fmt: skip


def flat(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def compare_project(got: dict[str, Any], want: dict[str, Any], alone: bool = False) -> list[str]:
    """Differences of one project as readable lines; empty when it is right."""
    out = []
    for name in EXACT:
        if alone and name == "summary_name":
            continue
        if got[name] != want[name]:
            out.append(f"{name}: {got[name]!r} != {want[name]!r}")
    for name in TEXTS:
        if flat(got[name]) != flat(want[name]):
            out.append(f"{name}: {flat(got[name])!r} != {flat(want[name])!r}")
        elif want[name] and [flat(p) for p in got[name].split("\n\n")] != [
            flat(p) for p in want[name].split("\n\n")
        ]:
            out.append(f"{name}: paragraphs differ: {got[name]!r}")
    if (got["status_source"] or {}).get("sentence") != (want["status_source"] or {}).get("sentence"):
        out.append(f"status_source {got['status_source']}")
    if want["status_source"] and got["status_source"]["line"] != want["status_source"]["line"]:
        out.append(f"status line {got['status_source']}")
    out += compare_milestones(got["milestones"], want["milestones"])
    out += compare_warnings(got["warnings"], want["warnings"])
    if got["title_canonical"] != want["title_canonical"]:
        marked = (
            any(w["code"] == "title_typo" for w in got["warnings"]) and not got["fields"]["title"]["certain"]
        )
        if not (marked and got["title_canonical"] == want["title"]):
            out.append(f"title_canonical {got['title_canonical']}")
    return out


def compare_milestones(got: list[dict[str, Any]], want: list[dict[str, Any]]) -> list[str]:
    if sorted(m["label"] for m in got) != sorted(m["label"] for m in want):
        return [f"milestone labels {[m['label'] for m in got]}"]
    if Counter(m["due"] for m in got) != Counter(m["due"] for m in want):
        return [f"milestone dues {[m['due'] for m in got]}"]
    out = []
    by_label = {m["label"]: m for m in got}
    for wanted in want:
        found = by_label[wanted["label"]]
        allowed = [wanted["due"], *(wanted.get("alternative_due", []) if wanted["ambiguous"] else [])]
        if found["ambiguous"] != wanted["ambiguous"] or found["due"] not in allowed:
            out.append(f"milestone {found} != {wanted}")
        elif found["due"] == wanted["due"]:
            for name in ("due_precision", "due_printed", "due_latest"):
                if found[name] != wanted[name]:
                    out.append(f"milestone {name} {found} != {wanted}")
        if wanted["ambiguous"] and wanted["due"] not in [found["due"], *found["alternative_due"]]:
            out.append(f"the right date is not offered: {found} != {wanted}")
    return out


def compare_warnings(got: list[dict[str, Any]], want: list[dict[str, Any]]) -> list[str]:
    a = Counter(w["code"] for w in got if w["severity"] == "warn")
    b = Counter(w["code"] for w in want if w["severity"] == "warn")
    return [] if a == b else [f"warnings {dict(a)} != {dict(b)}"]
