"""What the documentation names exists: links, headings, commands with their options, make targets, files."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from wurt.cli import main

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = {".venv", ".tools", "node_modules", "var", ".git", "build", ".pytest_cache", "tmp"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not SKIPPED & set(path.relative_to(ROOT).parts) and "dist" not in path.parts
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^|\s|bin/|\()wurt((?: +[^\s`|&>()…\[\]%{}]+)+)", re.MULTILINE)
TARGET = re.compile(r"\bmake ([a-z]+)")
TREES = ("wurt/", "docs/", "tests/", "tools/", "benchmarks/", ".ci/")


def named(page: Path) -> str:
    """A page as pytest shows it."""
    return str(page.relative_to(ROOT))


def snippets(page: Path) -> Iterator[str]:
    """All code of a page, continued lines joined."""
    for block, inline in CODE.findall(page.read_text(encoding="utf-8")):
        yield (block or inline).replace("\\\n", " ")


def anchors(page: Path) -> set[str]:
    """Fragments that a page's headings can be reached by."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(page: Path) -> list[str]:
    """Relative links of a page that lead nowhere."""
    found = []
    for link in (first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            found.append(link)
    return found


def unknown_commands(text: str) -> list[str]:
    """Calls of ``wurt`` whose subcommand or option does not exist."""
    return [f"wurt{words}" for words in COMMAND.findall(text) if not _known(words.split())]


def _known(words: list[str]) -> bool:
    command: click.Command = main
    waiting = iter(words)
    for word in waiting:
        if word.startswith("-"):
            name, _, value = word.partition("=")
            option = next(
                (one for one in command.get_params(click.Context(command)) if name in one.opts), None
            )
            if option is None:
                return False
            if not (value or getattr(option, "is_flag", False) or name == "--help"):
                next(waiting, None)
        elif isinstance(command, click.Group):
            below = command.get_command(click.Context(command), word)
            if below is None:
                return False
            command = below
    return True


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_and_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for text in snippets(page):
        assert unknown_commands(text) == []
        assert set(TARGET.findall(text)) <= targets


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_named_in_full_exist(page: Path) -> None:
    words = {word.strip(",;:").partition("::")[0] for text in snippets(page) for word in text.split()}
    paths = {word for word in words if word.startswith(TREES) and not set("*<>…{") & set(word)}
    missing = {path for path in paths if not (ROOT / path).exists() and "NAME" not in path}
    # A page about modules in general may mean the file of that name in any of them.
    missing = {path for path in missing if not any(ROOT.glob(f"wurt/**/{path}"))}
    assert missing == set()


def test_the_checks_find_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Ein Kopf\n[gut](#ein-kopf) [fort](nirgends.md) [kein](#kopf) [web](https://a.example)")
    assert broken_links(page) == ["nirgends.md", "#kopf"]
    assert (
        unknown_commands("wurt demo code admin\nwurt agenda import --dry-run *.pdf\n.venv/bin/wurt config")
        == []
    )
    assert unknown_commands("wurt fly\nwurt agenda print 1\nwurt serve --tls") == [
        "wurt fly",
        "wurt agenda print 1",
        "wurt serve --tls",
    ]


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links if ":" not in link]
    assert [named(page) for page in PAGES if page not in reached] == []


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
