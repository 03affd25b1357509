"""What can be found of the agenda: projects, published months, fields, goals, bodies, the strategy."""

from collections.abc import Callable, Collection, Iterable
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.search.registry import Document, Source, register
from wurt.modules.agenda.queries import public_search as found


def register_sources() -> None:
    """Tell the search what there is; called once apps are ready."""
    register(
        Source(
            kind="agenda.project",
            label=_("Projects"),
            documents=partial(found.project_documents, ANONYMOUS),
            public=partial(found.project_keys, ANONYMOUS),
            watches={
                "agenda.project": lambda row: [row],
                "agenda.milestone": partial(found.project_of_milestone, ANONYMOUS),
                "agenda.month": _everything,
                "agenda.field": _everything,
                "tenancy.organisation": _everything,
                "tenancy.place": _everything,
            },
            order=10,
        ),
        Source(
            kind="agenda.month",
            label=_("Status reports"),
            documents=partial(found.month_documents, ANONYMOUS),
            public=partial(found.month_keys, ANONYMOUS),
            watches={"agenda.month": _everything, "agenda.agenda": _everything},
            order=20,
        ),
        _few("agenda.field", _("Fields of action"), found.field_documents, "agenda.field", "agenda.project"),
        _few("agenda.goal", _("Goals"), found.goal_documents, "agenda.goal", order=40),
        _few(
            "agenda.body", _("Bodies"), found.body_documents, "agenda.body", "tenancy.organisation", order=50
        ),
        _few(
            "indicators.indicator",
            _("Figures"),
            found.figure_documents,
            "indicators.manualindicator",
            "agenda.goal",
            "agenda.project",
            order=55,
        ),
        _few("agenda.strategy", _("Strategy"), found.strategy_documents, "agenda.agenda", order=60),
    )


def _everything(row: str) -> None:
    """A change of this row may concern all documents of the kind."""


def _few(
    kind: str,
    label: str | Promise,
    documents: Callable[[Actor], Iterable[Document]],
    *watched: str,
    order: int = 30,
) -> Source:
    """A kind of a handful of things, which are all read again when one changes."""

    def chosen(keys: Collection[str] | None) -> Iterable[Document]:
        return [document for document in documents(ANONYMOUS) if keys is None or document.key in keys]

    def public(keys: Collection[str]) -> set[str]:
        return {document.key for document in chosen(keys)}

    return Source(kind, label, chosen, public, dict.fromkeys(watched, _everything), order)
