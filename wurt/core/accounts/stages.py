"""The step of the second factor at sign-in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from wurt.core.accounts.actors import proved_elsewhere


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """As allauth's, but whoever just used a second factor at the county's provider is not asked again."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not proved_elsewhere(request, self.login.user) and super()._should_handle(request)
