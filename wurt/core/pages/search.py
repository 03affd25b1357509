"""What can be found of plain pages and the glossary."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS
from wurt.core.action.permission import scope_q
from wurt.core.pages.models import GlossaryTerm, Page
from wurt.core.pages.policies import VIEW_PAGE
from wurt.core.search.registry import Document, Facet, Source, Text, register
from wurt.core.web.text import plain

Keys = Collection[str] | None


def register_sources() -> None:
    """Tell the search what there is; called once apps are ready."""
    register(
        Source(
            kind="pages.page",
            label=_("Information pages"),
            documents=_pages,
            public=_public_pages,
            watches={"pages.page": lambda row: [row]},
            order=700,
        ),
        Source(
            kind="pages.term",
            label=_("Glossary"),
            documents=_terms,
            public=_public_terms,
            watches={"pages.glossaryterm": lambda row: [row]},
            order=710,
        ),
    )


def _shown() -> QuerySet[Page]:
    return Page.objects.filter(scope_q(ANONYMOUS, VIEW_PAGE)).select_related("place")


def _pages(keys: Keys) -> Iterable[Document]:
    rows = _shown() if keys is None else _shown().filter(pk__in=_numbers(keys))
    for row in rows:
        yield Document(
            key=str(row.pk),
            title=row.title,
            url=reverse("pages:page", args=[row.slug]),
            texts=tuple(Text(plain(text)) for text in (row.body, row.easy) if text),
            place=Facet(row.place.slug, row.place.name),
        )


def _public_pages(keys: Collection[str]) -> set[str]:
    return {str(key) for key in _shown().filter(pk__in=_numbers(keys)).values_list("pk", flat=True)}


def _terms(keys: Keys) -> Iterable[Document]:
    rows = GlossaryTerm.objects.all()
    for row in rows if keys is None else rows.filter(pk__in=_numbers(keys)):
        address = f"{reverse('pages:glossary')}?{urlencode({'text': row.term})}"
        yield Document(key=str(row.pk), title=row.term, url=address, texts=(Text(row.text),))


def _public_terms(keys: Collection[str]) -> set[str]:
    return {
        str(key) for key in GlossaryTerm.objects.filter(pk__in=_numbers(keys)).values_list("pk", flat=True)
    }


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]
