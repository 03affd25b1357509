"""What can be wrong with an installation. The texts are for people who run servers."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import Error as DatabaseTrouble

from wurt.core.audit import triggers
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import now
from wurt.core.db.schema import answer_time, known, missing, unknown
from wurt.core.operate import maintenance
from wurt.core.operate.doctor import Finding, check, fault, hint
from wurt.core.operate.keys import HOW_TO_MAKE, IS_MISSING, weakness
from wurt.core.outbox.queries import dead_handlers, health, workers

LEAST_FREE = 500 * 1024**2
LEAST_SHARE = 0.05
CLOCK_TOLERANCE = timedelta(seconds=15)
"""One-time codes change every 30 seconds: a clock that is off by more keeps staff out."""
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)


@check("database")
def database() -> Iterator[Finding]:
    """Does it answer?"""
    try:
        answer_time()
    except DatabaseTrouble as error:
        yield fault(
            f"The database cannot be reached: {str(error).strip()}",
            "Check that it runs and that DATABASE_URL (server, port, name, user, password) is right. "
            "For SQLite: the folder WURT_VAR must be writable for the user who runs Wurt.",
        )


@check("migrations")
def migrations() -> Iterator[Finding]:
    """Do code and database belong together?"""
    lacking, foreign = missing(), unknown()
    if len(lacking) == len(known()):
        yield fault("The database is empty.", 'Run `wurt init "Kreis Musterland"`, or `wurt restore FILE`.')
    elif lacking:
        names = ", ".join(".".join(name) for name in lacking[:5])
        yield fault(
            f"{len(lacking)} migrations are missing ({names}{' …' if len(lacking) > 5 else ''}).",
            "Make a backup (`wurt backup`), then run `wurt migrate`.",
        )
    if foreign:
        yield fault(
            f"The database was made by a newer Wurt: {'.'.join(foreign[0])} is not known here.",
            "Install that version again, or restore a backup of this one.",
        )


@check("worker", needs_database=True)
def worker() -> Iterator[Finding]:
    """Does somebody send mails and seal the trail?"""
    found = workers()
    if found.alive:
        return
    seen = (
        ""
        if found.last_seen is None
        else f" The last sign of life was at {found.last_seen:%Y-%m-%d %H:%M} UTC."
    )
    yield fault(
        f"No worker runs: no mail is sent, no upload is read, the audit trail is not sealed.{seen}",
        "Start one: `systemctl start wurt-worker`, or `wurt worker` in a terminal.",
    )


@check("queue", needs_database=True)
def queue() -> Iterator[Finding]:
    """Does the work get done?"""
    state = health()
    if state.stalled and workers().alive:
        yield fault(
            f"{state.open} deliveries wait, the oldest since {state.oldest_due:%Y-%m-%d %H:%M} UTC.",
            "The workers do not keep up or hang: look at their log, restart them, or start one more.",
        )
    if state.dead:
        which = ", ".join(f"{count} × {handler}" for handler, count in dead_handlers().items())
        yield fault(
            f"{state.dead} deliveries failed ten times and were given up: {which}.",
            "The worker's log says why. Repair the cause (often mail), then `wurt worker --retry-dead`.",
        )


@check("audit trail", needs_database=True)
def trail() -> Iterator[Finding]:
    """Is it append-only?"""
    if not triggers.installed():
        yield fault(
            "The database does not guard the audit trail against changes: its triggers are missing.",
            "Run `wurt migrate`, which makes them, then `wurt audit verify`.",
        )


@check("clock", needs_database=True)
def clock() -> Iterator[Finding]:
    """Is it what others think it is?"""
    remedy = "Switch time synchronisation on (`timedatectl set-ntp true`) and check it with `timedatectl`."
    if now() < RELEASED:
        yield fault(f"This machine believes it is {now():%Y-%m-%d}.", remedy)
        return
    off = abs(answer_time() - now())
    if off > CLOCK_TOLERANCE:
        yield fault(
            f"The clocks of this machine and of the database differ by {off.total_seconds():.0f} seconds; "
            "one-time codes of staff will be refused.",
            remedy,
        )
    last = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    if last is not None and last > now() + CLOCK_TOLERANCE:
        yield fault(
            f"The newest entry of the audit trail is from the future ({last:%Y-%m-%d %H:%M} UTC): the clock "
            "was set back.",
            remedy,
        )


@check("secret key")
def secret_key() -> Iterator[Finding]:
    """Is it there, and could somebody guess or read it?"""
    if IS_MISSING in os.environ:
        yield fault(
            f"There is no secret key: WURT_SECRET_KEY is not set and {settings.VAR_DIR / 'secret_key'} "
            "does not exist. The server does not start without one.",
            'A new county: `wurt init "Kreis Musterland"` makes one. A county that was here before: put its '
            "key back, from the backup or from where you kept it.",
        )
        return
    if why := weakness(settings.SECRET_KEY):
        yield fault(
            f"The secret key is weak, {why}: whoever guesses it can sign in as anybody.",
            f"Make one by `{HOW_TO_MAKE}` and set it as WURT_SECRET_KEY. "
            "Everybody has to sign in again, and second factors must be set up afresh. "
            "If the right key lies in WURT_VAR/secret_key, delete the line WURT_SECRET_KEY instead.",
        )
    stored = Path(settings.VAR_DIR) / "secret_key"
    if stored.exists() and stored.stat().st_mode & 0o077:
        yield fault(f"Others on this machine can read {stored}.", f"Run `chmod 600 {stored}`.")


@check("disk")
def disk() -> Iterator[Finding]:
    """Is there room?"""
    folder = Path(settings.VAR_DIR)
    usage = shutil.disk_usage(folder)
    free = f"{usage.free / 1024**3:.1f} GB of {usage.total / 1024**3:.0f} GB are free at {folder}"
    remedy = "Make room: old backups, old mails (WURT_VAR/mail), logs (`journalctl --vacuum-size=500M`)."
    if usage.free < LEAST_FREE or usage.free < LEAST_SHARE * usage.total:
        yield fault(f"The disk is nearly full: {free}.", remedy)
    elif usage.free < 2 * LEAST_SHARE * usage.total:
        yield hint(f"The disk fills up: {free}.", remedy)


@check("assets")
def assets() -> Iterator[Finding]:
    """Are styles, fonts and German texts there?"""
    if finders.find("web/dist/wurt.css") is None:
        yield fault(
            "The front-end assets are not built: pages come without styles.",
            "Run `make setup` in the folder of Wurt, or install the released package.",
        )
    catalogue = settings.PACKAGE_DIR / "core/web/locale/de/LC_MESSAGES/django.mo"
    if not catalogue.exists():
        yield fault("The German texts are not compiled: pages are in English.", "Run `make setup`.")


@check("maintenance")
def under_maintenance() -> Iterator[Finding]:
    """Was it forgotten?"""
    state = maintenance.current()
    if state is None:
        return
    if state.overdue:
        yield fault(
            "The maintenance page is still on although its end is over: nobody can use the site.",
            "Run `wurt maintenance off`.",
        )
    else:
        yield hint("The maintenance page is on: nobody can use the site.", "`wurt maintenance off` ends it.")
