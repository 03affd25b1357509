"""Log lines for people (``text``) and for machines (``json``), both with the id of their request.

The line of a request never holds an address of a visitor, a path or a query: paths carry keys of
invitations and password resets, queries carry what somebody searched for.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from wurt.core.db import request_id


class TextFormatter(logging.Formatter):
    """The configured format, with the id of the request behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, or several with a traceback."""
        text = super().format(record)
        identity = request_id.current()
        return f"{text} [{identity}]" if identity else text


class JsonFormatter(logging.Formatter):
    """One JSON object per line: time (UTC), level, logger, message, request, and what ``extra`` holds
    under ``fields``; ``exception`` is the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_id.current():
            line["request"] = identity
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
