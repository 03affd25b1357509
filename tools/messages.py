"""Keep the translations: extract, update, check, compile, begin another language.

    python tools/messages.py              extract into every app's catalogues
    python tools/messages.py --check      change nothing; fail on a missing, fuzzy, obsolete or stale entry,
                                          and on one text with two translations
    python tools/messages.py compile      write the .mo files
    python tools/messages.py new CODE     empty catalogues of another language in every app
    python tools/messages.py status       how complete each language is

Every folder under ``wurt/`` with a ``locale/`` directory is an app. Sources are English; each app's
catalogue is ``locale/de/LC_MESSAGES/django.po``, sorted, without places, so that two people can change it
without conflict. Catalogues of other languages are kept the same way, but need not be complete: a language
shows in the switch once enough of it is there (``wurt/config/languages.py``). A module nested in another
app's folder belongs to itself if it has a ``locale/`` too.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "de"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "__": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# {language} texts of {name}.\n"
GERMAN_PLURAL = "nplurals=2; plural=(n != 1);"
SKIPPED = {"tests", "migrations", "static", "assets", "__pycache__"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "command", nargs="?", choices=["update", "compile", "new", "status"], default="update"
    )
    parser.add_argument("code", nargs="?", default="", help="of the new language, like fr or ar")
    parser.add_argument("--check", action="store_true", help="change nothing, report what is not complete")
    arguments = parser.parse_args()
    if not settings.configured:
        settings.configure(USE_I18N=True)
    problems: list[str] = []
    if arguments.command == "new":
        return begin(arguments.code)
    if arguments.command == "status":
        return status()
    for app in apps():
        if arguments.command == "compile":
            compile_app(app)
        elif arguments.check:
            problems += check_app(app)
        else:
            for code in languages():
                update_app(app, code)
    if arguments.check:
        for code in languages():
            problems += differing(code, apps())
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def apps() -> list[Path]:
    return sorted(path.parent for path in (ROOT / "wurt").rglob("locale") if path.is_dir())


def languages() -> list[str]:
    """Every language that has a catalogue somewhere, German first."""
    found = {path.parent.parent.name for path in (ROOT / "wurt").rglob("locale/*/LC_MESSAGES/django.po")}
    return [LANGUAGE, *sorted(found - {LANGUAGE})]


def begin(code: str) -> int:
    """Empty catalogues of a language that Django knows; those that are there stay."""
    from django.conf.locale import LANG_INFO

    if code not in LANG_INFO or "name" not in LANG_INFO[code]:
        print(f"{code!r} is no language that Django knows; write a code like fr, da or ar")
        return 1
    for app in apps():
        update_app(app, code)
    return 0


def _name(code: str) -> str:
    from django.conf.locale import LANG_INFO

    return str(LANG_INFO[code]["name"])


def status() -> int:
    """How many texts each language has."""
    total = sum(1 for app in apps() for message in extracted(app) if message.id)
    for code in languages():
        done = sum(
            1
            for app in apps()
            for message in stored_catalogue(app, code)
            if message.id and _complete(message)
        )
        print(f"{code}: {done} of {total} texts ({100 * done // total} %)")
    return 0


def catalogue_path(app: Path, code: str = LANGUAGE) -> Path:
    return app / "locale" / code / "LC_MESSAGES" / "django.po"


def extracted(app: Path, code: str = LANGUAGE) -> Catalog:
    """Every text of the app's Python and templates."""
    catalog = Catalog(locale=code)
    for path in _sources(app):
        for message, context, comments in _texts(path):
            catalog.add(message, context=context, auto_comments=comments)
    return catalog


def updated(app: Path, code: str = LANGUAGE) -> Catalog:
    """The stored catalogue with what the sources say now; what is obsolete goes, nothing is guessed."""
    found, stored = extracted(app, code), stored_catalogue(app, code)
    result = Catalog(
        locale=code,
        header_comment=HEADER.format(
            language=_name(code), name=".".join(app.relative_to(ROOT).parts)
        ).rstrip(),
        fuzzy=False,
    )
    for message in found:
        if not message.id:
            continue
        known = stored.get(_key(message), message.context)
        same_shape = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
        result.add(
            message.id,
            string=known.string if known is not None and same_shape else None,
            flags=list(message.flags),
            context=message.context,
            auto_comments=message.auto_comments,
        )
    return result


def stored_catalogue(app: Path, code: str = LANGUAGE) -> Catalog:
    path = catalogue_path(app, code)
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def as_text(catalog: Catalog, code: str = LANGUAGE) -> bytes:
    """The catalogue as a file: sorted, one line per text, no places, no dates (they would only conflict)."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    header = (
        f'{catalog.header_comment}\nmsgid ""\nmsgstr ""\n'
        f'"Language: {code}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms if code != LANGUAGE else GERMAN_PLURAL}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def update_app(app: Path, code: str = LANGUAGE) -> None:
    catalog = updated(app, code)
    path = catalogue_path(app, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(catalog, code))
    missing = sum(1 for message in catalog if message.id and not _complete(message))
    total = sum(1 for message in catalog if message.id)
    print(f"{app.relative_to(ROOT)}: {total} texts, {missing} without {_name(code)}")


def check_app(app: Path) -> list[str]:
    name = app.relative_to(ROOT)
    stored, found = stored_catalogue(app), extracted(app)
    problems = []
    for message in found:
        if not message.id:
            continue
        known = stored.get(_key(message), message.context)
        if known is None or not _complete(known):
            problems.append(f"{name}: no German for {_key(message)!r}")
        elif known.fuzzy:
            problems.append(f"{name}: fuzzy: {_key(message)!r}")
        else:
            problems += [f"{name}: {error} in {_key(message)!r}" for error in known.check(stored)]
    wanted = {(_key(message), message.context) for message in found if message.id}
    for message in stored:
        if message.id and (_key(message), message.context) not in wanted:
            problems.append(f"{name}: no longer used: {_key(message)!r}")
    problems += [f"{name}: no longer used (commented out): {key!r}" for key in stored.obsolete]
    return problems


def differing(code: str, folders: list[Path]) -> list[str]:
    """Texts that two catalogues of a language translate differently: at run time one of them wins everywhere.
    What means something else gets a context (``pgettext``, ``{% translate … context … %}``)."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for app in folders:
        for message in stored_catalogue(app, code):
            if message.id and _complete(message):
                texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                texts_of = found.setdefault((_key(message), message.context or ""), {})
                texts_of.setdefault(texts[0], []).append(app.name)
    return [
        f"{code}: two translations of {key!r}{f' ({context})' if context else ''}: "
        + "; ".join(f"{text!r} in {', '.join(names)}" for text, names in texts.items())
        for (key, context), texts in sorted(found.items())
        if len(texts) > 1
    ]


def compile_app(app: Path) -> None:
    for code in languages():
        path = catalogue_path(app, code)
        if not path.exists():
            continue
        target = path.with_suffix(".mo")
        buffer = io.BytesIO()
        write_mo(buffer, stored_catalogue(app, code))
        if not target.exists() or target.read_bytes() != buffer.getvalue():
            target.write_bytes(buffer.getvalue())


def _sources(app: Path) -> Iterator[Path]:
    others = [other for other in apps() if other != app and app in other.parents]
    for path in sorted(app.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or SKIPPED & set(path.relative_to(app).parts):
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        if not any(other in path.parents for other in others):
            yield path


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    options = {"encoding": "utf-8"}
    for _line, message, comments, context in extract(
        "python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], options
    ):
        if message:
            yield message, context, comments


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _complete(message: Message) -> bool:
    if isinstance(message.id, str):
        return bool(message.string)
    return isinstance(message.string, list | tuple) and all(message.string) and len(message.string) == 2


if __name__ == "__main__":
    sys.exit(main())
