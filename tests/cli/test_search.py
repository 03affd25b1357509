"""``wurt search``: rebuilding the index and measuring with a foreign corpus."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wurt.cli.search import command
from wurt.core.action.guard import writes_allowed
from wurt.core.pages.models import Page
from wurt.core.search.models import IndexedDocument
from wurt.core.tenancy.models import Place

PAGES = [
    {"id": 1, "region": "nord", "title": "Busanbindung", "text": "Wie der Bus fährt."},
    {"id": 2, "region": "sued", "title": "Busanbindung", "text": "Wie der Bus fährt."},
    {"id": 3, "region": "nord", "title": "Müllabfuhr", "text": "Wann der Müll geholt wird, auch Papier."},
]
ASKED = [
    {"id": 1, "region": "nord", "relevant": 1, "question": "Wann fährt der Bus?", "one_typo": "Busanbidung"},
    {"id": 2, "region": "nord", "relevant": {"3": 2}, "question": "Wer holt Muell?", "one_typo": "Mülabfuhr"},
]


def _write(folder: Path) -> tuple[str, str]:
    for name, rows in (("corpus", PAGES), ("queries", ASKED)):
        (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(folder / "corpus"), str(folder / "queries")


@pytest.mark.django_db(transaction=True)
def test_a_corpus_is_measured_and_leaves_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["evaluate", "--configured", *_write(tmp_path)])
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.output.splitlines()]
    assert lines[0][:3] == ["3", "documents", "indexed"]
    assert ["question", "1.0000"] in [line[:2] for line in lines]
    assert ["one_typo", "1.0000"] in [line[:2] for line in lines]
    assert not IndexedDocument.objects.exists()


def test_without_a_database_a_temporary_one_is_used(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "wurt", "search", "evaluate", *_write(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    assert "question" in done.stdout


@pytest.mark.django_db
def test_a_broken_corpus_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text('{"id": 1}\n{"title": "x"}\n', encoding="utf-8")
    (tmp_path / "queries").write_text("", encoding="utf-8")
    done = CliRunner().invoke(
        command, ["evaluate", "--configured", str(tmp_path / "corpus"), str(tmp_path / "queries")]
    )
    assert done.exit_code == 1
    assert 'corpus, line 2: an object with "id" is needed' in done.output


@pytest.mark.django_db
def test_the_index_is_rebuilt() -> None:
    with writes_allowed("a page"):
        place = Place.objects.create(slug="kreis", name="Kreis", kind="county")
        Page.objects.create(place=place, slug="hafen", title="Hafen", body="tief")
    done = CliRunner().invoke(command, ["rebuild"])
    # Besides the page, what modules always have: services and figures.
    found = IndexedDocument.objects.count()
    assert (done.exit_code, done.output) == (0, f"{found} documents can be found.\n")
    assert IndexedDocument.objects.filter(kind="pages.page").count() == 1
