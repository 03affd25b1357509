"""Codes of the trail in words. Every app names its own actions; unnamed codes stay as they are."""

from collections.abc import Mapping

from django.utils.functional import Promise

Text = str | Promise

_actions: dict[str, Text] = {}
_systems: dict[str, Text] = {}


def name_actions(words: Mapping[str, Text]) -> None:
    """Give actions (``app.action``) their names, as "Changed a page"."""
    _actions.update(words)


def name_systems(words: Mapping[str, Text]) -> None:
    """Give actors that are no person (the NAME of ``system:NAME``) theirs."""
    _systems.update(words)


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
