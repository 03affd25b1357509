"""Passkeys (WebAuthn): allauth's forms with our words, and with what they let pass held off.

A credential is checked against every login, not only one's own (WebAuthn level 2, section 7.1, step 22),
and whatever cannot be read is refused in words instead of ending as a fault of the program.
"""

from typing import Any, TypeGuard

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurt.core.accounts.bridge import note

MOST_CHARACTERS = 20_000
"""A credential with the largest attestation in use stays far below (units: characters of JSON)."""
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError)


def _refused() -> ValidationError:
    return ValidationError(
        _("The passkey was not accepted. Please try again, or use another way to sign in."), code="refused"
    )


def is_shaped(credential: object) -> TypeGuard[dict[str, Any]]:
    """Is this the JSON of a credential (WebAuthn level 3, section 5.1, RegistrationResponseJSON and
    AuthenticationResponseJSON)? The library turns a number where text belongs into so many bytes of memory:
    one request would take the machine's."""
    if not isinstance(credential, dict) or len(str(credential)) > MOST_CHARACTERS:
        return False
    response = credential.get("response")
    texts = [credential.get("id"), credential.get("rawId")]
    if not isinstance(response, dict) or not all(isinstance(one, str) for one in texts):
        return False
    rest = {key: value for key, value in response.items() if key not in ("transports", "publicKeyAlgorithm")}
    return all(value is None or isinstance(value, str) for value in rest.values())


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey with a name."""

    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("So that you recognise it in the list, for example “office laptop”."),
    )
    passwordless = forms.BooleanField(
        label=gettext_lazy("I also want to sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "The device then asks for a fingerprint, your face or a PIN. Without this tick the passkey only "
            "serves as second factor; older security keys can do no more."
        ),
    )
    credential = forms.JSONField(widget=forms.HiddenInput)
    field_order = ("name", "passwordless", "credential")

    def clean_credential(self) -> dict[str, Any]:
        """Refuse what no browser sends, and a key that somebody has registered already."""
        credential = self.cleaned_data["credential"]
        if not is_shaped(credential):
            raise _refused()
        known = Authenticator.objects.filter(
            type=Authenticator.Type.WEBAUTHN, data__credential__id=credential.get("id")
        )
        if known.exists():
            raise ValidationError(
                _("This passkey is registered already. Choose another device or key."), code="known"
            )
        return credential

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (ValidationError, *UNREADABLE):
            raise _refused() from None


class _Checked:
    """Turns everything that goes wrong with an answer of a passkey into one sentence, and notes it."""

    user: Any

    def clean_credential(self) -> Any:
        try:
            if not is_shaped(self.cleaned_data["credential"]):  # type: ignore[attr-defined]
                raise _refused()
            return super().clean_credential()  # type: ignore[misc]
        except (ValidationError, *UNREADABLE) as error:
            if self.user is not None:
                note("accounts.second_factor_rejected", self.user, {"type": "webauthn"})
            if isinstance(error, ValidationError) and error.code not in (None, "incorrect_code"):
                raise
            raise _refused() from None


class AuthenticatePasskeyForm(_Checked, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey as second factor."""


class LoginPasskeyForm(_Checked, LoginWebAuthnForm):  # type: ignore[misc]
    """The passkey alone."""


class ReauthenticatePasskeyForm(_Checked, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey as proof that it is still you."""


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=gettext_lazy("Name of the passkey"), max_length=60)
