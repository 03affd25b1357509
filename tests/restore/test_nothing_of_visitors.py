"""No address, mark or salt of a visitor reaches a disk: not in days, not by a backup, not by a kill.

Salt and day are known to the test; server, counter, worker and backup are the real ones, and everything that
they leave is searched.
"""

import hmac
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
import pytest

from tests.restore.installation import Installation
from tests.restore.known_counter import salt_of
from tests.template import ROOT, own_database
from wurt.core.visits.wire import ask

DAYS = ("2026-05-03", "2026-05-04", "2026-05-05")
PEOPLE = 12
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Wattwurm/{}"


def address(day: int, person: int) -> str:
    return f"198.51.{100 + day}.{17 + person * 9}"


def agent(person: int) -> str:
    return AGENT.format(70_000 + person)


def _until(check, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@contextmanager
def _running(line: list[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("ab") as out:
        process = subprocess.Popen(line, env=environment, cwd=ROOT, stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _open(port: int, day: int, person: int) -> None:
    headers = {
        "X-Forwarded-For": address(day, person),
        "User-Agent": agent(person),
        "Accept-Language": "de",
        "Accept": "text/html",
    }
    with urlopen(Request(f"http://localhost:{port}/glossar/", headers=headers), timeout=30) as answer:
        assert answer.status == 200


def _counted(var: Path, day: str) -> int:
    answer = ask(var)
    assert answer is not None
    cells = [cell for one in answer["days"] if one["day"] == day for cell in one["visitors"]]
    return sum(count for place, area, count in cells if (place, area) == ("*", "*"))


def _secrets() -> list[bytes]:
    """Everything that must be found nowhere: addresses, agents, salts, marks, each as text and as bytes."""
    found: list[bytes] = []
    for number, day in enumerate(DAYS):
        salt = salt_of(day)
        found += [salt, salt.hex().encode()]
        for person in range(PEOPLE):
            host = f"localhost:{PORT}"
            fields = (address(number, person), agent(person), host)
            mark = hmac.digest(salt, b"\0".join(part.encode() for part in fields), "sha256")
            found += [
                fields[0].encode(),
                fields[1].encode(),
                mark[:8],
                mark[:8][::-1],
                mark.hex()[:16].encode(),
            ]
    return found


def _searched(folder: Path, unpacked: Path) -> dict[str, bytes]:
    """Every file of the folder, and what is inside of archives."""
    files = {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    archives = [name for name in files if tarfile.is_tarfile(name)]
    assert len(archives) == 2
    for number, name in enumerate(archives):
        with tarfile.open(name) as archive:
            archive.extractall(unpacked / str(number), filter="data")
    files |= {str(path): path.read_bytes() for path in sorted(unpacked.rglob("*")) if path.is_file()}
    return files


def _rows(url: str) -> bytes:
    """Every row of every table of a PostgreSQL database as text; SQLite is searched as a file."""
    if not url.startswith("postgres"):
        return b""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        texts = [
            str(row[0])
            for (name,) in names
            for row in connection.execute(f'SELECT t::text FROM "{name}" t').fetchall()  # type: ignore[arg-type]
        ]
    return "\n".join(texts).encode()


PORT = 8195


@pytest.mark.race
def test_address_mark_and_salt_are_on_no_disk(tmp_path: Path) -> None:
    var, logs = tmp_path / "var", tmp_path / "logs"
    for folder in (var, logs, tmp_path / "clock", tmp_path / "backups"):
        folder.mkdir()
    day_file = tmp_path / "clock" / "day"
    day_file.write_text(DAYS[0])
    with own_database(var, "visits") as url:
        house = Installation(url, var)
        more = {
            "WURT_PROXIES": "1",
            "WURT_LOG_FORMAT": "json",
            "DAY_FILE": str(day_file),
            "WURT_COUNTING": "yes",
            "WURT_SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
        }
        environment = house.environment(**more)
        counter_line = [sys.executable, "-m", "tests.restore.known_counter", str(var)]
        server_line = [sys.executable, "-m", "wurt", "serve", "--port", str(PORT), "--workers", "2"]
        log = logs / "all.log"

        def store() -> None:
            done = _python(house, "from wurt.core.visits.storing import store; print(store())", more)
            log.open("a").write(done)
            assert int(done.split()[-1]) > 0

        with _running(counter_line, environment, log) as counter:
            _until(lambda: ask(var) is not None)
            with _running(server_line, environment, log):
                _until(lambda: b"localhost" in log.read_bytes())
                _until(lambda: _answers(PORT))
                for number, day in enumerate(DAYS):
                    day_file.write_text(day)
                    for person in range(PEOPLE):
                        _open(PORT, number, person)
                    _until(lambda day=day: _counted(var, day) == PEOPLE)
                    if number == 1:
                        done = house.wurt("worker", "--once", **more)
                        log.open("a").write(done.stdout + done.stderr)
                        assert done.returncode == 0
                        done = house.wurt("backup", "--to", str(tmp_path / "backups"), **more)
                        assert done.returncode == 0, done.stderr
                # The worst moment: the last day goes on, its salt is in memory, visits are coming in.
                os.kill(counter.pid, signal.SIGSTOP)
                _open(PORT, 2, 0)
                os.kill(counter.pid, signal.SIGCONT)
                store()
                os.kill(counter.pid, signal.SIGKILL)
                counter.wait()
                _open(PORT, 2, 1)
        done = house.wurt("backup", "--to", str(tmp_path / "backups"), **more)
        assert done.returncode == 0, done.stderr
        files = _searched(tmp_path, tmp_path / "unpacked") | {"rows": _rows(url)}
        assert _python(house, STORED, more).splitlines() == [f"{day} {PEOPLE}" for day in DAYS]
    assert b'"view": "pages:glossary"' in files[str(log)]  # the access log is there, and was searched
    secrets = _secrets()
    assert len(secrets) == len(DAYS) * (2 + PEOPLE * 5)
    assert _hits(files, secrets) == []
    (tmp_path / "unpacked" / "leak").write_bytes(
        b"x" + secrets[-1] + b"x"
    )  # the search does find what is there
    assert len(_hits(_searched(tmp_path, tmp_path / "unpacked"), secrets)) == 1


def _hits(files: dict[str, bytes], secrets: list[bytes]) -> list[tuple[str, bytes]]:
    return [(name, secret) for name, content in files.items() for secret in secrets if secret in content]


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


STORED = (
    "from wurt.core.visits.models import VisitorCount as V\n"
    "for row in V.objects.filter(place='*', area='*').order_by('day'): print(row.day, row.visitors)"
)
"""What is written down instead: a number a day."""


def _python(house: Installation, text: str, more: dict[str, str]) -> str:
    """What a piece of Python prints in the installation."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{text}"],
        env=house.environment(**more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
