"""For staff: how far notices got, addresses that take no mail, letters."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.notices import desk_queries as queries
from wurt.core.notices import forms
from wurt.core.notices import single_queries as singles
from wurt.core.notices.actions import direct as direct_actions
from wurt.core.notices.actions import letters as actions
from wurt.core.notices.actions import upkeep
from wurt.core.notices.letters import letters_file
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.public import download

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Newest notices and what needs a person."""
    return render(request, "notices/desk.html", {"desk": queries.desk(_actor(request))})


@require_POST
def send_again(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Unclear and failed mails of a notice go out once more."""
    return button_page(
        request,
        lambda: upkeep.send_again(_actor(request), notice=notice),
        then=reverse("notices:desk"),
        done=_("The mails go out within a minute."),
    )


@require_POST
def resume(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    """An address takes mail again."""
    return button_page(
        request,
        lambda: upkeep.resume_address(_actor(request), subscriber=subscriber),
        then=reverse("notices:desk"),
        done=_("From the next notice on this address gets mail again."),
    )


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Who is told by letter, and what waits to be printed."""
    return render(request, "notices/letters.html", {"desk": queries.letter_desk(_actor(request))})


@require_http_methods(FORM_METHODS)
def add_reader(request: HttpRequest) -> HttpResponse:
    """Somebody without e-mail."""
    actor = _actor(request)
    queries.check_desk(actor)
    return form_page(
        request,
        forms.LetterReaderForm(request.POST or None),
        "notices/add_reader.html",
        lambda data: actions.add_letter_reader(actor, **data),
        then=reverse("notices:letters"),
        done=_("The person is told by letter from now on."),
    )


@require_POST
def remove_reader(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    """No more letters."""
    return button_page(
        request,
        lambda: actions.remove_letter_reader(_actor(request), subscriber=subscriber),
        then=reverse("notices:letters"),
        done=_("Address and topics are deleted."),
    )


@require_GET
def letters_pdf(request: HttpRequest, upto: int) -> HttpResponse:
    """All waiting letters in one file."""
    found = queries.letters(_actor(request), upto)
    if not found:
        raise NotFound(code="notices.letters")
    return download(letters_file(found), "application/pdf", f"briefe-{upto}.pdf", example=False, inline=True)


@require_POST
def posted(request: HttpRequest, upto: int) -> HttpResponse:
    """The printed letters are in the post."""
    return button_page(
        request,
        lambda: actions.letters_posted(_actor(request), upto=upto),
        then=reverse("notices:letters"),
        done=_("Noted. These letters are not printed again."),
    )


@require_GET
def single(request: HttpRequest) -> HttpResponse:
    """Notices to single recipients: letters to print, mails that did not go."""
    return render(request, "notices/single.html", {"desk": singles.single_desk(_actor(request))})


@require_GET
def single_pdf(request: HttpRequest, upto: int) -> HttpResponse:
    """All waiting single letters in one file."""
    found = singles.single_letters(_actor(request), upto)
    if not found:
        raise NotFound(code="notices.letters")
    return download(
        letters_file(found), "application/pdf", f"schreiben-{upto}.pdf", example=False, inline=True
    )


@require_POST
def single_posted(request: HttpRequest, upto: int) -> HttpResponse:
    """The printed single letters are in the post."""
    return button_page(
        request,
        lambda: direct_actions.single_letters_posted(_actor(request), upto=upto),
        then=reverse("notices:single"),
        done=_("Noted. These letters are not printed again."),
    )


@require_POST
def single_again(request: HttpRequest, direct: UUID) -> HttpResponse:
    """A mail goes out once more."""
    return button_page(
        request,
        lambda: direct_actions.send_direct_again(_actor(request), direct=direct),
        then=reverse("notices:single"),
        done=_("The mails go out within a minute."),
    )
