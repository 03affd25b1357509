"""``wurt newmodule``: a new module with one of each: action, page, figure, search entry, notice, case."""

import keyword
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
SKELETON = Path(__file__).parent / "skeleton"
NAME = re.compile(r"[a-z][a-z]{2,15}")
TITLE = re.compile(r"[^\"\\{}%\n]{3,40}")
LISTS = (ROOT / "wurt/config/modules.py", ROOT / "wurt/config/urls.py")
PLACES = {"catalogue.po": "locale/de/LC_MESSAGES/django.po", "tests/test_name.py": "tests/test_{name}.py"}


@click.command()
@click.argument("name")
@click.option("--title", required=True, help="What it is called in English, for example: Lost property")
@click.option("--german", required=True, help="What it is called in German, for example: Fundsachen")
def command(name: str, title: str, german: str) -> None:
    """Write a new module NAME into this checkout, complete and tested, in stage “preparation”.

    \b
    Example:  wurt newmodule lostproperty --title "Lost property" --german Fundsachen
    """
    _check(name, title, german)
    folder = ROOT / "wurt" / "modules" / name
    lists = {path: path.read_text() for path in LISTS}
    try:
        written = write(folder, name, title, german)
        enlist(name, lists)
        _run("-m", "django", "makemigrations", name, "--settings", "wurt.config.settings")
        _run("tools/messages.py")
        _run("tools/messages.py", "compile")
        _format(folder)
    except BaseException:
        # Half a module would keep every command from starting.
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in lists.items():
            path.write_text(text)
        raise
    click.echo(f"{written} files in wurt/modules/{name}, listed in wurt/config/modules.py and urls.py.")
    click.echo(f"""
Next:
  make test TESTS=wurt/modules/{name}   one of each works: see tests/test_{name}.py
  make demo                 then Verwaltung → Dienste: set “{german}” to live, and open /{name}/
  wurt/modules/{name}/README.md    say what it is for; then rename Entry to what it really is
""")


def _check(name: str, title: str, german: str) -> None:
    if not (ROOT / "pyproject.toml").exists() or not (ROOT / "wurt/config/modules.py").exists():
        raise click.ClickException("This needs a checkout of Wurt's source, not an installed package.")
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        raise click.ClickException(
            f"{name!r} cannot be the name of a module. Use 3 to 16 small letters, for example lostproperty."
        )
    taken = {path.name for part in ("modules", "core") for path in (ROOT / "wurt" / part).iterdir()}
    if name in taken:
        raise click.ClickException(f"There is already a {name}. Choose another name.")
    for option, text in (("--title", title), ("--german", german)):
        if not TITLE.fullmatch(text):
            raise click.ClickException(
                f"{option}: 3 to 40 letters, without quotes, braces, % and line breaks."
            )
    if title in (SKELETON / "catalogue.po.tmpl").read_text().replace("Zzroom title", ""):
        raise click.ClickException(
            "--title: this word is used by the skeleton itself. Choose a longer title."
        )


def write(folder: Path, name: str, title: str, german: str) -> int:
    """Fill the folder from the skeleton; how many files that were."""
    sources = sorted(SKELETON.rglob("*.tmpl"))
    for source in sources:
        part = str(source.relative_to(SKELETON)).removesuffix(".tmpl")
        part = PLACES.get(part, part).replace("{name}", name).replace("templates/name/", f"templates/{name}/")
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(filled(source.read_text(), name, title, german))
    return len(sources)


def filled(text: str, name: str, title: str, german: str) -> str:
    """A file of the skeleton with the names put in."""
    text = text.replace("Zzroom title", title).replace("Zzroom deutsch", german)
    return text.replace("ZzroomConfig", f"{name.capitalize()}Config").replace("zzroom", name)


def enlist(name: str, lists: dict[Path, str]) -> None:
    """Put the module into the list, and its addresses before those of plain pages, which catch all."""
    for path, text in lists.items():
        if path.name == "modules.py":
            new = re.sub(r"(MODULES = \[[^\]]*)\]", rf'\1, "wurt.modules.{name}"]', text, count=1)
        else:
            last = '    path("", include("wurt.core.pages.urls")),'
            new = text.replace(last, f'    path("", include("wurt.modules.{name}.urls")),\n{last}', 1)
        if new == text:
            raise click.ClickException(
                f"{path.relative_to(ROOT)} does not look as expected; nothing was changed."
            )
        path.write_text(new)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(
            f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )


def _format(folder: Path) -> None:
    """Lines and imports as the checks want them: names are of different length. Skipped without ruff."""
    ruff = Path(sys.executable).with_name("ruff")
    if ruff.exists():
        for arguments in (("check", "--fix", "--quiet"), ("format", "--quiet")):
            subprocess.run([ruff, *arguments, folder, ROOT / "wurt/config"], cwd=ROOT, check=False)
