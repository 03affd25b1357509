"""Real processes on a database of their own: a SQLite file, or a PostgreSQL database made for the test."""

import multiprocessing
import os
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tests.template import environment

PROCESSES = 8


@dataclass(frozen=True)
class Outcome:
    """What one process ended with: a value, or the name of the error class."""

    value: Any = None
    error: str = ""


def _host(lines: list[Any], url: str) -> None:
    """A clean process that loads Django once and forks the contestants before any connection is open."""
    os.environ.update(environment(url))
    import django

    django.setup()
    import_module("tests.races.contests")
    fork = multiprocessing.get_context("fork")
    contestants = [fork.Process(target=_serve, args=(line, number)) for number, line in enumerate(lines)]
    for contestant in contestants:
        contestant.start()
    for contestant in contestants:
        contestant.join()


def _serve(orders: Any, number: int) -> None:
    orders.send("ready")
    while (order := orders.recv()) is not None:
        contest, start, arguments = order
        function = getattr(import_module("tests.races.contests"), contest)
        time.sleep(max(0.0, start - time.time()))
        try:
            orders.send(Outcome(value=function(number, **arguments)))
        except Exception as error:  # noqa: BLE001 - the race reports it
            orders.send(Outcome(error=type(error).__name__))


class Arena:
    """Eight processes that wait for orders; each race sends them off at the same moment."""

    def __init__(self, url: str) -> None:
        context = multiprocessing.get_context("spawn")
        pairs = [context.Pipe() for _ in range(PROCESSES)]
        self.lines = [ours for ours, _ in pairs]
        self.host = context.Process(target=_host, args=([theirs for _, theirs in pairs], url))
        self.host.start()
        for line in self.lines:
            assert line.recv() == "ready"

    def race(self, contest: str, **arguments: Any) -> list[Outcome]:
        """Run a contest in all processes at once; outcomes in the order of the processes."""
        start = time.time() + 0.05
        for line in self.lines:
            line.send((contest, start, arguments))
        return [line.recv() for line in self.lines]

    def ask(self, contest: str, **arguments: Any) -> Any:
        """Run a contest in one process; its value. Raises if it failed."""
        self.lines[0].send((contest, 0.0, arguments))
        outcome = self.lines[0].recv()
        assert not outcome.error, outcome.error
        return outcome.value

    def close(self) -> None:
        """Send everybody home."""
        for line in self.lines:
            line.send(None)
        self.host.join(timeout=10)
        assert self.host.exitcode == 0
