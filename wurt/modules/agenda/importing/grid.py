"""Tables of milestones whose columns have heads ("Meilenstein | Termin | Stand")."""

import re
from collections.abc import Sequence

from wurt.modules.agenda.domain.periods import Period, parse_due
from wurt.modules.agenda.importing.model import Line
from wurt.modules.agenda.importing.units import Unit

_NAME = r"Meilensteine?|Bezeichnung|Beschreibung|Was|Aktivität|Arbeitspaket|Aufgabe"
_DATE = (
    r"Termine?|Datum|Fällig(?:keit)?|Fällig am|Zeitpunkt|(?:Geplant )?bis(?: wann)?|Wann|Zieltermin|Frist"
    r"|Plantermin|Geplant"
)
_STATE = r"Stand|Status|Erledigt|Erreicht|Fortschritt|Umgesetzt"
_OTHER = r"Nr\.?|Verantwortlich|Bemerkung|Wer"
_HEAD = re.compile(
    rf"(?:(?P<name>{_NAME})|(?P<date>{_DATE})|(?P<state>{_STATE})|(?P<other>{_OTHER}))(?=\s|$)", re.IGNORECASE
)
_HEADS = re.compile(rf"(?:(?:{_NAME}|{_DATE}|{_STATE}|{_OTHER})(?:\s+|$))+", re.IGNORECASE)
_DONE = re.compile(r"ja|x|✓|✔|☑|erledigt|abgeschlossen|erreicht|umgesetzt|fertig|100\s?%", re.IGNORECASE)

Row = tuple[str, list[Line], Period, Line]


def is_head(text: str) -> bool:
    """Whether a text is nothing but heads of columns."""
    return bool(_HEADS.fullmatch(text.strip()))


def kinds_of(text: str) -> list[tuple[str, int]]:
    """Kinds of columns ("name", "date", "state", "other") a head names, with their position in the text."""
    return [(m.lastgroup or "", m.start()) for m in _HEAD.finditer(text)]


def head_rows(units: Sequence[Unit]) -> list[list[Unit]]:
    """Rows of cells that are heads of a table of milestones."""
    cells = [u for u in units if not u.content and len(u.lines) == 1 and is_head(u.lines[0].text.rstrip(":"))]
    rows: list[list[Unit]] = []
    for cell in sorted(cells, key=lambda u: u.box[1]):
        if rows and abs(rows[-1][0].box[1] - cell.box[1]) < 0.6 * max(cell.lines[0].size, 6.0):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [row for row in rows if {"name", "date"} <= {k for u in row for k, _ in kinds_of(u.lines[0].text)}]


def columns(lines: Sequence[Line]) -> tuple[dict[str, float], list[Line]] | None:
    """Left edges of the columns by kind and the lines below the heads; None without such heads."""
    heads = [line for line in lines if line.bbox and is_head(line.text)]
    top = min(((h.bbox or (0, 0))[1] for h in heads), default=0.0)
    row = [h for h in heads if (h.bbox or (0, 0))[1] - top < 0.6 * max(h.size, 6.0)]
    edges: dict[str, float] = {}
    for head in row:
        left, _, right, _ = head.bbox or (0, 0, 0, 0)
        for kind, start in kinds_of(head.text):
            edges.setdefault(kind, left + (right - left) * start / max(len(head.text), 1))
    if "date" not in edges or len(edges) < 2:
        return None
    return edges, [line for line in lines if line not in row]


def cells_of(lines: Sequence[Line], edges: dict[str, float]) -> dict[str, list[Line]]:
    """Lines by the kind of the column in which they begin."""
    order = sorted(edges, key=lambda kind: edges[kind])
    out: dict[str, list[Line]] = {kind: [] for kind in order}
    for line in lines:
        left = (line.bbox or (0, 0))[0] + 0.6 * max(line.size, 6.0)
        out[next((k for k in reversed(order) if edges[k] <= left), order[0])].append(line)
    return out


def dates_of(cells: Sequence[Line]) -> list[tuple[Period, Line]] | None:
    """The dates of a column; None when something else stands in it."""
    found = [(parse_due(line.text), line) for line in cells]
    return [(period, line) for period, line in found if period] if all(p for p, _ in found) else None


def with_states(rows: Sequence[Row], states: Sequence[Line]) -> list[Row]:
    """Rows with a tick where the column of states says so."""
    out = []
    for text, lines, period, date in rows:
        box = date.bbox or (0, 0, 0, 0)
        done = any(
            _DONE.fullmatch(line.text.strip())
            and (line.bbox or box)[1] < box[3]
            and (line.bbox or box)[3] > box[1]
            for line in states
        )
        out.append((f"{text} ✓" if done else text, lines, period, date))
    return out
