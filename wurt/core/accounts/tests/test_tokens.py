"""Which ID tokens are believed: made here with keys of our own, each wrong in one way."""

import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from wurt.core.accounts.oidc.tokens import BadToken, checked

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
KEYS: dict[str, Any] = {
    "keys": [
        {**json.loads(RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "a", "use": "sig", "alg": "RS256"},
        {**json.loads(ECAlgorithm.to_jwk(CURVE.public_key())), "kid": "b", "alg": "ES256"},
    ]
}
ASKED: dict[str, Any] = {"keys": KEYS, "issuer": "https://idp.example", "client": "wurt", "nonce": "n"}


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    given = {
        "iss": "https://idp.example", "sub": "1", "aud": "wurt", "exp": now + 60, "iat": now, "nonce": "n",
        **changes,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def token(key: Any = KEY, algorithm: str = "RS256", kid: str | None = "a", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm, headers={"kid": kid} if kid else {})


def public_pem() -> bytes:
    return KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def by_hand(header: dict[str, str]) -> str:
    """A token without a signature."""
    part = [jwt.utils.base64url_encode(json.dumps(one).encode()).decode() for one in (header, claims())]
    return f"{part[0]}.{part[1]}."


def forged() -> str:
    """The classic: our public key, used as a shared secret."""
    import hashlib
    import hmac

    head, body, _ = by_hand({"alg": "HS256", "kid": "a"}).split(".")
    mark = hmac.new(public_pem(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{jwt.utils.base64url_encode(mark).decode()}"


def test_a_good_token_is_believed_whatever_kind_of_key_made_it() -> None:
    assert checked(token(), **ASKED)["sub"] == "1"
    assert checked(token(CURVE, "ES256", "b"), **ASKED)["sub"] == "1"
    assert checked(token(aud=["wurt"]), **ASKED)["sub"] == "1"
    assert checked(token(aud=["wurt", "x"], azp="wurt"), **ASKED)["sub"] == "1"
    assert checked(token(exp=int(time.time()) - 30), **ASKED)["sub"] == "1"  # clocks differ


def test_a_token_without_a_name_of_its_key_fits_the_only_one() -> None:
    only = {**ASKED, "keys": {"keys": KEYS["keys"][:1]}}
    assert checked(token(kid=None), **only)["sub"] == "1"
    with pytest.raises(BadToken, match="signature"):
        checked(token(kid=None), **ASKED)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: token(exp=int(time.time()) - 120), "expired"),
        (lambda: token(aud="another"), "audience"),
        (lambda: token(aud=["wurt", "x"]), "audience"),
        (lambda: token(aud=["wurt", "x"], azp="x"), "audience"),
        (lambda: token(iss="https://evil.example"), "issuer"),
        (lambda: token(OTHER), "signature"),
        (lambda: token(kid="zz"), "signature"),
        (lambda: token(nonce="m"), "nonce"),
        (lambda: token(nonce=None), "nonce"),
        (lambda: token(sub=None), "token"),
        (lambda: token(sub=""), "token"),
        (lambda: token(sub="x" * 256), "token"),
        (lambda: token(exp=None), "token"),
        (lambda: token(iat=int(time.time()) + 3600), "token"),
        (lambda: by_hand({"alg": "none"}), "signature"),
        (lambda: by_hand({"alg": "none", "kid": "a"}), "signature"),
        (lambda: forged(), "signature"),
        (lambda: "", "token"),
        (lambda: "a.b.c", "token"),
    ],
)
def test_one_fault_is_enough(made: Callable[[], str], code: str) -> None:
    with pytest.raises(BadToken) as refused:  # made now: a suite may run longer than a token holds
        checked(made(), **ASKED)
    assert str(refused.value) == code


@pytest.mark.parametrize("nonce", ["", "N"])
def test_who_asked_without_a_nonce_believes_nothing(nonce: str) -> None:
    with pytest.raises(BadToken, match="nonce"):
        checked(token(nonce=""), **{**ASKED, "nonce": nonce})


@pytest.mark.parametrize(
    "keys", [{}, {"keys": []}, {"keys": [{}]}, {"keys": [{"kid": "a", "kty": "oct", "k": "eA"}]}]
)
def test_a_strange_set_of_keys_is_no_fault_of_ours(keys: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        checked(token(), **{**ASKED, "keys": keys})
