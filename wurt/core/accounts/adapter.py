"""Our answers to allauth's questions: who may sign up, where to go next, how secrets are kept."""

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from wurt.core.accounts import actions
from wurt.core.accounts.actors import actor_for
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.tenancy.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Staff are invited; a county may open sign-up for citizens (``WURT_SIGNUP``)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.WURT_SIGNUP)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Everybody who signs up is a person too, so that roles and erasure work alike for all."""
        public_id = actions.open_person(Actor.for_system("sign-up"))
        user.person = Person.objects.get(public_id=public_id)
        super().save_user(request, user, form, commit)
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff without a second factor are led to it; everybody else to their account."""
        actor = actor_for(request)
        if actor.is_staff and not actor.second_factor:
            return reverse("accounts:second_factor")
        return reverse("accounts:mine")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:mine")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:mine")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago is proof enough: nobody types the password twice in a row."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1].get("at", 0) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps second-factor secrets encrypted at rest with a key derived from ``SECRET_KEY``."""

    def _fernet(self) -> Fernet:
        key = hashlib.sha256(b"wurt second factor\n" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()
