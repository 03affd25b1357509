"""The process that counts: takes datagrams, answers one question, forgets at midnight. Without Django."""

import ctypes
import ctypes.util
import fcntl
import json
import os
import resource
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from wurt.core.visits.counter import Counter, Numbers
from wurt.core.visits.wire import QUESTIONS, VISITS, listen, same_user

TICK = 1.0
"""Seconds after which midnight is noticed at the latest."""
BURST = 2000
"""Datagrams that are taken before a question is looked at."""
_DUMPABLE = 4
_LOCK_USED = 1 | 2 | 4
"""MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT (mlockall(2)): what is used is locked, not what is only mapped."""
_LARGEST = 4096


class AlreadyRunning(Exception):
    """Another counter holds the folder."""


def local_day(zone: str) -> str:
    """Today in the county's time zone, as YYYY-MM-DD."""
    return datetime.now(UTC).astimezone(ZoneInfo(zone)).date().isoformat()


def keep_to_memory() -> bool:
    """No core dumps, no reading by other processes of the same user, no swap where the system lets us.

    False if the system has swap space and may write this memory to it (docs/how-to/count-visits.md). With a
    limit on locked memory nothing is locked: the next allocation beyond it would end the process.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if hasattr(library, "prctl"):
        library.prctl(_DUMPABLE, 0, 0, 0, 0)
    free = os.getuid() == 0 or resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY
    locked = free and hasattr(library, "mlockall") and library.mlockall(_LOCK_USED) == 0
    return bool(locked) or not _has_swap()


def _has_swap() -> bool:
    try:
        return len(Path("/proc/swaps").read_text(encoding="ascii").splitlines()) > 1
    except OSError:
        return True


def hold(folder: Path) -> int:
    """Be the only counter of the folder until the process ends. Raises AlreadyRunning."""
    held = os.open(folder / "counter.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise AlreadyRunning from error
    return held


def run(folder: Path, counter: Counter, *, parent: int = 0, locked: bool = False) -> None:
    """Count until SIGTERM or SIGINT, or until the process ``parent`` is gone. Raises AlreadyRunning."""
    held = hold(folder)
    ends: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        ends.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    visits = listen(folder, VISITS, socket.SOCK_DGRAM)
    questions = listen(folder, QUESTIONS, socket.SOCK_STREAM)
    visits.setblocking(False)
    began = time.time()
    try:
        while not ends and (not parent or os.getppid() == parent):
            ready, _w, _x = select.select([visits, questions], [], [], TICK)
            counter.turn()
            if visits in ready:
                _take(visits, counter)
            if questions in ready:
                _answer(questions, counter, began, locked)
    finally:
        counter.forget()
        for name in (VISITS, QUESTIONS):
            with suppress(FileNotFoundError):
                (folder / name).unlink()
        os.close(held)


def _take(visits: socket.socket, counter: Counter) -> None:
    with suppress(BlockingIOError):
        for _ in range(BURST):
            counter.see(visits.recv(_LARGEST))


def _answer(questions: socket.socket, counter: Counter, began: float, locked: bool) -> None:
    with suppress(OSError):
        connection, _address = questions.accept()
        with connection:
            connection.settimeout(TICK)
            if same_user(connection):
                connection.sendall(_told(counter.numbers(), began, locked))


def _told(numbers: list[Numbers], began: float, locked: bool) -> bytes:
    days = [
        {
            "day": one.day,
            "run": one.run,
            "open": one.open,
            "visitors": [[place, area, count] for (place, area), count in one.visitors.items()],
        }
        for one in numbers
    ]
    return json.dumps({"began": began, "locked": locked, "days": days}).encode()


def keep_running(work: Callable[[], None], parent: int) -> None:
    """Do the work in a child and start it anew if it is killed, as long as ``parent`` lives."""
    while os.getppid() == parent:
        child = os.fork()
        if not child:
            try:
                work()
            finally:
                os._exit(0)
        while os.getppid() == parent:
            if os.waitpid(child, os.WNOHANG)[0]:
                break
            time.sleep(TICK)
        else:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
            return
        time.sleep(TICK)
