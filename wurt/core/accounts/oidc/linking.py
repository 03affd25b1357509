"""Who is let in through another house: our answers to allauth's questions.

The rules, each with a test in ``tests/test_oidc_rules.py``:

1. An address that the provider does not call verified means nothing, and no address ever opens a login that
   somebody has used: those link by hand, signed in and confirmed anew.
2. Staff: only who has a login here. The first time the verified address must be that of an invitation that
   nobody has used yet; later the identity decides, never the address.
3. Citizens: never a login that holds a role of staff, neither by signing in nor by linking.
4. One identity of each provider for a login, one login for an identity.
"""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wurt.core.accounts import actions
from wurt.core.accounts.actors import actor_of
from wurt.core.accounts.bridge import note
from wurt.core.accounts.models import User
from wurt.core.accounts.oidc.kinds import Kind, kind_of, kinds, linked
from wurt.core.accounts.oidc.provider import SIGN_IN, Provider, Trouble
from wurt.core.accounts.oidc.words import words_for
from wurt.core.action.actor import Actor
from wurt.core.db import http
from wurt.core.db.errors import DomainError
from wurt.core.tenancy.models import Person

logger = logging.getLogger("wurt.accounts")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Providers from the environment, never from the database; the rules above."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return [
            kind.app
            for kind in kinds()
            if provider in (None, kind.key, "openid_connect") and client_id in (None, kind.client)
        ]

    def list_providers(self, request: Any) -> list[Provider]:
        return [Provider(request, kind) for kind in kinds()]

    def get_provider(self, request: Any, provider: Any, client_id: Any = None) -> Provider:
        for kind in kinds():
            if provider in (kind.key, "openid_connect") and client_id in (None, kind.client):
                return Provider(request, kind)
        raise SocialApp.DoesNotExist

    def get_requests_session(self) -> http.Session:
        return http.session(SIGN_IN.name)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("socialaccount_connections")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Whatever went wrong between the houses, in words and with another way in."""
        if error == AuthError.CANCELLED:
            code = "cancelled"
        elif isinstance(exception, Trouble):
            code = exception.code
        elif exception is not None:
            code = "down"
        else:
            code = "state"
        raise ImmediateHttpResponse(refusal(request, provider.kind, code))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        kind = kind_of(sociallogin.account.provider)
        return kind is not None and not kind.staff and kind.signup

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The verified address, nothing else."""
        user: User = sociallogin.user
        user.email = data.get("email") or ""
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Whoever comes through the broker for the first time is a person too."""
        if form is not None:
            saved: User = super().save_user(request, sociallogin, form)
            return saved
        public_id = actions.open_person(Actor.for_system("sign-up"))
        sociallogin.user.person = Person.objects.get(public_id=public_id)
        made: User = super().save_user(request, sociallogin, form)
        return made

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        kind = kind_of(sociallogin.account.provider)
        if kind is None:
            raise SocialApp.DoesNotExist
        try:
            if sociallogin.state.get("process") == AuthProcess.CONNECT:
                _check_link(request, sociallogin, kind)
            elif kind.staff:
                _let_staff_in(sociallogin, kind)
            else:
                _let_citizen_in(sociallogin, kind)
        except Trouble as trouble:
            raise ImmediateHttpResponse(refusal(request, kind, trouble.code)) from None


def refusal(request: HttpRequest, kind: Kind, code: str) -> HttpResponse:
    """The page that says why it did not work and what to do now; noted without any name."""
    words = words_for(code)
    logger.warning("sign-in through %s refused: %s", kind.key, code)
    user = request.user if request.user.is_authenticated else None
    if code != "cancelled":
        note("accounts.identity_refused", user, {"provider": kind.key, "reason": code})
    values = {"title": words.title, "text": words.text % {"name": kind.name}, "kind": kind}
    return render(request, "socialaccount/authentication_error.html", values, status=words.status)


def _let_staff_in(sociallogin: SocialLogin, kind: Kind) -> None:
    if sociallogin.is_existing:
        return
    for address in sociallogin.email_addresses:
        user = User.objects.filter(email__iexact=address.email, emailaddress__verified=True).first()
        if user is None or user.person is None:
            continue
        try:
            actions.link_invited(
                Actor.for_system("sign-in"),
                person=user.person.public_id,
                provider=kind.key,
                uid=sociallogin.account.uid,
            )
        except DomainError:
            raise Trouble("link_by_hand") from None
        sociallogin._lookup_by_socialaccount()
        return
    raise Trouble("unknown_person")


def _let_citizen_in(sociallogin: SocialLogin, kind: Kind) -> None:
    if sociallogin.is_existing:
        if actor_of(sociallogin.user, second_factor=False).is_staff:
            raise Trouble("staff_login")
        return
    if any(User.objects.filter(email__iexact=one.email).exists() for one in sociallogin.email_addresses):
        raise Trouble("email_taken")
    if not kind.signup:
        raise Trouble("signup_closed")


def _check_link(request: HttpRequest, sociallogin: SocialLogin, kind: Kind) -> None:
    if sociallogin.is_existing:  # allauth says so if it is somebody else's
        return
    user = request.user
    if not kind.staff and isinstance(user, User) and actor_of(user, second_factor=False).is_staff:
        raise Trouble("staff_login")
    if linked(user, kind):
        raise Trouble("other_linked")
