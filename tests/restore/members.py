"""What runs beside a backup or is killed in a restore: ``python -m tests.restore.members ROLE …``"""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from wurt.cli.empty_county import init_county  # noqa: E402
from wurt.core.action.actor import Actor  # noqa: E402
from wurt.core.action.tests import toys  # noqa: E402
from wurt.core.audit import trail  # noqa: E402
from wurt.core.backup import restore  # noqa: E402
from wurt.core.db import dump, dump_postgres  # noqa: E402
from wurt.core.db.clock import at, now  # noqa: E402
from wurt.core.files import storage  # noqa: E402
from wurt.core.files.models import StoredFile  # noqa: E402
from wurt.core.outbox.worker import Heart  # noqa: E402
from wurt.core.pages.models import GlossaryTerm  # noqa: E402
from wurt.core.tenancy.models import Place  # noqa: E402

SYSTEM = Actor.for_system("restore")


@toys.action("restore.write")
def _write(actor: Actor, *, number: int) -> None:
    """One term and one file, in one action."""
    row = GlossaryTerm(place=Place.objects.filter(kind="county").get(), term=f"{number:06d}", text="")
    toys.authorize(actor, toys.EDIT, row)
    row.save()
    storage.store(f"Datei {number}\n".encode() * 50, name="x.txt", purpose="restore", allowed=["text/plain"])
    toys.record(actor, row)


def build() -> None:
    """A county with three files, a sealed trail, and an entry that is not sealed yet."""
    with at(now() - timedelta(hours=1)):
        init_county("Kreis Probe", agenda="Agenda", fields=("Bildung",))
        for number in range(1, 4):
            _write(SYSTEM, number=number)
    trail.seal()
    _write(SYSTEM, number=4)
    print("{}")


def write_on() -> None:
    """Write as fast as it goes, for ever; a line after each commit."""
    number = GlossaryTerm.objects.count()
    while True:
        number += 1
        _write(SYSTEM, number=number)
        print(number, flush=True)


def rows() -> None:
    """Rows per table."""
    print(json.dumps(dump.counts()))


def terms() -> None:
    """Terms, and the files that the database knows with their hashes."""
    print(
        json.dumps(
            {
                "terms": list(GlossaryTerm.objects.order_by("term").values_list("term", flat=True)),
                "files": dict(StoredFile.objects.values_list("path", "sha256")),
            }
        )
    )


def drop_everything() -> None:
    """Empty the database down to its schema."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    print("{}")


def beat() -> None:
    """Leave a worker's sign of life."""
    Heart().beat()
    print("{}")


def _die(*args: object, **kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_between(archive: str) -> None:
    """Restore; killed when the database is done and the files are not."""
    with restore.staged(Path(archive), "") as found:
        load = dump.load

        def load_and_die(file: Path) -> None:
            load(file)
            _die()

        restore.dump.load = load_and_die  # type: ignore[attr-defined]
        restore.replace(found)


def killed_within(archive: str) -> None:
    """Restore; killed in the middle of the database."""
    copy = dump_postgres.shutil.copyfileobj

    def half(source: object, target: object) -> None:
        target.write(source.read(40_000))  # type: ignore[attr-defined]
        target.flush()  # type: ignore[attr-defined]
        time.sleep(1)  # psql has carried it out by now, and not committed
        _die()

    def piecewise(source: object, target: Path) -> None:
        with contextlib.closing(dump._opened(target)) as into:
            source.backup(into, pages=20, progress=_die)  # type: ignore[attr-defined]

    dump_postgres.shutil.copyfileobj = half  # type: ignore[assignment]
    dump._copy = piecewise  # type: ignore[assignment]
    with restore.staged(Path(archive), "") as found:
        dump_postgres.shutil.copyfileobj = half  # type: ignore[assignment]
        restore.replace(found)
    dump_postgres.shutil.copyfileobj = copy


ROLES: dict[str, Callable[..., None]] = {
    role.__name__: role
    for role in (build, write_on, rows, terms, drop_everything, beat, killed_between, killed_within)
}


def serve() -> None:
    """Each line that comes in names a role and its words; it is played in a fork, so that Django is loaded
    once. A line with the exit code follows what it says."""
    for line in sys.stdin:
        role, *words = json.loads(line)
        pid = os.fork()
        if not pid:
            code = 1
            try:
                ROLES[role](*words)
                code = 0
            finally:
                connection.close()  # SQLite takes what it wrote into the one file that is copied
                sys.stdout.flush()
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        print(f"= {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    import logging

    logging.getLogger("wurt.audit").setLevel(logging.CRITICAL)
    with override_settings(WURT_WRITE_GUARD="raise"):
        {**ROLES, "serve": serve}[sys.argv[1]](*sys.argv[2:])
