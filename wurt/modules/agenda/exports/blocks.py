"""Free text of a report taken apart into paragraphs and lists, the only structure the reports have."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*(?:[•▪◦‣·]|[-–*](?=\s))\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (one item) or one list (all its items)."""

    is_list: bool
    items: tuple[str, ...]


def clean(text: str) -> str:
    """One line of text: control characters out, every run of white space one blank (no-break spaces stay)."""
    return re.sub(r"[ \t\r\n\x0b\x0c\u2028\u2029]+", " ", _CONTROL.sub("", text)).strip()


def blocks(text: str | None) -> tuple[Block, ...]:
    """Paragraphs are separated by a blank line; lines that start with a bullet are items of a list."""
    found: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", (text or "").replace("\r\n", "\n")):
        lines: list[str] = []
        items: list[str] = []
        for line in chunk.split("\n"):
            if _BULLET.match(line) and clean(_BULLET.sub("", line)):
                _close(found, lines)
                items.append(clean(_BULLET.sub("", line)))
            elif items and clean(line):
                items[-1] = f"{items[-1]} {clean(line)}"
            elif clean(line):
                lines.append(clean(line))
        _close(found, lines)
        if items:
            found.append(Block(True, tuple(items)))
    return tuple(found)


def _close(found: list[Block], lines: list[str]) -> None:
    """End the paragraph that is being collected, if any."""
    if lines:
        found.append(Block(False, (" ".join(lines),)))
        lines.clear()
