"""Reading files of any kind into one result."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from wurt.modules.agenda.importing.checks import add_warnings
from wurt.modules.agenda.importing.clusters import assign_keys
from wurt.modules.agenda.importing.documents import read_document
from wurt.modules.agenda.importing.dumps import repaired
from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.filetypes import check_file
from wurt.modules.agenda.importing.geometry import read_pdf, read_pptx
from wurt.modules.agenda.importing.limits import Limits
from wurt.modules.agenda.importing.model import DocumentRead, ImportResult, KnownWorld, Message
from wurt.modules.agenda.importing.text import read_text


def read_file(
    path: Path, limits: Limits | None = None, progress: Callable[[int, int], None] | None = None
) -> DocumentRead:
    """Read one file in this process. A file that cannot be read gives a document with ``ok`` False."""
    limits = limits or Limits()
    document = DocumentRead(path.name)
    try:
        kind = check_file(path, limits)
        if kind == "pdf":
            document.format = "pdf"
            lines, document.pages = read_pdf(path, limits.pages, document.messages, progress)
        elif kind == "pptx":
            document.format = "pptx"
            lines, document.pages = read_pptx(path, limits.pages, document.messages, progress)
        else:
            lines, document.format = read_text(path)
            lines = repaired(lines)
    except ImportFailed as failure:
        return failed(path.name, failure.code, failure.params, document.messages)
    return read_document(lines, document)


def failed(name: str, code: str, params: object = None, messages: Sequence[Message] = ()) -> DocumentRead:
    """The document of a file that could not be read, with the message that says why."""
    details = dict(params) if isinstance(params, dict) else {}
    return DocumentRead(name, ok=False, messages=[*messages, Message(code, "error", details)])


def combine(documents: Iterable[DocumentRead], known: KnownWorld | None = None) -> ImportResult:
    """Recognise the same projects across files, compute the keys, raise the warnings."""
    result = ImportResult(list(documents))
    assign_keys(result, known or KnownWorld())
    for document in result.documents:
        add_warnings(document)
    return result


def read_files(
    paths: Sequence[Path | str], known: KnownWorld | None = None, limits: Limits | None = None
) -> ImportResult:
    """Read files in any order in this process. Files from outside go through :mod:`.sandbox` instead."""
    return combine((read_file(Path(path), limits) for path in paths), known)
