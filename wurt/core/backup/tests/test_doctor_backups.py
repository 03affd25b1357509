"""``wurt doctor`` about backups: fresh only if they hold what is here now."""

from datetime import timedelta
from pathlib import Path

import pytest

from wurt.core.audit.models import AuditSeal
from wurt.core.backup import archive, checks, stamps
from wurt.core.db.clock import at, now

ARCHIVE = Path("/mnt/backup/old.tar.gz")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.WURT_DEMO = False
    return tmp_path


def told(findings):
    found = list(findings)
    assert len(found) <= 1
    return (found[0].grade.value, found[0].problem) if found else None


def backed_up(hours_ago, seal=""):
    with at(now() - timedelta(hours=hours_ago)):
        stamps.note_backup(Path("/mnt/backup/new.tar.gz"), seal)


def restored(hours_ago, old_hours):
    with at(now() - timedelta(hours=hours_ago)):
        stamps.note_restore(ARCHIVE, (now() - timedelta(hours=old_hours)).isoformat())


def test_never():
    assert told(checks.backup()) == ("hint", "There has never been a backup.")


@pytest.mark.parametrize(
    ("hours", "said"), [(1, None), (47, None), (216, ("fault", "The last backup is 9 days old."))]
)
def test_age(hours, said):
    backed_up(hours)
    assert told(checks.backup()) == said


def test_a_restore_does_not_leave_a_fresh_backup_behind():
    """The backup of an hour ago holds what the restore replaced."""
    backed_up(1)
    restored(0, old_hours=240)
    grade, problem = told(checks.backup())
    assert grade == "hint"
    assert problem.startswith("There was no backup since the restore of ")
    assert f"(from {ARCHIVE}, made {now() - timedelta(hours=240):%Y-%m-%d}" in problem


def test_a_restore_of_an_old_archive_is_no_alarm_at_once():
    """The note of nine days ago is not what this state is measured by; the archive that was restored is."""
    backed_up(216)
    restored(1, old_hours=216)
    assert told(checks.backup())[0] == "hint"


def test_on_a_new_machine_the_same():
    restored(1, old_hours=5)
    assert told(checks.backup())[0] == "hint"


def test_without_a_backup_since_it_becomes_one():
    restored(49, old_hours=60)
    assert told(checks.backup())[0] == "fault"
    backed_up(1)
    assert told(checks.backup()) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "yesterday"}', '{"at": null}'])
def test_notes_that_cannot_be_read(own_folder, content):
    (own_folder / "last_backup.json").write_text(content)
    (own_folder / "last_restore.json").write_text(content)
    assert (stamps.last_backup(), stamps.last_restore()) == (None, None)


def test_a_note_of_an_older_version(own_folder):
    (own_folder / "last_backup.json").write_text('{"at": "2026-01-01T02:00:00+00:00", "file": "/x"}')
    found = stamps.last_backup()
    assert (found.at.year, found.file, found.seal) == (2026, "/x", "")


@pytest.mark.django_db
def test_another_database_in_its_place(writing):
    """Somebody put an old copy there without telling us: the seal of the backup is missing in its trail."""
    backed_up(1, seal="f" * 64)
    grade, problem = told(checks.state_of_the_backup())
    assert (grade, "is of another state" in problem) == ("fault", True)
    restored(0, old_hours=5)
    assert told(checks.state_of_the_backup()) is None, "told by the other check"


@pytest.mark.django_db
def test_the_database_that_was_backed_up(writing):
    AuditSeal.objects.create(first=1, last=2, count=2, digest="f" * 64)
    backed_up(1, seal="f" * 64)
    assert told(checks.state_of_the_backup()) is None
    backed_up(1)
    assert told(checks.state_of_the_backup()) is None, "nothing was sealed yet"


def test_the_public_key_is_right(settings):
    secret, public = archive.new_key()
    settings.WURT_BACKUP_KEY = public
    assert told(checks.backup_key()) is None
    settings.WURT_BACKUP_KEY = ""
    assert told(checks.backup_key()) is None
    settings.WURT_BACKUP_KEY = secret
    (found,) = checks.backup_key()
    assert found.problem == (
        "WURT_BACKUP_KEY is the secret key: whoever breaks into this server can open every backup."
    )
    assert found.remedy.endswith(f"WURT_BACKUP_KEY={public}")
    assert secret not in found.problem + found.remedy


@pytest.mark.parametrize("cut", [slice(0, -1), slice(3, None), slice(0, 10)])
def test_a_key_that_is_none(settings, cut):
    settings.WURT_BACKUP_KEY = archive.new_key()[1][cut]
    assert told(checks.backup_key()) == ("fault", "WURT_BACKUP_KEY is no key (age1…): no backup can be made.")
