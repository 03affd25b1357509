"""The shape of the access table: which role gets which answer at which address.

Every app has ``tests/access.py`` with ``ROWS: list[Row]`` and, if its addresses need something to exist,
``setup(world)``, which makes it and keeps it in ``world.rows``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import ROLES, World

LOGIN = "to the login"
FACTOR = "to the second factor"
Answer = int | str


def who(rest: Answer, **answers: Answer) -> dict[str, Answer]:
    """Answers by role; ``rest`` for every role that is not named."""
    unknown = set(answers) - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {sorted(unknown)}")
    return {role: answers.get(role, rest) for role in ROLES}


def everybody(answer: Answer) -> dict[str, Answer]:
    """The same for all."""
    return who(answer)


def signed_in(answer: Answer) -> dict[str, Answer]:
    """The same for all who are signed in; visitors are sent to the login."""
    return who(answer, anonymous=LOGIN)


def desk(answer: Answer, *roles: str, method: str = "GET", factor: Answer = FACTOR) -> dict[str, Answer]:
    """A page of the staff desk: ``answer`` for the named roles (with their second factor) and the
    administrator,
    the way to the second factor for the administrator without, 403 for all others."""
    answers = dict.fromkeys((*roles, "county_admin"), answer)
    anonymous: Answer = LOGIN if method == "GET" else 403
    return who(403, anonymous=anonymous, county_admin_without_factor=factor, **answers)


@dataclass(frozen=True)
class Row:
    """One address with one method. ``name`` is what ``reverse`` knows it by."""

    name: str
    answers: dict[str, Answer]
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})

    def __str__(self) -> str:
        return f"{self.method} {self.name}"
