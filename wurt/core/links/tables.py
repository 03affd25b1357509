"""Figures of a link as a table."""

from django.utils.translation import gettext as _

from wurt.core.links import results
from wurt.core.links.queries import Figures
from wurt.core.web.format import day, number
from wurt.core.web.tables import Column, DataTable, Export


def figures_table(figures: Figures, csv: str) -> DataTable:
    """Day by day, newest first; a column for each kind of result that happened at all."""
    kinds = [kind for kind in results.kinds() if figures.results.get(kind.key)]
    return DataTable(
        caption=_("Openings and results by day"),
        columns=[
            Column(_("Day")),
            Column(_("Openings"), numeric=True),
            *(Column(kind.label, numeric=True) for kind in kinds),
        ],
        rows=[
            [day(one.day), number(one.openings), *(number(one.results.get(kind.key, 0)) for kind in kinds)]
            for one in reversed(figures.days)
        ],
        footer=[
            _("Together"),
            number(figures.openings),
            *(number(figures.results[kind.key]) for kind in kinds),
        ],
        exports=[Export(_("This table as CSV"), csv)],
        empty=_("As soon as somebody opens the link, the day stands here with its number."),
    )
