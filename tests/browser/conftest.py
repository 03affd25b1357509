"""One browser and one demo site for all browser tests."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import Login, Site, running_site

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import chromium as finder  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--disable-quic",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys share one worker, so that one demo site is started; the crawls, as long as all of them,
    have another."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            crawls = item.path.name in ("test_every_page.py", "test_styleguide.py")
            item.add_marker(pytest.mark.xdist_group("crawls" if crawls else "browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = finder.find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium for the browser tests")
        pytest.skip("NO CHROMIUM: browser and accessibility tests are skipped")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site"), 18000 + os.getpid() % 2000) as running:
        yield running


@pytest.fixture(scope="session")
def logins(site: Site) -> dict[str, Login]:
    """Demo logins by name, as the demo prints them."""
    log = (Path(site.environment["WURT_VAR"]) / "log").read_text()
    rows = [line.split() for line in log.splitlines() if "@" in line and "http" not in line]
    return {row[0]: Login(row[0], row[1], row[2]) for row in rows}
