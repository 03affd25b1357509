"""``wurt serve`` where something listens already, or where its secret key is missing or weak."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from wurt.cli import main

HOW = '  python3 -c "import secrets; print(secrets.token_urlsafe(64))"\n'


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def refused(var: Path, port: int = 0, **variables: str) -> str:
    """What it says, in a process that takes its settings from the environment."""
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WURT_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "wurt", "serve", "--port", str(port)],
        env={**clean, "DATABASE_URL": "", "WURT_VAR": str(var), **variables},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_a_port_in_use_is_said_before_anything_starts(taken: int) -> None:
    result = CliRunner().invoke(main, ["serve", "--port", str(taken)])
    assert result.exit_code == 1
    assert f"Port {taken} of 127.0.0.1 is in use. Give another, as --port {taken + 1}." in result.output


def test_no_key(tmp_path: Path) -> None:
    said = refused(tmp_path)
    assert said.startswith(
        "Error: There is no secret key: WURT_SECRET_KEY is not set and "
        f"{tmp_path}/secret_key does not exist.\n"
        '  A new county: `wurt init "Kreis Musterland"` makes one and keeps it in that file.\n'
    )
    assert said.endswith(HOW)
    assert list(tmp_path.iterdir()) == [], "nothing was made"


def test_a_weak_key(tmp_path: Path) -> None:
    said = refused(tmp_path, WURT_SECRET_KEY="geheim")
    assert said.startswith(
        "Error: WURT_SECRET_KEY is weak: it has 6 signs, 50 are needed. Whoever guesses it can sign in as "
        "anybody.\n"
    )
    assert HOW in said
    assert "geheim" not in said


def test_a_weak_key_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("ab" * 40)
    said = refused(tmp_path)
    assert said.startswith(f"Error: The key in {tmp_path}/secret_key is weak: it repeats the same 2 signs.")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    assert refused(tmp_path).startswith(
        f"Error: {tmp_path}/secret_key is empty. Put the key back from a backup, or delete the file."
    )


def test_a_strong_key_and_the_demo_without_one_go_on(tmp_path: Path, taken: int) -> None:
    """They come as far as the port."""
    strong = secrets.token_urlsafe(64)
    for number, variables in enumerate(({"WURT_SECRET_KEY": strong}, {"WURT_DEMO": "yes"})):
        said = refused(tmp_path / str(number), taken, **variables)
        assert said.startswith(f"Error: Port {taken} of 127.0.0.1 is in use.")
