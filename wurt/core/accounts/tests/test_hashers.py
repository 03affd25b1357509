"""Passwords of the demo are hashed fast, and only there."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings

DEMO = "wurt.core.accounts.hashers.DemoHasher"
REAL = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def _first_hasher(**environment: str) -> str:
    """The hasher that a new password gets under these variables."""
    line = "from wurt.config import settings; print(settings.PASSWORD_HASHERS)"
    done = subprocess.run(
        [sys.executable, "-c", line],
        env={**os.environ, "WURT_URL": "http://localhost:8000", "WURT_DEMO": "no", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("'")[1]


@pytest.mark.parametrize(
    ("environment", "hasher"),
    [
        ({}, REAL),
        ({"WURT_DEMO": "yes"}, DEMO),
        ({"WURT_DEMO": "yes", "WURT_URL": "https://agenda.kreis.example"}, REAL),
    ],
)
def test_only_the_demo_on_this_machine_hashes_fast(environment: dict[str, str], hasher: str) -> None:
    assert _first_hasher(**environment) == hasher


def test_a_demo_password_opens_nothing_outside_of_the_demo() -> None:
    with override_settings(PASSWORD_HASHERS=[DEMO, REAL]):
        stored = make_password("wurt-demo-admin")
        assert stored.startswith("wurt_demo$1000$")
        assert check_password("wurt-demo-admin", stored)
        assert not check_password("wurt-demo-lead", stored)
    with override_settings(PASSWORD_HASHERS=[REAL]):
        assert not check_password("wurt-demo-admin", stored)
