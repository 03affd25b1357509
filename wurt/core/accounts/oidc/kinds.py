"""The two ways to sign in through another house, as the operator configured them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings

from wurt.core.action.actor import Assurance

STAFF, CITIZENS = "kreis", "buerger"
"""Part of the addresses, and how links are kept; never change them."""


@dataclass(frozen=True)
class Kind:
    """One provider. ``acr`` and ``amr``: values of these claims that prove a second factor there.

    ``levels``: the provider's words for how surely it knows a person, and ours.
    """

    key: str
    url: str
    client: str
    secret: str
    name: str
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    level_claim: str = "acr"
    levels: tuple[tuple[str, str], ...] = ()
    signup: bool = False

    @property
    def staff(self) -> bool:
        """Is this the way of staff?"""
        return self.key == STAFF

    @cached_property
    def app(self) -> SocialApp:
        """What allauth asks for; never stored."""
        return SocialApp(
            provider="openid_connect",
            provider_id=self.key,
            name=self.name,
            client_id=self.client,
            secret=self.secret,
            settings={"server_url": self.url},
        )

    def proves_factor(self, claims: dict[str, Any]) -> bool:
        """Did the person use a second factor over there? Only staff's provider is asked."""
        methods = claims.get("amr")
        methods = methods if isinstance(methods, list) else []
        return self.staff and (claims.get("acr") in self.acr or any(one in self.amr for one in methods))

    def assurance(self, claims: dict[str, Any]) -> Assurance:
        """How surely the provider knows who this is; a word that nobody mapped says nothing."""
        found = dict(self.levels).get(str(claims.get(self.level_claim, "")), "")
        return Assurance(found)


def kinds() -> tuple[Kind, ...]:
    """The providers that are configured, staff's first."""
    return tuple(Kind(**values) for values in settings.WURT_OIDC)


def kind_of(key: str) -> Kind | None:
    """The provider with this key, if it is configured."""
    return next((kind for kind in kinds() if kind.key == key), None)


def linked(user: Any, kind: Kind) -> bool:
    """Does the login already stand for an identity of this provider?"""
    return bool(SocialAccount.objects.filter(user=user, provider=kind.key).exists())
