"""The bill of materials: complete, valid, silent about its maker; licences that go with ours; hashes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import sbom

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_bill_names_everything_that_is_locked() -> None:
    names = {one["purl"] for one in sbom.bill()["components"]}
    python = {f"pkg:pypi/{name}@{version}" for name, version in sbom.pinned(LOCK)}
    assert len(python) == len(re.findall(r"^\S+==", LOCK, flags=re.MULTILINE)) > 40
    assert python <= names
    node = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(names) == len(python) + len(node) - 1


def test_the_bill_is_valid_and_tells_nothing_of_its_maker(tmp_path) -> None:
    target = tmp_path / "sbom.json"
    done = subprocess.run(
        [sys.executable, "-m", "tools.sbom", str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert not re.search(
        r"file:|https?://|/home/|/root/|/work/|/tmp/|localhost|127\.0\.0\.1|registry|mirror", text
    )
    assert text == json.dumps(sbom.bill(), indent=1, ensure_ascii=False) + "\n", "twice the same"


def test_every_licence_is_known_and_goes_with_ours() -> None:
    assert sbom.faults(sbom.bill()) == []


def test_a_licence_that_does_not_fit_is_noticed() -> None:
    def one(*licences: str) -> dict[str, object]:
        return {"name": "x", "licenses": [{"expression": text} for text in licences]}

    bad = ["AGPL-3.0-only", "GPL-2.0-or-later", "MIT AND GPL-3.0-only", "SSPL-1.0"]
    good = ["LGPL-3.0-only", "MIT", "EUPL-1.2", "MPL-2.0"]
    assert len(sbom.faults({"components": [one(text) for text in bad]})) == len(bad)
    assert sbom.faults({"components": [one(text) for text in good]}) == []
    assert sbom.faults({"components": [one()]}) == ["x: no licence known"]


def test_everything_is_pinned_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"^(?=\S)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
        loose = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
        assert loose == []
    node = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [path for path, one in node.items() if path and not one["integrity"].startswith("sha512-")] == []
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8"), "no download addresses"


def test_development_tools_are_not_in_the_product() -> None:
    product = {name for name, _ in sbom.pinned(LOCK)}
    tools = {
        "pytest",
        "hypothesis",
        "mypy",
        "ruff",
        "playwright",
        "schemathesis",
        "django-debug-toolbar",
        "reportlab",
    }
    assert product & tools == set()
    image = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    assert "uv pip sync --require-hashes --python /srv/wurt/.venv/bin/python requirements.lock" in image
