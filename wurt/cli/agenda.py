"""``wurt agenda``: reports in, reports out."""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wurt.cli.boot import boot

if TYPE_CHECKING:
    from wurt.modules.agenda.importing.model import DocumentRead, ImportResult, ProjectRead
    from wurt.modules.agenda.queries.imports import BatchView

FORMATS = ("pdf", "pptx", "json", "csv")
FONTS = Path(__file__).parents[1] / "core/web/static/web/dist/fonts-ttf"


@click.group()
def command() -> None:
    """Import status reports, strategy pages and lists of measures; export months.

    \b
    Example:  wurt agenda import --dry-run report.pdf
              wurt agenda export 2024-04 --format pdf -o april.pdf
    """


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only read; needs no database and stores nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print what was read as JSON.")
@click.option("--accept-certain", is_flag=True, help="Store what is certain; the rest stays in review.")
def import_(files: tuple[Path, ...], dry_run: bool, as_json: bool, accept_certain: bool) -> None:
    """Read PDF, PPTX, TXT or Markdown files, in any order, as one batch that waits for review.

    Nothing is stored unseen unless --accept-certain is given. The same file twice changes nothing.
    Exit code 0: all files were read, now or before; 1: some were not (the others were); 2: wrong usage.

    \b
    Example:  wurt agenda import march.pdf april.pptx
              wurt agenda import --accept-certain march.pdf
              wurt agenda import --dry-run --json *.pdf > read.json
    """
    if as_json and not dry_run:
        raise click.UsageError("--json needs --dry-run.")
    if accept_certain and dry_run:
        raise click.UsageError("--accept-certain stores something, --dry-run does not. Please choose one.")
    sys.exit(_dry_run(files, as_json) if dry_run else _into_database(files, accept_certain))


def _dry_run(files: Sequence[Path], as_json: bool) -> int:
    from wurt.modules.agenda.importing import read_files_safely, to_json

    result = read_files_safely(files)
    if as_json:
        click.echo(json.dumps(to_json(result), ensure_ascii=False, indent=1))
    else:
        for line in _listing(result):
            click.echo(line)
    return 0 if all(document.ok for document in result.documents) else 1


def _listing(result: "ImportResult") -> Iterator[str]:
    from wurt.modules.agenda.importing.messages import text_of

    for document in result.documents:
        month = f", {document.report_month.value}" if document.report_month.value else ""
        yield click.style(document.file, bold=True) + f"  {document.kind}{month}"
        for message in document.messages:
            yield f"  {message.severity}: {text_of(message)}"
        yield from _projects(document)
        if document.strategy is not None:
            yield f"  {len(document.strategy.blocks)} paragraphs, headings and lists"
        if document.measure is not None:
            yield f"  {document.measure.title.value or '(no title)'}"
    if result.aliases:
        yield click.style("To confirm once:", bold=True)
        yield from (f"  {a.alias} = {a.canonical}?" for a in result.aliases if a.kind == "organisation")


def _projects(document: "DocumentRead") -> Iterator[str]:
    from wurt.modules.agenda.domain.plausibility import german_message

    summary = document.summary
    if summary is not None and summary.progress_printed.value:
        yield f"  progress printed for: {', '.join(summary.progress_printed.value)}"
    for project in document.projects:
        yield f"  {project.title_canonical}  [{project.status.value or 'no status'}]"
        yield from (f"    ? {line}" for line in _doubts(project))
        yield from (f"    ! {german_message(w)}" for w in project.warnings if w.severity == "warn")


def _doubts(project: "ProjectRead") -> Iterator[str]:
    from dataclasses import fields

    from wurt.modules.agenda.importing.messages import reason_text
    from wurt.modules.agenda.importing.model import Read

    for item in fields(project):
        value: Any = getattr(project, item.name)
        if isinstance(value, Read) and not value.certain:
            others = "".join(f" | {other.value}" for other in value.alternatives)
            yield f"{item.name}: {value.value}{others} – {reason_text(value.reason)}"
    for milestone in project.milestones:
        if milestone.ambiguous:
            others = "".join(f" | {other}" for other in milestone.alternatives)
            yield f"{milestone.label}: {milestone.due}{others} – {reason_text(milestone.reason)}"


def _into_database(files: Sequence[Path], accept_certain: bool) -> int:
    boot()
    from django.utils import translation

    from wurt.core.action.actor import Actor
    from wurt.core.db.errors import DomainError
    from wurt.modules.agenda.actions.imports_apply import apply_import
    from wurt.modules.agenda.actions.imports_read import upload_import
    from wurt.modules.agenda.actions.imports_run import read_now
    from wurt.modules.agenda.queries.imports import batch as batch_of

    actor = Actor.for_system("import")
    found = [path for path in files if path.is_file()]
    for path in files:
        if path not in found:
            click.echo(f"{path}: this is no file.", err=True)
    if not found:
        return 1
    with translation.override("de"):
        try:
            public_id = upload_import(actor, files=[(path.name, path.read_bytes()) for path in found])
            if fresh := batch_of(actor, public_id).state == "reading":
                read_now(actor, batch=public_id)
            if accept_certain and batch_of(actor, public_id).state == "review":
                apply_import(actor, batch=public_id, accept_certain=True)
        except DomainError as error:
            click.echo(error.message, err=True)
            return 1
        view = batch_of(actor, public_id)
        for line in _outcome(view):
            click.echo(line)
    # What an import has already, is read; what else that import could not read, is not asked about.
    broken = fresh and any(not document.ok for document in view.documents)
    refused = any(message.get("refused") for message in view.messages) and fresh
    return 1 if broken or refused or len(found) < len(files) else 0


def _outcome(view: "BatchView") -> Iterator[str]:
    from django.conf import settings
    from django.urls import reverse

    from wurt.core.action.actor import Actor
    from wurt.modules.agenda.forms.imports_words import ITEM_KINDS, doubts_of, note_text, state_word
    from wurt.modules.agenda.queries.imports import item as item_of

    for message in view.messages:
        yield f"{message['file']}: {message['text']}"
    for document in view.documents:
        yield click.style(document.name, bold=True) + (f"  {document.month:%Y-%m}" if document.month else "")
        yield from (f"  {note_text(note)}" for note in document.notes if note.severity != "info")
        for item in document.items:
            yield f"  {item.title or ITEM_KINDS[item.kind]}: {state_word(item.state)}"
            if item.state == "review":
                yield from (
                    f"    ? {line}" for line in doubts_of(item_of(Actor.for_system("import"), item.id))
                )
    if view.state == "applied":
        yield "Everything is stored. Importing the same files again changes nothing."
    else:
        path = reverse("agenda:import_batch", args=[view.id])
        if os.environ.get("WURT_URL", "").strip():
            yield f"{view.waiting} to review: {settings.WURT_URL}{path}"
        else:
            yield f"{view.waiting} to review: start `wurt serve` and open {path}"


@command.command("export")
@click.argument("month")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), default="pdf", show_default=True, help="File format."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default: standard output."
)
def export(month: str, kind: str, output: Path | None) -> None:
    """Write a published month (YYYY-MM) as PDF, slides, JSON or CSV.

    \b
    Example:  wurt agenda export 2024-04 --format pdf -o april.pdf
              wurt agenda export 2024-04 --format json > april.json
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.UsageError("The month is written as YYYY-MM, for example 2024-04.")
    if output is None and kind in ("pdf", "pptx") and sys.stdout.isatty():
        raise click.UsageError(f"A {kind} is no text. Please name a file with -o.")
    content = _exported(month, kind)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.write_bytes(content)
    click.echo(f"{output}  {len(content)} bytes")


def _exported(month: str, kind: str) -> bytes:
    boot()
    from django.utils import translation

    from wurt.core.db.errors import DomainError
    from wurt.modules.agenda.domain.snapshot import month_from_json
    from wurt.modules.agenda.exports.pdf import month_pdf
    from wurt.modules.agenda.exports.slides import month_pptx
    from wurt.modules.agenda.exports.tables import month_json, reports_csv
    from wurt.modules.agenda.queries.imports_files import published_month
    from wurt.modules.agenda.views.public_files import FONTS

    with translation.override("de"):
        try:
            facts, names = published_month(date.fromisoformat(f"{month}-01"))
            stored = month_from_json(facts)
            if kind == "pdf":
                return month_pdf(stored, names=names, fonts=FONTS)
            if kind == "pptx":
                return month_pptx(stored, names=names)
            if kind == "json":
                return month_json(stored, names=names).encode("utf-8")
            return reports_csv([stored])
        except DomainError as error:
            raise click.ClickException(error.message or f"{month} is not published.") from error
