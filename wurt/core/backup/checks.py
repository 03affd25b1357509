"""``wurt doctor``: is there a fresh backup of this very database, and who could open it?"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from wurt.core.audit.models import AuditSeal
from wurt.core.backup import stamps
from wurt.core.backup.archive import BackupTrouble, public_key
from wurt.core.db.clock import now
from wurt.core.operate.doctor import Finding, check, fault, hint

EVERY = timedelta(days=2)
REMEDY = "Run `wurt backup` every night (deploy/systemd/wurt-backup.timer) and keep copies elsewhere."


@check("backup")
def backup() -> Iterator[Finding]:
    """Is there a fresh one?

    A backup from before a restore holds another state. Right after the restore the archive that was restored
    is the backup, so nothing is wrong yet; what is written from then on is in none.
    """
    if settings.WURT_DEMO:
        return
    made, restored = stamps.last_backup(), stamps.last_restore()
    if restored is not None and (made is None or made.at < restored.at):
        age = now() - restored.at
        say = fault if age > EVERY else hint
        yield say(
            f"There was no backup since the restore of {restored.at:%Y-%m-%d %H:%M} UTC "
            f"(from {restored.file}, made {restored.made_at:%Y-%m-%d %H:%M} UTC).",
            REMEDY,
        )
    elif made is None:
        yield hint("There has never been a backup.", REMEDY)
    elif (age := now() - made.at) > EVERY:
        yield fault(f"The last backup is {age.days} days old.", REMEDY)


@check("state of the backup", needs_database=True)
def state_of_the_backup() -> Iterator[Finding]:
    """Is the database the one that was backed up, or was it replaced by other means?"""
    made, restored = stamps.last_backup(), stamps.last_restore()
    if made is None or not made.seal or (restored is not None and made.at < restored.at):
        return
    if not AuditSeal.objects.filter(digest=made.seal).exists():
        yield fault(
            f"The last backup ({made.at:%Y-%m-%d %H:%M} UTC) is of another state: its audit trail goes on "
            "where this one does not. The database was replaced, or an older copy of it was put here.",
            "If that was meant: run `wurt backup`. If not: `wurt restore` with that archive brings it back.",
        )


@check("backup key")
def backup_key() -> Iterator[Finding]:
    """Does it lock, and can it do no more than that?"""
    key = settings.WURT_BACKUP_KEY
    if not key:
        return
    try:
        public = public_key(key)
    except BackupTrouble:
        yield fault(
            "WURT_BACKUP_KEY is no key (age1…): no backup can be made.",
            "Copy the public key once more, whole; `wurt backup new-key` makes a new pair.",
        )
        return
    if key != public:
        yield fault(
            "WURT_BACKUP_KEY is the secret key: whoever breaks into this server can open every backup.",
            "Keep it in two places that are not this server, and set the public one: "
            f"WURT_BACKUP_KEY={public}",
        )
