"""Addresses made from German titles."""

from collections.abc import Callable

from django.utils.text import slugify

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug_of(text: str, length: int = 100) -> str:
    """Lower case, ASCII, hyphens; "ohne-titel" for a text without letters or digits."""
    return slugify(text.translate(_UMLAUTS))[:length].strip("-") or "ohne-titel"


def free_slug(text: str, taken: Callable[[str], bool], length: int = 100) -> str:
    """The slug of the text, with a number behind if it is taken."""
    base, number = slug_of(text, length), 2
    slug = base
    while taken(slug):
        slug = f"{base}-{number}"
        number += 1
    return slug
