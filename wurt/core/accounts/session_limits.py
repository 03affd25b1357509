"""How long a session lasts: ended when nobody used it for a while, and at the latest after so many hours.

Two measures, for staff and for everybody else (OWASP ASVS 5.0, V7.3.1 and V7.3.2). The times stand in the
session itself; the server decides, whatever the cookie says.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wurt.core.accounts.bridge import note
from wurt.core.accounts.models import User
from wurt.core.accounts.sessions import SEEN, STAFF, STARTED
from wurt.core.db.clock import now

NOTED = 12
"""The last use is noted in steps of this part of the idle time, so that reading a page seldom writes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Both in seconds."""

    idle: float
    whole: float


def limits(*, staff: bool) -> Limits:
    """The measure for a session."""
    if staff:
        return Limits(settings.WURT_SESSION_STAFF_IDLE * 60, settings.WURT_SESSION_STAFF * 3600)
    return Limits(settings.WURT_SESSION_CITIZENS_IDLE * 3600, settings.WURT_SESSION_CITIZENS * 86400)


class SessionLimitMiddleware:
    """Ends a session that is over, before anybody asks who is there. Without a cookie it does nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "_auth_user_id" in request.session:
            self.check(request)
        return self.get_response(request)

    def check(self, request: HttpRequest) -> None:
        """End the session or note that it is in use."""
        session, at = request.session, time.time()
        # Without a mark nobody said it was a citizen's: the shorter measure holds.
        limit = limits(staff=session.get(STAFF) is not False)
        started, seen = session.get(STARTED), session.get(SEEN)
        if started is None or seen is None:
            session[STARTED] = session[SEEN] = at
        elif at - started > limit.whole or at - seen > limit.idle:
            _end(request)
        elif at - seen > limit.idle / NOTED:
            session[SEEN] = at
            hour = now().replace(minute=0, second=0, microsecond=0)
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=hour)


def _end(request: HttpRequest) -> None:
    user = get_user(request)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()
    request.user = AnonymousUser()
    if isinstance(user, User):
        note("accounts.session_expired", user)
    messages.info(request, _("You were signed out because nobody used this session for some time."))
