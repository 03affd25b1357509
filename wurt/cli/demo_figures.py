"""Invented figures of the demo county: short links with what came of them, and a year of visitors."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.links.actions import create_link
from wurt.core.links.models import Link, Tally
from wurt.core.links.results import OPENED
from wurt.core.notices.actions.follow import FOLLOWED
from wurt.core.visits.models import ActiveMonth, VisitorCount

MONTHS = 14
DAYS = 40
AREAS = {"agenda": 0.62, "pages": 0.18, "search": 0.27, "notices": 0.06, "figures": 0.04, "accounts": 0.05}
"""Share of a day's visitors who come to an area; many come to several."""
PLACES = {
    "-": 0.85,
    "kreis-dithmarschen": 0.42,
    "heide": 0.08,
    "brunsbuettel": 0.04,
    "buesum": 0.05,
    "meldorf": 0.02,
    "marne": 0.006,
    "friedrichskoog": 0.002,
}


def load_usage(actor: Actor, links: Sequence[Mapping[str, Any]], place: str) -> None:
    """Links, visitors and active accounts."""
    load_links(actor, links, place)
    load_visitors()


def load_links(actor: Actor, rows: Sequence[Mapping[str, Any]], place: str) -> None:
    """The short links, and their last forty days."""
    dice, first = random.Random(7), today() - timedelta(days=DAYS)  # noqa: S311 - invented figures
    tallies = []
    for row in rows:
        link = Link.objects.get(
            public_id=create_link(
                actor,
                title=row["title"],
                target=row["target"],
                place=place,
                valid_from=first,
                is_example=True,
            )
        )
        for number in range(DAYS):
            day = first + timedelta(days=number)
            opened = dice.randint(0, 2 * row["opened_a_day"])
            results = sum(dice.random() < row["share"] for _ in range(opened))
            for kind, count in ((OPENED, opened), (FOLLOWED, results)):
                if count:
                    tallies.append(Tally(link=link, day=day, kind=kind, count=count))
    Tally.objects.bulk_create(tallies)


def load_visitors() -> None:
    """Sums of daily visitors of the months that are over, growing, with a dip in summer and at Christmas."""
    dice, month = random.Random(11), today().replace(day=1)  # noqa: S311 - invented figures
    rows: list[VisitorCount] = []
    months: list[ActiveMonth] = []
    for back in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        season = {7: 0.7, 8: 0.75, 12: 0.8}.get(month.month, 1.0)
        total = round(6200 * season * (1 - 0.045 * back) * dice.uniform(0.94, 1.06))
        rows += _cells(month, total, dice)
        months.append(
            ActiveMonth(month=month, accounts=max(6, 24 - back + dice.randint(-1, 1)), is_example=True)
        )
    VisitorCount.objects.bulk_create(rows)
    ActiveMonth.objects.bulk_create(months)


def _cells(month: date, total: int, dice: random.Random) -> list[VisitorCount]:
    def cell(place: str, area: str, visitors: float) -> VisitorCount:
        return VisitorCount(
            day=month, place=place, area=area, run="example", visitors=round(visitors), is_example=True
        )

    found = [cell("*", "*", total)]
    areas = {area: total * share * dice.uniform(0.9, 1.1) for area, share in AREAS.items()}
    found += [cell("*", area, visitors) for area, visitors in areas.items()]
    for place, share in PLACES.items():
        here = total * share * dice.uniform(0.85, 1.15)
        found.append(cell(place, "*", here))
        if place == "-":
            found += [cell(place, area, visitors * 0.9) for area, visitors in areas.items()]
        else:
            found.append(cell(place, "agenda", here))
    return [row for row in found if row.visitors]
