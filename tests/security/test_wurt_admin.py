"""``deploy/wurt-admin``: whose variables win, as whom and from where it calls ``wurt``."""

import os
import pwd
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy/wurt-admin"
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")


@pytest.fixture
def installed(tmp_path):
    """A folder that the user ``nobody`` may enter, with a ``wurt`` that tells what it was given."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to("/tmp/"):
            folder.chmod(0o755)
    program = tmp_path / ".venv/bin/wurt"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nid -un; pwd; echo "$WURT_BACKUP_KEY|$WURT_MAIL_FROM|$*"; exit 3\n')
    program.chmod(0o755)
    (tmp_path / "var").mkdir()
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "env").write_text(
        "# comment\n\nWURT_BACKUP_KEY=age1public\nWURT_MAIL_FROM=Kreis Musterland <a@kreis.example>\n"
    )
    return tmp_path


def call(installed, cwd, *words, **variables):
    """Status and lines."""
    environment = {
        "PATH": os.environ["PATH"],
        "WURT_ENV": str(installed / "env"),
        "WURT_HOME": str(installed),
        "WURT_VAR": str(installed / "var"),
        "WURT_USER": "nobody",
        **variables,
    }
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT), *words],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_the_file_fills_in_what_the_caller_left_open(installed):
    mail = "Kreis Musterland <a@kreis.example>"
    assert call(installed, installed, "restore", "x y.age", WURT_BACKUP_KEY="AGE-SECRET-KEY-1X") == (
        3,
        ["nobody", str(installed), f"AGE-SECRET-KEY-1X|{mail}|restore x y.age"],
    )
    assert call(installed, installed, "doctor") == (
        3,
        ["nobody", str(installed), f"age1public|{mail}|doctor"],
    )


def test_from_a_closed_folder_it_goes_to_its_own(installed):
    status, lines = call(installed, installed / "closed", "doctor")
    assert (status, lines[1]) == (3, str(installed / "var"))


def test_quotes_are_read_as_systemd_reads_them_and_home_is_the_user_s(installed):
    (installed / ".venv/bin/wurt").write_text('#!/bin/sh\necho "$WURT_MAIL_FROM|$WURT_HOSTS|$HOME"\n')
    (installed / "env").write_text(
        "WURT_BACKUP_KEY=\nWURT_MAIL_FROM='Kreis <a@kreis.example>'\nWURT_HOSTS=\"agenda.kreis.example\"\n"
    )
    home = pwd.getpwnam("nobody").pw_dir
    assert call(installed, installed, "doctor") == (
        0,
        [f"Kreis <a@kreis.example>|agenda.kreis.example|{home}"],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("DATABASE_URL =postgres://wurt:geheim@db/wurt\n", "This line is none: DATABASE_URL \n"),
        ("WURT HOSTS=x\n", "This line is none: WURT HOSTS\n"),
        ("what is this\n", "This line is none: what is this\n"),
        (None, "is missing or cannot be read. Make it from deploy/wurt.env.example"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_plainly(installed, text, told):
    if text is None:
        (installed / "env").unlink()
    else:
        (installed / "env").write_text(text)
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT), "doctor"],
        env={"PATH": os.environ["PATH"], "WURT_ENV": str(installed / "env"), "WURT_HOME": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("wurt-admin: ")
    assert told in done.stderr
    assert "geheim" not in done.stderr
