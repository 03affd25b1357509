"""Every migration since the newest release leaves that release's code undisturbed; and the rules find what does not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.migrations.rules import baseline, disturbed, faults, faults_since, own, tables
from tests.template import ROOT, execute, environment
from wurt.core.action.guard import writes_allowed


def test_migrations_since_the_release_disturb_nobody():
    assert faults_since(MigrationLoader(None), baseline()) == []


def test_the_release_is_still_there():
    known = {(app, name) for app, names in own(MigrationLoader(None)).items() for name in names}
    assert baseline() - known == set()


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    parts, name = urlsplit(given), f"wurt_steps_{os.getpid()}"
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    execute(maintenance, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    yield urlunsplit(parts._replace(path=f"/{name}"))
    execute(maintenance, f'DROP DATABASE "{name}" WITH (FORCE)')


STEPS = """
import django, json; django.setup()
from django.core.management import call_command
from tests.migrations.rules import baseline, tables
for app in sorted({app for app, _ in baseline()}):
    call_command("migrate", app, max(name for a, name in baseline() if a == app), verbosity=0)
before = tables()
call_command("migrate", verbosity=0)
print(json.dumps([before, tables()]))
"""


def test_the_tables_of_the_release_still_take_its_rows(empty_database):
    done = subprocess.run(
        [sys.executable, "-c", STEPS], env=environment(empty_database), cwd=ROOT,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    assert "agenda_project" in before
    assert disturbed(before, after) == []


# --- the rules themselves, each on a real table


def toy() -> ProjectState:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50, default="x")),
        ("note", models.TextField(null=True)),
    ]
    state.add_model(ModelState("toys", "Bell", fields))
    return state


UNSAFE = {
    "removed": migrations.RemoveField("Bell", "name"),
    "renamed": migrations.RenameField("Bell", "name", "title"),
    "table renamed": migrations.RenameModel("Bell", "Gong"),
    "table gone": migrations.DeleteModel("Bell"),
    "table moved": migrations.AlterModelTable("Bell", "bells"),
    "added, only the new code fills it": migrations.AddField("Bell", "tone", models.IntegerField(default=1)),
    "never null": migrations.AlterField("Bell", "note", models.TextField(default="")),
}
STRICTER = {
    "unique": migrations.AlterField("Bell", "name", models.CharField(max_length=50, unique=True)),
    "shorter": migrations.AlterField("Bell", "name", models.CharField(max_length=20)),
    "other type": migrations.AlterField("Bell", "name", models.IntegerField(default=0)),
    "constraint": migrations.AddConstraint(
        "Bell", models.UniqueConstraint(fields=["name"], name="one_bell")
    ),
    "sql": migrations.RunSQL("SELECT 1"),
    "no way back": migrations.RunPython(lambda apps, editor: None),
}
SAFE = {
    "added, may be null": migrations.AddField("Bell", "tone", models.IntegerField(null=True)),
    "added, the database fills it": migrations.AddField("Bell", "tone", models.IntegerField(db_default=1)),
    "longer": migrations.AlterField("Bell", "name", models.CharField(max_length=80, default="x")),
    "may be null": migrations.AlterField("Bell", "name", models.CharField(max_length=50, null=True)),
    "index": migrations.AddIndex("Bell", models.Index(fields=["name"], name="bell_by_name")),
    "new table": migrations.CreateModel("Rope", [("id", models.BigAutoField(primary_key=True))]),
}


def migration(*steps: object, **more: object) -> migrations.Migration:
    found = migrations.Migration("0002_toy", "toys")
    found.operations = list(steps)
    found.__dict__.update(more)
    return found


@pytest.mark.parametrize("name", [*UNSAFE, *STRICTER])
def test_what_disturbs_is_found(name):
    step = (UNSAFE | STRICTER)[name]
    assert len(faults(migration(step), toy(), set())) == 1
    assert faults(migration(step, safe_because="nobody writes it"), toy(), set()) == []


@pytest.mark.parametrize("name", SAFE)
def test_what_does_not_disturb_is_let_through(name):
    assert faults(migration(SAFE[name]), toy(), set()) == []


def test_a_table_that_the_old_code_does_not_know_may_change():
    steps = [
        migrations.CreateModel("Rope", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("Rope", "length", models.IntegerField(default=1)),
        migrations.RemoveField("Rope", "length"),
    ]
    assert faults(migration(*steps), toy(), set()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*UNSAFE, *SAFE])
def test_the_tables_tell_the_same_as_the_old_code(name):
    """What the rules call unsafe makes the old code fail on the changed table, and nothing else does."""
    state = toy()
    old = state.apps.get_model("toys", "Bell")
    names = {"toys_bell", "toys_gong", "bells", "toys_rope"}
    with writes_allowed("test"):
        with connection.schema_editor() as editor:
            editor.create_model(old)
        before = {table: columns for table, columns in tables().items() if table in names}
        after_state = toy()
        step = (UNSAFE | SAFE)[name]
        step.state_forwards("toys", after_state)
        try:
            with connection.schema_editor() as editor:
                step.database_forwards("toys", editor, state, after_state)
            after = {table: columns for table, columns in tables().items() if table in names}
            try:
                with transaction.atomic():
                    row = old.objects.create(note=None)
                    works = old.objects.get(pk=row.pk).name == "x"
            except DatabaseError:
                works = False
        finally:
            with connection.cursor() as cursor:
                for table in names:
                    cursor.execute(f"DROP TABLE IF EXISTS {table}")
    assert works is (name in SAFE)
    assert (disturbed(before, after) == []) is (name in SAFE)
