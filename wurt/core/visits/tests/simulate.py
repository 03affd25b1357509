"""A month of people with known habits, to hold the counter's numbers against the truth."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

PLACES = ("-", "-", "-", "heide", "buesum", "brunsbuettel", "meldorf", "wesselburen")
AREAS = ("agenda", "agenda", "search", "pages", "notices")
BROWSERS = tuple(f"Mozilla/5.0 (Browser {number}) Gecko/20100101 Firefox/{number}.0" for number in range(40))


@dataclass
class Truth:
    """Sums of daily visitors as they are, by (place, area) with ``*`` for all."""

    sums: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, seen: dict[tuple[str, str], set[int]]) -> None:
        for cell, people in seen.items():
            self.sums[cell] = self.sums.get(cell, 0) + len(people)


def month(people: int, days: int, seed: int, truth: Truth) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Day by day the visits (address, user agent, host, place, area); each person has one address a day.

    Every person comes on about a tenth of the days and opens some pages then; weekends are quieter.
    """
    rng = random.Random(seed)
    browsers = [rng.choice(BROWSERS) for _ in range(people)]
    for number in range(1, days + 1):
        seen: dict[tuple[str, str], set[int]] = {}
        visits: list[tuple[str, ...]] = []
        share = 0.05 if number % 7 in (0, 6) else 0.12
        for person in range(people):
            if rng.random() >= share:
                continue
            address = f"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}"
            for _ in range(rng.randint(1, 5)):
                place, area = rng.choice(PLACES), rng.choice(AREAS)
                visits.append((address, browsers[person], "kreis.example", place, area))
                for cell in ((place, area), (place, "*"), ("*", area), ("*", "*")):
                    seen.setdefault(cell, set()).add(person)
        rng.shuffle(visits)
        truth.add(seen)
        yield f"2026-05-{number:02}", visits
