"""The demo's mail: what would have been sent, on this machine only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from wurt.core.notices import mailfolder

HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A mail's HTML may show text and nothing else: no script, no picture, no form, no way out of its frame."""


@never_cache
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails. Raises NotFound outside of the demo."""
    return render(request, "notices/demo_mails.html", {"mails": mailfolder.newest()})


@never_cache
@require_GET
def mail(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """One mail: head, text, HTML, links."""
    found = mailfolder.mail(file, number)
    return render(request, "notices/demo_mail.html", {"mail": found})


@never_cache
@xframe_options_sameorigin
@require_GET
def mail_html(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The HTML of a mail for a sandboxed frame."""
    response = HttpResponse(mailfolder.mail(file, number).html)
    response["Content-Security-Policy"] = HTML_POLICY
    return response
