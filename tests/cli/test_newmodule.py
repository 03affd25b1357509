"""``wurt newmodule`` in a copy of the source: what it writes passes the house's own checks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wurt.cli import newmodule

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COPIED = (
    "wurt", "tests", "tools", "docs", "pyproject.toml", ".importlinter", "conftest.py", "requirements.lock",
)  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("checkout")
    skip = shutil.ignore_patterns("__pycache__", "images")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=skip)
        else:
            shutil.copy(source, root / name)
    return root


def _run(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "WURT_", "DJANGO", "DATABASE_URL"))
    }
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root), "WURT_VAR": str(root / "var")},
        capture_output=True,
        text=True,
        check=False,
    )


def _new(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(root, sys.executable, "-c", "from wurt.cli import main; main()", "newmodule", *arguments)


def test_a_new_module_is_complete(checkout: Path) -> None:
    done = _new(checkout, "lostproperty", "--title", "Lost property", "--german", "Fundsachen")
    assert done.returncode == 0, done.stderr
    assert "Next:" in done.stdout
    module = checkout / "wurt/modules/lostproperty"
    assert not [path for path in module.rglob("*.py") if "zzroom" in path.read_text().lower()]
    assert "Fundsachen" in (module / "locale/de/LC_MESSAGES/django.po").read_text()

    for command in (
        [BIN / "ruff", "check", "wurt/modules/lostproperty", "wurt/config"],
        [BIN / "ruff", "format", "--check", "wurt/modules/lostproperty", "wurt/config"],
        [BIN / "lint-imports", "--no-cache"],
        [sys.executable, "tools/messages.py", "--check"],
        [sys.executable, "-m", "django", "makemigrations", "--check", "--settings", "wurt.config.settings"],
    ):
        checked = _run(checkout, *command)
        assert checked.returncode == 0, f"{command}: {checked.stdout[-3000:]}{checked.stderr[-3000:]}"

    tested = _run(
        checkout, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "wurt/modules/lostproperty", "tests/access/test_access.py", "tests/architecture",
        "-k", "lostproperty or every_address or every_row or architecture",
        "--deselect", "tests/architecture/test_contracts.py",
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout[-5000:]

    again = _new(checkout, "lostproperty", "--title", "Lost property", "--german", "Fundsachen")
    assert (again.returncode, again.stderr) == (
        1,
        "Error: There is already a lostproperty. Choose another name.\n",
    )


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("agenda", "Another agenda", "There is already a agenda."),
        ("search", "Another search", "There is already a search."),
        ("json", "Some data", "cannot be the name of a module"),
        ("class", "Courses", "cannot be the name of a module"),
        ("Mixed", "Mixed case", "cannot be the name of a module"),
        ("../up", "Out of here", "cannot be the name of a module"),
        ("tickets", 'Say "hello"', "--title: 3 to 40 letters"),
        ("tickets", "New entries", "--title: this word is used by the skeleton itself."),
    ],
)
def test_names_that_would_do_harm_are_refused_and_nothing_is_written(
    name: str, title: str, said: str
) -> None:
    before = sorted(path.name for path in (ROOT / "wurt/modules").iterdir())
    answer = CliRunner().invoke(newmodule.command, [name, "--title", title, "--german", "Etwas"])
    assert answer.exit_code == 1
    assert said in answer.output
    assert sorted(path.name for path in (ROOT / "wurt/modules").iterdir()) == before


def test_a_failure_half_way_leaves_everything_as_it_was(checkout: Path) -> None:
    urls = checkout / "wurt/config/urls.py"
    whole = urls.read_text()
    modules = (checkout / "wurt/config/modules.py").read_text()
    urls.write_text(whole.replace("wurt.core.pages.urls", "wurt.core.pages.addresses"))
    try:
        done = _new(checkout, "boats", "--title", "Boats for hire", "--german", "Bootsverleih")
    finally:
        urls.write_text(whole)
    assert done.returncode == 1
    assert "does not look as expected; nothing was changed" in done.stderr
    assert not (checkout / "wurt/modules/boats").exists()
    assert (checkout / "wurt/config/modules.py").read_text() == modules
