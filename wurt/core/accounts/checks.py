"""``wurt doctor``: does the secret key open the second factors that are stored?"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken

from wurt.core.operate.doctor import Finding, check, fault

_SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""Where each kind keeps what is encrypted; a passkey's public key is not."""


@check("second factors", needs_database=True)
def second_factors() -> Iterator[Finding]:
    """A wrong key shows only when somebody types a code: it is refused, and nothing says why."""
    shut: set[int] = set()
    everybody: set[int] = set()
    rows = Authenticator.objects.filter(type__in=_SEALED).values_list("user_id", "type", "data")
    for user, kind, data in rows.iterator():
        sealed = data.get(_SEALED[kind])
        if not sealed:
            continue
        everybody.add(user)
        try:
            decrypt(sealed)
        except (InvalidToken, ValueError):
            shut.add(user)
    if not shut:
        return
    yield fault(
        f"The secret key does not open the second factors of {len(shut)} of {len(everybody)} logins: their "
        "one-time codes are refused. It is not the key with which they were set up.",
        "Put the right key back: WURT_VAR/secret_key or WURT_SECRET_KEY of the installation from which the "
        "database came; then restart server and worker. If it is lost, each of them starts anew: "
        "`wurt admin reset-second-factor EMAIL`.",
    )
