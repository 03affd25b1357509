"""The table of ASVS is complete, true where a machine can tell, and up to date."""

import ast
import functools
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.test_docs import anchors
from tools.asvs import FOLDER, Requirement, read

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
FOUND = read()
NUMBERS = "8ec67eefe8f3e723"
"""Over number and level of all requirements; compared once with the published standard."""


def test_every_requirement_of_levels_1_and_2_is_there() -> None:
    data = tomllib.loads((FOLDER / "asvs.toml").read_text(encoding="utf-8"))
    assert len(FOUND) + sum(data["left_out"].values()) == data["levels"] == 253
    text = "\n".join(f"{one.number}:{one.level}" for one in FOUND)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == NUMBERS


@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.number)
def test_each_line_says_what_it_must(one: Requirement) -> None:
    assert one.about
    assert one.level in (1, 2)
    assert one.state in ("met", "open", "not applicable")
    assert (one.state == "met") == bool(one.proofs), "what is met is proven, and nothing else"
    if one.state == "met":
        assert one.where
    else:
        assert len(one.how) > 15, "a reason"
    for target in (one.where, *one.proofs):
        assert exists(target), target


@functools.cache
def functions_of(path: Path) -> set[str]:
    """The functions of a file."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}


def exists(target: str) -> bool:
    """Is there such a file, heading or test?"""
    path, colons, test = target.partition("::")
    if colons:
        tree = (
            ast.parse((ROOT / path).read_text(encoding="utf-8"))
            if (ROOT / path).is_file()
            else ast.Module([], [])
        )
        return any(isinstance(node, ast.FunctionDef) and node.name == test for node in ast.walk(tree))
    name, _, heading = target.partition("#")
    if not target:
        return True
    return (ROOT / name).exists() and (not heading or heading in anchors(ROOT / name))


def test_what_does_not_exist_is_noticed() -> None:
    bad = [
        "tests/no.py::test_x",
        "tests/test_docs.py::test_no_such_thing",
        "no/file.py",
        "SECURITY.md#no-heading",
    ]
    assert [target for target in bad if exists(target)] == []
    assert exists("tests/test_docs.py::test_links_lead_somewhere")


def test_the_page_is_made_from_the_list() -> None:
    done = subprocess.run(
        [sys.executable, "tools/asvs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("page", ["bsi.md", "threat-model.md"])
def test_files_and_tests_named_on_the_other_pages_exist(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|wurt|docs|deploy|tools)/[\w./-]+(?:::\w+)?)`", text)
    assert len(named) > 10
    assert [target for target in named if not exists(target)] == []
