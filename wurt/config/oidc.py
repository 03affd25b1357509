"""The providers of sign-in by OpenID Connect, read from the environment for ``settings.WURT_OIDC``."""

from typing import Any

from wurt.config import env

_LEVELS = ("low", "substantial", "high")


def sign_in_providers() -> list[dict[str, Any]]:
    """Fields of ``accounts.oidc.kinds.Kind``, for each provider that has an address. Raises ConfigError."""
    found: list[dict[str, Any]] = []
    if env.text("WURT_OIDC_STAFF_URL"):
        staff = _common("kreis", "WURT_OIDC_STAFF")
        staff["acr"] = tuple(env.names("WURT_OIDC_STAFF_ACR"))
        staff["amr"] = tuple(env.names("WURT_OIDC_STAFF_AMR"))
        found.append(staff)
    if env.text("WURT_OIDC_CITIZENS_URL"):
        citizens = _common("buerger", "WURT_OIDC_CITIZENS")
        citizens["level_claim"] = env.text("WURT_OIDC_CITIZENS_LEVEL_CLAIM")
        citizens["levels"] = _levels()
        citizens["signup"] = env.flag("WURT_OIDC_CITIZENS_SIGNUP")
        found.append(citizens)
    return found


def _common(key: str, prefix: str) -> dict[str, Any]:
    values = {"key": key, "url": env.text(f"{prefix}_URL").rstrip("/")}
    for field in ("client", "secret", "name"):
        values[field] = env.text(f"{prefix}_{field.upper()}")
        if not values[field]:
            raise env.ConfigError(f"{prefix}_URL is set, but {prefix}_{field.upper()} is missing.")
    return values


def _levels() -> tuple[tuple[str, str], ...]:
    pairs = []
    for entry in env.names("WURT_OIDC_CITIZENS_LEVELS"):
        value, _, level = entry.rpartition("=")
        if not value or level not in _LEVELS:
            raise env.ConfigError(
                f"WURT_OIDC_CITIZENS_LEVELS holds {entry!r}. Write VALUE=LEVEL; levels: {', '.join(_LEVELS)}."
            )
        pairs.append((value, level))
    return tuple(pairs)
