"""``wurt privacy``: what each command prints, writes and refuses."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.access.world import World, make_world
from wurt.cli.privacy import command
from wurt.core.action.guard import writes_allowed
from wurt.core.action.models import OnceToken
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with writes_allowed("world"):
        return make_world()


def wurt(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_a_copy_by_address_or_id_is_written_and_noted(world: World, tmp_path: Path) -> None:
    target = tmp_path / "erika.zip"
    by_mail = wurt("export", "resident@moorland.example", "--to", str(target))
    assert (by_mail.exit_code, by_mail.output) == (0, f"{target}: {target.stat().st_size} bytes\n")
    assert target.stat().st_mode & 0o777 == 0o600
    assert "tenancy.person.json" in zipfile.ZipFile(target).namelist()
    public_id = str(world.person("resident").public_id)
    assert wurt("export", public_id, "--to", str(target)).exit_code == 0
    entries = AuditEntry.objects.filter(action="privacy.export_person")
    assert list(entries.values_list("actor", "object_id")) == [("system:admin", public_id)] * 2


def test_an_unknown_person_and_an_unwritable_file_are_told(world: World, tmp_path: Path) -> None:
    unknown = wurt("export", "00000000-0000-4000-8000-000000000000", "--to", str(tmp_path / "x.zip"))
    assert (unknown.exit_code, unknown.output) == (1, "Error: Nobody has this id.\n")
    nowhere = wurt("export", "resident@moorland.example", "--to", str(tmp_path / "no" / "x.zip"))
    assert nowhere.exit_code == 1
    assert "cannot be written: No such file or directory." in nowhere.output


def test_find_says_where_and_ends_with_1_if_nowhere(world: World) -> None:
    person = world.person("resident")
    found = wurt("find", "erika resident")
    assert (found.exit_code, found.output) == (0, f"tenancy.person.name: 1 ({person.pk})\n")
    assert (wurt("find", "Niemand Nirgends").exit_code, wurt("find", "ab").exit_code) == (1, 1)


def test_a_dry_run_deletes_nothing(world: World) -> None:
    with writes_allowed("test"):
        OnceToken.objects.create(key="t", created=now() - timedelta(days=3))
    dry = wurt("retention", "--dry-run")
    assert (dry.exit_code, dry.output) == (0, "action.oncetoken: 1\nwould be dealt with: 1\n")
    assert OnceToken.objects.count() == 1
    assert wurt("retention").output == "action.oncetoken: 1\nwere dealt with: 1\n"
    assert OnceToken.objects.count() == 0
    assert wurt("retention").output == "were dealt with: 0\n"


def test_the_register_is_printed_in_both_languages(world: World) -> None:
    assert wurt("register").output.startswith("# Verzeichnis von Verarbeitungstätigkeiten\n")
    assert wurt("register", "--language", "en").output.startswith("# Register of processing activities\n")
