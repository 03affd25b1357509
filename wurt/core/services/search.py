"""Services can be found: name, description, what to do instead."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS
from wurt.core.search.registry import Document, Source, Text, register
from wurt.core.services import queries


def register_sources() -> None:
    """Tell the search what there is; called once apps are ready."""
    register(
        Source(
            kind="services.service",
            label=_("Services"),
            documents=_documents,
            public=_public,
            watches={
                "services.servicestage": _everything,
                "services.serviceoperator": _everything,
                "tenancy.organisation": _everything,
            },
            order=5,
        )
    )


def _everything(row: str) -> None:
    """A change of this row may concern all services."""


def _documents(keys: Collection[str] | None) -> Iterable[Document]:
    for one in queries.listed(ANONYMOUS):
        if keys is not None and one.service.key not in keys:
            continue
        texts = [str(one.service.description), one.instead, one.operator.organisation if one.operator else ""]
        yield Document(
            key=one.service.key,
            title=str(one.service.name),
            url=reverse("services:service", args=[one.service.key]),
            texts=tuple(Text(text) for text in texts if text),
        )


def _public(keys: Collection[str]) -> set[str]:
    return {one.service.key for one in queries.listed(ANONYMOUS) if one.service.key in keys}
