"""Every environment variable that Wurt reads: name, type, default, meaning. ``wurt config`` prints this list.

Settings read nothing else from the environment, so the list is complete by construction.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["text", "flag", "number", "list", "path", "url"]


class ConfigError(Exception):
    """A variable has a value that cannot be used; the message names it and says what to write instead."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: ``default`` is the text used when it is unset or empty."""

    name: str
    kind: Kind
    default: str
    meaning: str
    secret: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DATABASE_URL",
        "url",
        "",
        "Database. Empty: SQLite in WURT_VAR. PostgreSQL: postgres://USER:PASSWORD@HOST/NAME",
        True,
    ),
    Variable(
        "WURT_VAR", "path", "var", "Folder for everything that is written: database, uploads, key, logs"
    ),
    Variable(
        "WURT_SECRET_KEY",
        "text",
        "",
        "Signs sessions and encrypts second factors. Empty: made once and kept in WURT_VAR/secret_key",
        True,
    ),
    Variable("WURT_HOSTS", "list", "localhost,127.0.0.1,[::1]", "Host names under which the site answers"),
    Variable(
        "WURT_URL",
        "text",
        "http://localhost:8000",
        "Public address of the site, used in feeds, mails and PDFs",
    ),
    Variable("WURT_HTTPS", "flag", "no", "Set to yes behind TLS: secure cookies, HSTS, redirect to https"),
    Variable(
        "WURT_PROXIES",
        "number",
        "0",
        "How many trusted reverse proxies stand in front; 0 ignores X-Forwarded headers",
    ),
    Variable("WURT_DEBUG", "flag", "no", "Developer error pages. Never in production"),
    Variable(
        "WURT_DEMO", "flag", "no", "This is the demo: prints logins and one-time codes, on loopback only"
    ),
    Variable("WURT_STYLEGUIDE", "flag", "no", "Show the living style guide at /styleguide/"),
    Variable(
        "WURT_COUNTY_NAME", "text", "", "Name in the header. Empty: the name of the county in the database"
    ),
    Variable("WURT_MARK", "path", "", "SVG file that replaces Wurt's mark"),
    Variable("WURT_ACCENT", "text", "", "Accent colour as #rrggbb. Empty: Wurt's own"),
    Variable("WURT_TIME_ZONE", "text", "Europe/Berlin", "Time zone of the county"),
    Variable("WURT_SIGNUP", "flag", "no", "May anybody create an account? Staff are always invited"),
    Variable(
        "WURT_SESSION_STAFF_IDLE_MINUTES", "number", "60", "Sessions of staff end when unused for so long"
    ),
    Variable("WURT_SESSION_STAFF_HOURS", "number", "12", "Sessions of staff end at the latest after so long"),
    Variable(
        "WURT_SESSION_CITIZENS_IDLE_HOURS", "number", "24", "Other sessions end when unused for so long"
    ),
    Variable("WURT_SESSION_CITIZENS_DAYS", "number", "14", "Other sessions end at the latest after so long"),
    Variable(
        "WURT_OIDC_STAFF_URL",
        "url",
        "",
        "Issuer address of the county's identity provider (OpenID Connect), for staff. Empty: not offered",
    ),
    Variable("WURT_OIDC_STAFF_CLIENT", "text", "", "Client id at the county's identity provider"),
    Variable("WURT_OIDC_STAFF_SECRET", "text", "", "Client secret at the county's identity provider", True),
    Variable("WURT_OIDC_STAFF_NAME", "text", "", "What staff call that sign-in, shown on the button"),
    Variable(
        "WURT_OIDC_STAFF_ACR",
        "list",
        "",
        "Values of the claim acr that prove a second factor there. Empty and no AMR: ours is asked for",
    ),
    Variable(
        "WURT_OIDC_STAFF_AMR",
        "list",
        "",
        "Values of the claim amr that prove a second factor, e.g. mfa",
    ),
    Variable(
        "WURT_OIDC_CITIZENS_URL",
        "url",
        "",
        "Issuer address of a broker for citizens' identities (BundID and the like). Empty: not offered",
    ),
    Variable("WURT_OIDC_CITIZENS_CLIENT", "text", "", "Client id at the broker"),
    Variable("WURT_OIDC_CITIZENS_SECRET", "text", "", "Client secret at the broker", True),
    Variable("WURT_OIDC_CITIZENS_NAME", "text", "BundID", "What citizens call that sign-in"),
    Variable(
        "WURT_OIDC_CITIZENS_LEVEL_CLAIM", "text", "acr", "Claim that says how surely the person is known"
    ),
    Variable(
        "WURT_OIDC_CITIZENS_LEVELS",
        "list",
        "STORK-QAA-Level-1=low,STORK-QAA-Level-3=substantial,STORK-QAA-Level-4=high",
        "Its values and our levels, as VALUE=low, VALUE=substantial or VALUE=high",
    ),
    Variable(
        "WURT_OIDC_CITIZENS_SIGNUP",
        "flag",
        "yes",
        "May a first sign-in there make an account?",
    ),
    Variable(
        "WURT_MAIL_URL",
        "text",
        "",
        "SMTP server as smtp://USER:PASSWORD@HOST:587/?tls=1 or smtps://USER:PASSWORD@HOST. "
        "Empty: mails become files in WURT_VAR/mail",
        True,
    ),
    Variable("WURT_MAIL_FROM", "text", "Wurt <wurt@localhost>", "Sender of mails"),
    Variable(
        "WURT_KEPT_PAGES_MB",
        "number",
        "16",
        "Memory per server process for finished public pages, in megabytes; 0 keeps none",
    ),
    Variable("WURT_WORKERS", "number", "2", "Server processes of `wurt serve`"),
    Variable(
        "WURT_COUNTING",
        "flag",
        "yes",
        "Count visitors in memory, without cookie or script (docs/how-to/count-visits.md)",
    ),
    Variable("WURT_UPLOAD_MB", "number", "50", "Largest upload in megabytes"),
    Variable(
        "WURT_BACKUP_KEY",
        "text",
        "",
        "Key of age that encrypts backups; the public one is enough to make them. Empty: not encrypted",
        True,
    ),
    Variable("WURT_LOG_FORMAT", "text", "text", "Log lines for people (text) or for machines (json)"),
    Variable(
        "WURT_METRICS_TOKEN",
        "text",
        "",
        "Bearer token for the Prometheus figures at /metrics. Empty: they are not served",
        True,
    ),
    Variable(
        "WURT_OUTBOUND_INTERNAL",
        "list",
        "",
        "Servers on the inside that Wurt may speak to, as HOST:PORT (https), http://HOST:PORT, or either "
        "after PURPOSE=. Empty: only public ones, by https",
    ),
    Variable(
        "WURT_OUTBOUND_CA",
        "path",
        "",
        "PEM file of a certificate authority of your own, believed besides the public ones",
    ),
    Variable("WURT_NOTICE_DAYS", "number", "7", "Days in which a notice of content is to be decided"),
    Variable(
        "WURT_COMPLAINT_DAYS", "number", "14", "Days in which a complaint about a decision is to be decided"
    ),
    Variable(
        "WURT_VAPID_KEY",
        "text",
        "",
        "Private key that signs Web Push, from `wurt notices vapid --new`. Empty: made of the secret key, "
        "so that nothing more has to be kept. With a new key everybody has to allow notices again",
        True,
    ),
    Variable(
        "WURT_PUSH_HOSTS",
        "list",
        ".push.services.mozilla.com,fcm.googleapis.com,.push.apple.com,.notify.windows.com",
        "Push services that may be spoken to; a name that begins with a dot means all below it",
    ),
    Variable("WURT_WRITE_GUARD", "text", "raise", "What a write outside an action does: raise or log"),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}
TRUE, _FALSE = {"yes", "true", "1", "on"}, {"no", "false", "0", "off", ""}


def text(name: str) -> str:
    """Value of a listed variable, or its default."""
    variable = _BY_NAME[name]
    return os.environ.get(name, "").strip() or variable.default


def var_folder() -> Path:
    """The folder WURT_VAR; a relative one lies in the folder of Wurt."""
    return Path(__file__).resolve().parents[2] / text("WURT_VAR")


def flag(name: str) -> bool:
    """Value as yes/no. Raises ConfigError for anything else."""
    value = text(name).lower()
    if value in TRUE:
        return True
    if value in _FALSE:
        return False
    raise ConfigError(f"{name} is {value!r}. Write yes or no.")


def number(name: str) -> int:
    """Value as a whole number. Raises ConfigError for anything else."""
    value = text(name)
    if not value.isdigit():
        raise ConfigError(f"{name} is {value!r}. Write a whole number.")
    return int(value)


def choice(name: str, *values: str) -> str:
    """Value as one of a few words. Raises ConfigError for anything else."""
    value = text(name).lower()
    if value not in values:
        raise ConfigError(f"{name} is {value!r}. Write {' or '.join(values)}.")
    return value


def names(name: str) -> list[str]:
    """Value as a list, split at commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]
