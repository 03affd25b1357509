"""No regular expression of ours takes exponential time on a hostile text (CWE-1333).

Checked by shape: a repeat without an end inside another one is what backtracks exponentially; and by running
all of them on long hostile texts in a child that the system ends after a minute of computing.
"""

import importlib
import pkgutil
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import wurt

pytestmark = pytest.mark.no_database

parser = re._parser  # type: ignore[attr-defined]
ENDLESS = parser.MAXREPEAT
ALLOWED = {
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*": "the beginnings of its three branches differ; reads our own SQL",
    r"^(?:(?:Dr|Prof|Dipl)\.[\w.-]*\s+|Frau\s+|Herr\s+)*(?:[A-ZÄÖÜ][\w'’-]*\.?\s+)+"
    r"(?:(?:von|van|de|zu|zur|vom)\s+)*[A-ZÄÖÜ][\w'’-]+$": "words end at blanks, which no word holds",
}
"""Pattern → why it is harmless although a repeat stands in a repeat."""
HOSTILE = [
    "a", " ", "0", "-", "/", "(", "<", "\n", "\t", "ä", "aA1", "a ", "- ", "1.", "a\n", "//", "\\", '"',
    "xn--", "::",
]  # fmt: skip
LONG = 3000


def patterns() -> dict[str, re.Pattern[Any]]:
    """All compiled expressions at the top of our modules, by pattern."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(wurt.__path__, "wurt."):
        if {"tests", "migrations", "__main__"} & set(module.name.split(".")):
            continue
        loaded = importlib.import_module(module.name)
        for value in vars(loaded).values():
            for one in value if isinstance(value, list | tuple | set | frozenset) else [value]:
                if isinstance(one, re.Pattern):
                    found[f"{one.flags}:{one.pattern!r}"] = one
    return found


def nested(parsed: Any, inside: bool = False) -> Iterator[bool]:
    """Is there an endless repeat in an endless repeat, whose content has more than one way to match?"""
    for kind, value in parsed:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = value
            endless = most == ENDLESS
            if endless and inside:
                yield True
            yield from nested(body, inside or (endless and len(body) <= 1))
        elif name == "SUBPATTERN":
            yield from nested(value[-1], inside)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from nested(branch, inside)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from nested(value[1], inside)


def suspicious(pattern: re.Pattern[Any]) -> bool:
    return any(nested(parser.parse(pattern.pattern, pattern.flags)))


def test_no_repeat_without_end_stands_in_another() -> None:
    found = patterns()
    assert len(found) > 60, "the search for expressions finds them"
    assert {one.pattern for one in found.values() if suspicious(one)} <= set(ALLOWED)


def test_the_check_finds_what_explodes() -> None:
    explode = [r"(a+)+$", r"(?:a*)*b", r"(x|(b+))+c"]
    assert [one for one in explode if not suspicious(re.compile(one))] == []
    assert not suspicious(re.compile(r"a+b*(c|d)+"))


def try_all() -> int:
    """Every expression on every hostile text, as a whole and searched for."""
    import django

    django.setup()
    tried = 0
    for pattern in patterns().values():
        for seed in HOSTILE:
            text: Any = (seed * LONG)[:LONG] + "\x00!"
            if isinstance(pattern.pattern, bytes):
                text = text.encode("latin-1", "replace")
            pattern.fullmatch(text)
            pattern.search(text)
            tried += 1
    return tried


def test_all_expressions_come_to_an_end_on_hostile_texts() -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    done = subprocess.run(
        [sys.executable, "-c", "from tests.security.test_patterns import try_all; print(try_all())"],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) == len(patterns()) * len(HOSTILE)
