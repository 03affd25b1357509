"""The one way in which a file can fail: with a code of :mod:`messages` and parameters."""

from collections.abc import Mapping
from typing import Any


class ImportFailed(Exception):
    """A file cannot be read. ``code`` and ``params`` give the message a person sees."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params = dict(params or {})
