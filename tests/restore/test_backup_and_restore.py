"""A backup under load, a wipe, a restore: everything is there again, on both databases."""

import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.restore.installation import Installation, digests, killed
from tests.template import own_database
from wurt.core.backup import archive

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A county with files and a sealed trail."""
    folder = tmp_path_factory.mktemp("template")
    with own_database(folder, "restore") as url:
        found = Installation(url, folder / "var")
        found.ask("build")
        found.close()
        yield found


@pytest.fixture
def place(template: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of it for one test."""
    with template.copied(tmp_path) as found:
        yield found


def backup(place: Installation, target: Path, **more: str) -> archive.Manifest:
    done = place.wurt("backup", "--to", str(target), **more)
    assert done.returncode == 0, done.stderr
    key = more.get("WURT_BACKUP_KEY", "")
    return archive.read(target, key if key.startswith("AGE-SECRET") else "")


def restored(place: Installation, target: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    done = place.wurt("restore", str(target), "--yes", **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_under_load_wiped_and_restored(place: Installation, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    writer = place.member("write_on")
    try:
        for line in writer.stdout:  # type: ignore[union-attr]
            if int(line) >= 20:
                break
        before = int(line)
        made = place.wurt("backup", "--to", str(target))
        assert made.returncode == 0, made.stderr
        after = int(writer.stdout.readline())  # type: ignore[union-attr]
    finally:
        writer.kill()
        rest = writer.stdout.read()  # type: ignore[union-attr]
    after = max(after, *map(int, rest.split()[:-1] or [0]))
    manifest = archive.read(target, "")
    key = (place.var / "secret_key").read_text()
    place.wipe()

    done = restored(place, target)

    rows = place.ask("rows")
    assert rows == manifest.counts
    found = place.ask("terms")
    # One moment: no gap, nothing of what was committed before it, and it lies within the load.
    last = len(found["terms"])
    assert found["terms"] == [f"{number:06d}" for number in range(1, last + 1)]
    assert before <= last < after
    stored = digests(place.var / "files")
    assert {path: stored.get(path) for path in found["files"]} == found["files"]
    assert len(found["files"]) == last
    assert (place.var / "secret_key").read_text() == key
    assert (place.var / "secret_key").stat().st_mode & 0o777 == 0o600
    assert f"Restored: {sum(rows.values())} rows in {len(rows)} tables" in done.stdout
    assert not (place.var / "maintenance.json").exists()
    assert [path.name for path in place.var.glob(".*")] == []
    verified = place.wurt("audit", "verify")
    assert (verified.returncode, "The trail is whole." in verified.stdout) == (0, True)


def test_encrypted_with_the_public_key_and_opened_with_the_secret_one(
    place: Installation, tmp_path: Path
) -> None:
    secret, public = archive.new_key()
    target = tmp_path / "b.tar.gz.age"
    backup(place, tmp_path / "plain.tar.gz")
    done = place.wurt("backup", "--to", str(target), WURT_BACKUP_KEY=public)
    assert done.returncode == 0, done.stderr
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes().startswith(archive.AGE)
    before = place.state()
    for key, message in [
        ("", "The archive is encrypted"),
        (public, "only locks"),
        (archive.new_key()[0], "not the key of this archive"),
    ]:
        refused = place.wurt("restore", str(target), "--yes", WURT_BACKUP_KEY=key)
        assert refused.returncode == 1
        assert "Nothing was changed." in refused.stderr
        assert message in refused.stderr
    assert place.state() == before
    place.wipe()
    restored(place, target, WURT_BACKUP_KEY=secret)
    after = place.state()
    assert {**after, "folder": 0} == {**before, "folder": 0}


def test_over_a_living_installation_it_asks_first_and_takes_back_what_came_later(
    place: Installation, tmp_path: Path
) -> None:
    target = tmp_path / "b.tar.gz"
    manifest = backup(place, target)
    files = digests(place.var / "files")
    writer = place.member("write_on")
    for line in writer.stdout:  # type: ignore[union-attr]
        if int(line) >= 10:
            break
    writer.kill()
    writer.wait()
    before = place.state()

    asked = place.wurt("restore", str(target))
    assert asked.returncode == 1
    assert re.search(r"Replace \d+ rows of the \w+ database", asked.stdout)
    assert place.state() == before

    place.ask("beat")
    busy = place.wurt("restore", str(target), "--yes")
    assert (busy.returncode, "A worker is running" in busy.stderr) == (1, True)
    assert place.ask("rows")["pages_glossaryterm"] == before["database"]["pages_glossaryterm"]  # type: ignore[index]

    with_beat = archive.read(target, "").counts["outbox_workerbeat"]
    assert with_beat == 0
    place.ask("drop_everything")
    if place.url.startswith("sqlite"):
        Path(place.url.removeprefix("sqlite:///")).write_bytes(b"this is no database" * 1000)
    restored(place, target)
    assert place.ask("rows") == manifest.counts
    assert digests(place.var / "files") == files


@pytest.mark.parametrize("moment", ["killed_within", "killed_between"])
def test_killed_in_the_middle_nothing_is_half(place: Installation, tmp_path: Path, moment: str) -> None:
    target = tmp_path / "b.tar.gz"
    manifest = backup(place, target)
    files = digests(place.var / "files")
    writer = place.member("write_on")
    for line in writer.stdout:  # type: ignore[union-attr]
        if int(line) >= 10:
            break
    writer.kill()
    writer.wait()
    before = place.ask("rows")
    assert before != manifest.counts

    assert killed(place.member(moment, str(target)))

    assert place.ask("rows") == (before if moment == "killed_within" else manifest.counts)
    restored(place, target)
    assert place.ask("rows") == manifest.counts
    assert digests(place.var / "files") == files


def test_files_that_were_lost_before_are_named(place: Installation, tmp_path: Path) -> None:
    lost, spoilt = sorted(digests(place.var / "files"))[:2]
    (place.var / "files" / lost).unlink()
    (place.var / "files" / spoilt).write_text("rot")
    done = place.wurt("backup", "--to", str(tmp_path / "b.tar.gz"))
    assert done.returncode == 1
    assert f"missing or damaged before: {lost}, {spoilt}" in done.stderr
    assert archive.read(tmp_path / "b.tar.gz", "").faulty == [lost, spoilt]


def test_a_backup_that_cannot_be_made_leaves_nothing(place: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "to"
    folder.mkdir()
    url = "postgres://nobody@127.0.0.1:9/x" if place.url.startswith("postgres") else "sqlite:////nowhere/x.db"
    done = place.wurt("backup", "--to", str(folder), DATABASE_URL=url)
    assert done.returncode == 1
    assert "No backup was made: the database cannot be re" in done.stderr
    assert list(folder.iterdir()) == []


def test_nightly_backups_keep_the_newest(place: Installation, tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        (tmp_path / f"wurt-2026-01-{day}T020000.tar.gz").touch()
    (tmp_path / "other.tar.gz").touch()
    done = place.wurt("backup", "--to", str(tmp_path), "--keep", "2")
    assert done.returncode == 0, done.stderr
    left = sorted(path.name for path in tmp_path.glob("*.tar.gz"))
    assert left[:2] == ["other.tar.gz", "wurt-2026-01-03T020000.tar.gz"]
    assert len(left) == 3
    checked = place.wurt("backup", "verify", str(tmp_path / left[2]))
    assert (checked.returncode, "is whole" in checked.stdout) == (0, True)
    assert json.loads((place.var / "last_backup.json").read_text())["file"] == str(tmp_path / left[2])


def test_the_archive_opens_without_wurt(place: Installation, tmp_path: Path) -> None:
    manifest = backup(place, tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert sorted(tar.getnames()) == sorted([*manifest.members, "manifest.json"])
        assert tar.getnames()[0] in archive.DATABASES.values()
