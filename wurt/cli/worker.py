"""``wurt worker``: runs deliveries and schedules."""

import signal
import threading
from types import FrameType

import click

from wurt.cli.boot import boot_process


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option(
    "--retry-dead", is_flag=True, help="Give deliveries that were given up ten new tries, then end."
)
def command(once: bool, retry_dead: bool) -> None:
    """Start a worker. Start several for more speed; killing one loses nothing.

    \b
    Example:  wurt worker
              wurt worker --once
              wurt worker --retry-dead
    """
    boot_process()
    from wurt.core.outbox.worker import drain, revive, schedule

    if retry_dead:
        click.echo(f"{revive()} deliveries will be tried again by the next worker")
        return
    if once:
        schedule()
        click.echo(f"{drain()} done")
        return
    work_until_told()


def work_until_told() -> None:
    """Work until SIGTERM or SIGINT; what is in hand is finished first."""
    from wurt.core.db.schema import never_make_a_file
    from wurt.core.outbox.worker import work

    never_make_a_file()
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work(stop)
