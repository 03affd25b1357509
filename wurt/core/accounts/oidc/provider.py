"""allauth's OpenID Connect with what it leaves out: nonce, PKCE always, signature always, and least data."""

import hashlib
import logging
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from wurt.core.accounts.oidc.kinds import Kind, kind_of
from wurt.core.accounts.oidc.tokens import BadToken, checked
from wurt.core.db import http

logger = logging.getLogger("wurt.accounts")

SIGN_IN = http.register(http.Purpose("accounts.sign_in", inside=True, connect=5, read=8, total=15))
REMEMBERED = 600
"""How long the provider's description of itself is believed without asking again (seconds)."""


class Trouble(OAuth2Error):  # type: ignore[misc]  # allauth has no types
    """Signing in through the provider does not work; ``code`` names the sentence that people read."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the provider: description, keys, token, and user information if the token is too short."""

    nonce = ""

    def get_provider(self) -> "Provider":
        return Provider(self.request, kind=_kind(self.provider_id))

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself; it must be about the configured address."""
        url = self.get_provider().server_url
        found = self._fetch(url)
        issuer = url.removesuffix("/.well-known/openid-configuration").rstrip("/")
        needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if any(not isinstance(found.get(name), str) for name in needed):
            raise Trouble("down")
        if found["issuer"].rstrip("/") != issuer:
            raise Trouble("issuer")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The claims of the ID token; the address from the user information if it is not in there."""
        config = self.openid_config
        text = kwargs["response"].get("id_token")
        claims = self._claims(str(text or ""), config, app.client_id)
        if "email" not in claims and config.get("userinfo_endpoint"):
            extra = self._fetch_user_info(token.token)
            if not isinstance(extra, dict) or extra.get("sub") != claims["sub"]:
                raise Trouble("token")
            claims = {**extra, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, text: str, config: dict[str, Any], client: str) -> dict[str, Any]:
        """Checked against the keys as remembered, and once more with fresh ones: providers change them."""
        given = {"issuer": config["issuer"], "client": client, "nonce": self.nonce}
        try:
            return checked(text, keys=self._fetch(config["jwks_uri"]), **given)
        except BadToken as error:
            if str(error) != "signature":
                raise Trouble(str(error)) from None
        try:
            return checked(text, keys=self._fetch(config["jwks_uri"], again=True), **given)
        except BadToken as error:
            raise Trouble(str(error)) from None

    def _fetch(self, url: str, *, again: bool = False) -> dict[str, Any]:
        """A JSON object of the provider, remembered for a while. Raises Trouble("down")."""
        key = f"oidc:{hashlib.sha256(url.encode()).hexdigest()}"
        found = None if again else cache.get(key)
        if found is None:
            try:
                with http.session(SIGN_IN.name) as session:
                    answer = session.get(url)
                    answer.raise_for_status()
                    found = answer.json()
            except (OSError, ValueError) as error:
                logger.warning("sign-in provider %s: %s", self.provider_id, type(error).__name__)
                raise Trouble("down") from error
            if not isinstance(found, dict):
                raise Trouble("down")
            cache.set(key, found, REMEMBERED)
        return found


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """One configured provider. What the browser asks for in the address changes nothing of the request."""

    pkce_enabled_default = True
    oauth2_adapter_class = Adapter

    def __init__(self, request: HttpRequest | None, kind: Kind) -> None:
        super().__init__(request, app=kind.app)
        self.kind = kind

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        params = {"nonce": nonce}
        if self.kind.acr:
            params["acr_values"] = " ".join(self.kind.acr)
        process = "connect" if process == "connect" and request.user.is_authenticated else "login"
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, scope=["openid", "email"], nonce=nonce
        )
        return answer

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return ["openid", "email"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Bound to the issuer: another provider under the same configuration opens nobody's account."""
        issuer = hashlib.sha256(str(data["iss"]).encode()).hexdigest()[:12]
        subject = str(data["sub"])
        if len(subject) > 170:  # the column holds 191
            subject = hashlib.sha256(subject.encode()).hexdigest()
        return f"{issuer}:{subject}"

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """All that is stored besides the identifier: how surely the person is known."""
        return {"factor": self.kind.proves_factor(data), "level": str(self.kind.assurance(data))}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": _verified(data)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Only an address of which the provider says that it was checked."""
        address = _verified(data)
        return [EmailAddress(email=address, verified=True, primary=True)] if address else []


def _verified(data: dict[str, Any]) -> str:
    address = data.get("email")
    verified = data.get("email_verified") is True
    return address.strip().lower() if verified and isinstance(address, str) else ""


def _kind(key: str) -> Kind:
    kind = kind_of(key)
    if kind is None:
        raise LookupError(key)
    return kind
