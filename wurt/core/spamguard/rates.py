"""How often something may be tried, counted in one table that all processes share.

The senders are never stored: a row's key is an HMAC-SHA-256 of name, window and sender, whose key is derived
from the site's secret and the day of the window. Rows go within an hour after their window.
"""

import hashlib
import hmac
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import F

from wurt.core.db.clock import now
from wurt.core.spamguard.models import Tally


def within(name: str, who: str, *, amount: int, seconds: int) -> bool:
    """Count one try of ``who`` (an address of mail or network); False once there were ``amount`` in the
    current window. Refused tries are not counted. Exactly ``amount`` pass, however many come at once: the
    conditional update is the lock. Call it outside of actions, whose rollback would take the count along."""
    start = _window(seconds)
    rows = Tally.objects.filter(key=_key(name, who, seconds, start))
    if rows.filter(count__lt=amount).update(count=F("count") + 1):
        return True
    until = datetime.fromtimestamp(start + seconds, UTC)
    first = {"count": min(1, amount), "until": until}
    made = Tally.objects.get_or_create(key=_key(name, who, seconds, start), defaults=first)[1]
    return amount > 0 if made else bool(rows.filter(count__lt=amount).update(count=F("count") + 1))


def seen(name: str, who: str, *, seconds: int) -> int:
    """How many tries there were in this window and the one before."""
    start = _window(seconds)
    keys = [_key(name, who, seconds, begin) for begin in (start, start - seconds)]
    return sum(Tally.objects.filter(key__in=keys).values_list("count", flat=True))


def _window(seconds: int) -> int:
    moment = int(now().timestamp())
    return moment - moment % seconds


def _key(name: str, who: str, seconds: int, start: int) -> str:
    day = datetime.fromtimestamp(start, UTC).date().isoformat()
    secret = hmac.new(settings.SECRET_KEY.encode(), f"wurt.rates {day}".encode(), hashlib.sha256).digest()
    return hmac.new(secret, f"{name}\n{seconds}\n{start}\n{who}".encode(), hashlib.sha256).hexdigest()
