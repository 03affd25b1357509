"""The demo county as a real server in a folder (and database) of its own, and a signed-in browser on it."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from tests.template import postgres_template
from wurt.core.accounts.demo import demo_secret

ROOT = Path(__file__).resolve().parents[2]
_sessions: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True)
class Site:
    """Address and environment of the running demo."""

    address: str
    environment: dict[str, str]

    def code(self, name: str) -> str:
        """The one-time code of a demo login, as the command prints it."""
        return self.command("demo", "code", name).strip()

    def command(self, *arguments: str) -> str:
        """Run a wurt command against this site."""
        done = subprocess.run(
            [sys.executable, "-m", "wurt", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own beside the one in DATABASE_URL; empty for SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"wurt_browser_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template(url)}"')
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def running_site(folder: Path, port: int) -> Iterator[Site]:
    """Start ``wurt demo`` and stop it as Ctrl-C would."""
    with _database() as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "wurt.config.settings",
            "WURT_VAR": str(folder),
            "WURT_SECRET_KEY": "",
            "WURT_HOSTS": "localhost,127.0.0.1",
            "WURT_DEMO": "yes",
            "DATABASE_URL": database,
        }
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [sys.executable, "-m", "wurt", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            address = _wait(folder / "log", server)
            yield Site(address, environment)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(log: Path, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(2400):
        text = log.read_text(errors="replace")
        if server.poll() is not None:
            raise RuntimeError(f"the demo ended:\n{text}")
        if "/demo/post/" in text:  # the last line of the welcome: all logins stand above it
            start = text.index("http://localhost:")
            return text[start:].split()[0].rstrip("/").replace("\x1b[0m", "")
        time.sleep(0.1)
    raise RuntimeError(f"the demo did not come up in 4 minutes:\n{text}")


def up(address: str) -> bool:
    """Does the site answer?"""
    try:
        urlopen(address, timeout=5).close()
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True


def sign_in(browser: Browser, site: Site, login: "Login", **options: object) -> Page:
    """A page signed in with password and one-time code. A code works once, so the session is kept."""
    options = {"locale": "de-DE", "base_url": site.address, **options}
    key = (site.address, login.name)
    if key in _sessions:
        return browser.new_context(storage_state=_sessions[key], **options).new_page()  # type: ignore[arg-type]
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(120_000)  # a busy machine is slow, not wrong
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(login.email)
    page.locator("input[name=password]").fill(login.password)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/konto/login" not in address)
    if "/konto/2fa/" in page.url:
        _second_factor(page, site, login)
    _sessions[key] = page.context.storage_state()
    return page


def _second_factor(page: Page, site: Site, login: "Login") -> None:
    """Enter the one-time code; once more if the clock moved on while the machine was busy."""
    for _ in range(2):
        page.locator("input[name=code]").fill(login.code())
        with page.expect_navigation():
            page.locator("form:has(input[name=code]) button[type=submit]").first.click()
        if "/konto/2fa/" not in page.url:
            return
    raise AssertionError(f"{login.name}: {page.locator('main').inner_text()}")


@dataclass(frozen=True)
class Login:
    """A demo login."""

    name: str
    email: str
    password: str

    def code(self) -> str:
        """The one-time code of now. The command that prints it needs seconds; that both say the same is shown
        by ``test_journeys``."""
        step = int(time.time()) // app_settings.TOTP_PERIOD
        return str(format_hotp_value(hotp_value(demo_secret(self.email), step)))
