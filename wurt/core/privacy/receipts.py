"""The receipt of an erasure, in words and with a digest that shows a later change."""

import hashlib
import json
from datetime import UTC
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.audit.words import actor_word, table_word
from wurt.core.db.errors import NotFound
from wurt.core.db.privacy import field_name
from wurt.core.privacy.models import Erasure
from wurt.core.web.format import german_datetime


def digest_of(row: Erasure) -> str:
    """SHA-256 over who, when, whom, and what was counted."""
    moment = row.at.astimezone(UTC).isoformat(timespec="seconds")
    content = [str(row.public_id), str(row.person), row.by, moment, row.rows, row.remains]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def receipt(public_id: UUID) -> Erasure:
    """The receipt. Its random id is the only key to it. Raises NotFound."""
    row = Erasure.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="privacy.erasure")
    return row


def by_whom(row: Erasure) -> str:
    """The person itself, an administrator, or a system by its name."""
    if row.by == str(row.person):
        return _("the person themselves")
    return actor_word(row.by, {}) if row.by.startswith("system:") else _("an administrator of the county")


def lines(row: Erasure) -> list[tuple[str, int, int]]:
    """(table, rows before, rows after)."""
    found = [(table_word(table), before, after) for table, (before, after) in row.rows.items()]
    return sorted(found)


def _place(where: str, column: str) -> str:
    """A table and its field, or a folder, as people call it."""
    return f"{table_word(where)} ({field_name(where, column) or column})" if column else table_word(where)


def as_text(row: Erasure, county: str) -> str:
    """The receipt as a plain text file."""
    parts = [
        _("Receipt of an erasure of personal data"),
        "",
        _line(_("County"), county),
        _line(_("Receipt"), row.public_id),
        _line(_("Erased on"), german_datetime(row.at)),
        _line(_("Erased by"), by_whom(row)),
        _line(_("Number of the person"), row.person),
        "",
        _("Rows about the person, before and after:"),
        *(f"  {table}: {before} → {after}" for table, before, after in lines(row)),
        "",
        _("Where name or e-mail address still stand:"),
        *(f"  {_place(where, column)}: {number}" for where, column, number in row.remains),
        *([] if row.remains else ["  " + _("nowhere")]),
        "",
        _line(_("Check sum") + " (SHA-256)", digest_of(row)),
    ]
    return "\n".join(parts) + "\n"


def _line(label: str, value: object) -> str:
    return f"{label}: {value}"
