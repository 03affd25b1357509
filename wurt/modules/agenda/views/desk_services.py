"""Changes of stage in the form of a report: taken over into the text or as milestones, only on request."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any


def refills(changes: Sequence[tuple[date, str]]) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
    """What the two buttons do to what was typed; nothing stands twice."""

    def text(typed: dict[str, Any]) -> dict[str, Any]:
        progress = str(typed.get("progress") or "").strip()
        fresh = [sentence for _day, sentence in changes if sentence not in progress]
        return typed | {"progress": "\n\n".join([progress, *fresh]).strip(), "has_progress": "yes"}

    def milestones(typed: dict[str, Any]) -> dict[str, Any]:
        rows = [row for row in typed.get("milestones") or [] if row.get("label")]
        known = {row["label"] for row in rows}
        fresh = [
            {"label": sentence, "due": day.isoformat(), "done": True, "done_on": day}
            for day, sentence in changes
            if sentence not in known
        ]
        return typed | {"milestones": [*rows, *fresh]}

    return {"stage_text": text, "stage_milestones": milestones}
