"""Old code works on new tables while a new version is rolled out: what in a migration would disturb it.

The baseline is the newest release: ``python -m tests.migrations.rules`` writes it anew when one is made.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

BASELINE = Path(__file__).with_name("baseline.json")
Name = tuple[str, str]
Model = tuple[str, str]

GONE = {
    operations.RemoveField: "the old code still reads and writes the column",
    operations.RenameField: "the old code knows the column by its old name",
    operations.RenameModel: "the old code knows the table by its old name",
    operations.DeleteModel: "the old code still reads and writes the table",
    operations.AlterModelTable: "the old code knows the table by its old name",
}
STRICTER = {
    operations.AddConstraint: "the old code may write rows that break it",
    operations.AlterUniqueTogether: "the old code may write rows that break it",
}


def baseline() -> set[Name]:
    """The migrations of the newest release as (app, name)."""
    return {(app, name) for app, names in json.loads(BASELINE.read_text()).items() for name in names}


def own(loader: MigrationLoader) -> dict[str, list[str]]:
    """All migrations of Wurt by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(loader.disk_migrations):
        if loader.disk_migrations[app, name].__module__.startswith("wurt."):
            found.setdefault(app, []).append(name)
    return found


def faults_since(loader: MigrationLoader, released: set[Name]) -> list[str]:
    """What disturbs the release's code, over all migrations that came after it."""
    new, found = set[Model](), list[str]()
    for app, names in own(loader).items():
        for name in names:
            if (app, name) not in released:
                state = loader.project_state((app, name), at_end=False)
                found += faults(loader.disk_migrations[app, name], state, new)
    return found


def faults(migration: Migration, state: ProjectState, new: set[Model]) -> list[str]:
    """The faults of one migration on the state before it; ``new`` collects tables the old code does not know."""
    found = []
    for operation in migration.operations:
        found += [
            f"{migration.app_label}.{migration.name}: {operation.describe()}: {why}"
            for why in disturbs(operation, migration.app_label, state, new)
        ]
        operation.state_forwards(migration.app_label, state)
    if getattr(migration, "safe_because", ""):
        return []
    return found


def disturbs(operation: Operation, app: str, state: ProjectState, new: set[Model]) -> Iterator[str]:
    """Why old code would be disturbed by one operation."""
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for inner in operation.database_operations:
            yield from disturbs(inner, app, state, new)
    elif isinstance(operation, operations.CreateModel):
        new.add((app, operation.name_lower))
    elif isinstance(operation, operations.RunSQL):
        yield "SQL that no machine understands; say in safe_because why it is safe"
    elif isinstance(operation, operations.RunPython):
        if operation.reverse_code is None:
            yield "there is no way back; give RunPython.noop as its reverse"
    elif (app, _model(operation)) not in new:
        yield from _on_old_table(operation, app, state)


def _model(operation: Operation) -> str:
    return str(getattr(operation, "model_name", "") or getattr(operation, "name", "")).lower()


def _on_old_table(operation: Operation, app: str, state: ProjectState) -> Iterator[str]:
    for kind, why in (GONE | STRICTER).items():
        if type(operation) is kind:
            yield why
    if isinstance(operation, operations.AddField):
        field = operation.field
        if not (field.many_to_many or field.null or field.db_default is not NOT_PROVIDED):
            yield "the old code leaves the column out; let it be null or give it a db_default"
    elif isinstance(operation, operations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        yield from _altered(before, operation.field)


def _altered(before: models.Field, after: models.Field) -> Iterator[str]:
    if before.null and not after.null:
        yield "the old code may still write null"
    if after.unique and not before.unique:
        yield "the old code may write a value twice"
    if before.get_internal_type() != after.get_internal_type():
        yield "the old code writes another type"
    elif (after.max_length or 10**9) < (before.max_length or 10**9):
        yield "the old code may write longer texts"


# --- the same, seen from the tables


Columns = dict[str, dict[str, tuple[bool, bool]]]


def tables() -> Columns:
    """Every table with its columns: (may be null, has a default)."""
    with connection.cursor() as cursor:
        return {
            table: {
                column.name: (bool(column.null_ok), column.default is not None)
                for column in connection.introspection.get_table_description(cursor, table)
            }
            for table in connection.introspection.table_names(cursor)
        }


def disturbed(before: Columns, after: Columns) -> list[str]:
    """What the old code misses, or cannot fill."""
    found = [f"{table} is gone" for table in before if table not in after]
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        found += [f"{table}.{column} is gone" for column in old if column not in new]
        found += [
            f"{table}.{column} must be filled"
            for column, (null, default) in new.items()
            if not (null or default) and (column not in old or old[column][0])
        ]
    return sorted(found)


if __name__ == "__main__":
    import django

    django.setup()
    BASELINE.write_text(json.dumps(own(MigrationLoader(None)), indent=1, sort_keys=True) + "\n")
