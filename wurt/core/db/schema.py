"""Does the database answer, and do its tables belong to this code?"""

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wurt.core.db.clock import now

Name = tuple[str, str]


@lru_cache(maxsize=1)
def known() -> frozenset[Name]:
    """All migrations of the code as (app, name); read from disk once per process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def applied() -> frozenset[Name]:
    """All migrations that the database has seen, those of apps that are gone too."""
    return frozenset(MigrationRecorder(connection).applied_migrations())


def missing() -> list[Name]:
    """What ``wurt migrate`` would have to apply, in order of name."""
    return sorted(known() - applied())


def unknown() -> list[Name]:
    """What a newer release has applied. Apps that this code does not have at all do not count."""
    apps = {app for app, _ in known()}
    return sorted(name for name in applied() - known() if name[0] in apps)


def is_empty() -> bool:
    """Does the database answer, but nothing was ever set up in it?"""
    try:
        return not applied()
    except DatabaseTrouble:
        return False


def never_make_a_file() -> None:
    """For processes that stay: SQLite's file must be there. Without this a file that was moved away would be
    replaced by an empty one, and pages would go on as if nobody had ever written anything.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"]["database"] = f"file:{quote(str(database['NAME']))}?mode=rw"


def answer_time() -> datetime:
    """The database's own clock, or ours where it has none of its own. Raises Django's database errors."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
            return moment.astimezone(UTC)
        cursor.execute("SELECT count(*) FROM sqlite_master")
    return now()
