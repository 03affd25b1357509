"""What gunicorn needs besides its command line (``wurt serve``): its own log lines as JSON, and processes
that never make a database where one is missing."""

from typing import Any

from wurt.config import env
from wurt.core.db.schema import never_make_a_file


def post_fork(server: Any, worker: Any) -> None:
    """Called by gunicorn in each fresh process."""
    never_make_a_file()


if env.text("WURT_LOG_FORMAT") == "json":
    logconfig_dict: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "wurt.core.operate.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
    }
