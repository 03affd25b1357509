"""``wurt backup`` without anything to back up, or anywhere to put it: one line, and nothing is left."""

import getpass
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

PLAIN = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"] if os.geteuid() == 0 else []
"""Without the right of root to write everywhere."""


def backup(var, *words, **variables):
    """Status and what was said, by a process of its own that takes its settings from the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WURT_", "DJANGO_"))}
    done = subprocess.run(
        [*PLAIN, sys.executable, "-c", "from wurt.cli import main; main()", "backup", *words],
        env={**clean, "DATABASE_URL": "", "WURT_VAR": str(var), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


MEANT = "Did you mean `wurt-admin backup`, which knows the variables of /etc/wurt.env?\n"


def test_no_database(tmp_path):
    var = tmp_path / "var"
    assert backup(var) == (1, f"Error: Nothing to back up: {var}/wurt.sqlite3 does not exist. {MEANT}")
    assert not var.exists()


def test_a_database_without_tables(tmp_path):
    (tmp_path / "wurt.sqlite3").touch()
    assert backup(tmp_path) == (1, f"Error: Nothing to back up: the database is empty. {MEANT}")
    assert not (tmp_path / "backups").exists()
    assert not (tmp_path / "last_backup.json").exists()


def test_a_closed_folder(tmp_path):
    with closing(sqlite3.connect(tmp_path / "wurt.sqlite3")) as database:
        database.execute("CREATE TABLE django_migrations (id, app, name, applied TIMESTAMP)")
        database.execute("INSERT INTO django_migrations VALUES (1, 'x', 'y', '2026-01-01')")
        database.commit()
    (tmp_path / "closed").mkdir(mode=0)
    for place in ("closed", "closed/deeper"):
        status, said = backup(tmp_path, "--to", str(tmp_path / place))
        assert (status, said.count("\n")) == (1, 1)
        assert said.startswith(
            f"Error: No backup was made: {getpass.getuser()} may not write to {tmp_path}/closed"
        )
