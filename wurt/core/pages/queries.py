"""Every read of plain pages and the glossary. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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


EASY_HOME, SIGN_HOME = "leichte-sprache", "gebaerdensprache"
"""Address parts of the county's pages in Leichte Sprache and about sign language: what BITV 2.0, annex 2 asks
for. A county that has them writes plain pages with these addresses."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What plain pages give to the frame of every page."""

    footer: tuple[FooterLink, ...]
    easy_home: bool
    sign_home: bool


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


def frame(actor: Actor = ANONYMOUS) -> Frame:
    """Pages that are linked on every page: the same for everybody, in one question."""
    rows = Page.objects.filter(Q(footer=True) | Q(slug__in=(EASY_HOME, SIGN_HOME)), published=True)
    found = list(rows.order_by("order", "title").values_list("slug", "title", "footer"))
    slugs = {slug for slug, _title, _footer in found}
    return Frame(
        footer=tuple(FooterLink(slug, title) for slug, title, footer in found if footer),
        easy_home=EASY_HOME in slugs,
        sign_home=SIGN_HOME in slugs,
    )


def homes_missing(actor: Actor) -> tuple[str, ...]:
    """Which of the two pages that BITV 2.0 asks for are not public yet, for the desk."""
    authorize(actor, EDIT_PAGE)
    known = frame(actor)
    both = ((EASY_HOME, known.easy_home), (SIGN_HOME, known.sign_home))
    return tuple(slug for slug, there in both if not there)


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
