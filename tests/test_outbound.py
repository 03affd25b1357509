"""The inventory of outbound connections is complete and written down (ASVS 5.0, V13.1.1)."""

import importlib
import pkgutil
import re
from pathlib import Path

import wurt
from wurt.core.db import http

PAGE = Path(__file__).resolve().parents[1] / "docs" / "operate" / "security.md"


def purposes_of_all_rooms() -> set[str]:
    for found in pkgutil.walk_packages(wurt.__path__, "wurt."):
        if not {"tests", "migrations", "__main__"} & set(found.name.split(".")):
            importlib.import_module(found.name)
    return {name for name in http.PURPOSES if not name.startswith("test.")}


def test_every_purpose_stands_in_the_operators_page() -> None:
    """In the table "Connections to the outside", a row per purpose that begins with its name."""
    _, _, below = PAGE.read_text(encoding="utf-8").partition("## Connections to the outside")
    table = below.partition("\n## ")[0]
    listed = re.findall(r"^\| `([a-z_.]+)` \|", table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(purposes_of_all_rooms())
