"""Find a Chromium for the browser tests, or get one: the system's package where permitted, else
Playwright's.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """Path of a Chromium that is there: WURT_CHROMIUM, the system's, or Playwright's own."""
    given = os.environ.get("WURT_CHROMIUM")
    if given and Path(given).exists():
        return given
    for name in NAMES:
        if path := shutil.which(name):
            return path
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            path = driver.chromium.executable_path
            return path if Path(path).exists() else None
    except Exception:  # noqa: BLE001 - whatever is wrong with the driver: there is no Chromium then
        return None


def _install() -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], check=False, env=environment, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
            check=False,
            env=environment,
            **quiet,
        )
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, **quiet)


def main() -> None:
    """Print the path; without one warn loudly, and fail where CI is set."""
    if find() is None:
        print("  installing Chromium for the browser tests", flush=True)
        _install()
    if find() is None:
        print(
            "\n  !!! NO CHROMIUM: the browser and accessibility tests will be SKIPPED.\n"
            "  !!! Install chromium, or set WURT_CHROMIUM to its path.\n",
            flush=True,
        )
        if os.environ.get("CI"):
            sys.exit(1)


if __name__ == "__main__":
    main()
