"""Which languages the switch offers: German, English (the source), and every other whose catalogues are full.

``python tools/messages.py new CODE`` begins one, ``… status`` says how far it is, ``… compile`` makes what
the server reads. What a catalogue lacks is shown in German.
"""

import re
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language, to_locale

ENOUGH = 0.9
"""Share of the texts that a language needs to be offered: below that, a page is more German than anything."""
ROOT = Path(__file__).resolve().parents[1]
ALWAYS = (("de", "Deutsch"), ("en", "English"))

_ENTRY = re.compile(
    r"^msgid (?P<id>.*?)^msgstr(?:\[0\])? (?P<text>.*?)(?=^\s*$|^msgstr|\Z)", re.MULTILINE | re.DOTALL
)
_LETTERS = re.compile(r'"([^"\\\\]|\\\\.)+"')


def offered(root: Path = ROOT) -> list[tuple[str, str]]:
    """Code and own name of each language, German first."""
    folders = {to_language(path.name) for path in root.glob("**/locale/*") if path.is_dir()}
    codes = {code for code in folders if "name_local" in LANG_INFO.get(code, {})}
    others = sorted(codes - {code for code, _name in ALWAYS})
    if not others:
        return list(ALWAYS)
    needed = ENOUGH * _texts(root, "de")
    found = [(code, LANG_INFO[code]["name_local"]) for code in others if _texts(root, code) >= needed]
    return [*ALWAYS, *found]


def _texts(root: Path, code: str) -> int:
    """How many texts the catalogues of a language hold; what is empty or fuzzy does not count."""
    pattern = f"**/locale/{to_locale(code)}/LC_MESSAGES/django.po"
    return sum(_count(path.read_text("utf-8")) for path in root.glob(pattern))


def _count(catalogue: str) -> int:
    blocks = (block for block in catalogue.split("\n\n") if "#, fuzzy" not in block)
    return sum(bool(_filled(block)) for block in blocks)


def _filled(block: str) -> bool:
    entry = _ENTRY.search(block)
    return bool(entry and _LETTERS.search(entry["id"]) and _LETTERS.search(entry["text"]))
