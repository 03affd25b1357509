"""What can be wrong around an installation: its addresses, its variables, the mail server."""

import os
import smtplib
import socket
import ssl
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection

from wurt.core.operate import listening, reach
from wurt.core.operate.doctor import Finding, check, fault, hint
from wurt.core.operate.reach import NoAnswer, Trouble

LOCAL = ("localhost", "127.0.0.1", "::1", None)
# Read by wurt-admin, the containers, `wurt init` and the tools of developers, not by the settings.
ELSEWHERE = frozenset(
    {
        "WURT_ADMIN_PASSWORD",
        "WURT_BACKUPS",
        "WURT_BENCH_POSTGRES",
        "WURT_CHROMIUM",
        "WURT_ENV",
        "WURT_HOME",
        "WURT_KILLS",
        "WURT_SHARED",
        "WURT_UPSTREAM",
        "WURT_USER",
    }
)
START = "Start it: `systemctl start wurt-serve`; why it ended stands in `journalctl -u wurt-serve -n 50`."
_PROXY = {
    Trouble.NAME: "Check the name in WURT_URL for typing errors, and its entry in the DNS.",
    Trouble.REFUSED: "Start the TLS proxy (`systemctl start caddy`) and open port 443 in the firewall.",
    Trouble.CERTIFICATE: "Repair the certificate at the TLS proxy; its log says why it has none.",
    Trouble.STRANGER: "Let the TLS proxy pass this name on to Wurt (docs/how-to/tls-proxy.md), and write "
    "WURT_URL exactly as the site is reached.",
}


def is_local() -> bool:
    """Is the site meant for this machine alone?"""
    return urlsplit(settings.WURT_URL).hostname in LOCAL


@check("web server")
def web_server() -> Iterator[Finding]:
    """Does it answer, here and under its public name?"""
    if settings.WURT_DEMO:
        return
    outside = None if is_local() else _problem(settings.WURT_URL)
    if outside is None and not is_local():
        return
    here = listening.last()
    address = here.url if here else settings.WURT_URL if is_local() else ""
    inside = _problem(address) if address and (here is None or here.is_here) else None
    if here is None and not is_local():
        yield fault(f"No web server was started here, and {settings.WURT_URL} {outside}.", START)
    elif inside is not None:
        yield fault(f"The web server does not run: {address} {inside}.", START)
    elif outside is not None and outside.trouble is Trouble.SILENT:
        yield hint(
            f"The web server runs, but from this machine {settings.WURT_URL} {outside}.",
            "Open it in a browser elsewhere. If it is not there either, check proxy and firewall.",
        )
    elif outside is not None:
        yield fault(
            f"The web server runs, but nobody reaches it: {settings.WURT_URL} {outside}.",
            _PROXY[outside.trouble],
        )


def _problem(url: str) -> NoAnswer | None:
    try:
        reach.ask(url)
    except NoAnswer as problem:
        return problem
    return None


@check("addresses")
def addresses() -> Iterator[Finding]:
    """Does the site know where it is?"""
    if settings.DEBUG and not is_local():
        yield fault("WURT_DEBUG is on: error pages show the inside of the system.", "Unset WURT_DEBUG.")
    if is_local():
        if not settings.WURT_DEMO:
            yield hint(
                f"WURT_URL is {settings.WURT_URL}: links in mails and feeds lead to this machine only.",
                "Set WURT_URL=https://agenda.kreis.example and WURT_HOSTS=agenda.kreis.example.",
            )
        return
    if urlsplit(settings.WURT_URL).hostname not in settings.ALLOWED_HOSTS:
        yield fault(
            f"The site does not answer under its own name: {urlsplit(settings.WURT_URL).hostname} is not in "
            "WURT_HOSTS.",
            "Add it to WURT_HOSTS.",
        )
    if not settings.HTTPS:
        yield fault(
            "WURT_HTTPS is off: passwords and cookies travel unprotected.",
            "Put a TLS proxy in front (docs/how-to/tls-proxy.md), set WURT_HTTPS=yes and WURT_PROXIES=1.",
        )


@check("variables")
def variables() -> Iterator[Finding]:
    """Is one set that nobody reads?"""
    known = settings.WURT_VARIABLES
    for name in sorted(os.environ):
        if not name.startswith("WURT_") or name in known or name in ELSEWHERE:
            continue
        if meant := _meant(name, known):
            yield fault(
                f"{name} is set, but there is no such variable: it changes nothing.",
                f"Did you mean {meant}? Then rename it.",
            )
        else:
            yield hint(
                f"{name} is set, but there is no such variable: it changes nothing.",
                "Delete it; `wurt config` lists every variable.",
            )


def _meant(name: str, known: frozenset[str]) -> str:
    """The known name that looks most like it, or ""; what all of them begin with is no likeness."""
    by_rest = {one.removeprefix("WURT_"): one for one in known}
    found = get_close_matches(name.removeprefix("WURT_"), by_rest, n=1, cutoff=0.7)
    return by_rest[found[0]] if found else ""


@check("mail")
def mail() -> Iterator[Finding]:
    """Would invitations arrive?"""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        if not settings.WURT_DEMO:
            yield fault(
                f"Mail is not configured: mails become files in {settings.EMAIL_FILE_PATH}.",
                "Set WURT_MAIL_URL=smtp://USER:PASSWORD@HOST:587/?tls=1 and WURT_MAIL_FROM.",
            )
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield hint(
            f"The sender of mails is {settings.DEFAULT_FROM_EMAIL}; most servers refuse it.",
            "Set WURT_MAIL_FROM, for example WURT_MAIL_FROM='Kreis Musterland <agenda@kreis.example>'.",
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    connection = get_connection(timeout=5)
    try:
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield _refused(error)


def _refused(error: Exception) -> Finding:
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    where = f"The mail server {host}, port {port},"
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:
            return fault(
                f"The mail server {host} was not found: this machine's name server does not answer.",
                "Check the network and /etc/resolv.conf; then run `wurt doctor` again.",
            )
        return fault(
            f"There is no mail server called {host}: nobody knows that name.",
            f"Check the host in WURT_MAIL_URL for typing errors (`getent hosts {host}` must answer).",
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return fault(
            f"{where} refuses the user or the password: {_said(error)}",
            "Correct user and password in WURT_MAIL_URL; special signs are written as %XX.",
        )
    if isinstance(error, ConnectionRefusedError):
        return fault(
            f"{where} refuses: nothing listens there.",
            "Check host and port in WURT_MAIL_URL: 587 with ?tls=1, or smtps:// with 465.",
        )
    if isinstance(error, TimeoutError):
        return fault(
            f"{where} does not answer within 5 seconds.",
            f"Let the firewall pass connections to {host}:{port}; check host and port in WURT_MAIL_URL.",
        )
    if isinstance(error, ssl.SSLError):
        return fault(
            f"{where} cannot be spoken to safely: {error}",
            "Check ?tls=1 and the port in WURT_MAIL_URL, and the certificate of the mail server.",
        )
    return fault(f"{where} refuses: {error}", "Check host, port, user and password in WURT_MAIL_URL.")


def _said(error: smtplib.SMTPAuthenticationError) -> str:
    words = error.smtp_error
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
