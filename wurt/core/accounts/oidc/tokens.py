"""Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signature, issuer, audience, time, nonce."""

import hmac
from typing import Any

import jwt

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
"""Signatures with a public key only: a shared secret or none at all would let anybody make tokens."""
LEEWAY = 60
"""Clocks may differ by so much (seconds)."""


class BadToken(ValueError):
    """The token may not be believed; the message is a code: expired, audience, issuer, signature, nonce,
    token."""


def checked(token: str, *, keys: dict[str, Any], issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """The claims of a token that may be believed. ``keys``: the provider's JWKS. Raises BadToken."""
    try:
        key = _key(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=list(ALGORITHMS),
            audience=client,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except BadToken:
        raise
    except jwt.ExpiredSignatureError:
        raise BadToken("expired") from None
    except jwt.InvalidAudienceError:
        raise BadToken("audience") from None
    except jwt.InvalidIssuerError:
        raise BadToken("issuer") from None
    except (jwt.InvalidSignatureError, jwt.InvalidAlgorithmError, jwt.PyJWKError):
        raise BadToken("signature") from None
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError):
        raise BadToken("token") from None
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client:
        raise BadToken("audience")
    if not (nonce and hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())):
        raise BadToken("nonce")
    if not (isinstance(claims["sub"], str) and 0 < len(claims["sub"]) <= 255):
        raise BadToken("token")
    return claims


def _key(token: str, keys: dict[str, Any]) -> Any:
    """The key that the token names; without a name the only one. Raises BadToken."""
    wanted = jwt.get_unverified_header(token).get("kid")
    fitting = [
        one
        for one in keys.get("keys", [])
        if one.get("use", "sig") == "sig" and wanted in (None, one.get("kid"))
    ]
    if len(fitting) != 1:
        raise BadToken("signature")
    return jwt.PyJWK(fitting[0]).key
