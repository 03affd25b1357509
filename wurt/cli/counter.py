"""``wurt counter``: counts visitors in memory. Django is not loaded: what knows the salt stays small."""

import os
import sys
import time
from pathlib import Path

import click

from wurt.config import env
from wurt.core.visits import process
from wurt.core.visits.counter import Counter

BASE = Path(__file__).resolve().parents[2]
AGAIN = 5.0


def folder() -> Path:
    """WURT_VAR, as the settings read it."""
    var = Path(env.text("WURT_VAR"))
    return var if var.is_absolute() else BASE / var


def count(var: Path, parent: int = 0) -> None:
    """Count until told to end, with the salt kept to memory as well as the system allows."""
    locked = process.keep_to_memory()
    zone = env.text("WURT_TIME_ZONE")
    process.run(var, Counter(lambda: process.local_day(zone)), parent=parent, locked=locked)


def beside(parent: int) -> None:
    """Count as long as the process ``parent`` lives; begin anew if killed, wait if another one counts."""
    var = folder()

    def work() -> None:
        try:
            count(var, os.getppid())
        except process.AlreadyRunning:
            time.sleep(AGAIN)

    process.keep_running(work, parent)


def command_line() -> list[str]:
    """How a server starts it beside itself."""
    return [sys.executable, "-m", "wurt", "counter", "--beside", str(os.getpid())]


@click.command()
@click.option("--beside", "parent", type=int, default=0, help="End when this process (the parent) ends.")
def command(parent: int) -> None:
    """Count visitors, in memory only: no address, hash or salt ever reaches a disk.

    `wurt serve` and `wurt demo` start it by themselves. A second one for the same folder waits or ends.

    \b
    Example:  wurt counter
    """
    var = folder()
    var.mkdir(parents=True, exist_ok=True)
    if parent:
        beside(parent)
        return
    try:
        count(var)
    except process.AlreadyRunning:
        raise click.ClickException(f"A counter runs already for {var}. Nothing to do.") from None
