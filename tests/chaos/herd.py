"""Writers and workers that can be killed at any moment, on a database of their own."""

import logging
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from tests.template import environment

LEASE = timedelta(seconds=1)
SILENCE = 6.0
"""So many seconds without a word: longer than any lease of the members, so nobody waits for a killed one."""


def host(orders: Any, url: str, acknowledged: str) -> None:
    """A clean process that loads Django once and forks a member of the herd on each order."""
    os.environ.update(environment(url))
    import django

    django.setup()
    members = import_module("tests.chaos.members")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are buried by the system
    logging.getLogger("wurt.audit").setLevel(logging.CRITICAL)
    while (order := orders.recv()) is not None:
        role, is_question = order
        pid = os.fork()
        if pid:
            if not is_question:
                orders.send(pid)
            continue
        random.seed()
        answer = getattr(members, role)(acknowledged)
        if is_question:
            orders.send(answer)
        os._exit(0)


class Herd:
    """Keeps members running and kills them."""

    def __init__(self, url: str, acknowledged: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.orders, theirs = context.Pipe()
        self.acknowledged = Path(acknowledged)
        self.host = context.Process(target=host, args=(theirs, url, acknowledged))
        self.host.start()
        self.members: dict[int, str] = {}

    def start(self, role: str) -> None:
        """One more member."""
        self.orders.send((role, False))
        self.members[self.orders.recv()] = role

    def ask(self, question: str) -> Any:
        """The answer of a function of ``members``, asked in a process of its own."""
        self.orders.send((question, True))
        return self.orders.recv()

    def kill(self, pid: int) -> str:
        """SIGKILL: no clean-up, no goodbye. Returns the role it had."""
        os.kill(pid, signal.SIGKILL)
        return self.members.pop(pid)

    def kill_some(self, count: int, roles: set[str]) -> None:
        """Kill so many members of the roles, at random moments, and replace each.

        On a busy machine it waits until something was confirmed since the last kill: shooting at
        processes that have not begun would prove nothing. When nothing more comes, the work is done, and the
        rest of the kills would prove nothing either; work enough for five is asked for.
        """
        for killed in range(count):
            before = self._confirmed()
            if not until(lambda before=before: self._confirmed() > before + 1, SILENCE):
                assert killed >= 5, f"{killed} kills, then nothing was left to shoot at"
                return
            time.sleep(random.uniform(0.02, 0.15))
            pid = random.choice([pid for pid, role in self.members.items() if role in roles])
            self.start(self.kill(pid))

    def _confirmed(self) -> int:
        return self.acknowledged.stat().st_size if self.acknowledged.exists() else 0

    def kill_all(self, role: str) -> None:
        """End every member of a role."""
        for pid in [pid for pid, held in self.members.items() if held == role]:
            self.kill(pid)

    def close(self) -> None:
        """End everybody."""
        for pid in list(self.members):
            self.kill(pid)
        self.orders.send(None)
        self.host.join(timeout=10)
        assert self.host.exitcode == 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A term was written down."""

    name: ClassVar[str] = "chaos.noted.v1"
    term: str


def until(holds: Callable[[], bool], seconds: float, every: float = 0.1) -> bool:
    """Wait until something holds, or the time is over; look every so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(every)
    return False


def fresh_term() -> str:
    """A term nobody wrote before."""
    return uuid4().hex
