"""A counter whose salt and day a test knows: ``python -m tests.restore.known_counter FOLDER``.

It is ``wurt counter`` but for two things: the day stands in a file, and the salt follows from the day.
"""

import hashlib
import os
import sys
from pathlib import Path

from wurt.core.visits import process
from wurt.core.visits.counter import Counter


def salt_of(day: str) -> bytes:
    """32 bytes that nobody finds by chance."""
    return hashlib.sha256(f"salt of {day}".encode()).digest()


def main() -> None:
    """Count in the folder; the day is read from the file DAY_FILE at every look at the clock."""
    clock = Path(os.environ["DAY_FILE"])

    def day() -> str:
        return clock.read_text(encoding="ascii").strip()

    process.keep_to_memory()
    process.run(Path(sys.argv[1]), Counter(day, lambda size: salt_of(day())[:size]))


if __name__ == "__main__":
    main()
