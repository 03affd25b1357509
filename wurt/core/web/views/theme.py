"""``/theme.css``: the county's accent; ``/mark.svg``: the county's mark."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wurt.core.web import theme as colours


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(colours.stylesheet(), content_type="text/css; charset=utf-8")
    # The address carries the version, so the answer may stay for a day.
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def mark(request: HttpRequest) -> HttpResponse:
    """The SVG file named by WURT_MARK. It is shown as a picture only, so nothing in it can run."""
    path = Path(getattr(settings, "WURT_MARK", "") or "/nonexistent")
    if path.suffix.lower() != ".svg" or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "public, max-age=3600"
    return response
