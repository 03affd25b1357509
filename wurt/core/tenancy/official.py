"""Reads an official list of municipalities and finds our places in it. Nothing is guessed: what is not
certain is
reported and left empty.

Understood are CSV files with a header: comma, semicolon or tab, UTF-8 or Windows-1252, any lines before the
header.
Keys come whole (``ags``), as the twelve digits of the regional key (``ars``), or in the parts of the
municipal
directory of the Federal Statistical Office (Land, RB, Kreis, VB, Gem).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.actions.places import PlaceFacts

_COLUMNS: dict[str, tuple[str, ...]] = {
    "ags": (
        "ags",
        "schluessel",
        "gemeindeschluessel",
        "amtlichergemeindeschluessel",
        "amtlichergemeindeschluesselags",
    ),
    "ars": ("ars", "regionalschluessel", "amtlicherregionalschluessel", "amtlicherregionalschluesselars"),
    "name": ("name", "gemeinde", "gemeindename", "ort", "bezeichnung"),
    "parent": ("parent", "amt", "amtname", "amtsname", "verband", "gemeindeverband", "verbandsname"),
    "postcode": ("plz", "postleitzahl", "postleitzahl1", "postcode"),
    "latitude": ("lat", "latitude", "breite", "breitengrad"),
    "longitude": ("lon", "lng", "longitude", "laenge", "laengengrad"),
    "land": ("land",),
    "rb": ("rb", "regierungsbezirk"),
    "kreis": ("kreis",),
    "gem": ("gem",),
}
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class ListRow:
    """One municipality of the list; empty where the list does not say."""

    line: int
    ags: str
    name: str
    parent: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class OurPlace:
    """What matching needs to know of a place of ours."""

    slug: str
    name: str
    parent: str
    ags: str


@dataclass(slots=True)
class Matching:
    """``facts``: certain, to be filled in. ``known``: places whose key the list confirms. ``unclear``:
    sentences."""

    facts: list[PlaceFacts] = field(default_factory=list)
    known: int = 0
    unclear: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def decode(data: bytes) -> str:
    """Text of a file from an office: UTF-8, else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def read_list(text: str) -> list[ListRow]:
    """The municipalities of the list. Raises RuleBroken if there is no header with a name and a key."""
    delimiter = max(";\t,", key=text.count)
    lines = list(csv.reader(text.splitlines(), delimiter=delimiter))
    for number, cells in enumerate(lines):
        columns = _header(cells)
        if "name" in columns and ({"ags"} <= set(columns) or {"ars"} <= set(columns) or _parts(columns)):
            rows = (
                _row(at, {key: row[place].strip() for key, place in columns.items() if place < len(row)})
                for at, row in enumerate(lines[number + 1 :], number + 2)
            )
            return [row for row in rows if row is not None]
    raise RuleBroken(
        "tenancy.list_unreadable",
        "No header line found. The file needs the columns “name” and “ags” (or “ars”), "
        "separated by ; or , or tab.",
    )


def match(places: Iterable[OurPlace], rows: Iterable[ListRow], county_key: str = "") -> Matching:
    """Find each place by its name, and by its Amt where the list names it. Rows of other counties are left
    out."""
    found = Matching()
    listed: dict[str, list[ListRow]] = defaultdict(list)
    for row in rows:
        if row.ags.startswith(county_key):
            listed[plain(row.name)].append(row)
    ours: dict[str, list[OurPlace]] = defaultdict(list)
    for place in places:
        ours[plain(place.name)].append(place)
    for name in sorted(ours):
        for place in ours[name]:
            _match_one(place, ours[name], listed.get(name, []), found)
    return found


def plain(name: str) -> str:
    """A name without what spelling varies in: case, umlauts, hyphens, "St."/"Sankt", ", Stadt"."""
    text = name.casefold().translate(_FOLD)
    text = re.sub(r",.*$", "", text)
    text = re.sub(r"\b(st\.|sankt)", "st", text)
    return re.sub(r"[^a-z0-9]", "", text)


def _match_one(place: OurPlace, namesakes: list[OurPlace], rows: list[ListRow], found: Matching) -> None:
    listed = len(rows)
    if len(rows) > 1 or len(namesakes) > 1:
        rows = [row for row in rows if row.parent and plain(_amt(row.parent)) == plain(_amt(place.parent))]
    if len(rows) > 1 or (listed and not rows):
        found.unclear.append(
            f"{place.name}: several places have this name; the list does not tell which is meant"
        )
    elif not rows:
        found.missing.append(place.name)
    elif place.ags and place.ags != rows[0].ags:
        found.unclear.append(f"{place.name}: has the key {place.ags}, the list says {rows[0].ags}")
    else:
        row = rows[0]
        found.known += place.ags == row.ags
        found.facts.append(PlaceFacts(place.slug, row.ags, row.postcode, row.latitude, row.longitude))


def _amt(name: str) -> str:
    return re.sub(r"^amt\s+", "", name.casefold())


def _header(cells: list[str]) -> dict[str, int]:
    names = [re.sub(r"[^a-z0-9]", "", cell.casefold().translate(_FOLD)) for cell in cells]
    return {key: names.index(known) for key, words in _COLUMNS.items() for known in words if known in names}


def _parts(columns: dict[str, int]) -> bool:
    return {"land", "rb", "kreis", "gem"} <= set(columns)


def _row(line: int, cells: dict[str, str]) -> ListRow | None:
    key = cells.get("ags", "")
    if not key and len(cells.get("ars", "")) == 12:
        key = cells["ars"][:5] + cells["ars"][9:]
    if not key and cells.get("gem"):
        key = cells["land"].zfill(2) + cells["rb"] + cells["kreis"].zfill(2) + cells["gem"].zfill(3)
    if not re.fullmatch(r"\d{8}", key) or not cells.get("name"):
        return None  # a county, an Amt, a state or a footnote
    postcode = cells.get("postcode", "")
    return ListRow(
        line=line,
        ags=key,
        name=cells["name"],
        parent=cells.get("parent", ""),
        postcode=postcode if re.fullmatch(r"\d{5}", postcode) else "",
        latitude=_degrees(cells.get("latitude", ""), 90),
        longitude=_degrees(cells.get("longitude", ""), 180),
    )


def _degrees(text: str, limit: int) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) <= limit else None
