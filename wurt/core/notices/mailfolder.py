"""Reads the folder into which mail goes where no mail server is set. Only for the demo on this machine:
mails hold links that sign people in."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from wurt.core.db.errors import NotFound

SHOWN = 100
_BETWEEN = re.compile(rb"\n-{79}\n")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_NAME = re.compile(r"[\w-]+\.log")


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail. ``file`` and ``number`` (from 0) name it; ``links`` in the order of the text, each once."""

    file: str
    number: int
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str
    links: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


def newest() -> tuple[StoredMail, ...]:
    """The newest mails first. Raises NotFound outside of the demo."""
    found: list[StoredMail] = []
    for path in sorted(_folder().glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True):
        found += reversed(_mails(path))
        if len(found) >= SHOWN:
            break
    return tuple(found[:SHOWN])


def mail(file: str, number: int) -> StoredMail:
    """One mail. Raises NotFound, outside of the demo too."""
    path = _folder() / file
    if not _NAME.fullmatch(file) or not path.is_file():
        raise NotFound(code="notices.mail")
    mails = _mails(path)
    if number >= len(mails):
        raise NotFound(code="notices.mail")
    return mails[number]


def _folder() -> Path:
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    if not settings.DEMO_LOGINS or not folder:
        raise NotFound(code="notices.demo")
    return Path(folder)


def _mails(path: Path) -> list[StoredMail]:
    pieces = [piece for piece in _BETWEEN.split(path.read_bytes()) if piece.strip()]
    return [_mail(path.name, number, piece) for number, piece in enumerate(pieces)]


def _mail(file: str, number: int, raw: bytes) -> StoredMail:
    message = message_from_bytes(raw.lstrip(), _class=EmailMessage, policy=policy.default)
    text, html = _body(message, "plain"), _body(message, "html")
    date = message.get("Date")
    return StoredMail(
        file=file,
        number=number,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        at=parsedate_to_datetime(str(date)) if date else None,
        text=text,
        html=html,
        links=tuple(dict.fromkeys(_LINK.findall(text))),
        headers=tuple((name, str(value)) for name, value in message.items()),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
