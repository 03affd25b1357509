"""The maintenance page: a file in WURT_VAR, so that it holds while the database is away or being changed."""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from wurt.core.db.clock import now

SOON = 600
"""Seconds after which a browser or robot may ask again when no end was named."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Why nothing answers, and until when (None: not known). ``look_in``: administrators who are signed in
    with their second factor may read pages meanwhile."""

    until: datetime | None
    text: str
    look_in: bool = False

    @property
    def retry_after(self) -> int:
        """Seconds until the named end, at least a minute."""
        if self.until is None:
            return SOON
        return max(60, int((self.until - now()).total_seconds()))

    @property
    def overdue(self) -> bool:
        """Is the named end over?"""
        return self.until is not None and self.until < now()


def _file() -> Path:
    return Path(settings.VAR_DIR) / "maintenance.json"


def current() -> Maintenance | None:
    """The maintenance that is going on, if any. A file that cannot be read still means maintenance."""
    try:
        content = _file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        stored = json.loads(content)
        until = datetime.fromisoformat(stored["until"]) if stored["until"] else None
        return Maintenance(until, str(stored["text"]), stored.get("look_in") is True)
    except (ValueError, KeyError, TypeError):
        return Maintenance(None, "")


def begin(until: datetime | None = None, text: str = "", *, look_in: bool = False) -> Maintenance:
    """Switch the page on. The file appears whole or not at all."""
    state = Maintenance(until, text, look_in)
    unfinished = _file().with_suffix(".new")
    unfinished.write_text(
        json.dumps({"until": until.isoformat() if until else "", "text": text, "look_in": look_in}),
        encoding="utf-8",
    )
    unfinished.replace(_file())
    return state


def end() -> bool:
    """Switch the page off; False if it was not on."""
    with contextlib.suppress(FileNotFoundError):
        _file().unlink()
        return True
    return False


def moment(text: str) -> datetime:
    """``18:00`` (the next time it is that late in the county) or ``2026-11-22 18:00``. Raises ValueError."""
    here = timezone.localtime(now())
    if len(text) <= len("18:00"):
        wanted = datetime.combine(here.date(), time.fromisoformat(text.zfill(5)))
        if timezone.make_aware(wanted) <= now():
            wanted += timedelta(days=1)
        return timezone.make_aware(wanted)
    found = datetime.fromisoformat(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
