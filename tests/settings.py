"""Settings of the tests: a folder of their own, fast hashes, the database of DATABASE_URL or SQLite."""

import hashlib
import os
import tempfile
from pathlib import Path

_PLACE = hashlib.sha256(__file__.encode()).hexdigest()[:8]  # two checkouts must not share a database file
os.environ.setdefault("WURT_VAR", str(Path(tempfile.gettempdir()) / f"wurt-test-{os.getuid()}-{_PLACE}"))
# The browser's driver keeps an event loop running in its worker; the other tests there may use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("WURT_SECRET_KEY", "only-for-tests")
os.environ.setdefault("WURT_STYLEGUIDE", "yes")
os.environ.setdefault("WURT_COUNTING", "no")  # its own tests switch it on
os.environ.setdefault("WURT_HOSTS", "localhost,127.0.0.1,testserver")

from wurt.config.settings import *  # noqa: E402, F403
from wurt.config.settings import DATABASES, VAR_DIR  # noqa: E402

VAR_DIR.mkdir(parents=True, exist_ok=True)
WURT_PACES: dict[str, int] = {}  # tests ask faster than people; those of the pace set their own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests write rows without actions, and a page must show them at once.
WURT_KEPT_PAGES_BYTES = 0
# Every test client builds the middleware anew; to list all static files each time takes as long as a page.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A test database need not survive power loss.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
