"""The open sessions of a login: what a person sees of them, and ending them. Ending takes effect at once."""

import time
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest

from wurt.core.accounts.devices import device_name
from wurt.core.accounts.models import User
from wurt.core.db.clock import now

STARTED, SEEN, STAFF = "wurt_started", "wurt_seen", "wurt_staff"
"""Keys in the session: when it began and was used last (seconds since 1970), and whose limits hold."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """``used`` is coarse: the hour at best. No place and no network address: neither is stored."""

    key: int
    device: str
    began: datetime
    used: datetime
    here: bool


def begin(request: HttpRequest, *, staff: bool) -> None:
    """Start the clock of a session that somebody has just opened."""
    request.session[STARTED] = request.session[SEEN] = time.time()
    request.session[STAFF] = staff


def open_sessions(user: User, current: str) -> tuple[SessionView, ...]:
    """The sessions that are open now, this one first, then by last use."""
    rows = _open(user).order_by("-last_seen_at", "pk")
    views = [
        SessionView(
            key=row.pk,
            device=device_name(row.user_agent),
            began=row.created_at,
            used=row.last_seen_at,
            here=row.session_key == current,
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: not view.here))


def elsewhere(user: User, current: str) -> int:
    """How many sessions are open besides this one."""
    return int(_open(user).exclude(session_key=current).count())


def end_one(user: User, key: int, current: str) -> bool:
    """End another session of this login; False if there is none with this key."""
    row = UserSession.objects.filter(user=user, pk=key).exclude(session_key=current).first()
    if row is None:
        return False
    row.end()
    return True


def end_all(user: User) -> int:
    """End every session of the login at once; returns how many there were."""
    return _end(UserSession.objects.filter(user=user))


def end_others(user: User, current: str) -> int:
    """End every session of the login but the one with this key; returns how many there were."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=current))


def _open(user: User) -> QuerySet[UserSession]:
    valid = Session.objects.filter(expire_date__gt=now()).values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=valid)
    return rows


def _end(rows: QuerySet[UserSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
