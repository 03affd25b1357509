"""A whole installation of its own: a database, a folder, the command as a person runs it, and a writer."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.template import ROOT, execute


class Installation:
    """``url``: its database; ``var``: its folder."""

    def __init__(self, url: str, var: Path) -> None:
        self.url, self.var = url, var
        self._host: subprocess.Popen[str] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WURT_")}
        return {
            **kept,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "wurt.config.settings",
            "WURT_VAR": str(self.var),
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def wurt(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command and wait."""
        return subprocess.run(
            [sys.executable, "-m", "wurt", *words],
            env=self.environment(**more),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def member(self, role: str, *words: str, stdin: int | None = None) -> "subprocess.Popen[str]":
        """Start a function of ``members`` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.restore.members", role, *words],
            env=self.environment(),
            cwd=ROOT,
            stdin=stdin,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: str, *words: str) -> dict[str, object]:
        """The answer of a function of ``members``, played in a fork of a process that is kept."""
        if self._host is None:
            self._host = self.member("serve", stdin=subprocess.PIPE)
        to, said = self._host.stdin, self._host.stdout
        assert to is not None
        assert said is not None
        to.write(json.dumps([question, *words]) + "\n")
        to.flush()
        lines = list(iter(said.readline, "= 0\n"))
        return json.loads("".join(lines))

    def close(self) -> None:
        """End the kept process."""
        if self._host is not None:
            self._host.communicate()
            self._host = None

    def state(self) -> dict[str, object]:
        """Everything that a refused restore must leave as it is."""
        return {
            "database": self.ask("rows"),
            "files": digests(self.var / "files"),
            "key": (self.var / "secret_key").read_text(),
            "folder": sorted(path.name for path in self.var.iterdir() if not path.name.startswith("wurt.sq")),
        }

    @contextmanager
    def copied(self, folder: Path) -> Iterator["Installation"]:
        """The same once more, in a folder and a database of its own."""
        shutil.copytree(self.var, folder / "var")
        if self.url.startswith("sqlite"):
            (folder / "db").mkdir()
            shutil.copy(self.url.removeprefix("sqlite:///"), folder / "db/copy.sqlite3")
            with closing(Installation(f"sqlite:///{folder / 'db/copy.sqlite3'}", folder / "var")) as copy:
                yield copy
            return
        parts = urlsplit(self.url)
        name = f"{parts.path[1:]}_copy"
        maintenance = urlunsplit(parts._replace(path="/postgres"))
        execute(maintenance, f'CREATE DATABASE "{name}" TEMPLATE "{parts.path[1:]}"')
        try:
            with closing(Installation(urlunsplit(parts._replace(path=f"/{name}")), folder / "var")) as copy:
                yield copy
        finally:
            execute(maintenance, f'DROP DATABASE "{name}" WITH (FORCE)')

    def wipe(self) -> None:
        """Nothing is left: no table, no file, no key."""
        self.ask("drop_everything")
        if self.url.startswith("sqlite"):
            for path in Path(self.url.removeprefix("sqlite:///")).parent.glob("*.sqlite3*"):
                path.unlink()
        shutil.rmtree(self.var)


def digests(folder: Path) -> dict[str, str]:
    """Hash of every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def killed(done: "subprocess.Popen[str]") -> bool:
    """Did it end by SIGKILL?"""
    return done.wait(timeout=60) == -signal.SIGKILL
