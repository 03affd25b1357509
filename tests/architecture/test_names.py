"""People read names, never codes: every table, action, actor and rule that a page shows has a name in German.

A new module that forgets one fails here; the message says where to put it.
"""

import ast
import functools
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.utils import translation

import wurt
from tests.architecture.rules import sources
from wurt.core.audit import words
from wurt.core.db import privacy
from wurt.core.privacy.about import every_model
from wurt.core.privacy.sweeps import all_sweeps

PACKAGE = Path(wurt.__file__).parent
CODE = re.compile(r"[a-z]+\.[a-z_]+")
RAW = re.compile(r"[a-z]+[._][a-z_.]+")
NOT_LOADED = ("wurt.__main__", "wurt.cli.skeleton", "wurt.config.gunicorn", "wurt.config.wsgi")

WHERE = {
    "table": 'name_tables({"room.table": _("…")}) in the room\'s privacy.py, or name_things(…) in apps.py',
    "field": 'name_fields({"field": _("…")}) in the room\'s privacy.py',
    "action": 'name_actions({"room.action": _("…")}) in the room\'s apps.py',
    "actor": 'name_systems({"name": _("…")}) in the room\'s apps.py',
    "rule": 'name_tables({"rule": _("…")}) in the room\'s privacy.py',
}


def labels() -> list[str]:
    return [model._meta.label_lower for model in every_model()]


def personal_fields() -> list[tuple[str, str]]:
    """Fields that the register of processing activities lists."""
    return [
        (model._meta.label_lower, name)
        for model in every_model()
        if (declared := privacy.privacy_of(model._meta.label_lower)) is not None and declared.activity
        for name in declared.personal(field.name for field in model._meta.concrete_fields)
    ]


def actions() -> set[str]:
    """Every ``@action``, and every code that is recorded under another name than its action's."""
    found = set(recorded())
    for module in walk_packages(wurt.__path__, "wurt."):
        if ".tests" in module.name or ".migrations" in module.name or module.name.startswith(NOT_LOADED):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(name := getattr(value, "action_name", None), str):
                found.add(name)
    return found


@functools.cache
def calls() -> tuple[ast.Call, ...]:
    return tuple(
        node for source in sources(PACKAGE) for node in ast.walk(source.tree) if isinstance(node, ast.Call)
    )


def texts(node: ast.AST | None) -> list[str]:
    """Every literal text of an expression: both ends of a condition."""
    return [
        part.value
        for part in (ast.walk(node) if node is not None else ())
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def recorded() -> Iterator[str]:
    """Codes that stand in the source as the action of an entry of the trail."""
    for node in calls():
        if called(node) not in ("record", "note", "write"):
            continue
        given = next((word.value for word in node.keywords if word.arg == "action"), None)
        first = node.args[0] if called(node) == "note" and node.args else None
        yield from (text for text in [*texts(given), *texts(first)] if CODE.fullmatch(text))


def systems() -> set[str]:
    """Names of the actors that are no person."""
    return {
        text
        for node in calls()
        if called(node) == "for_system"
        for text in texts(node.args[0] if node.args else None)
    }


def unnamed(kind: str) -> list[str]:
    """What has no name, or one that nobody translated."""
    pairs = {
        "table": lambda: [(label, words.table_word(label)) for label in labels()],
        "field": lambda: [
            (f"{label}.{name}", privacy.field_name(label, name) or name) for label, name in personal_fields()
        ],
        "action": lambda: [(code, words.action_word(code)) for code in sorted(actions())],
        "actor": lambda: [(name, words.actor_word(f"system:{name}", {})) for name in sorted(systems())],
        "rule": lambda: [(sweep.name, words.table_word(sweep.name)) for sweep in all_sweeps()],
    }[kind]
    with translation.override("de"):
        german = pairs()
    return [
        code
        for code, word in german
        if word in (code, f"system:{code}", code.rpartition(".")[2]) or RAW.search(word)
    ]


@pytest.mark.parametrize("kind", WHERE)
def test_what_pages_show_has_a_name(kind: str) -> None:
    assert unnamed(kind) == [], f"each needs a name: {WHERE[kind]}; then tools/messages.py and its German"


def test_there_is_something_to_name() -> None:
    """The search for names finds what there is, in each of its ways."""
    assert {"notices.follow", "mfa.authenticator", "agenda.goal_projects"} <= set(labels())
    assert {"notices.mark_seen", "accounts.login_failed", "accounts.undo_email_change"} <= actions()
    assert {"worker", "demo", "init", "retention"} <= systems()
    assert ("notices.subscriber", "email") in personal_fields()
    assert {"files", "sessions.session"} <= {sweep.name for sweep in all_sweeps()}


@pytest.mark.parametrize(
    ("kind", "store", "name"),
    [
        ("table", privacy._TABLE_WORDS, "files.storedfile"),
        ("field", privacy._FIELD_WORDS, "email"),
        ("action", words._actions, "notices.mark_seen"),
        ("actor", words._systems, "retention"),
        ("rule", privacy._TABLE_WORDS, "files"),
    ],
)
def test_one_that_is_forgotten_is_found(
    monkeypatch: pytest.MonkeyPatch, kind: str, store: dict[str, object], name: str
) -> None:
    monkeypatch.delitem(store, name)
    assert name in {code if kind != "field" else code.rpartition(".")[2] for code in unnamed(kind)}


def test_a_code_as_a_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words._actions, "notices.mark_seen", "mark_seen")
    assert unnamed("action") == ["notices.mark_seen"]
