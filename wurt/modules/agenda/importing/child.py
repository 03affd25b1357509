"""The child process that reads one file: limits first, then the libraries, then the file.

Protocol on standard output, one JSON object a line: ``{"progress": [page, pages]}`` while reading. The result
is pickled to the file named second on the command line: it never meets anything but this process's parent.
"""

import json
import os
import pickle
import resource
import sys
from dataclasses import replace
from pathlib import Path

from wurt.modules.agenda.importing.facade import failed, read_file
from wurt.modules.agenda.importing.limits import Limits


def limit_resources(limits: Limits) -> None:
    """Bound memory, processor time and written files of this process."""
    size = limits.megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024 * 1024, 256 * 1024 * 1024))


def report(page: int, pages: int) -> None:
    """Tell the parent how far the reading is."""
    sys.stdout.write(json.dumps({"progress": [page, pages]}) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Read the file named first, write the result to the file named second, limits as JSON third."""
    path, target = Path(arguments[0]), Path(arguments[1])
    limits = replace(Limits(), **json.loads(arguments[2]))
    os.environ.pop("DATABASE_URL", None)
    limit_resources(limits)
    try:
        document = read_file(path, limits, report)
    except MemoryError:
        document = failed(path.name, "memory", {"limit": limits.megabytes})
    except Exception as error:  # noqa: BLE001
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        document = failed(path.name, "reader_failed")
    target.write_bytes(pickle.dumps(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
