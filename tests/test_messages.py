"""One text has one translation: of two catalogues that differ, one would win everywhere at run time."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "messages.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = spec_from_file_location("messages_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(root: Path, app: str, *entries: str) -> Path:
    folder = root / app / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"'
    (folder / "django.po").write_text("\n\n".join((head, *entries)) + "\n", "utf-8")
    return root / app


def test_two_translations_of_one_text_are_found(tool: ModuleType, tmp_path: Path) -> None:
    one = catalogue(
        tmp_path,
        "one",
        'msgid "End"\nmsgstr "Ende"',
        'msgctxt "verb"\nmsgid "End"\nmsgstr "Beenden"',
        'msgid "Save"\nmsgstr "Speichern"',
        'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "Tag"\nmsgstr[1] "Tage"',
    )
    two = catalogue(
        tmp_path,
        "two",
        'msgid "End"\nmsgstr "Schluss"',
        'msgctxt "verb"\nmsgid "End"\nmsgstr "Aufhören"',
        'msgid "Save"\nmsgstr "Speichern"',
        'msgid "day"\nmsgstr "Tag"',
        'msgid "Not yet"\nmsgstr ""',
    )
    assert tool.differing("de", [one, two]) == [
        "de: two translations of 'End': 'Ende' in one; 'Schluss' in two",
        "de: two translations of 'End' (verb): 'Beenden' in one; 'Aufhören' in two",
    ]
    assert tool.differing("de", [one]) == []


def test_our_catalogues_agree(tool: ModuleType) -> None:
    assert tool.differing("de", tool.apps()) == []
