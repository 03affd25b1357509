"""Proof of work: the browser finds a number. That costs it a moment, and a sender of thousands of forms much.

ALTCHA's challenges (altcha.org, second version): PBKDF2-HMAC-SHA-256 of nonce and counter, with a salt, must
begin with one zero byte, so on average 256 counters are tried. The challenge is signed, not stored.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

from wurt.core.db.clock import now
from wurt.core.spamguard.models import Spent
from wurt.core.spamguard.rates import seen

BASE = 2_000
"""Iterations of PBKDF2 per counter in quiet times."""
DEAREST = 16
"""How many times as much it may cost at most: an old phone must still come to an end."""
LASTS = timedelta(hours=12)
SITE_STEPS = ((1000, 8), (300, 4), (100, 2))
"""From so many guarded forms in ten to twenty minutes on the whole site it costs so many times as much."""
CLIENT_STEPS = ((40, 8), (20, 4), (10, 2))
"""The same for the forms of one connection in one to two hours."""
SITE_WINDOW, CLIENT_WINDOW = 600, 3600
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """``fault``: empty, or why the proof does not count: missing, broken, other_form, expired, used.
    ``key`` names the challenge."""

    fault: str = ""
    key: str = ""


def cost(client: str) -> int:
    """Iterations per counter for the next form of this connection: more under load."""
    site = _step(SITE_STEPS, seen("guarded.site", "", seconds=SITE_WINDOW))
    own = _step(CLIENT_STEPS, seen("guarded.client", client, seconds=CLIENT_WINDOW))
    return BASE * min(DEAREST, site * own)


def challenge(form: str, client: str) -> str:
    """A fresh signed challenge as JSON for the page."""
    made = altcha.create_challenge(
        "PBKDF2/SHA-256",
        cost(client),
        data={"form": form},
        expires_at=now() + LASTS,
        hmac_secret=_secret(),
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def check(form: str, payload: str) -> Outcome:
    """Is this a solution of a challenge of ours for this form that has not expired? Spends nothing."""
    if not payload:
        return Outcome("missing")
    if len(payload) > LONGEST:
        return Outcome("broken")
    try:
        given = altcha.Payload.from_base64(payload)
        # The library compares with the machine's clock; ours can be set, so expiry is asked below.
        verified = altcha.verify_solution(given, _secret())
        parameters = given.challenge.parameters
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Outcome("broken")
    if verified.expired:
        return Outcome("expired")
    if not verified.verified:
        return Outcome("broken")
    if _expires(parameters) < now():
        return Outcome("expired")
    if (parameters.data or {}).get("form") != form:
        return Outcome("other_form")
    return Outcome(key=str(given.challenge.signature))


def spend(key: str) -> bool:
    """Use a solution up; False if it was used before. The unique row decides between two at once."""
    until = now() + LASTS
    return Spent.objects.get_or_create(key=key, defaults={"until": until})[1]


def _step(steps: tuple[tuple[int, int], ...], count: int) -> int:
    return next((factor for least, factor in steps if count >= least), 1)


def _expires(parameters: Any) -> datetime:
    return datetime.fromtimestamp(parameters.expires_at or 0, UTC)


def _secret() -> bytes:
    return salted_hmac("spamguard.proof", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
