"""``wurt doctor`` looks and changes nothing; what cannot be used is told in words, without passwords."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database
ROOT = Path(__file__).resolve().parents[2]


def doctor(var: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WURT_", "DATABASE_URL"))}
    settings = {"DJANGO_SETTINGS_MODULE": "wurt.config.settings", "WURT_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-m", "wurt", "doctor"],
        cwd=ROOT,
        env={**kept, **settings, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_where_the_key_is_lost_it_says_so_and_makes_none(tmp_path: Path) -> None:
    done = doctor(tmp_path)
    assert done.returncode == 1
    assert (
        f"There is no secret key: WURT_SECRET_KEY is not set and {tmp_path}/secret_key does not exist."
        in (done.stdout)
    )
    assert not (tmp_path / "secret_key").exists()
    assert "_WURT" not in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "DATABASE_URL",
            "postgres://wurt:Kr3is#T/e@s@127.0.0.1/wurt",
            "special characters of the password as %XX",
        ),
        (
            "DATABASE_URL",
            "postgresql+psycopg://wurt:geheim@127.0.0.1/wurt",
            "Write postgres://USER:PASSWORD@HOST",
        ),
        ("DATABASE_URL", '"postgres://wurt:geheim@127.0.0.1/wurt"', "without quotes"),
        ("WURT_WORKERS", "zwei", "WURT_WORKERS is 'zwei'. Write a whole number."),
    ],
)
def test_what_cannot_be_used_is_told_in_words(tmp_path: Path, name: str, value: str, told: str) -> None:
    done = doctor(tmp_path, **{name: value})
    assert done.returncode == 1
    assert told in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "geheim" not in done.stdout + done.stderr
    assert "Kr3is" not in done.stdout + done.stderr
