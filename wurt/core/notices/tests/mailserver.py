"""A small mail server for tests: it speaks SMTP on a socket, refuses or hangs up as told, keeps the rest."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """``refusals``: answer to RCPT by address. ``hang_up_at``: numbers (from 1) of the mail in whose middle
    the line is cut, after the server has kept it. ``refuse_data``: answer to the content, if any."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.kept: list[tuple[str, EmailMessage]] = []
        self.refusals: dict[str, str] = {}
        self.hang_up_at: set[int] = set()
        self.refuse_data = ""

    @property
    def recipients(self) -> list[str]:
        return [to for to, _message in self.kept]


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        self.say("220 test")
        to = ""
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line[line.index("<") + 1 : line.index(">")]
                self.say(self.server.refusals.get(to, "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                if not self.take(to):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, to: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if self.server.refuse_data:
            self.say(self.server.refuse_data)
            return True
        message = message_from_bytes(b"".join(lines), _class=EmailMessage, policy=policy.default)
        self.server.kept.append((to, message))
        if len(self.server.kept) in self.server.hang_up_at:
            return False
        self.say("250 kept")
        return True


@contextmanager
def running() -> Iterator[MailServer]:
    """The server, answering until the block ends."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
