"""The key by which push services know this site (VAPID, RFC 8292).

It is made of the secret key by HKDF (RFC 5869), so it is there without anybody doing anything, the same in
every process, and kept and restored with the secret key. ``WURT_VAPID_KEY`` brings one of its own.
"""

import time
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of the curve P-256 (FIPS 186-5)."""
VALID = 12 * 3600
"""Seconds that a signature holds; RFC 8292 allows at most a day."""
DERIVED = 48
"""Bytes for one number below the order: so many that no number is likelier (FIPS 186-5, A.2.1)."""


def make_key() -> str:
    """A fresh private key for ``WURT_VAPID_KEY``: 32 bytes, base64url."""
    return _text(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value)


def private_key() -> ec.EllipticCurvePrivateKey:
    """The key of this site. Raises ValueError if WURT_VAPID_KEY is none."""
    return _key(settings.WURT_VAPID_KEY, settings.SECRET_KEY)


def public_key() -> str:
    """What a browser is given before it subscribes: the uncompressed point, base64url."""
    point = private_key().public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return str(b64urlencode(raw))


def headers(endpoint: str) -> dict[str, str]:
    """Proof for one push service that the message comes from this site."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + VALID,
        "sub": contact(),
    }
    return dict(Vapid02(private_key()).sign(claims))


def contact() -> str:
    """Whom a push service can turn to (RFC 8292, 2.1): the site by https, else its sender's address."""
    if settings.WURT_URL.startswith("https:"):
        return str(settings.WURT_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


@lru_cache(maxsize=4)
def _key(given: str, secret: str) -> ec.EllipticCurvePrivateKey:
    if given:
        try:
            return ec.derive_private_key(int.from_bytes(b64urldecode(given.encode()), "big"), ec.SECP256R1())
        except ValueError as error:
            raise ValueError("WURT_VAPID_KEY is no key; `wurt notices vapid --new` makes one.") from error
    kdf = HKDF(hashes.SHA256(), DERIVED, salt=None, info=b"wurt web push (VAPID)")
    number = int.from_bytes(kdf.derive(secret.encode()), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _text(number: int) -> str:
    return str(b64urlencode(number.to_bytes(32, "big")))
