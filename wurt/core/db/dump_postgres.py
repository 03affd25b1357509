"""PostgreSQL's own tools for :mod:`wurt.core.db.dump`: found, new enough, and their complaints passed on."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql.client import DatabaseClient

_PLAIN = ("--no-owner", "--no-privileges", "--no-comments")
Answers = dict[str, list[tuple[Any, ...]]]

_TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
    "AND c.relkind IN ('r', 'p') ORDER BY c.relname"
)
# Everything of ours in the schema, but not what belongs to an extension.
_DROP = """
DO $wurt$ DECLARE one record; BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
    WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    IF to_regclass(one.name::text) IS NOT NULL THEN
      EXECUTE format('DROP %s %s CASCADE',
        CASE one.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.name);
    END IF;
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = '{schema}'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP ROUTINE %s CASCADE', one.name); END LOOP;
END $wurt$;
"""


class DumpTrouble(Exception):
    """A dump or its return failed; the message says why and what to do. Nothing was changed."""


def dump(connection: Any, target: Path, questions: Mapping[str, str]) -> tuple[dict[str, int], Answers]:
    """Count, ask and dump in one snapshot."""
    server = _server_major(connection)
    tool = _tool("pg_dump", server)
    with _session(connection) as run:
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = run("SELECT pg_export_snapshot()")[0][0]
        rows = _counts(run)
        answers = {name: run(sql) for name, sql in questions.items()}
        what = (*_PLAIN, "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={target}")
        _call(
            [tool, *what, *_where(connection)],
            _environment(connection),
        )
    return rows, answers


def check(file: Path) -> None:
    """Can it be read to its table of contents?"""
    _call([_tool("pg_restore"), "--list", str(file)], dict(os.environ))


def counts(connection: Any) -> dict[str, int]:
    """Rows per table, now."""
    with _session(connection) as run:
        return _counts(run)


def load(connection: Any, file: Path, wait: float) -> None:
    """Drop what is there and run the dump, in one transaction that ends well or not at all."""
    with _session(connection) as run:
        schema = run("SELECT current_schema()")[0][0]
    restore = [_tool("pg_restore"), *_PLAIN, "--file=-", str(file)]
    psql = [_tool("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with (
        subprocess.Popen(restore, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,  # noqa: S603
        subprocess.Popen(  # noqa: S603
            [*psql, *_where(connection)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(connection),
        ) as writer,
    ):
        assert reader.stdout
        assert reader.stderr
        assert writer.stdin
        assert writer.stderr
        try:
            start = f"BEGIN; SET LOCAL lock_timeout='{int(wait)}s'; SET LOCAL client_min_messages=warning;"
            writer.stdin.write((start + _DROP.format(schema=schema)).encode())
            shutil.copyfileobj(reader.stdout, writer.stdin)
            whole = reader.wait() == 0
            if whole:
                writer.stdin.write(b"\nCOMMIT;\n")
            writer.stdin.close()
        except BrokenPipeError:
            whole = True  # psql stopped: its own message says why
            with contextlib.suppress(BrokenPipeError):
                writer.stdin.close()
        complaint = (writer.stderr.read() if whole else reader.stderr.read()).decode(errors="replace")
    if not whole or writer.returncode:
        raise DumpTrouble(_told(complaint))


def _told(complaint: str) -> str:
    if "lock timeout" in complaint:
        return "somebody works with the database; stop server and worker first"
    lines = [line for line in complaint.splitlines() if line.strip()]
    return f"PostgreSQL refused: {' '.join(lines[:3])}"


def _counts(run: Any) -> dict[str, int]:
    return {name: run(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in run(_TABLES)}  # noqa: S608


@contextmanager
def _session(connection: Any) -> Iterator[Any]:
    """A connection of its own with one transaction that is rolled back."""
    try:
        own = connection.get_new_connection(connection.get_connection_params())
    except psycopg.Error as error:
        raise DumpTrouble(f"the database cannot be reached: {error}") from error
    try:
        yield lambda sql: _rows(own.execute(sql))
    except psycopg.Error as error:
        raise DumpTrouble(f"the database refused: {error}") from error
    finally:
        own.close()


def _rows(cursor: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in cursor.fetchall()] if cursor.description else []


def _where(connection: Any) -> list[str]:
    return DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[0][1:]


def _environment(connection: Any) -> dict[str, str]:
    return {**os.environ, **(DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[1] or {})}


def _server_major(connection: Any) -> int:
    with _session(connection) as run:
        return int(run("SELECT current_setting('server_version_num')")[0][0]) // 10000


def _tool(name: str, least: int = 0) -> str:
    found = shutil.which(name)
    if found is None:
        raise DumpTrouble(f"{name} is missing; install PostgreSQL's client (Debian: postgresql-client)")
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"(\d+)", answer.stdout)
    if version and int(version.group(1)) < least:
        raise DumpTrouble(
            f"{name} is of version {version.group(1)}, the server of version {least}; "
            f"install the client of version {least} or newer (Debian: postgresql-client-{least})"
        )
    return found


def _call(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DumpTrouble(f"{Path(command[0]).name} failed: {done.stderr.strip()[-600:]}")
