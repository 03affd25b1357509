"""Eight requests bring the same solution; eight times five tries meet a limit of ten."""

import time

from django.core.cache import cache

from wurt.core.spamguard import proof
from wurt.core.spamguard.rates import within

GAP = 0.03


def spend_same(number: int, *, key: str, fair: bool) -> bool:
    """Use a solution up; was it this process that could?"""
    if fair:
        return proof.spend(key)
    if cache.get(key):
        return False
    time.sleep(GAP)
    cache.set(key, 1)
    return True


def count_tries(number: int, *, who: str, fair: bool) -> int:
    """How many of five tries passed a limit of ten. The control counts in the cache, by get and set."""
    passed = 0
    for _ in range(5):
        if fair:
            passed += within("race", who, amount=10, seconds=86400)
        else:
            count = cache.get(who, 0)
            time.sleep(GAP / 5)
            cache.set(who, count + 1)
            passed += count < 10
    return passed
