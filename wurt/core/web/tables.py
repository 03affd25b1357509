"""A data table as values: the view fills it, ``{% data_table table %}`` shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """``numeric``: aligned right. ``sort``: value of the query parameter, empty for a fixed column."""

    label: Text
    numeric: bool = False
    unit: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` is shown as it is (format it first); with ``url`` as a link; ``status`` adds the mark."""

    value: object = ""
    url: str = ""
    status: Literal["green", "yellow", "red", "none", ""] = ""


@dataclass(frozen=True, slots=True)
class Export:
    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class SortLink:
    url: str
    direction: Literal["ascending", "descending", ""]


@dataclass(slots=True)
class DataTable:
    """``rows``: one sequence of values or :class:`Cell` per row, the first is the row's header.

    ``sort``: the current order, a column's ``sort`` with "-" in front for descending; ``query``: the
    request, so that sort links keep the filters (set both for sortable tables).
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    exports: Sequence[Export] = ()
    sort: str = ""
    request: HttpRequest | None = None
    footer: Sequence[object] = ()
    empty: Text = ""
    sort_parameter: str = "sort"
    caption_hidden: bool = field(default=False)

    def header(self) -> list[tuple[Column, SortLink | None]]:
        return [(column, self._link(column)) for column in self.columns]

    def body(self) -> list[list[tuple[Column, Cell]]]:
        return [self._cells(row) for row in self.rows]

    def foot(self) -> list[tuple[Column, Cell]]:
        return self._cells(self.footer)

    def _cells(self, row: Sequence[object]) -> list[tuple[Column, Cell]]:
        cells = [value if isinstance(value, Cell) else Cell(value) for value in row]
        return list(zip(self.columns, cells, strict=bool(cells))) if cells else []

    def _link(self, column: Column) -> SortLink | None:
        if not column.sort or self.request is None:
            return None
        query = self.request.GET.copy()
        query.pop("page", None)
        now = self.sort.removeprefix("-") == column.sort
        descending = self.sort.startswith("-")
        query[self.sort_parameter] = f"-{column.sort}" if now and not descending else column.sort
        direction: Literal["ascending", "descending", ""] = ""
        if now:
            direction = "descending" if descending else "ascending"
        return SortLink(f"?{query.urlencode()}", direction)
