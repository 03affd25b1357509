"""What a secret key must be like, and where one comes from."""

IS_MISSING = "_WURT_KEY_IS_MISSING"
"""Set for a process that only looks and has found no key; the one it runs with is thrown away."""

LEAST_SIGNS = 50
LEAST_DIFFERENT = 10
_PLACEHOLDERS = ("changeme", "change-me", "django-insecure", "secret-key", "secretkey", "geheim", "password")

HOW_TO_MAKE = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
"""A command that prints a strong key."""


def weakness(key: str) -> str:
    """Why somebody could guess the key, in words; "" if nobody can."""
    if len(key) < LEAST_SIGNS:
        return f"it has {len(key)} signs, {LEAST_SIGNS} are needed"
    if len(set(key)) < LEAST_DIFFERENT:
        return f"it repeats the same {len(set(key))} signs"
    found = next((word for word in _PLACEHOLDERS if word in key.lower()), "")
    return f"it is a placeholder ({found!r})" if found else ""
