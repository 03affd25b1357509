"""The menu registry: modules register entries in ``AppConfig.ready``, the page frame asks for a tree.

Example::

    register(MenuEntry(_("Projects"), key="agenda", order=10))
    register(MenuEntry(_("Project overview"), "agenda:overview", order=10, parent="agenda"))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Audience = Literal["public", "staff", "footer", "tools"]
"""``tools``: links beside the account menu in the header."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a menu.

    ``label``: lazily translated text. ``url_name``: a name that reverses without arguments; empty for a
    heading that only holds children. ``key``: what children name as ``parent`` (default: ``url_name``).
    ``shortcut``: a key as ``aria-keyshortcuts`` names it, shown beside the label.
    ``order``: ascending, ties by registration. ``permission``: shown only where it returns true; a hidden
    entry protects nothing, the view does. ``own``: about the person, not their work.
    ``worklist``: shows what waits for the person; whoever signs in begins there.
    """

    label: str | Promise
    url_name: str = ""
    order: int = 100
    parent: str | None = None
    audience: Audience = "public"
    permission: Callable[[HttpRequest], bool] | None = None
    key: str = ""
    shortcut: str = ""
    own: bool = False
    worklist: bool = False

    @property
    def identity(self) -> str:
        return self.key or self.url_name


@dataclass(slots=True)
class MenuItem:
    """What a template shows. ``active``: this page or one below it; ``current``: exactly this page.
    ``language`` of the label where it is not that of the page."""

    label: str
    url: str
    active: bool = False
    current: bool = False
    children: list["MenuItem"] = field(default_factory=list)
    shortcut: str = ""
    language: str = ""


_entries: list[MenuEntry] = []
_sources: dict[Audience, list[Callable[[HttpRequest], list[MenuItem]]]] = {}


def register(*entries: MenuEntry) -> None:
    """Add entries; the same entry twice is taken once, so that ``ready`` may run again."""
    for entry in entries:
        if entry not in _entries:
            _entries.append(entry)


def register_source(audience: Audience, source: Callable[[HttpRequest], list[MenuItem]]) -> None:
    """Add entries that are data: ``source`` answers with the items of one request, after the fixed ones."""
    _sources.setdefault(audience, []).append(source)


def registered() -> tuple[MenuEntry, ...]:
    return tuple(_entries)


def clear() -> None:
    """Forget all entries (for tests)."""
    _entries.clear()


def menu_for(request: HttpRequest, audience: Audience = "public") -> list[MenuItem]:
    """The menu as a tree of at most two levels, in order.

    An entry whose address cannot be reversed is left out here and reported by ``manage.py check``
    (web.W001): a page is worth more than its menu. A heading without visible children is left out too.
    """
    mine = [entry for entry in _entries if entry.audience == audience and _allowed(entry, request)]
    mine.sort(key=lambda entry: entry.order)
    here = _nearest(mine, request)
    top: list[MenuItem] = []
    for entry in mine:
        if entry.parent is not None:
            continue
        children = [_item(child, request, here) for child in mine if child.parent == entry.identity]
        item = _item(entry, request, here)
        shown = [child for child in children if child is not None]
        if item is None:
            if entry.url_name or not shown:
                continue
            item = MenuItem(str(entry.label), "")
        item.children = shown
        item.active = item.active or any(child.active for child in shown)
        top.append(item)
    for source in _sources.get(audience, []):
        top += source(request)
    return top


def first_of(request: HttpRequest, audience: Audience) -> str:
    """Address of the first list of work in the menu, else of its first entry that is not about the person
    themselves; "" if there is none."""
    places = {entry.identity: entry.order for entry in _entries if entry.parent is None}
    mine = [entry for entry in _entries if entry.audience == audience and not entry.own]
    mine.sort(
        key=lambda entry: (not entry.worklist, places.get(entry.parent or entry.identity, 0), entry.order)
    )
    return next((url for entry in mine if (url := _url(entry)) and _allowed(entry, request)), "")


def _allowed(entry: MenuEntry, request: HttpRequest) -> bool:
    return entry.permission is None or entry.permission(request)


def _url(entry: MenuEntry) -> str:
    try:
        return reverse(entry.url_name) if entry.url_name else ""
    except NoReverseMatch:
        return ""


def _nearest(entries: list[MenuEntry], request: HttpRequest) -> str:
    """The one address of the menu that this page is or lies below: of two, the longer."""
    path = getattr(request, "path", "")
    found = [
        url for url in map(_url, entries) if url and (path == url or (url != "/" and path.startswith(url)))
    ]
    return max(found, key=len, default="")


def _item(entry: MenuEntry, request: HttpRequest, here: str) -> MenuItem | None:
    url = _url(entry)
    if not url:
        return None
    current = getattr(request, "path", "") == url
    return MenuItem(str(entry.label), url, active=url == here, current=current, shortcut=entry.shortcut)
