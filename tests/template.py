"""A migrated, empty database, made once for a state of the code and copied for whoever needs one.

Seventy migrations take seconds; the suite needs some twenty databases. That the migrations themselves work
from nothing is shown by tests/migrations, the demo of the browser tests with SQLite, and the making of the
template.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PLACE = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # two checkouts must not share a template
FOLDER = Path(tempfile.gettempdir()) / f"wurt-template-{os.getuid()}-{PLACE}"


def environment(url: str) -> dict[str, str]:
    """The environment of a process that works on the database."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }


def migrate(url: str) -> None:
    """Bring a database to the newest state, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0"],
        env=environment(url),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def sqlite_template() -> Path:
    """The file of the template."""
    made = FOLDER / f"{_state()}.sqlite3"
    with _alone():
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            growing = made.with_suffix(".growing.sqlite3")
            migrate(f"sqlite:///{growing}")
            with sqlite3.connect(growing) as line:  # nothing may stay behind in the log beside the file
                line.execute("PRAGMA journal_mode=DELETE")
            line.close()
            growing.rename(made)
    return made


def postgres_template(server: str) -> str:
    """The name of the template on the server of this address."""
    prefix = f"wurt_template_{PLACE}_"
    name = prefix + _state()
    with _alone(), psycopg.connect(_address(server, "postgres"), autocommit=True) as line:
        found = [row[0] for row in line.execute("SELECT datname FROM pg_database").fetchall()]
        if name not in found:
            for old in found:
                if old.startswith(prefix):
                    line.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            growing = f"{prefix}growing"
            line.execute(f'CREATE DATABASE "{growing}"')
            migrate(_address(server, growing))
            line.execute(f'ALTER DATABASE "{growing}" RENAME TO "{name}"')
    return name


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[str]:
    """Make a migrated database, hand out its address, and drop it."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        file = folder / f"{name}.sqlite3"
        shutil.copyfile(sqlite_template(), file)
        yield f"sqlite:///{file}"
        return
    name = f"wurt_{name}_{os.getpid()}"
    template = postgres_template(given)
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    maintenance = _address(given, "postgres")
    execute(maintenance, drop, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _address(given, name)
    finally:
        execute(maintenance, drop)


def execute(url: str, *statements: str) -> None:
    """Run statements on a PostgreSQL database, each on its own."""
    with psycopg.connect(url, autocommit=True) as line:
        for statement in statements:
            line.execute(statement)


def _address(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _state() -> str:
    """Changes with every change of our code and of the libraries."""
    digest = hashlib.sha256()
    for file in [*sorted((ROOT / "wurt").rglob("*.py")), ROOT / "requirements.lock", Path(__file__)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
