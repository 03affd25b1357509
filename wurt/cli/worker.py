"""``wurt worker``: runs deliveries and schedules."""

import signal
import threading
from types import FrameType

import click

from wurt.cli.boot import boot_process


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def command(once: bool) -> None:
    """Start a worker. Start several for more speed; killing one loses nothing.

    \b
    Example:  wurt worker
              wurt worker --once
    """
    boot_process()
    from wurt.core.outbox.worker import drain, schedule

    if once:
        schedule()
        click.echo(f"{drain()} done")
        return
    work_until_told()


def work_until_told() -> None:
    """Work until SIGTERM or SIGINT; what is in hand is finished first."""
    from wurt.core.outbox.worker import work

    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work(stop)
