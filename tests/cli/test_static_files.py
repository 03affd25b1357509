"""The first start hashes and compresses what pages load, although no manifest was there when it began."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from wurt.cli.serve import collect


def test_first_start_hashes_and_compresses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")
    settings.STATIC_ROOT.mkdir()
    collect()
    paths = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    served = settings.STATIC_ROOT / paths["web/js/nav.js"]
    assert served.name != "nav.js"
    assert served.exists()
    assert served.with_name(f"{served.name}.gz").exists()
    assert not [path for path in paths if path.startswith(("ninja/", "django_htmx/"))]
