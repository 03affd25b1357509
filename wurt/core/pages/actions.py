"""The only writer of plain pages and the glossary."""

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.pages.models import GlossaryTerm, Page
from wurt.core.pages.policies import CREATE_PAGE, EDIT_PAGE
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Place


@action("pages.create_page")
def create_page(
    actor: Actor,
    *,
    slug: str,
    title: str,
    body: str,
    easy: str = "",
    footer: bool = False,
    order: int = 100,
    published: bool = True,
    place: str = "",
    is_example: bool = False,
) -> str:
    """A new page at a place (by slug; empty: the county). Returns its address part."""
    where = lock(Place.objects.all(), slug=place) if place else county()
    authorize(actor, CREATE_PAGE, where)
    if Page.objects.filter(slug=slug).exists():
        raise RuleBroken("pages.slug_taken", _("There is already a page with this address."))
    page = Page.objects.create(
        place=where,
        slug=slug,
        title=title,
        body=body,
        easy=easy,
        footer=footer,
        order=order,
        published=published,
        is_example=is_example,
    )
    record(actor, page, after={"slug": slug, "title": title, "published": published})
    return page.slug


@action("pages.edit_page")
def edit_page(
    actor: Actor,
    *,
    page: str,
    title: str,
    body: str,
    footer: bool,
    order: int,
    published: bool,
    easy: str = "",
    version: int | None = None,
) -> None:
    """Change a page (by slug). Its address stays."""
    row = lock(Page.objects.all(), slug=page)
    authorize(actor, EDIT_PAGE, row)
    check_version(row, version, _("Somebody else changed this page in the meantime. Please look again."))
    values = {
        "title": title,
        "body": body,
        "easy": easy,
        "footer": footer,
        "order": order,
        "published": published,
    }
    before, after = changed(row, values)
    if after:
        row.changed = now()
        save(row, [*after, "changed"])
    record(actor, row, after={"fields": sorted(before)})


@action("pages.delete_page")
def delete_page(actor: Actor, *, page: str, version: int | None = None) -> None:
    """Remove a page for good."""
    row = lock(Page.objects.all(), slug=page)
    authorize(actor, EDIT_PAGE, row)
    check_version(row, version, _("Somebody else changed this page in the meantime. Please look again."))
    record(actor, row, before={"slug": row.slug, "title": row.title})
    row.delete()


@action("pages.create_term")
def create_term(actor: Actor, *, term: str, text: str, place: str = "") -> int:
    """A new word of the glossary. Returns its key."""
    where = lock(Place.objects.all(), slug=place) if place else county()
    authorize(actor, CREATE_PAGE, where)
    _check_term_free(term)
    row = GlossaryTerm.objects.create(place=where, term=term, text=text)
    record(actor, row, after={"term": term})
    return row.pk


@action("pages.edit_term")
def edit_term(actor: Actor, *, key: int, term: str, text: str, version: int | None = None) -> None:
    """Change a word of the glossary."""
    row = lock(GlossaryTerm.objects.all(), pk=key)
    authorize(actor, EDIT_PAGE, row)
    check_version(row, version, _("Somebody else changed this word in the meantime. Please look again."))
    _check_term_free(term, but=row.pk)
    before, after = changed(row, {"term": term, "text": text})
    if after:
        save(row, after)
    record(actor, row, after={"fields": sorted(before)})


@action("pages.delete_term")
def delete_term(actor: Actor, *, key: int) -> None:
    """Remove a word of the glossary."""
    row = lock(GlossaryTerm.objects.all(), pk=key)
    authorize(actor, EDIT_PAGE, row)
    record(actor, row, before={"term": row.term})
    row.delete()


def _check_term_free(term: str, but: int = 0) -> None:
    if GlossaryTerm.objects.filter(term__iexact=term).exclude(pk=but).exists():
        raise RuleBroken("pages.term_taken", _("This word is already in the glossary."))
