"""Everything that is checked without running the product; one line per check, all run, then the verdict."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"

DEPLOYED = {
    "WURT_HTTPS": "yes",
    "WURT_HOSTS": "wurt.example",
    "WURT_URL": "https://wurt.example",
    "WURT_SECRET_KEY": "check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "WURT_MAIL_URL": "smtp://localhost:25",
}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff", ["ruff", "check", "."], {}),
    ("format", ["ruff", "format", "--check", "."], {}),
    ("types", ["mypy", "wurt"], {}),
    ("import contracts", ["lint-imports", "--no-cache"], {}),
    ("migrations", ["python", "-m", "django", "makemigrations", "--check", "--dry-run"], {}),
    ("translations", ["python", "tools/messages.py", "--check"], {}),
    ("deployment", ["python", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], DEPLOYED),
]


def _run(name: str, command: list[str], extra: dict[str, str]) -> bool:
    start = time.monotonic()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wurt.config.settings", **extra}
    with tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env={"WURT_VAR": var, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<18} {verdict:<7} {time.monotonic() - start:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout[-6000:] + done.stderr[-6000:])
    return done.returncode == 0


def _audit() -> bool:
    """Known vulnerabilities of what is locked; an index that does not answer is said, not hidden."""
    done = subprocess.run(
        [
            str(BIN / "pip-audit"),
            "--require-hashes",
            "--disable-pip",
            "-r",
            "requirements.lock",
            "--progress-spinner",
            "off",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    output = done.stdout + done.stderr
    if done.returncode == 0:
        print("dependency audit   ok")
        return True
    if (
        "ConnectionError" in output
        or "ServiceError" in output
        or "HTTPError" in output
        or "Max retries" in output
    ):
        print("dependency audit   not possible: the vulnerability index does not answer")
        return True
    print("dependency audit   FAILED\n" + output[-4000:])
    return False


def main() -> None:
    """Run all and fail if one failed."""
    results = [_run(*check) for check in CHECKS]
    results.append(_audit())
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
