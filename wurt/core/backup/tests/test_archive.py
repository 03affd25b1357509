"""What is no whole archive of ours is refused, whatever is wrong with it, and before anything is changed."""

import dataclasses
import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from wurt.cli import restore as command
from wurt.core.backup import archive, restore
from wurt.core.backup.archive import BackupTrouble, Manifest, new_key, read, writing
from wurt.core.backup.make import key_mark
from wurt.core.db.dump import DumpTrouble
from wurt.core.db.schema import known

SECRET, PUBLIC = new_key()


def made(folder: Path, key: str = "", **changes: object) -> Path:
    """A small archive with a database that is none, two files and a key."""
    source, target = folder / "source", folder / f"made-{len(list(folder.iterdir()))}.tar.gz"
    contents = {"database.sqlite3": b"no database", "secret_key": b"x" * 60, "files/a/b.txt": b"hello" * 9000}
    with writing(target, key) as writer:
        for name, content in contents.items():
            source.write_bytes(content)
            writer.add(name, source)
        manifest = Manifest(
            wurt="0.1.0", made_at="2026-11-22T00:00:00", database="sqlite", counts={"x": 1},
            migrations=["agenda.0001_initial"], key_mark="", last_seal="", members=writer.members,
        )  # fmt: skip
        writer.close(dataclasses.replace(manifest, **changes))  # type: ignore[arg-type]
    return target


def plain(path: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(path) as tar:
        return [(info.name, tar.extractfile(info).read()) for info in tar]  # type: ignore[union-attr]


def packed(path: Path, members: list[tuple[str, bytes]], kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("key", ["", SECRET], ids=["plain", "encrypted"])
def test_what_goes_in_comes_out(tmp_path, key):
    path, out = made(tmp_path, key), tmp_path / "out"
    manifest = read(path, key, out)
    assert manifest == read(path, key)
    assert (out / "files/a/b.txt").read_bytes() == b"hello" * 9000
    assert manifest.members["secret_key"][0] == 60
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_public_key_is_enough_to_write(tmp_path):
    assert read(made(tmp_path, PUBLIC), SECRET).counts == {"x": 1}
    with pytest.raises(BackupTrouble, match="only locks"):
        read(made(tmp_path, PUBLIC), PUBLIC)


@pytest.mark.parametrize("key", ["hunter2", "age1nonsense", "AGE-SECRET-KEY-1NONSENSE"])
def test_a_key_that_is_none(tmp_path, key):
    with pytest.raises(BackupTrouble, match="is no key of age"):
        made(tmp_path, key)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".gz"] == []


@pytest.mark.parametrize("key", ["", SECRET], ids=["plain", "encrypted"])
def test_cut_off_anywhere(tmp_path, key):
    whole = made(tmp_path, key).read_bytes()
    spoilt = tmp_path / "cut"
    for length in {0, 1, 10, 21, 22, 200, len(whole) // 2, len(whole) - 20, len(whole) - 8, len(whole) - 1}:
        spoilt.write_bytes(whole[:length])
        with pytest.raises(BackupTrouble):
            read(spoilt, key)


@pytest.fixture(scope="module", params=["", SECRET], ids=["plain", "encrypted"])
def archived(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archived")
    path = made(folder, request.param)
    return folder, request.param, path.read_bytes(), read(path, request.param)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_changed_byte_never_passes_as_something_else(archived, data):
    folder, key, whole, manifest = archived
    place = data.draw(st.integers(0, len(whole) - 1))
    spoilt = bytearray(whole)
    spoilt[place] ^= data.draw(st.integers(1, 255))
    path = folder / "spoilt"
    path.write_bytes(spoilt)
    try:
        found = read(path, key)
    except BackupTrouble:
        return
    assert not key, "an encrypted archive notices every byte"
    assert found == manifest  # the header of gzip holds bytes that mean nothing


def test_an_end_that_was_cut_off_cleanly(tmp_path):
    members = plain(made(tmp_path))
    with pytest.raises(BackupTrouble, match="the end is missing"):
        read(packed(tmp_path / "x", members[:-1]), "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: [m[0], ("secret_key", b"y" * 60), *m[2:]], "secret_key is not what the manifest says"),
        (lambda m: [m[0], *m[2:]], "secret_key is not what the manifest says"),
        (lambda m: [("files/more", b"x"), *m], "files/more is not what the manifest says"),
        (lambda m: [*m, ("files/late", b"x")], "unexpected content 'files/late'"),
        (lambda m: [("files/../../etc/passwd", b"x"), *m], "unexpected content"),
        (lambda m: [("/etc/passwd", b"x"), *m], "unexpected content"),
        (lambda m: [("readme.txt", b"x")], "unexpected content 'readme.txt'"),
        (lambda m: [*m[:-1], ("manifest.json", b"{")], "damaged"),
        (lambda m: [*m[:-1], ("manifest.json", b'{"format": 1}')], "damaged"),
    ],
    ids=["other", "missing", "more", "late", "climbing", "absolute", "foreign", "torn", "poor"],
)
def test_content_that_does_not_belong(tmp_path, change, message):
    path, out = packed(tmp_path / "x", change(plain(made(tmp_path)))), tmp_path / "out"
    with pytest.raises(BackupTrouble, match=message):
        read(path, "", out)
    assert not (tmp_path / "etc").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_only_plain_files(tmp_path, kind):
    with pytest.raises(BackupTrouble):
        read(packed(tmp_path / "x", [("files/x", b"")], kind), "", tmp_path / "out")


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", gzip.compress(b"hello"), b"PK\x03\x04", archive.AGE],
    ids=["empty", "text", "gzip", "zip", "age"],
)
def test_other_files(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(BackupTrouble, match="damaged"):
        read(tmp_path / "x", SECRET)


def test_absent(tmp_path):
    with pytest.raises(BackupTrouble, match="No such file"):
        read(tmp_path / "nowhere", "")
    with pytest.raises(BackupTrouble, match="Is a directory"):
        read(tmp_path, "")


def test_a_format_of_the_future(tmp_path):
    with pytest.raises(BackupTrouble, match=r"made by a newer Wurt \(0\.1\.0\)"):
        read(made(tmp_path, format=2), "")


# --- what is whole but does not belong here


@pytest.fixture
def here(settings, tmp_path, monkeypatch):
    """An installation whose database and folder must stay as they are."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = str(tmp_path / "var/files")
    settings.SECRET_KEY = "k" * 60
    settings.WURT_BACKUP_KEY = ""
    (tmp_path / "var/files").mkdir(parents=True)
    (tmp_path / "var/files/mine.txt").write_text("mine")
    monkeypatch.delenv("WURT_SECRET_KEY", raising=False)
    monkeypatch.setattr(command, "boot", lambda: None)

    def never(file):
        raise AssertionError("the database was touched")

    monkeypatch.setattr(restore.dump, "load", never)
    monkeypatch.setattr(restore.dump, "check", lambda file: None)
    return tmp_path


def refused(folder, path, *options):
    """The message of a refusal that changed nothing."""
    before = {p: p.read_bytes() if p.is_file() else None for p in (folder / "var").rglob("*")}
    done = CliRunner().invoke(command.command, [str(path), "--yes", *options])
    assert done.exit_code == 1, done.output
    assert {p: p.read_bytes() if p.is_file() else None for p in (folder / "var").rglob("*")} == before
    assert done.output.startswith("Error: Nothing was changed. ")
    return done.output


def fitting(folder, **changes):
    values = {"database": connection.vendor, "key_mark": key_mark("k" * 60), **changes}
    return made(folder, **values)


def test_an_archive_of_the_other_database(here):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    assert f"holds a {other} database, this installation uses {connection.vendor}" in refused(
        here, fitting(here, database=other)
    )


def test_an_archive_of_a_newer_release(here):
    path = fitting(here, migrations=["agenda.0001_initial", "agenda.9999_future"])
    assert "made by a newer Wurt (0.1.0; agenda.9999_future is not known here)" in refused(here, path)


def test_a_damaged_archive(here):
    path = fitting(here)
    path.write_bytes(path.read_bytes()[:-9])
    assert "damaged, cut off or no backup of Wurt" in refused(here, path)


def test_a_database_that_is_none(here, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(command, "boot", lambda: None)
    with pytest.raises(DumpTrouble):
        restore.dump.check(fitting(here))


def test_another_secret_key(here, monkeypatch):
    monkeypatch.setenv("WURT_SECRET_KEY", "other")
    path = fitting(here, key_mark=key_mark("lost"))
    assert "Unset WURT_SECRET_KEY: the archive brings its own." in refused(here, path)
    restore._key_fits(read(path, ""), without_key=True)
    monkeypatch.delenv("WURT_SECRET_KEY")
    restore._key_fits(read(path, ""), without_key=False)
    bare = dataclasses.replace(read(path, ""), members={})
    with pytest.raises(BackupTrouble, match="Set WURT_SECRET_KEY as it was"):
        restore._key_fits(bare, without_key=False)


def test_keys_are_told_apart_without_being_told():
    assert key_mark("a") != key_mark("b")
    assert len(key_mark("a")) == 16


def test_the_manifest_is_json_that_people_can_read(tmp_path):
    manifest = json.loads(plain(made(tmp_path))[-1][1])
    assert manifest["format"] == 1
    assert manifest["members"]["files/a/b.txt"][0] == 45000
    assert {"agenda.0001_initial"} <= {f"{app}.{name}" for app, name in known()}
