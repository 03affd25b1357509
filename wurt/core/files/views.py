"""One address for every stored file."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from wurt.core.files.delivery import respond


@require_safe
def fetch(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Deliver a file to those who may have it."""
    return respond(request, public_id)
