"""Private delivery: the module that owns a purpose says who may fetch its files."""

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.files.models import StoredFile

Gate = Callable[[Actor, StoredFile], bool]
_GATES: dict[str, Gate] = {}
_POLICY = "; ".join(
    ["sandbox", *(f"{name} 'none'" for name in ("default-src", "base-uri", "form-action", "frame-ancestors"))]
)
"""Whatever a file holds, nothing of it runs, loads, sends or is framed."""
_INLINE = {"application/pdf", "image/png", "image/jpeg"}


def gate(purpose: str, may_fetch: Gate) -> None:
    """Register who may fetch files of a purpose that are not public."""
    _GATES[purpose] = may_fetch


def respond(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The file, or NotFound if it does not exist or may not be seen."""
    stored = StoredFile.objects.filter(public_id=public_id).first()
    if stored is None or not default_storage.exists(stored.path):
        raise NotFound(code="files.missing")
    allowed = stored.public or (
        stored.purpose in _GATES and _GATES[stored.purpose](request.actor, stored)  # type: ignore[attr-defined]
    )
    if not allowed:
        raise NotFound(code="files.hidden")
    return deliver(stored, public=stored.public)


def deliver(stored: StoredFile, *, public: bool) -> FileResponse:
    """The file, to somebody who was already found to be allowed. ``public``: caches may keep it."""
    if not default_storage.exists(stored.path):
        raise NotFound(code="files.missing")
    kind = stored.content_type
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    response = FileResponse(default_storage.open(stored.path, "rb"), content_type=kind)
    disposition = "inline" if stored.content_type in _INLINE else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(stored.name)}"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["Content-Security-Policy"] = _POLICY
    return response
