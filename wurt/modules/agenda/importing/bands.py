"""Pages on which more than one project stands: where the next one begins."""

from collections.abc import Sequence
from itertools import pairwise

from wurt.modules.agenda.importing.units import Unit
from wurt.modules.agenda.importing.vocabulary import HEADER, PORTFOLIO, SECTIONS


def bands_of(units: list[Unit], height: float) -> list[list[Unit]]:
    """The units of a page, cut above every heading of a project that has something else above it."""
    titles = [u for u in units if u.label is not None and u.label.key == "title"]
    titles = titles or headings(units)
    tops = sorted(u.box[1] for u in titles)
    sections = [u for u in units if u.label is not None and u.label.key in SECTIONS | HEADER]
    cuts = []
    for number, top in enumerate(tops):
        above = [u for u in sections if u.box[3] <= top + 1 and (number == 0 or u.box[1] > tops[number - 1])]
        if any(u.label and u.label.key in SECTIONS for u in above) or (number and len(above) > 1):
            cuts.append(top - 1)
    if not cuts:
        return [units]
    edges = [float("-inf"), *cuts, height * 10]
    return [[u for u in units if low <= u.box[1] < high] for low, high in pairwise(edges)]


def headings(units: Sequence[Unit]) -> list[Unit]:
    """Larger lines directly above a block of at least two header labels."""
    labels = [u for u in units if u.label is not None and u.label.key in HEADER]
    if any(u.label and u.label.key in PORTFOLIO for u in units):
        return []
    found = []
    for unit in units:
        if unit.label is not None or len(unit.lines) > 3 or any(line.bullet for line in unit.lines):
            continue
        size = max(unit.lines[0].size, 6.0)
        below = sorted(
            (u for u in labels if -0.5 * size < u.box[1] - unit.box[3] < 9 * size), key=lambda u: u.box[1]
        )
        near = [u for u in below if u.box[1] - unit.box[3] < 2.5 * size]
        larger = near and size > 1.15 * max(near[0].lines[0].size, 6.0)
        between = near and any(
            u is not unit and unit.box[3] - 1 < u.box[1] < near[0].box[1] - 1 and u.box[0] < near[0].box[2]
            for u in units
        )
        if larger and len(below) > 1 and not between:
            found.append(unit)
    return found
