"""``python -m wurt.modules.agenda.importing FILE...`` prints what was read as JSON; it needs no database."""

import json
import sys
from pathlib import Path

from wurt.modules.agenda.importing import read_files_safely, to_json

USAGE = "python -m wurt.modules.agenda.importing FILE...\n"


def main(arguments: list[str]) -> int:
    """Print the result; 1 when a file could not be read, 2 without files."""
    if not arguments:
        sys.stderr.write(USAGE)
        return 2
    result = read_files_safely([Path(argument) for argument in arguments])
    sys.stdout.write(json.dumps(to_json(result), ensure_ascii=False, indent=1) + "\n")
    return 0 if all(document.ok for document in result.documents) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
