"""Codes of short links: easy to read out and to type, hard to guess, never a word."""

import secrets

ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
"""Neither 0 and o nor 1, i and l, which look alike; no other vowel and no y, so that no word comes about."""
LENGTH = 6
"""27**6 = 387 million: with 10,000 links one guess in 39,000 hits. A link leads to a public page anyway."""
AVOIDED = (
    "88", "hh", "hj", "kz", "ns", "sd", "ss",  # what Germany's registration offices refuse, and why
    "kkk", "fck", "fkk", "ftz", "ftt", "nzz", "sx", "s3x", "pn5", "ngr", "n6r", "n9r", "xxx", "666", "vgn",
)  # fmt: skip


def new_code() -> str:
    """A random code without anything that somebody could read as a word or a sign."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if is_decent(code):
            return code


def is_decent(code: str) -> bool:
    """Does nothing avoided stand in it?"""
    return not any(part in code for part in AVOIDED)


def typed(text: str) -> str:
    """What somebody typed as a code: small letters, without spaces and hyphens; "" if it cannot be one."""
    code = text.strip().lower().replace("-", "").replace(" ", "")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
