"""The two addresses of signing in through another house: there, and back."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from wurt.core.accounts.oidc.kinds import kind_of
from wurt.core.accounts.oidc.provider import Adapter


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = str(state.get("nonce") or "")
        return state, answer


@login_not_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On the way: asked by GET, gone by POST. The last step is a page of ours that leads on by itself, since
    the content policy lets no form end at another house."""
    if kind_of(provider_id) is None:
        raise Http404
    adapter = Adapter(request, provider_id)
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    except (OAuth2Error, OSError) as error:
        failed: HttpResponse = render_authentication_error(request, adapter.get_provider(), exception=error)
        return failed
    if answer.status_code != 302 or not answer.headers["Location"].startswith(("http://", "https://")):
        return answer
    values = {"target": answer.headers["Location"], "provider": adapter.get_provider()}
    page = render(request, "socialaccount/going.html", values)
    page.headers["Cache-Control"] = "no-store"
    return page


@login_not_required  # type: ignore[untyped-decorator]
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back with a code."""
    if kind_of(provider_id) is None:
        raise Http404
    answer: HttpResponse = _Callback.adapter_view(Adapter(request, provider_id))(request)
    return answer
