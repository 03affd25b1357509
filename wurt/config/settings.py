"""All settings, driven by the environment. The variables stand in ``env.py``; ``wurt config`` lists them."""

import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

from wurt.config import env, languages
from wurt.config.modules import CORE, MODULES
from wurt.config.oidc import sign_in_providers
from wurt.core.db.addresses import inside_entries

BASE_DIR = Path(__file__).resolve().parents[2]
PACKAGE_DIR = BASE_DIR / "wurt"
VAR_DIR = env.var_folder()


def _secret_key() -> str:
    given = env.text("WURT_SECRET_KEY")
    if given:
        return given
    stored = VAR_DIR / "secret_key"
    if not stored.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        stored.touch(mode=0o600)
        stored.write_text(secrets.token_urlsafe(64))
    try:
        key = stored.read_text().strip()
    except PermissionError:
        raise env.ConfigError(f"{stored} cannot be read; it must belong to the user who runs Wurt.") from None
    if not key:
        raise env.ConfigError(f"{stored} is empty. Put the key back from a backup, or delete the file.")
    return key


SECRET_KEY = _secret_key()
WURT_VARIABLES = frozenset(variable.name for variable in env.VARIABLES)
DEBUG = env.flag("WURT_DEBUG")
WURT_DEMO = env.flag("WURT_DEMO")
WURT_STYLEGUIDE = env.flag("WURT_STYLEGUIDE") or DEBUG
WURT_COUNTY_NAME = env.text("WURT_COUNTY_NAME")
WURT_MARK = env.text("WURT_MARK")
WURT_ACCENT = env.text("WURT_ACCENT")
WURT_URL = env.text("WURT_URL").rstrip("/")
WURT_SIGNUP = env.flag("WURT_SIGNUP")
WURT_WRITE_GUARD = env.text("WURT_WRITE_GUARD")
WURT_BACKUP_KEY = env.text("WURT_BACKUP_KEY")
WURT_METRICS_TOKEN = env.text("WURT_METRICS_TOKEN")
WURT_LOG_FORMAT = env.choice("WURT_LOG_FORMAT", "text", "json")
WURT_WORKERS = env.number("WURT_WORKERS")
WURT_PROXIES = env.number("WURT_PROXIES")
WURT_OUTBOUND_INTERNAL = env.names("WURT_OUTBOUND_INTERNAL")
try:
    inside_entries(WURT_OUTBOUND_INTERNAL)
except ValueError as problem:
    raise env.ConfigError(f"WURT_OUTBOUND_INTERNAL: {problem}.") from None
WURT_OUTBOUND_CA = env.text("WURT_OUTBOUND_CA")
WURT_VAPID_KEY = env.text("WURT_VAPID_KEY")
WURT_PUSH_HOSTS = env.names("WURT_PUSH_HOSTS")
WURT_COUNTING = env.flag("WURT_COUNTING")
# Answers a minute for one connection and server process, by the beginning of the view's name.
WURT_PACES = {"search:": 120, "agenda:api:": 240, "agenda:profiles_pdf": 12}
WURT_UPLOAD_BYTES = env.number("WURT_UPLOAD_MB") * 1024 * 1024
WURT_NOTICE_DAYS, WURT_COMPLAINT_DAYS = env.number("WURT_NOTICE_DAYS"), env.number("WURT_COMPLAINT_DAYS")
WURT_KEPT_PAGES_BYTES = env.number("WURT_KEPT_PAGES_MB") * 1024 * 1024
HTTPS = env.flag("WURT_HTTPS")
ALLOWED_HOSTS = env.names("WURT_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    *MODULES,
    *CORE,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_htmx",
    "ninja",
]

MIDDLEWARE = [
    "wurt.core.operate.middleware.RequestIdMiddleware",
    "wurt.core.web.csp.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "wurt.core.operate.middleware.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wurt.core.web.body.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wurt.core.web.keep_form.KeepFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wurt.core.accounts.session_limits.SessionLimitMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wurt.core.visits.middleware.CountMiddleware",
    "wurt.core.operate.pace.PaceMiddleware",
    "wurt.core.links.carrying.CarryMiddleware",
    "wurt.core.accounts.middleware.ActorMiddleware",
    "wurt.core.operate.middleware.LookInMiddleware",
    "wurt.core.assisted.middleware.AssistedMiddleware",
    "wurt.core.web.errors.DomainErrorMiddleware",
    "wurt.core.services.gate.ServiceGateMiddleware",
]

ROOT_URLCONF = "wurt.config.urls"
WSGI_APPLICATION = "wurt.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wurt.core.web.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wurt.core.web.templatetags.wurt",
            ],
        },
    }
]

try:
    _database = dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'wurt.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
except ValueError:  # its text would show the password
    raise env.ConfigError(
        "DATABASE_URL is no address of a database. Write postgres://USER:PASSWORD@HOST/NAME, without quotes; "
        "special characters of the password as %XX: # is %23, / is %2F, @ is %40, % is %25."
    ) from None
DATABASES = {"default": _database}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN: no upgrade from read to write, so no "database is locked"
    # in the
    # middle of an action. WAL lets readers go on. FULL survives power loss.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # A server that is gone without a word: visitors get their answer after seconds, not after minutes.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 15_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Shared by all processes: rate limits and used one-time codes must hold wherever a request lands.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The demo's passwords are printed on the screen: strong hashing would only make its first start slow. Real
# sites never know that hasher, not even when somebody leaves WURT_DEMO on behind a public address.
DEMO_LOGINS = WURT_DEMO and urlsplit(WURT_URL).hostname in ("localhost", "127.0.0.1", "::1")
PASSWORD_HASHERS = [
    *(["wurt.core.accounts.hashers.DemoHasher"] if DEMO_LOGINS else []),
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wurt.core.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How far X-Forwarded-For can be believed: limits per network address count visitors, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("WURT_PROXIES")
MFA_ADAPTER = "wurt.core.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "wurt.core.accounts.passkey_forms.AddPasskeyForm",
    "authenticate_webauthn": "wurt.core.accounts.passkey_forms.AuthenticatePasskeyForm",
    "login_webauthn": "wurt.core.accounts.passkey_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "wurt.core.accounts.passkey_forms.ReauthenticatePasskeyForm",
    "edit_webauthn": "wurt.core.accounts.passkey_forms.RenamePasskeyForm",
}
MFA_TOTP_ISSUER = "Wurt"
# One step of 30 s before and after: slow typing and clocks that are a little off (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "wurt.core.accounts.oidc.linking.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
WURT_OIDC = sign_in_providers()

_mail = urlsplit(env.text("WURT_MAIL_URL"))
if env.text("WURT_MAIL_URL") and _mail.scheme not in ("smtp", "smtps"):
    raise env.ConfigError(
        "WURT_MAIL_URL must begin with smtp:// or smtps://, as smtp://USER:PASSWORD@HOST:587/?tls=1."
    )
if _mail.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or (465 if EMAIL_USE_SSL else 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = not EMAIL_USE_SSL and parse_qs(_mail.query).get("tls", ["0"])[0] == "1"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.text("WURT_MAIL_FROM")

LANGUAGE_CODE = "de"
LANGUAGES = languages.offered()
TIME_ZONE = env.text("WURT_TIME_ZONE")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
# Hashed names once `wurt serve` has collected the files; straight from the source folders before (tests,
# tools).
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 86400
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# __Host-: sent by https only, set by this host only, whatever a neighbour below the same domain does.
_COOKIE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE}sessionid", f"{_COOKIE}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}django_language"
MESSAGE_STORAGE = "wurt.core.web.messages.Storage"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
WURT_SESSION_STAFF_IDLE = env.number("WURT_SESSION_STAFF_IDLE_MINUTES")
WURT_SESSION_STAFF = env.number("WURT_SESSION_STAFF_HOURS")
WURT_SESSION_CITIZENS_IDLE = env.number("WURT_SESSION_CITIZENS_IDLE_HOURS")
WURT_SESSION_CITIZENS = env.number("WURT_SESSION_CITIZENS_DAYS")
# The cookie lives as long as the longest session may; accounts/session_limits.py ends the others earlier.
SESSION_COOKIE_AGE = max(WURT_SESSION_CITIZENS * 86400, WURT_SESSION_STAFF * 3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Probes come from the inside, past the proxy that does TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if WURT_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "wurt.core.web.errors.csrf_failure"
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "wurt.core.operate.logs.TextFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "wurt.core.operate.logs.JsonFormatter"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": WURT_LOG_FORMAT},
        "audit": {
            "class": "logging.StreamHandler",
            "formatter": "json" if WURT_LOG_FORMAT == "json" else "bare",
            "stream": "ext://sys.stdout",
        },
        "access": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "wurt.audit": {
            "handlers": ["audit"],
            "level": "CRITICAL" if WURT_DEMO else "INFO",
            "propagate": False,
        },
        # What a visitor mistypes is no trouble of ours, and its path may hold a key.
        "django.request": {"level": "ERROR"},
        # One line per answered request, for machines only: people have their proxy's log.
        "wurt.access": {
            "handlers": ["access"],
            "level": "INFO" if WURT_LOG_FORMAT == "json" else "CRITICAL",
            "propagate": False,
        },
    },
}
