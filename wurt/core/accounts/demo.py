"""One-time codes of the demo's logins, so that staff pages can be tried without a phone.

Refused unless this is the demo (``WURT_DEMO``) and the site answers on this machine only.
"""

import base64
import hashlib
import time
from urllib.parse import urlsplit

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings

from wurt.core.accounts.models import User
from wurt.core.db.errors import NotAllowed

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def check_demo() -> None:
    """Raise NotAllowed outside of the demo on loopback."""
    if not settings.WURT_DEMO or urlsplit(settings.WURT_URL).hostname not in LOOPBACK:
        raise NotAllowed(
            "One-time codes are shown in the demo on this machine only.", code="accounts.demo:role"
        )


def seed_totp(user: User) -> None:
    """Give a demo login the same second factor on every machine's first start; does nothing if it has one."""
    check_demo()
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return
    TOTP.activate(user, demo_secret(user.email))


def demo_secret(email: str) -> str:
    """The secret of a demo login's second factor, in base 32."""
    return base64.b32encode(hashlib.sha256(f"wurt demo {email}".encode()).digest()[:20]).decode()


def current_code(user: User) -> str:
    """The six digits that the app would show now."""
    check_demo()
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = decrypt(authenticator.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD)))
