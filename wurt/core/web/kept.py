"""Finished public pages, kept in the memory of a process for the many who ask for the same one together.

On a bad day thousands open the same two pages. A page is kept under the stamp of what it depends on (last
write, day, language, release), so a recorded change is seen by the next visitor; and never longer than
``SECONDS``, for whatever changes without one. Only for visitors who send no cookie at all: nothing in a kept
page is anybody's own.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

SECONDS = 60.0
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as the view gave it, before the middleware."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    until: float

    def answer(self) -> HttpResponse:
        """The answer again, as one that middleware may change."""
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response.headers[name] = value
        # Nobody looked at the session, so nobody says any more that the answer depends on it.
        patch_vary_headers(response, ["Cookie"])
        return response


class Shelf:
    """Pages by address and stamp; when it is full, the one not asked for the longest goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key) -> Page | None:
        """The page, if it is kept and not too old."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.until < monotonic():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page, most: int) -> None:
        """Keep the page; all together may have ``most`` bytes, one of them a quarter of it."""
        if len(page.content) > most // 4:
            return
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.content)
            while self._bytes > most:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        self._bytes -= len(self._pages.pop(key).content)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    @property
    def size(self) -> tuple[int, int]:
        """How many pages and bytes are kept."""
        return len(self._pages), self._bytes


SHELF = Shelf()


def may_be_kept(request: HttpRequest) -> bool:
    """Is this a visitor of whom the answer knows nothing?"""
    return (
        settings.WURT_KEPT_PAGES_BYTES > 0
        and request.method == "GET"
        and not request.COOKIES
        and "Authorization" not in request.headers
    )


def page_of_answer(response: HttpResponseBase, request: HttpRequest) -> Page | None:
    """What to keep of an answer; None if it is not a plain page that everybody may see."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or response.cookies:
        return None
    rules = response.headers.get("Cache-Control", "")
    if "private" in rules or "no-store" in rules or request.META.get("CSRF_COOKIE"):
        return None  # a proof of origin stands in the page
    return Page(response.content, tuple(response.headers.items()), monotonic() + SECONDS)
