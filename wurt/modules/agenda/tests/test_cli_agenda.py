"""The command: reading without a database, exit codes, exporting a published month."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from wurt.cli import main
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.variants import Project, Report, text

ROOT = Path(__file__).resolve().parents[4]


def written(folder: Path) -> Path:
    path = folder / "februar.txt"
    path.write_text(
        text(Report("Februar 2025", [Project("Kulturkalender")], listed=("Kulturkalender",))),
        encoding="utf-8",
    )
    return path


def test_dry_run_needs_no_settings_and_no_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wurt", "agenda", "import", "--dry-run", "--json", str(written(tmp_path))],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "no.such.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)["documents"][0]
    assert (document["kind"], document["report_month"]) == ("status_report", "2025-02")
    assert [project["title"] for project in document["projects"]] == ["Kulturkalender"]


def test_exit_codes(tmp_path: Path) -> None:
    good = str(written(tmp_path))
    run = CliRunner().invoke
    assert run(main, ["agenda", "import", "--dry-run", good]).exit_code == 0
    mixed = run(main, ["agenda", "import", "--dry-run", good, str(tmp_path / "fehlt.pdf")])
    assert mixed.exit_code == 1
    assert "Kulturkalender  [green]" in mixed.output
    assert run(main, ["agenda", "import", "--json", good]).exit_code == 2
    assert run(main, ["agenda", "import"]).exit_code == 2
    assert run(main, ["agenda", "export", "April"]).exit_code == 2


@pytest.mark.django_db
def test_export_of_a_published_month(tmp_path: Path) -> None:
    factories.county()
    factories.month(factories.APRIL)
    factories.report(factories.APRIL, factories.project("Sensornetz"), status="green")
    assert CliRunner().invoke(main, ["agenda", "export", "2024-04", "--format", "json"]).exit_code == 1
    publish_month(factories.SYSTEM, month=date(2024, 4, 1))
    target = tmp_path / "april"
    for kind, start in (("json", b"{"), ("csv", b"\xef\xbb\xbf"), ("pptx", b"PK")):
        done = CliRunner().invoke(main, ["agenda", "export", "2024-04", "--format", kind, "-o", str(target)])
        assert done.exit_code == 0, done.output
        assert target.read_bytes().startswith(start)
    assert "Sensornetz" in CliRunner().invoke(main, ["agenda", "export", "2024-04", "--format", "csv"]).output
