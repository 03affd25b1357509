"""Pages of one's own sessions."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from wurt.core.accounts import sessions
from wurt.core.accounts.bridge import note
from wurt.core.accounts.models import User


def _own(request: HttpRequest) -> tuple[User, str]:
    return cast(User, request.user), request.session.session_key or ""


@login_required
@require_GET
def sessions_list(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in."""
    return render(request, "accounts/sessions.html", {"sessions": sessions.open_sessions(*_own(request))})


@login_required
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one other session."""
    user, current = _own(request)
    if not sessions.end_one(user, session, current):
        raise Http404
    note("accounts.session_ended", user, {"sessions": 1})
    messages.success(request, _("The session is ended."))
    return HttpResponseRedirect(reverse("accounts:sessions"))


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    user, current = _own(request)
    count = sessions.end_others(user, current)
    if count:
        note("accounts.session_ended", user, {"sessions": count})
    told = ngettext("%(count)s other session is ended.", "%(count)s other sessions are ended.", count)
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(reverse("accounts:sessions"))
