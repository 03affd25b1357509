"""``wurt demo``: the demo county, with server, worker and counter in one command."""

import fcntl
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import FrameType
from typing import Any, TextIO
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click

from wurt.cli.boot import boot
from wurt.cli.counter import command_line as counter_line
from wurt.cli.serve import collect, gunicorn_arguments, is_free

DEFAULTS = {"WURT_DEMO": "yes", "WURT_VAR": "var/demo", "WURT_STYLEGUIDE": "yes"}
COUNTY = Path(__file__).resolve().parents[1] / "counties" / "dithmarschen"


def _prepare() -> None:
    """Database, county and static files; what is there is kept.

    Whoever had to gather the static files starts over: its settings were read before they were there.
    """
    from django.core.management import call_command

    from wurt.cli.counties import has_county, load_county

    call_command("migrate", interactive=False, verbosity=0)
    if not has_county():
        click.echo("Loading the demo county …")
        started = time.monotonic()
        load_county(COUNTY, demo=True)
        click.echo(f"  loaded in {time.monotonic() - started:.1f} s")
    if collect():
        os.execv(sys.executable, [sys.executable, "-m", "wurt", *sys.argv[1:]])  # noqa: S606


def _only_one() -> TextIO:
    """Hold the lock of this folder's demo until the process ends, however it ends.

    The file holds the address, so that a second start can say where the first one is. Raises ClickException.
    """
    from django.conf import settings

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    held: TextIO = (settings.VAR_DIR / "demo.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.seek(0)
        where = f" at {address}" if (address := held.read().strip()) else ""
        held.close()
        raise click.ClickException(
            f"The demo in {settings.VAR_DIR} is already running{where}. End it with Ctrl-C in its terminal."
        ) from error
    held.truncate(0)
    return held


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        if is_free("127.0.0.1", port):
            return port
    raise click.ClickException(f"No free port from {wanted} on. Give one with --port.")


def _wait_until_up(address: str, server: ForkProcess) -> None:
    for _ in range(200):
        if not server.is_alive():
            raise click.ClickException("The server did not start; its message stands above.")
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - our own loopback address
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return


def _fork(work: Callable[[], None]) -> ForkProcess:
    """Do some work in a process of its own that has Django loaded already and does not hear Ctrl-C."""

    def child() -> None:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        work()

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    return process


def _serve(port: int) -> None:
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", *gunicorn_arguments("127.0.0.1", port, 2)]
    run()


def _work() -> None:
    from wurt.cli.worker import work_until_told

    work_until_told()


def _stop(children: list[ForkProcess]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(timeout=10)
        if child.is_alive():
            child.kill()


@click.group(invoke_without_command=True)
@click.option("--port", default=8000, show_default=True, help="Port; if in use, the next free one.")
@click.pass_context
def command(context: click.Context, port: int) -> None:
    """Start the demo county on this machine: server, worker, address, logins. Ctrl-C ends all of it.

    \b
    Example:  wurt demo
              wurt demo --port 8080
              wurt demo code admin      a one-time code for a demo login
              wurt demo reset           forget all changes
    """
    if context.invoked_subcommand:
        return
    os.environ["WURT_URL"] = address = f"http://localhost:{(port := _free_port(port))}"
    boot(**DEFAULTS)
    lock = _only_one()
    _prepare()
    lock.write(address)
    lock.flush()
    from django.db import connections

    connections.close_all()  # an open connection must not be shared by two processes
    children = [_fork(partial(_serve, port)), _fork(_work)]
    counter = subprocess.Popen(counter_line(), start_new_session=True)

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        _wait_until_up(f"{address}/", children[0])
        _welcome(address)
        while all(child.is_alive() for child in children):
            time.sleep(0.5)
        raise click.ClickException("Server or worker ended by itself; its message stands above.")
    except KeyboardInterrupt:
        click.echo("\nStopping …")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _stop(children)
        counter.terminate()
        counter.wait(timeout=10)


def _accounts() -> list[dict[str, Any]]:
    with (COUNTY / "accounts.toml").open("rb") as handle:
        rows: list[dict[str, Any]] = tomllib.load(handle)["accounts"]
    return rows


def _role(row: dict[str, Any]) -> str:
    """The role as the pages and the reference of permissions call it, in German like the demo county."""
    from django.utils import translation

    from wurt.cli.counties import ROLES
    from wurt.core.tenancy.roles import name_of

    with translation.override("de"):
        if role := ROLES.get(row["role"]):
            return name_of(role)
    return f"leads {len(row['leads'])} projects" if row.get("leads") else "no role"


def _welcome(address: str) -> None:
    from wurt.cli.counties import demo_password

    click.echo(f"\n  {click.style(address, bold=True)}    (Ctrl-C ends it)\n")
    click.echo("  Demo logins; staff need a one-time code as well: .venv/bin/wurt demo code NAME\n")
    click.echo(f"    {'NAME':<14} {'e-mail':<36} {'password':<24} role")
    for row in _accounts():
        click.echo(f"    {row['key']:<14} {row['email']:<36} {demo_password(row['key']):<24} {_role(row)}")
    click.echo(f"\n  Mail that would have been sent: {address}/demo/post/\n")


@command.command()
@click.argument("name")
def code(name: str) -> None:
    """Print the current one-time code of a demo login.

    \b
    Example:  wurt demo code admin
    """
    email = next((row["email"] for row in _accounts() if name in (row["key"], row["email"])), None)
    if email is None:
        raise click.ClickException(
            f"There is no demo login {name!r}: " + ", ".join(r["key"] for r in _accounts())
        )
    boot(**DEFAULTS)
    from wurt.core.accounts.demo import current_code
    from wurt.core.accounts.models import User
    from wurt.core.db.errors import DomainError

    try:
        click.echo(current_code(User.objects.get(email=email)))
    except User.DoesNotExist:
        raise click.ClickException("The demo is not loaded yet. Start it first: make demo") from None
    except DomainError as error:
        raise click.ClickException(str(error)) from error


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Delete the demo's database and files; the next `wurt demo` loads it afresh.

    \b
    Example:  wurt demo reset --yes
    """
    boot(**DEFAULTS)
    from django.conf import settings

    if os.environ.get("DATABASE_URL"):
        raise click.ClickException("The demo uses DATABASE_URL; drop that database yourself.")
    _only_one().close()
    if not yes:
        click.confirm(f"Delete {settings.VAR_DIR}?", abort=True)
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
    click.echo("Deleted. `wurt demo` loads the county afresh.")
