"""Pieces of pages that depend on nothing but the values given to them: rendered once per value and language.

The key is the value itself (frozen dataclasses, text, numbers), so a piece can never be stale: another value
is another piece. The template sees those values only, neither the request nor the site.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 3000


def fragment(template: str, **values: Hashable) -> SafeString:
    """The rendered piece. ``values`` must be hashable, all the way down."""
    if settings.DEBUG:
        return render_to_string(template, dict(values))
    return _rendered(template, get_language() or "", tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _rendered(template: str, language: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(values))
