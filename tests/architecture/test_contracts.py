"""The six import contracts hold on the house, and each breaks on a toy tree that was sabotaged."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

MODULE = ("apps", "urls", "views", "actions", "privacy", "queries", "policies", "models", "events")
TREE = {
    "wurt/__init__.py": "",
    "wurt/cli/__init__.py": "import wurt.config",
    "wurt/config/__init__.py": "import wurt.modules.toy.urls",
    "wurt/core/__init__.py": "",
    "wurt/core/action/__init__.py": "import wurt.core.db",
    "wurt/core/db/__init__.py": "import django",
    "wurt/modules/__init__.py": "",
}
for _module in ("toy", "tram"):
    TREE[f"wurt/modules/{_module}/__init__.py"] = ""
    TREE |= {f"wurt/modules/{_module}/{name}.py": "" for name in MODULE}
TREE["wurt/modules/toy/views.py"] = "import wurt.modules.toy.actions, wurt.modules.toy.queries"
TREE["wurt/modules/toy/queries.py"] = "import wurt.modules.toy.models"
TREE["wurt/modules/toy/models.py"] = "import wurt.core.db"

# What was done -> (contracts that must break, file, its new text or None for "left out").
SABOTAGE = {
    "core reaches into a module": ("12", "wurt/core/db/__init__.py", "import wurt.modules.toy.events"),
    "a module reads the configuration": ("14", "wurt/modules/toy/actions.py", "import wurt.config"),
    "a module takes another's model": ("2", "wurt/modules/toy/actions.py", "import wurt.modules.tram.models"),
    "a module commands another": ("2", "wurt/modules/toy/actions.py", "import wurt.modules.tram.actions"),
    "two modules listen to each other": (
        "3",
        "wurt/modules/tram/handlers.py",
        "import wurt.modules.toy.events",
    ),
    "two rooms of core need each other": ("3", "wurt/core/db/__init__.py", "import wurt.core.action"),
    "a query calls an action": ("4", "wurt/modules/toy/queries.py", "import wurt.modules.toy.actions"),
    "a file that nobody knows": ("4", "wurt/modules/toy/services.py", ""),
    "a module without policies": ("4", "wurt/modules/toy/policies.py", None),
    "a view takes a model": ("5", "wurt/modules/toy/views.py", "import wurt.modules.toy.models"),
    "an event knows Django": ("6", "wurt/modules/toy/events.py", "import django"),
    "a calculation knows core": ("6", "wurt/modules/toy/domain.py", "import wurt.core.db"),
}


def lint(folder: Path) -> str:
    """Output of lint-imports in a folder that holds a tree and the contracts."""
    shutil.copy(ROOT / ".importlinter", folder / ".importlinter")
    done = subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)}
    )
    return done.stdout


def grow(folder: Path, changes: dict[str, str | None]) -> None:
    """Write the toy tree with some files changed or, for None, left out."""
    for name, text in (TREE | changes).items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)


def test_the_house_keeps_all_six():
    done = subprocess.run([LINT, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert "6 kept, 0 broken" in done.stdout, done.stdout


def test_the_toy_tree_keeps_all_six(tmp_path):
    grow(tmp_path, {})
    output = lint(tmp_path)
    assert "6 kept, 0 broken" in output, output


@pytest.mark.parametrize("case", SABOTAGE)
def test_sabotage_breaks_its_contract(case, tmp_path):
    numbers, name, text = SABOTAGE[case]
    changes: dict[str, str | None] = {name: text}
    if case == "two modules listen to each other":
        changes["wurt/modules/toy/handlers.py"] = "import wurt.modules.tram.events"
    grow(tmp_path, changes)
    output = lint(tmp_path)
    if text is None:
        assert "Missing layer" in output
        assert "wurt.modules.toy.policies does not exist" in " ".join(output.split())
    else:
        broken = "".join(line[0] for line in output.splitlines() if line.endswith("BROKEN"))
        assert broken == numbers, output
