"""Ending what is open: used when a login is taken away or its second factor was lost."""

from allauth.usersessions.models import UserSession

from wurt.core.accounts.models import User


def end_all(user: User) -> int:
    """End every session of the login at once; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
