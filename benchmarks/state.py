"""The agenda of a federal state: public pages with a hundred times a county's projects, beside the county.

Processor time, so that other work on the machine does not blur the ratio.
"""

import os
import subprocess
import sys
import tempfile

from benchmarks.table import show

MONTHS = 12
SCRIPT = """
import resource, sys, time
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from benchmarks import pages
from benchmarks.world import build
call_command("migrate", verbosity=0, interactive=False)
build(int(sys.argv[1]), int(sys.argv[2]))
start = time.perf_counter()
Client(headers={"accept-language": "de"}).get("/meilensteine/")
print("first", time.perf_counter() - start)
for name, one in pages.measure(20, time.process_time).items():
    print("page", name, one.median, one.p95, one.queries, one.kilobytes, sep="|")
print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def run(quick: bool = False) -> None:
    """Measure both worlds in processes of their own and print them side by side."""
    small, large = 48, 480 if quick else 4800
    county, state = _measure(small), _measure(large)
    show(
        f"Pages: {small} and {large} projects × {MONTHS} months",
        ["page", f"{small}: ms", f"{large}: ms", "ratio", "p95 ms", "queries", "kB gzip"],
        [
            [
                name,
                f"{one[0]:.1f}",
                f"{two[0]:.1f}",
                f"{two[0] / one[0]:.2f}×",
                f"{two[1]:.1f}",
                int(two[2]),
                f"{two[3]:.1f}",
            ]
            for (name, one), two in zip(county.pages.items(), state.pages.values(), strict=True)
        ],
    )
    print(
        f"First page of milestones in a new process: {county.first:.2f} s and {state.first:.2f} s; "
        f"memory {county.memory:.0f} and {state.memory:.0f} MB\n"
    )


class _World:
    def __init__(self, lines: list[str]) -> None:
        self.pages: dict[str, list[float]] = {}
        self.first = self.memory = 0.0
        for line in lines:
            if line.startswith("page|"):
                name, *figures = line.split("|")[1:]
                self.pages[name] = [float(figure) for figure in figures]
            elif line.startswith("first"):
                self.first = float(line.split()[1])
            elif line.startswith("memory"):
                self.memory = float(line.split()[1])


def _measure(projects: int) -> _World:
    with tempfile.TemporaryDirectory(prefix="wurt-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(projects), str(MONTHS)],
            env={**os.environ, "WURT_VAR": folder},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return _World(done.stdout.splitlines())
