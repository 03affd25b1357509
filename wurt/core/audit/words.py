"""Codes of the trail in words. Every app names its own actions and things; what has no name is found by
``tests/architecture/test_names.py``. What an older version wrote and nobody names any more stays as it is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from wurt.core.db.privacy import table_name

Text = str | Promise
Names = Callable[[Collection[str]], Mapping[str, str]]
"""From keys of things, as the trail keeps them, to their names today; what is gone is left out."""

_actions: dict[str, Text] = {}
_systems: dict[str, Text] = {}
_things: dict[str, tuple[Text, Names]] = {}


def name_actions(words: Mapping[str, Text]) -> None:
    """Give actions (``app.action``) their names, as "Changed a page"."""
    _actions.update(words)


def name_systems(words: Mapping[str, Text]) -> None:
    """Give actors that are no person (the NAME of ``system:NAME``) theirs."""
    _systems.update(words)


def name_things(label: str, word: Text, names: Names) -> None:
    """Give the things of a table (``app.model``) a word, as "Page", and their names."""
    _things[label] = (word, names)


def names_from(
    rows: Callable[[], QuerySet[Any]], key: str = "public_id", show: Callable[[Any], str] = str
) -> Names:
    """Names of the rows of a queryset, found by the field that the trail keeps."""

    def names(keys: Collection[str]) -> Mapping[str, str]:
        return {str(getattr(row, key)): show(row) for row in rows().filter(**{f"{key}__in": keys})}

    return names


def thing_words(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Words for things given as (label, key): "Page: Contact", only "Page" if it is gone, the key if nobody
    named its table. One question to the database per table."""
    keys: dict[str, set[str]] = {}
    for label, key in things:
        keys.setdefault(label, set()).add(key)
    found: dict[tuple[str, str], str] = {}
    for label, wanted in keys.items():
        if label not in _things:
            plain = table_name(label)
            found |= {(label, key): plain or f"{label} {key}" for key in wanted}
            continue
        word, names = _things[label]
        known = names(wanted)
        found |= {(label, k): f"{word}: {known[k]}" if known.get(k) else str(word) for k in wanted}
    return found


def table_word(label: str) -> str:
    """The word for a table (``app.model``), or for a rule that deletes; else its label."""
    return str(_things[label][0]) if label in _things else table_name(label) or label


def action_word(code: str) -> str:
    """The action's name in the active language, else its code."""
    return str(_actions.get(code, code))


def actions_named_like(text: str) -> list[str]:
    """Codes whose name in the active language holds the text."""
    wanted = text.casefold()
    return [code for code, word in _actions.items() if wanted in str(word).casefold()]


def actor_word(label: str, people: Mapping[str, str]) -> str:
    """Name of who acted: a person by public id, a system by its name, else the label as it is."""
    if label.startswith("system:"):
        return str(_systems.get(label.removeprefix("system:"), label))
    return people.get(label, label)
