"""House rules that the import graph cannot see, each a function from a source tree to the list of its faults.

They take the tree as an argument so that each rule is itself tested on a small tree that breaks it.
"""

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_LINES = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
NETWORK = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib"}

# Where a rule does not hold, and why.
SIGNALS_ALLOWED = {
    "core/action/apps.py",  # the write guard is put on every new connection
    "core/audit/apps.py",  # the triggers come back after every migration
    "core/accounts/bridge.py",  # allauth tells of sign-ins only by signal; they become audit entries
}
ATOMIC_ALLOWED = {
    "core/action/run.py",  # @action itself
    "core/action/once.py",  # a savepoint around the unique key
    "core/audit/trail.py",  # a savepoint around the unique key
    "core/notices/sending.py",  # a mail noted as sent and the next one claimed, in one commit
    "core/outbox/worker.py",  # the delivery's own transaction
    "core/search/indexing.py",  # the index is made from what is public already; no person acts
    "core/services/actions/dated.py",  # a savepoint around a unique key
    "core/tenancy/merging.py",  # a savepoint around a unique key
    "modules/agenda/actions/agenda.py",  # a savepoint around a unique key
}
GET_MODEL_ALLOWED = {
    "modules/agenda/actions/imports_ledger.py",  # takes back what an import stored, named by its label
}
ACTOR_NOT_NEEDED = {
    "modules/agenda/queries/imports_files.py:register_gate",  # run once at start
    "modules/agenda/queries/trail_words.py:connect",  # run once at start
    "modules/agenda/queries/imports_files.py:published_month",  # frozen and public, asked by a command
    "modules/agenda/queries/public_place.py:place_of_project",  # asked by the counting middleware
    "modules/agenda/queries/public_published.py:report_facts",  # frozen rows that a scoped query found
    "modules/agenda/queries/public_published.py:month_json",  # a frozen version that a scoped query found
    "modules/agenda/queries/public_months.py:public_originals",  # rows that anybody may fetch
    "modules/agenda/queries/public_published.py:forget",  # empties memory
    "modules/agenda/queries/public_scope.py:text_of",  # words for a state
}
VENDOR_ALLOWED = {"core/audit/triggers.py"}  # triggers have no portable form; else only core/db
NETWORK_ALLOWED = {
    "core/db/http.py",  # the sole outbound client
    "cli/demo.py",  # asks its own server whether it is up
    "core/operate/reach.py",  # asks its own server at the addresses of this site
}


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: ``name`` is its path below the package, with slashes."""

    name: str
    text: str
    tree: ast.Module

    def fault(self, node: ast.AST, text: str) -> str:
        """The fault with its place."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {text}"


def sources(package: Path) -> list[Source]:
    """All Python files of the package but migrations and tests."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).parts
        if "migrations" not in parts and "tests" not in parts:
            found.append(_parsed("/".join(parts), path, path.stat().st_mtime_ns))
    return found


@functools.cache
def _parsed(name: str, path: Path, changed: int) -> Source:
    # A second for the package, and a dozen tests ask.
    text = path.read_text(encoding="utf-8")
    return Source(name, text, ast.parse(text))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def hidden_imports(source: Source) -> Iterator[str]:
    """No import inside a function, but where Django must be ready first: in commands and in apps.py."""
    if source.name.startswith("cli/") or source.name.endswith("/apps.py"):
        return
    for function in _functions(source.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield source.fault(node, f"import inside {function.name}()")


def signals(source: Source) -> Iterator[str]:
    """No signals: what happens next must be readable in the action."""
    if source.name in SIGNALS_ALLOWED:
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if (
                "signals" in name.split(".")
                or name == "django.dispatch"
                or name.endswith("dispatch.receiver")
            ):
                yield source.fault(node, f"uses the signal machinery {name}")
                break


def overridden_save(source: Source) -> Iterator[str]:
    """No model overrides save() or delete(): a write does what it says."""
    if "models" not in source.name.removesuffix(".py").split("/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            for function in node.body:
                if isinstance(function, ast.FunctionDef) and function.name in {"save", "delete"}:
                    yield source.fault(function, f"{node.name} overrides {function.name}()")


def fetched_models(source: Source) -> Iterator[str]:
    """No apps.get_model(): it is an import that no contract sees."""
    if source.name in GET_MODEL_ALLOWED:
        return
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get_model"
        ):
            yield source.fault(node, "get_model() hides an import")


def _marks_action(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "action"
        for mark in function.decorator_list
    )


def _without_actor(source: Source) -> Iterator[ast.FunctionDef]:
    for function in source.tree.body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            given = [*function.args.posonlyargs, *function.args.args]
            if not given or given[0].arg != "actor":
                yield function


def actions_without_actor(source: Source) -> Iterator[str]:
    """Every action takes the actor first."""
    for function in _without_actor(source):
        if _marks_action(function):
            yield source.fault(function, f"action {function.name}() does not take actor first")


def queries_without_actor(found: list[Source]) -> list[str]:
    """Every question that others may ask takes the actor first.

    Others are all files outside the module's ``queries``; among themselves queries may share functions.
    """
    asked = {
        (node.module.removeprefix("wurt.").replace(".", "/"), alias.name)
        for source in found
        if "queries" not in source.name.removesuffix(".py").split("/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module and ".queries" in node.module
        for alias in node.names
    }
    return [
        source.fault(function, f"{function.name}() does not take actor first")
        for source in found
        if source.name.startswith("modules/") and "queries" in source.name.removesuffix(".py").split("/")
        for function in _without_actor(source)
        if (source.name.removesuffix(".py").removesuffix("/__init__"), function.name) in asked
        and f"{source.name}:{function.name}" not in ACTOR_NOT_NEEDED
    ]


def long_files(source: Source) -> Iterator[str]:
    """No file over 400 lines."""
    lines = source.text.count("\n")
    if lines > MOST_LINES:
        yield f"{source.name}:1: {lines} lines, at most {MOST_LINES}"


def drawers(source: Source) -> Iterator[str]:
    """No file or folder that says nothing about its content."""
    for part in source.name.removesuffix(".py").split("/"):
        if part in DRAWERS:
            yield f"{source.name}:1: {part} is a drawer, not a name"


def loose_transactions(source: Source) -> Iterator[str]:
    """Transactions are opened by the kernel alone."""
    if source.name in ATOMIC_ALLOWED:
        return
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"atomic", "on_commit", "set_autocommit"}
            and isinstance(node.value, ast.Name)
            and node.value.id == "transaction"
        ):
            yield source.fault(node, f"transaction.{node.attr} outside the kernel")


def vendor_branches(source: Source) -> Iterator[str]:
    """One code path for both databases outside core/db."""
    if source.name in VENDOR_ALLOWED or source.name.startswith("core/db/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "vendor":
            yield source.fault(node, "asks which database it is")


def network(source: Source) -> Iterator[str]:
    """One place speaks to the outside."""
    if source.name in NETWORK_ALLOWED:
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name in NETWORK or name.split(".")[0] in NETWORK:
                yield source.fault(node, f"imports {name}")
                break


RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    hidden_imports,
    signals,
    overridden_save,
    fetched_models,
    actions_without_actor,
    long_files,
    drawers,
    loose_transactions,
    vendor_branches,
    network,
)


def faults(package: Path, rule: Callable[[Source], Iterator[str]]) -> list[str]:
    """Every fault of the package under one rule."""
    return [fault for source in sources(package) for fault in rule(source)]
