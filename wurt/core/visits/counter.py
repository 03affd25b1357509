"""How many different people came on a day, known to this process alone and only as long as the day lasts.

Every visit is turned into HMAC-SHA-256(salt, network address, user agent, host) and dropped into HyperLogLog
sketches (Flajolet et al. 2007; Apache DataSketches), one for each place and area. At local midnight salt and
sketches are gone; what stays is one rounded number per place and area. Nothing here touches a disk.

This file knows neither Django nor the database: the process that knows the salt stays small.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from datasketches import hll_sketch, tgt_hll_type  # type: ignore[import-untyped]

LG_K = 12
"""Registers as a power of two: 4096 give a standard error of 1.3 % for one day (docs/adr), 4 kB a sketch."""
ALL = "*"
"""Place or area of the sketch for everybody, in which whoever visits two places counts once."""
SALT_BYTES = 32
DAYS_KEPT = 7
"""So long numbers of past days wait for somebody to store them."""
FIELDS = 5
MOST_SKETCHES = 20_000
"""Places × areas of a large county are below 3,000; beyond this no new ones are made (80 MB)."""

Cell = tuple[str, str]
"""Place and area."""


@dataclass(slots=True)
class Day:
    """One day, or the part of it since the process began. ``run`` marks the part and is drawn at random."""

    day: str
    run: str
    salt: bytearray
    sketches: dict[Cell, hll_sketch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is told of a day: how many different people, by place and area. ``open``: the day goes on."""

    day: str
    run: str
    open: bool
    visitors: dict[Cell, int]


def packed(address: str, user_agent: str, host: str, place: str, area: str) -> bytes:
    """One visit as a datagram, smaller than 4 kB."""
    fields = (address[:64], user_agent[:512], host[:128], place[:120], area[:40])
    return b"\0".join(text.replace("\0", "").encode(errors="replace") for text in fields)


class Counter:
    """``today`` tells the local day as YYYY-MM-DD; ``new_salt`` makes one (tests give one that they know)."""

    def __init__(
        self,
        today: Callable[[], str],
        new_salt: Callable[[int], bytes] = secrets.token_bytes,
        lg_k: int = LG_K,
    ) -> None:
        self._today, self._new_salt, self._lg_k = today, new_salt, lg_k
        self._past: dict[str, Numbers] = {}
        self._now = self._begin(today())

    def _begin(self, day: str) -> Day:
        return Day(day, secrets.token_hex(8), bytearray(self._new_salt(SALT_BYTES)))

    def turn(self) -> None:
        """Forget yesterday if it is past midnight: its numbers stay, salt and sketches go."""
        day = self._today()
        if day != self._now.day:
            self._past[self._now.run] = self._numbers(is_open=False)
            self.forget()
            self._now = self._begin(day)
            for run in list(self._past)[:-DAYS_KEPT]:
                del self._past[run]

    def forget(self) -> None:
        """Overwrite the salt and let the sketches go."""
        self._now.salt[:] = bytes(SALT_BYTES)
        self._now.sketches.clear()

    def see(self, datagram: bytes) -> None:
        """Count one visit. What is no datagram of ours is passed over."""
        parts = datagram.split(b"\0")
        if len(parts) != FIELDS:
            return
        self.turn()
        digest = hmac.digest(self._now.salt, b"\0".join(parts[:3]), "sha256")
        key = int.from_bytes(digest[:8], "big", signed=True)
        place, area = (part.decode(errors="replace") for part in parts[3:])
        for cell in ((ALL, ALL), (ALL, area), (place, ALL), (place, area)):
            sketch = self._now.sketches.get(cell)
            if sketch is None:
                if len(self._now.sketches) >= MOST_SKETCHES:
                    continue
                sketch = self._now.sketches[cell] = hll_sketch(self._lg_k, tgt_hll_type.HLL_8)
            sketch.update(key)

    def numbers(self) -> list[Numbers]:
        """Today so far, and the past days that this process saw end."""
        self.turn()
        return [*self._past.values(), self._numbers(is_open=True)]

    def _numbers(self, *, is_open: bool) -> Numbers:
        visitors = {cell: round(sketch.get_estimate()) for cell, sketch in self._now.sketches.items()}
        return Numbers(self._now.day, self._now.run, is_open, visitors)
