"""``wurt doctor``: a register of checks, each of which says in plain words what is wrong and what to do.

A module adds its own in ``AppConfig.ready``::

    @check("shuttle map")
    def map_is_there() -> Iterator[Finding]: ...
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import Error as DatabaseTrouble

logger = logging.getLogger("wurt.doctor")


class Grade(StrEnum):
    """``FAULT``: something does not work, or will not for long. ``HINT``: works, but not as it should."""

    FAULT = "fault"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (``problem``) and what to do about it (``remedy``), for a person who administers."""

    grade: Grade
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Result:
    """One check and what it found. ``skipped``: it could not be asked, because another one found a fault."""

    name: str
    findings: tuple[Finding, ...] = ()
    skipped: bool = False


Check = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    run: Check
    needs_database: bool


_CHECKS: list[_Entry] = []
DATABASE = ("database", "migrations")
"""Checks that come first; if one finds a fault, those that need the database are skipped."""


def check(name: str, *, needs_database: bool = False) -> Callable[[Check], Check]:
    """Register a check under a short name that the person sees."""

    def register(run: Check) -> Check:
        if name not in [entry.name for entry in _CHECKS]:
            _CHECKS.append(_Entry(name, run, needs_database))
        return run

    return register


def fault(problem: str, remedy: str) -> Finding:
    """Something does not work."""
    return Finding(Grade.FAULT, problem, remedy)


def hint(problem: str, remedy: str) -> Finding:
    """Something could be better."""
    return Finding(Grade.HINT, problem, remedy)


def examine() -> list[Result]:
    """Run every check. None of them can keep the others from speaking."""
    first = [entry for name in DATABASE for entry in _CHECKS if entry.name == name]
    results: list[Result] = []
    for entry in [*first, *(entry for entry in _CHECKS if entry not in first)]:
        broken = any(not is_well([r]) for r in results if r.name in DATABASE)
        if broken and (entry.needs_database or entry.name in DATABASE):
            results.append(Result(entry.name, skipped=True))
        else:
            results.append(Result(entry.name, tuple(_asked(entry))))
    return results


def _asked(entry: _Entry) -> list[Finding]:
    try:
        return list(entry.run())
    except DatabaseTrouble as error:
        return [fault(f"The database refused: {error}".strip(), "See its log; then run `wurt doctor` again.")]
    except Exception as error:
        logger.debug("check %s failed", entry.name, exc_info=True)
        return [
            fault(f"This check itself failed: {type(error).__name__}: {error}", "Please report it as a bug.")
        ]


def is_well(results: Iterable[Result]) -> bool:
    """No fault; hints do not count."""
    return not any(finding.grade is Grade.FAULT for result in results for finding in result.findings)
