"""Counting visitors: what it costs a page, how much one counter takes, how exact it is, how large it gets.

Exactness is held against a simulated month of 20,000 people whose every visit is known.
"""

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import show

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PERSON = {
    "HTTP_USER_AGENT": AGENT,
    "HTTP_ACCEPT_LANGUAGE": "de",
    "HTTP_ACCEPT": "text/html",
    "HTTP_HOST": "localhost",
}


def run(visits: int = 200_000) -> None:
    """All four."""
    _cost_per_page()
    _throughput(visits)
    _exactness()
    _restarts()


def _cost_per_page() -> None:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        rows = [
            ("switched off", f"{_per_call(None):.1f}"),
            ("no counter there", f"{_per_call(var):.1f}"),
        ]
        counter = _start(var)
        rows.append(("counter listens", f"{_per_call(var):.1f}"))
        counter.send_signal(signal.SIGSTOP)
        rows.append(("counter hangs", f"{_per_call(var):.1f}"))
        counter.send_signal(signal.SIGCONT)
        counter.kill()
        counter.wait()
    show("A page that does nothing, through the counting middleware", ("", "µs per page"), rows)


def _per_call(var: Path | None, number: int = 5000) -> float:
    """Median of seven rounds, in microseconds."""
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory, override_settings
    from django.urls import resolve

    from wurt.core.visits.middleware import CountMiddleware

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")

    request = RequestFactory(**PERSON).get("/glossar/")
    request.resolver_match = resolve("/glossar/")
    call: Callable[[HttpRequest], object] = page
    if var is not None:
        with override_settings(WURT_COUNTING=True, VAR_DIR=var):
            call = CountMiddleware(page)
    rounds = []
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(number):
            call(request)
        rounds.append((time.perf_counter() - start) / number * 1e6)
    return statistics.median(rounds)


def _start(var: Path) -> "subprocess.Popen[bytes]":
    from wurt.core.visits.wire import ask

    environment = {**os.environ, "WURT_VAR": str(var)}
    counter = subprocess.Popen([sys.executable, "-m", "wurt", "counter"], env=environment)
    while ask(var) is None:
        time.sleep(0.05)
    return counter


def _throughput(visits: int) -> None:
    """As fast as one sender can; beside it the counting alone, in one process."""
    from wurt.core.visits.counter import Counter, packed
    from wurt.core.visits.wire import Sender, ask

    places = [f"ort-{number}" for number in range(130)]
    areas = ("agenda", "pages", "search", "notices", "accounts", "services", "figures", "other")

    def datagram(number: int) -> bytes:
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        place, area = places[number % len(places)], areas[number // 7 % len(areas)]
        return packed(address, AGENT, "kreis.example", place, area)

    sent = [datagram(number) for number in range(visits)]
    alone = Counter(lambda: "2026-05-01")
    start = time.perf_counter()
    for one in sent:
        alone.see(one)
    counting = time.perf_counter() - start
    start = time.perf_counter()
    alone.numbers()
    asking = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        counter = _start(var)
        before = _memory(counter.pid)
        sender = Sender(var)
        start = time.perf_counter()
        taken = sum(sender.send(one) for one in sent)
        wall = time.perf_counter() - start
        answer = ask(var)
        after = _memory(counter.pid)
        counter.terminate()
        counter.wait()
    assert answer is not None
    show(
        f"One counter, {visits:,} visits of as many people, 130 places × 8 areas",
        ("", "figure"),
        [
            ("counting alone, visits a second", f"{visits / counting:,.0f}"),
            ("over the socket, visits a second", f"{visits / wall:,.0f}"),
            ("taken", f"{taken / visits:.2%}"),
            ("asking for all numbers, ms", f"{asking * 1000:.1f}"),
            ("memory at start, MB", f"{before:.0f}"),
            ("memory after, MB", f"{after:.0f}"),
            ("this process at its largest, MB", f"{_largest():.0f}"),
        ],
    )


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _month(lg_k: int, seed: int, restart_at: float | None = None) -> tuple[dict[tuple[str, str], float], int]:
    """Relative error of every sum of the month; with ``restart_at`` the counter dies there every day."""
    from wurt.core.visits.counter import Counter, packed
    from wurt.core.visits.tests.simulate import Truth, month

    truth, sums = Truth(), dict[tuple[str, str], int]()
    for day, visits in month(20_000, 31, seed, truth):
        cut = len(visits) if restart_at is None else int(len(visits) * restart_at)
        for part in (visits[:cut], visits[cut:]):
            if part:
                counter = Counter(lambda day=day: day, lg_k=lg_k)  # type: ignore[misc]
                for one in part:
                    counter.see(packed(*one))
                for cell, number in counter.numbers()[-1].visitors.items():
                    sums[cell] = sums.get(cell, 0) + number
    return {cell: sums[cell] / true - 1 for cell, true in truth.sums.items()}, truth.sums["*", "*"]


def _exactness() -> None:
    rows = []
    for lg_k in (10, 11, 12, 13, 14):
        found = [_month(lg_k, seed) for seed in (1, 2, 3)]
        total = max(abs(errors["*", "*"]) for errors, _true in found)
        worst = max(abs(error) for errors, _true in found for error in errors.values())
        rows.append((lg_k, f"{2**lg_k / 1024:g} kB", f"{found[0][1]:,}", f"{total:.2%}", f"{worst:.2%}"))
    head = ("registers 2^", "a sketch", "true sum", "total off", "worst cell off")
    show("A month of 20,000 people, three seeds", head, rows)


def _restarts() -> None:
    rows = []
    for at in (0.1, 0.5, 0.9):
        errors, _true = _month(12, 1, at)
        daily = errors["*", "*"]
        rows.append((f"{at:.0%} of the visits", f"{daily:+.1%}", f"{daily / 31:+.2%}"))
    show(
        "A counter that is started anew within a day counts people twice",
        ("restart after", "that day", "a month with one such day"),
        rows,
    )
