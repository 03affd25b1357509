"""Our answers to allauth's questions: who may sign up, where to go next, how secrets are kept."""

import base64
import hashlib
import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.accounts import actions
from wurt.core.accounts.actors import OIDC, actor_for
from wurt.core.accounts.devices import device_name
from wurt.core.accounts.models import User
from wurt.core.accounts.oidc.kinds import kind_of
from wurt.core.action.actor import Actor
from wurt.core.tenancy.models import Person
from wurt.core.web import desk
from wurt.core.web.context import county_name

log = logging.getLogger(__name__)


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

    def get_login_stages(self) -> list[str]:
        """allauth's steps, with our own for the second factor."""
        ours = "wurt.core.accounts.stages.SecondFactorStage"
        return [
            ours if stage == "allauth.mfa.stages.AuthenticateStage" else stage
            for stage in super().get_login_stages()
        ]

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Keep in the session what the other house said of this sign-in."""
        came_by = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if came_by is not None:
            told = came_by.account.extra_data
            kind = kind_of(came_by.account.provider)
            record_authentication(
                request,
                user,
                method=OIDC,
                provider=came_by.account.provider,
                staff=kind is not None and kind.staff,
                factor=bool(told.get("factor")),
                level=str(told.get("level", "")),
            )
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff without a second factor are led to it, with one to their desk; everybody else to their
        account."""
        actor = actor_for(request)
        if actor.is_staff and not actor.second_factor:
            return reverse("accounts:second_factor")
        request.actor = actor  # type: ignore[attr-defined]  # until now it was somebody unknown
        return desk.home(request) or reverse("accounts:mine")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not undo what somebody just did, nor hide it behind an error."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's errors are of that kind, too
            log.exception("the mail %s could not be sent", template_prefix)
            if self.request is not None:
                text = _(
                    "We could not send an e-mail just now, because the mail server does not answer. What you "
                    "changed is saved. If you wait for a code or a link, please try again in a few minutes."
                )
                messages.error(self.request, text)

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

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A first name for a passkey: the device that it is made on."""
        agent = context.request.headers.get("User-Agent", "") if context.request else ""
        return device_name(agent)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the device shows when it asks for the passkey: the county's name, and the host it is bound
        to."""
        return {**super().get_public_key_credential_rp_entity(), "name": county_name()}

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()
