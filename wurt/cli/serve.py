"""``wurt serve``: the web server."""

import os
import shutil
import socket
import subprocess
import sys

import click

from wurt.cli.boot import boot
from wurt.cli.counter import command_line as counter_line
from wurt.config import env

NOT_SERVED = ["ninja", "django_htmx", "fonts-ttf", "*.map"]
"""Static files that no page uses; compressing them would cost half a minute at the first start."""


def gunicorn_command(host: str, port: int, workers: int) -> list[str]:
    """The server as a command line."""
    return [sys.executable, "-m", "gunicorn", *gunicorn_arguments(host, port, workers)]


def gunicorn_arguments(host: str, port: int, workers: int) -> list[str]:
    """Processes for the cores, threads for slow clients, the application loaded once for all of them."""
    return [
        "wurt.config.wsgi:application",
        "--preload",
        "--bind",
        f"{host}:{port}",
        "--workers",
        str(workers),
        "--threads",
        "4",
        "--worker-class",
        "gthread",
        "--timeout",
        "60",
        "--graceful-timeout",
        "5",
        "--log-level",
        "warning",
        "--forwarded-allow-ips",
        "*" if env.number("WURT_PROXIES") else "127.0.0.1",
        "--config",
        "python:wurt.config.gunicorn",
        "--no-control-socket",
    ]


def is_free(host: str, port: int) -> bool:
    """Can this address be listened on?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def collect() -> bool:
    """Gather, hash and compress the static files, if they changed; True if they had.

    The settings of this process were read before there was anything hashed, so the storage is named here.
    """
    from django.conf import settings
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    from wurt.core.web.assets_stamp import needs_collect, remember

    if changed := needs_collect():
        gather = Command()
        gather.storage = CompressedManifestStaticFilesStorage()
        call_command(gather, interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_SERVED)
        remember()
        settings.STATIC_ROOT.touch()
    return changed


def _share_figures() -> None:
    """A fresh folder in which the server processes add up what they count, if anybody may ask."""
    from django.conf import settings

    if settings.WURT_METRICS_TOKEN:
        folder = settings.VAR_DIR / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _refuse_without_key() -> None:
    """A server makes no key: where one was lost it would start, and every second factor would be refused."""
    file = env.var_folder() / "secret_key"
    is_demo = env.text("WURT_DEMO").lower() in env.TRUE  # what is neither yes nor no is told by the settings
    if is_demo or env.text("WURT_SECRET_KEY") or file.exists():
        return
    from wurt.core.operate.keys import HOW_TO_MAKE

    raise click.ClickException(
        f"There is no secret key: WURT_SECRET_KEY is not set and {file} does not exist.\n"
        '  A new county: `wurt init "Kreis Musterland"` makes one and keeps it in that file.\n'
        "  A county that was here before: put its key back, from the backup or from where you kept it.\n"
        f"  By hand: set WURT_SECRET_KEY to what this prints:\n    {HOW_TO_MAKE}"
    )


def _refuse_weak_key() -> None:
    """Whoever guesses the key can sign in as anybody."""
    from django.conf import settings

    from wurt.core.operate.keys import HOW_TO_MAKE, weakness

    if settings.WURT_DEMO or not (why := weakness(settings.SECRET_KEY)):
        return
    named = (
        "WURT_SECRET_KEY" if env.text("WURT_SECRET_KEY") else f"The key in {env.var_folder() / 'secret_key'}"
    )
    raise click.ClickException(
        f"{named} is weak: {why}. Whoever guesses it can sign in as anybody.\n"
        f"  Set WURT_SECRET_KEY to what this prints:\n    {HOW_TO_MAKE}\n"
        "  Then everybody signs in again, and second factors are set up afresh."
    )


def _remember(host: str, port: int) -> None:
    """For ``wurt doctor``, which asks there whether the server lives."""
    from wurt.core.operate import listening

    listening.remember(host, port)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=int, default=None, help="Processes. Default: WURT_WORKERS.")
def command(host: str, port: int, workers: int | None) -> None:
    """Start the web server. Put a TLS proxy in front and set WURT_HTTPS=yes.

    \b
    Example:  wurt serve
              WURT_HOSTS=agenda.example wurt serve --host 0.0.0.0 --port 8080
    """
    _refuse_without_key()
    boot()
    from django.conf import settings

    if not is_free(host, port):
        raise click.ClickException(f"Port {port} of {host} is in use. Give another, as --port {port + 1}.")
    _refuse_weak_key()
    collect()
    click.echo(f"http://localhost:{port}" if host in ("127.0.0.1", "0.0.0.0") else f"http://{host}:{port}")  # noqa: S104
    _share_figures()
    _remember(host, port)
    if env.flag("WURT_COUNTING"):
        subprocess.Popen(counter_line())
    line = gunicorn_command(host, port, workers or settings.WURT_WORKERS)
    os.execv(line[0], line)  # noqa: S606
