"""What the import says: about files it cannot take, about what was not taken over, and to the audit trail."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wurt.cli import main
from wurt.core.audit.models import AuditEntry
from wurt.core.outbox.worker import drain
from wurt.modules.agenda.actions import imports_run
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_review import accept_certain_items
from wurt.modules.agenda.models import ImportBatch
from wurt.modules.agenda.queries.imports import ItemRow
from wurt.modules.agenda.tests import factories, variants
from wurt.modules.agenda.tests.factories import SYSTEM
from wurt.modules.agenda.tests.import_steps import accept_all, item_named, read, view
from wurt.modules.agenda.tests.test_imports import CALENDAR, FEBRUARY, changed, printed
from wurt.modules.agenda.tests.test_imports_real import login
from wurt.modules.agenda.views.imports_show import _item_line, not_taken_over

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
AS_PICTURE = (
    "Die Datei heißt .pdf, ist aber in Wirklichkeit ein Bild (PNG). Bitte wählen Sie das ursprüngliche"
    " Dokument oder speichern Sie es als PDF."
)
AS_WORD = (
    "Dateien dieser Art (ein Word-Dokument) können nicht eingelesen werden. Möglich sind PDF, PowerPoint"
    " (PPTX), Text und Markdown. Bitte speichern Sie es als PDF."
)


@pytest.fixture(autouse=True)
def _county() -> None:
    factories.county()


def word() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


# --- files that cannot be taken


def test_the_upload_page_says_what_a_file_really_is(client: Client) -> None:
    login(client)
    files = [SimpleUploadedFile("bericht.docx", word()), SimpleUploadedFile("bild.pdf", PICTURE)]
    answer = client.post("/verwaltung/importe/neu/", {"files": files})
    assert answer.status_code == 422
    assert answer.context["form"].errors["files"] == [f"bericht.docx: {AS_WORD}", f"bild.pdf: {AS_PICTURE}"]


def test_the_command_says_the_same_with_and_without_dry_run(tmp_path: Path) -> None:
    path = tmp_path / "bericht.docx"
    path.write_bytes(word())
    for options in ([], ["--dry-run"]):
        done = CliRunner().invoke(main, ["agenda", "import", *options, str(path)])
        assert (done.exit_code, AS_WORD in done.output) == (1, True), done.output


def test_the_exit_code_says_whether_all_files_were_read(tmp_path: Path) -> None:
    good, picture = tmp_path / "februar.txt", tmp_path / "bild.pdf"
    good.write_bytes(printed()[1])
    picture.write_bytes(PICTURE)

    def run(*paths: Path) -> int:
        return CliRunner().invoke(main, ["agenda", "import", *map(str, paths)]).exit_code

    assert run(good, picture) == 1
    assert [document.ok for document in view(ImportBatch.objects.get().public_id).documents] == [True]
    assert run(good) == 0, "what is there already, is read"
    assert run(good, picture) == 1
    other = tmp_path / "maerz.txt"
    other.write_bytes(printed(replace(FEBRUARY, month="März 2025"))[1])
    assert run(good, other) == 0
    assert run(good, tmp_path / "fehlt.txt") == 1


# --- what was accepted and not taken over


def test_what_was_accepted_and_not_taken_over_is_named_with_its_reason(client: Client) -> None:
    login(client)
    other = printed(changed(goal="Etwas ganz anderes."), "anders.txt")
    batch = read([printed(), other])
    assert accept_certain_items(SYSTEM, batch=batch) == 6
    answer = client.post(f"/verwaltung/importe/{batch}/uebernehmen/", follow=True)
    left = [i for d in view(batch).documents for i in d.items if i.state == "review"]
    assert [(item.title, item.differences) for item in left] == [(CALENDAR.title, 1)]
    done, why = [str(message) for message in answer.context["messages"]]
    assert done == "5 Einträge sind übernommen."
    assert why == (
        "1 nicht, weil erst noch etwas zu entscheiden ist: "
        f'<a href="/verwaltung/importe/eintrag/{left[0].id}/">{CALENDAR.title}</a>'
        " (Ziel: Im gespeicherten Bericht steht etwas anderes.)"
    )
    assert f'<a href="/verwaltung/importe/eintrag/{left[0].id}/">{CALENDAR.title}</a>' in (
        answer.content.decode()
    )


def test_a_title_in_a_message_is_no_markup() -> None:
    item = replace(item_named(read([printed()]), CALENDAR.title), title="Kultur <b>& mehr")
    assert f'/{item.id}/">Kultur &lt;b&gt;&amp; mehr</a>' in not_taken_over([item])


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 Angabe weicht vom Gespeicherten ab"), (2, "2 Angaben weichen vom Gespeicherten ab")],
)
def test_differences_are_counted_in_words(count: int, words: str) -> None:
    item = item_named(read([printed()]), CALENDAR.title)
    row = ItemRow(item.id, "project", "", "review", "match", "", count, 0, 0, count, False)
    certain = "1 Angabe sicher" if count == 1 else "2 Angaben sicher"
    assert _item_line(row, "review").notes == (certain, words, "bekanntes Projekt")


# --- who did it


def test_the_audit_trail_names_who_uploaded_and_who_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user = login(client)
    monkeypatch.setattr(imports_run, "AT_ONCE", 3)
    long = variants.pdf(tmp_path / "lang.pdf", FEBRUARY)
    file = SimpleUploadedFile("lang.pdf", long.read_bytes())
    client.post("/verwaltung/importe/neu/", {"files": [file]})
    drain()
    batch = ImportBatch.objects.get().public_id
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    rows = AuditEntry.objects.filter(action__in=["agenda.upload_import", "agenda.store_read"]).order_by("pk")
    assert [(row.action, row.actor) for row in rows] == [
        ("agenda.upload_import", str(user.person.public_id)),
        ("agenda.store_read", "system:worker"),
    ]
