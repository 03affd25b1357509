"""Write the reference from the code: ``python tools/reference.py`` (``--check``: fail if a page is stale).

docs/reference/cli.md from the help of the commands, docs/reference/configuration.md from the variables,
docs/reference/permissions.md from the tables of permissions.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "docs" / "reference"
NOTE = "<!-- Made by tools/reference.py. Change the code, then run it again. -->"
WIDTH = 100


def commands(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[str]:
    """The help of a command, then of everything below it."""
    name = path.split()[-1]
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, **command.context_settings
    )
    yield f"{'##' if parent else '#'} `{path}`\n\n```text\n{command.get_help(context).rstrip()}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, f"{path} {name}", context)


def cli() -> str:
    """All commands with their help."""
    from wurt.cli import main

    return "\n\n".join([NOTE, *commands(main, "wurt")]) + "\n"


def configuration() -> str:
    """All environment variables."""
    from wurt.config.env import VARIABLES

    rows = [
        f"| `{one.name}` | {one.kind}{', secret' if one.secret else ''} | "
        f"{f'`{one.default}`' if one.default else '(empty)'} | {one.meaning} |"
        for one in VARIABLES
    ]
    head = [NOTE, "", "# Environment variables", "", "Settings read nothing else from the environment. "]
    head[-1] += "`wurt config` prints this list with the values that are set."
    return "\n".join([*head, "", "| name | type | default | meaning |", "|---|---|---|---|", *rows]) + "\n"


def permissions() -> str:
    """All permissions of all modules, and the roles."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurt.config.settings")
    django.setup()
    from django.utils import translation

    from wurt.core.tenancy.roles import MEANINGS, NAMES

    with translation.override("en"):
        roles = [f"| `{role.value}` | {NAMES[role]} | {MEANINGS[role]} |" for role in NAMES]
    lines = [NOTE, "", "# Permissions", ""]
    lines += ["A role is granted at a place and reaches everything below it. Roles of staff count only in a"]
    lines += ["session that was opened with a second factor."]
    lines += ["Where somebody may not even know that a thing exists, the answer is “not found”.", ""]
    lines += ["## Roles", "", "| role | name | for what |", "|---|---|---|", *roles]
    for module in ("wurt.modules.agenda", "wurt.core.tenancy", "wurt.core.pages", "wurt.core.notices"):
        lines += [
            "",
            f"## {module.rsplit('.', 1)[1]}",
            "",
            "| permission | who | only if | also whoever has |",
        ]
        lines += ["|---|---|---|---|", *_rows(module)]
    return "\n".join(lines) + "\n"


def _rows(module: str) -> Iterator[str]:
    for one in import_module(f"{module}.policies").ALL:
        who = [f"`{role.value}`" for role in sorted(one.roles)]
        who += [f"whoever {relation.name} it" for relation in one.relations]
        who += ["everybody"] if one.public else []
        states = ", ".join(state.name for state in one.states)
        also = ", ".join(f"`{other.name}`" for other in one.also)
        yield f"| `{one.name}` | {', '.join(who)} | {states} | {also} |"


PAGES = {"cli.md": cli, "configuration.md": configuration, "permissions.md": permissions}


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    os.environ["NO_COLOR"] = "1"
    stale = []
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path, text = TARGET / name, make()
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"  {path.relative_to(ROOT)}")
    if stale:
        print(f"Stale: {', '.join(stale)}. Run: python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
