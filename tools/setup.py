#!/usr/bin/env python3
"""Make a fresh machine ready with the standard library alone: uv, .venv, front-end assets, translations.

Each step leaves a stamp of what it was made from, so that a second run has nothing to do.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"


def say(text: str) -> None:
    """Tell the person what takes time."""
    print(f"  {text}", flush=True)


def fail(text: str) -> None:
    """Stop with a message that says what to do."""
    sys.exit(f"wurt setup: {text}")


def run(*command: str | Path, **options: object) -> None:
    """Run a command and stop with its name if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options)
    if done.returncode:
        fail(f"this step failed (exit {done.returncode}): {' '.join(str(part) for part in command)}")


def uv() -> str:
    """The uv that is there, else our own in .tools/ (by venv, or by pip where venv is missing)."""
    found = shutil.which("uv") or next((str(p) for p in [TOOLS / "bin" / "uv"] if p.exists()), None)
    if found:
        return found
    say("fetching uv")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=False, **quiet)
    if made.returncode == 0 and (TOOLS / "bin" / "pip").exists():
        run(TOOLS / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    else:
        shutil.rmtree(TOOLS, ignore_errors=True)
        pip = subprocess.run([sys.executable, "-m", "pip", "--version"], check=False, **quiet)
        if pip.returncode:
            fail("Python has neither venv nor pip. On Debian or Ubuntu: apt-get install python3-venv")
        run(
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--target",
            TOOLS,
            "uv",
        )
    return str(TOOLS / "bin" / "uv")


def fresh(name: str, *sources: Path) -> bool:
    """Is the step's stamp made from these very sources?"""
    return stamp_path(name).exists() and stamp_path(name).read_text() == digest(*sources)


def stamp(name: str, *sources: Path) -> None:
    """Remember what the step was made from."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp_path(name).write_text(digest(*sources))


def stamp_path(name: str) -> Path:
    """Where the stamp of a step lies."""
    return STAMPS / name


def digest(*sources: Path) -> str:
    """Hash of the contents of files."""
    total = hashlib.sha256(str(ROOT).encode())
    for source in sources:
        total.update(source.read_bytes())
    return total.hexdigest()


def install() -> None:
    """Create .venv and install exactly what the lock file pins, checked by hash."""
    lock, project = ROOT / "requirements-dev.lock", ROOT / "pyproject.toml"
    if VENV.is_symlink() or (PYTHON.exists() and fresh("python", lock, project)):
        return
    tool = uv()
    if not PYTHON.exists():
        say("creating .venv")
        run(tool, "venv", "--quiet", "--python", sys.executable, VENV)
    say("installing locked dependencies")
    run(tool, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock)
    run(tool, "pip", "install", "--quiet", "--no-deps", "--python", PYTHON, "-e", ".")
    stamp("python", lock, project)


def lock() -> None:
    """Pin versions with hashes and without download addresses."""
    tool = uv()
    base = [
        tool,
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
    ]
    quiet = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--upgrade"]
    run(*base, *quiet, "-o", "requirements.lock")
    run(*base, *quiet, "--extra", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock")


def main() -> None:
    """All steps, in order."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what tells people so
        found = sys.version.split()[0]
        fail(f"Python 3.11 or newer is needed; this is {found}. Call: make PYTHON=python3.11 demo")
    if "--lock" in sys.argv:
        lock()
        return
    os.environ.setdefault("UV_NO_PROGRESS", "1")
    install()
    run(PYTHON, "tools/build_assets.py")
    run(PYTHON, "tools/messages.py", "compile")


if __name__ == "__main__":
    main()
