"""Limits of one import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall clock, ``megabytes`` of memory, ``pages`` and ``file_megabytes`` of one file."""

    seconds: float = 60.0
    megabytes: int = 768
    pages: int = 500
    task_pages: int = 200
    file_megabytes: int = 100
    text_megabytes: int = 10
    unpacked_megabytes: int = 400
    ratio: int = 200
