"""``wurt doctor`` about what is around: the web server, its address, variables, the mail server."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPAuthenticationError

import pytest

from wurt.core.operate import checks_around, listening, reach
from wurt.core.operate.doctor import Finding
from wurt.core.operate.reach import NoAnswer, Trouble

PUBLIC = "https://agenda.kreis.example"
OURS = b'{"status": "ok"}'


@pytest.fixture(autouse=True)
def public_site(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.WURT_URL, settings.ALLOWED_HOSTS, settings.HTTPS = PUBLIC, ["agenda.kreis.example"], True
    settings.DEBUG = settings.WURT_DEMO = False
    settings.DEFAULT_FROM_EMAIL = "Kreis <agenda@kreis.example>"


def told(findings: Iterator[Finding]) -> tuple[str, str, str] | None:
    """Grade, problem and remedy of the one finding; None if there is none."""
    found = list(findings)
    assert len(found) <= 1
    return (found[0].grade.value, found[0].problem, found[0].remedy) if found else None


# --- the web server


@contextmanager
def serving(content: bytes, status: int = 200, **headers: str) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def dead_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(monkeypatch, **troubles: NoAnswer | None) -> None:
    """What the public address and the one here answer."""

    def ask(url: str) -> None:
        problem = troubles["outside" if url == PUBLIC else "inside"]
        if problem is not None:
            raise problem

    monkeypatch.setattr(reach, "ask", ask)


REFUSED = NoAnswer(Trouble.REFUSED, "refuses: nothing listens there")
SILENT = NoAnswer(Trouble.SILENT, "does not answer within 5 seconds")
GATEWAY = NoAnswer(Trouble.STRANGER, "answers with 502, but not as Wurt does")


def test_who_answers_in_public_is_well(monkeypatch):
    answers(monkeypatch, outside=None, inside=REFUSED)
    assert told(checks_around.web_server()) is None


def test_a_server_that_stopped(monkeypatch):
    listening.remember("0.0.0.0", 8000)
    answers(monkeypatch, outside=GATEWAY, inside=REFUSED)
    assert told(checks_around.web_server()) == (
        "fault",
        "The web server does not run: http://127.0.0.1:8000 refuses: nothing listens there.",
        checks_around.START,
    )


def test_a_server_that_was_never_started(monkeypatch):
    answers(monkeypatch, outside=GATEWAY)
    assert told(checks_around.web_server()) == (
        "fault",
        f"No web server was started here, and {PUBLIC} answers with 502, but not as Wurt does.",
        checks_around.START,
    )


@pytest.mark.parametrize(
    ("outside", "grade", "problem", "remedy"),
    [
        (REFUSED, "fault", "nobody reaches it: https://agenda.kreis.example refuses", "Start the TLS proxy"),
        (GATEWAY, "fault", "nobody reaches it: https://agenda.kreis.example answers with 502", "Let the TLS"),
        (NoAnswer(Trouble.NAME, "has a name"), "fault", "example has a name.", "Check the name in WURT_URL"),
        (NoAnswer(Trouble.CERTIFICATE, "shows"), "fault", "example shows.", "Repair the certificate"),
        # Many networks do not let a machine reach its own public address: no alarm.
        (SILENT, "hint", "from this machine https://agenda.kreis.example does not answer", "Open it in a"),
    ],
    ids=["refused", "gateway", "name", "certificate", "silent"],
)
def test_a_server_that_nobody_reaches(monkeypatch, outside, grade, problem, remedy):
    listening.remember("127.0.0.1", 8000)
    answers(monkeypatch, outside=outside, inside=None)
    found = told(checks_around.web_server())
    assert found is not None
    assert found[0] == grade
    assert found[1].startswith("The web server runs, but ")
    assert problem in found[1]
    assert found[2].startswith(remedy)


def test_a_server_on_another_machine_is_asked_by_its_public_name_alone(monkeypatch):
    monkeypatch.setattr(listening.socket, "gethostname", lambda: "other")
    listening.remember("127.0.0.1", 8000)
    monkeypatch.undo()
    answers(monkeypatch, outside=REFUSED, inside=REFUSED)
    found = told(checks_around.web_server())
    assert found is not None
    assert "nobody reaches it" in found[1]


def test_a_site_for_this_machine(settings):
    settings.WURT_URL = f"http://localhost:{dead_port()}"
    assert told(checks_around.web_server()) == (
        "fault",
        f"The web server does not run: {settings.WURT_URL} refuses: nothing listens there.",
        checks_around.START,
    )
    with serving(OURS) as port:
        listening.remember("127.0.0.1", port)  # where it really listens, whatever WURT_URL says
        assert told(checks_around.web_server()) is None


def test_the_demo_is_not_asked(settings):
    settings.WURT_DEMO = True
    settings.WURT_URL = f"http://localhost:{dead_port()}"
    assert told(checks_around.web_server()) is None


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("10.0.0.7", "http://10.0.0.7:80"),
        ("::", "http://[::1]:80"),
        ("fd00::7", "http://[fd00::7]:80"),
    ],
)
def test_where_to_ask(host, url):
    listening.remember(host, 80)
    note = listening.last()
    assert note is not None
    assert (note.url, note.is_here) == (url, True)


def test_a_note_that_cannot_be_read(tmp_path):
    for content in ("{", "[]", '{"host": "x"}'):
        (tmp_path / "serve.json").write_text(content)
        assert listening.last() is None


# --- asking


def trouble(url: str) -> tuple[Trouble, str]:
    with pytest.raises(NoAnswer) as caught:
        reach.ask(url)
    return caught.value.trouble, str(caught.value)


def test_asking():
    with serving(OURS) as port:
        reach.ask(f"http://127.0.0.1:{port}")
        reach.ask(f"http://127.0.0.1:{port}/")
    assert trouble(f"http://127.0.0.1:{port}") == (Trouble.REFUSED, "refuses: nothing listens there")
    with serving(b"<h1>It works!</h1>") as port:
        assert trouble(f"http://127.0.0.1:{port}") == (
            Trouble.STRANGER, "answers with 200, but not as Wurt does"
        )  # fmt: skip
    with serving(b"", 302, Location="https://elsewhere.example/") as port:
        assert trouble(f"http://127.0.0.1:{port}") == (
            Trouble.STRANGER, "leads away, to https://elsewhere.example/"
        )  # fmt: skip
    assert trouble("http://there-is-no.invalid")[0] is Trouble.NAME
    assert trouble("http://127.0.0.1:abc")[0] is Trouble.SILENT


def test_asking_by_tls_what_speaks_none():
    with serving(OURS) as port:
        assert trouble(f"https://127.0.0.1:{port}")[0] is Trouble.SILENT


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ssl.SSLCertVerificationError("self-signed"), Trouble.CERTIFICATE),
        (TimeoutError(), Trouble.SILENT),
        (ConnectionResetError(104, "reset"), Trouble.SILENT),
    ],
)
def test_asking_names_what_went_wrong(monkeypatch, error, kind):
    error.verify_message = "self-signed certificate"

    def fails(url: str) -> None:
        raise error

    monkeypatch.setattr(reach, "_fetch", fails)
    assert trouble(PUBLIC)[0] is kind


# --- addresses


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"DEBUG": True}, "WURT_DEBUG is on"),
        ({"HTTPS": False}, "WURT_HTTPS is off"),
        ({"ALLOWED_HOSTS": ["localhost"]}, "The site does not answer under its own name"),
    ],
)
def test_addresses(settings, changes, problem):
    assert told(checks_around.addresses()) is None
    for name, value in changes.items():
        setattr(settings, name, value)
    found = told(checks_around.addresses())
    assert found is not None
    assert (found[0], found[1].startswith(problem)) == ("fault", True)


def test_a_site_that_only_this_machine_sees(settings):
    settings.WURT_URL, settings.HTTPS = "http://localhost:8000", False
    found = told(checks_around.addresses())
    assert found is not None
    assert found[0] == "hint"


# --- variables


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("WURT_HTPS", "WURT_HTTPS"),
        ("WURT_EMAIL_URL", "WURT_MAIL_URL"),
        ("WURT_ALLOWED_HOSTS", ""),
        ("WURT_DATABASE_URL", "DATABASE_URL"),
        ("WURT_UPLOAD_MAX", "WURT_UPLOAD_MB"),
        ("WURT_FAVOURITE_COLOUR", ""),
    ],
)
def test_a_variable_that_nobody_reads(monkeypatch, name, meant):
    monkeypatch.setenv(name, "yes")
    problem = f"{name} is set, but there is no such variable: it changes nothing."
    if meant:
        assert told(checks_around.variables()) == ("fault", problem, f"Did you mean {meant}? Then rename it.")
    else:
        assert told(checks_around.variables()) == (
            "hint", problem, "Delete it; `wurt config` lists every variable."
        )  # fmt: skip


def test_variables_that_somebody_reads(monkeypatch):
    for name in ("WURT_HTTPS", "WURT_ADMIN_PASSWORD", "WURT_HOME", "WURTZEL", "HTPS"):
        monkeypatch.setenv(name, "yes")
    assert told(checks_around.variables()) is None


# --- mail


class Server:
    """A mail server that fails in its way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def open(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "problem", "remedy"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            "There is no mail server called mail.kreis.example: nobody knows that name.",
            "Check the host in WURT_MAIL_URL",
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
            "The mail server mail.kreis.example was not found: this machine's name server does not answer.",
            "Check the network",
        ),
        (
            SMTPAuthenticationError(535, b"5.7.8 bad credentials"),
            "The mail server mail.kreis.example, port 587, refuses the user or the password: "
            "5.7.8 bad credentials",
            "Correct user and password",
        ),
        (
            ConnectionRefusedError(111, "Connection refused"),
            "The mail server mail.kreis.example, port 587, refuses: nothing listens there.",
            "Check host and port",
        ),
        (
            TimeoutError("timed out"),
            "The mail server mail.kreis.example, port 587, does not answer within 5 seconds.",
            "Let the firewall pass",
        ),
        (
            ssl.SSLError("wrong version number"),
            "The mail server mail.kreis.example, port 587, cannot be spoken to safely: "
            "('wrong version number',)",
            "Check ?tls=1",
        ),
        (
            OSError("x"),
            "The mail server mail.kreis.example, port 587, refuses: x",
            "Check host, port, user and password",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_mail_server_that_does_not_take_mail(monkeypatch, settings, error, problem, remedy):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.kreis.example", 587
    monkeypatch.setattr(checks_around, "get_connection", lambda timeout: Server(error))
    found = told(checks_around.mail())
    assert found is not None
    assert found[:2] == ("fault", problem)
    assert found[2].startswith(remedy)


def test_a_real_name_that_nobody_knows_and_a_real_port_that_is_shut(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", dead_port()
    found = told(checks_around.mail())
    assert found is not None
    assert found[1].endswith("refuses: nothing listens there.")


def test_mail_that_goes_nowhere(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    found = told(checks_around.mail())
    assert found is not None
    assert found[:2] == ("fault", f"Mail is not configured: mails become files in {tmp_path / 'mail'}.")
    settings.WURT_DEMO = True
    assert told(checks_around.mail()) is None


def test_a_sender_that_nobody_accepts(settings):
    settings.DEFAULT_FROM_EMAIL = "Wurt <wurt@localhost>"
    found = told(checks_around.mail())
    assert found is not None
    assert found[0] == "hint"
