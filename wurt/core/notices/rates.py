"""How often something may be tried, counted in the cache that all processes share."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def within(name: str, who: str, *, amount: int, seconds: int) -> bool:
    """Count one try of ``who`` (an address of mail or network); False once there were more than ``amount``
    in the current window. The cache sees a keyed hash, never the address."""
    window = int(time.time()) // seconds
    digest = salted_hmac(f"notices.rate.{name}", f"{window} {who}", algorithm="sha256").hexdigest()[:40]
    key = f"rate:{name}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= amount
    except ValueError:  # it ran out between the two calls: a new window
        return True
