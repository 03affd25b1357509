"""Every read of plain pages and the glossary. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import datetime

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.errors import NotFound
from wurt.core.pages.models import GlossaryTerm, Page
from wurt.core.pages.policies import CREATE_PAGE, EDIT_PAGE, VIEW_PAGE


@dataclass(frozen=True, slots=True)
class PageView:
    slug: str
    title: str
    body: str
    easy: str
    footer: bool
    order: int
    published: bool
    changed: datetime
    is_example: bool
    version: int
    may_edit: bool


@dataclass(frozen=True, slots=True)
class TermView:
    key: int
    term: str
    text: str
    version: int
    may_edit: bool


@dataclass(frozen=True, slots=True)
class FooterLink:
    slug: str
    title: str


def page(actor: Actor, slug: str) -> PageView:
    """A page that the actor may read. Raises NotFound, for a hidden page too."""
    row = Page.objects.filter(scope_q(actor, VIEW_PAGE), slug=slug).first()
    if row is None:
        raise NotFound(code="pages.page")
    return _page(actor, row)


def easy_page(actor: Actor, slug: str) -> PageView:
    """A page that the actor may read in Easy Language. Raises NotFound if it was not written in it."""
    view = page(actor, slug)
    if not view.easy:
        raise NotFound(code="pages.page")
    return view


def page_to_edit(actor: Actor, slug: str) -> PageView:
    """A page for its editor. Raises NotAllowed or NotFound."""
    authorize(actor, EDIT_PAGE)
    row = Page.objects.filter(scope_q(actor, VIEW_PAGE), slug=slug).first()
    if row is None:
        raise NotFound(code="pages.page")
    authorize(actor, EDIT_PAGE, row)
    return _page(actor, row)


def pages_to_edit(actor: Actor) -> tuple[PageView, ...]:
    """All pages that the actor may change."""
    authorize(actor, EDIT_PAGE)
    return tuple(_page(actor, row) for row in Page.objects.filter(scope_q(actor, EDIT_PAGE)))


def footer_links(actor: Actor = ANONYMOUS) -> tuple[FooterLink, ...]:
    """Pages that are linked at the bottom of every page: the same for everybody."""
    rows = Page.objects.filter(published=True, footer=True).order_by("order", "title")
    return tuple(FooterLink(slug, title) for slug, title in rows.values_list("slug", "title"))


def glossary(actor: Actor, text: str = "") -> tuple[TermView, ...]:
    """The glossary by alphabet; ``text`` is searched in word and meaning."""
    rows = GlossaryTerm.objects.all()
    found = [_term(actor, row) for row in rows]
    needle = text.casefold().strip()
    if needle:
        found = [term for term in found if needle in term.term.casefold() or needle in term.text.casefold()]
    return tuple(sorted(found, key=lambda term: term.term.casefold()))


def terms_to_edit(actor: Actor) -> tuple[TermView, ...]:
    """The words that the actor may change."""
    authorize(actor, EDIT_PAGE)
    rows = GlossaryTerm.objects.filter(scope_q(actor, EDIT_PAGE))
    return tuple(sorted((_term(actor, row) for row in rows), key=lambda term: term.term.casefold()))


def term_to_edit(actor: Actor, key: int) -> TermView:
    """One word for its editor. Raises NotAllowed or NotFound."""
    authorize(actor, EDIT_PAGE)
    row = GlossaryTerm.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(code="pages.term")
    authorize(actor, EDIT_PAGE, row)
    return _term(actor, row)


def may_edit(actor: Actor) -> bool:
    """Does the desk of pages open for the actor? Asked for the menu."""
    return can(actor, EDIT_PAGE)


def check_may_create(actor: Actor) -> None:
    """Raise NotAllowed for whoever may create no page anywhere."""
    authorize(actor, CREATE_PAGE)


def _page(actor: Actor, row: Page) -> PageView:
    return PageView(
        slug=row.slug,
        title=row.title,
        body=row.body,
        easy=row.easy,
        footer=row.footer,
        order=row.order,
        published=row.published,
        changed=row.changed,
        is_example=row.is_example,
        version=row.version,
        may_edit=can(actor, EDIT_PAGE, row),
    )


def _term(actor: Actor, row: GlossaryTerm) -> TermView:
    return TermView(row.pk, row.term, row.text, row.version, can(actor, EDIT_PAGE, row))
