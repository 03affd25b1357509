"""Meetings of the demo: one that comes, one that is over with its minutes."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.modules.agenda.actions.meetings import plan_meeting, record_minutes


def make_meetings(folder: Path, system: Actor) -> None:
    """The meetings of ``meetings.toml``; their days are counted from today."""
    file = folder / "meetings.toml"
    if not file.exists():
        return
    for row in tomllib.loads(file.read_text("utf-8"))["meetings"]:
        day = today() + timedelta(days=row["days"])
        starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(row["clock"])))
        meeting = plan_meeting(
            system, body=row["body"], starts=starts, place=row["place"], items="\n".join(row["items"])
        )
        if row.get("minutes"):
            record_minutes(system, meeting=meeting, minutes=row["minutes"])
