"""Import of status reports, strategy pages and lists of measures. Pure: no database, no web framework.

``read_files_safely`` reads files from outside, each in a child process with limits; ``read_files`` reads in
this process. ``to_json`` prints the result.
"""

from wurt.modules.agenda.importing.facade import combine, read_file, read_files
from wurt.modules.agenda.importing.limits import Limits
from wurt.modules.agenda.importing.model import ImportResult, KnownWorld
from wurt.modules.agenda.importing.output import to_json
from wurt.modules.agenda.importing.sandbox import read_file_safely, read_files_safely

__all__ = [
    "ImportResult",
    "KnownWorld",
    "Limits",
    "combine",
    "read_file",
    "read_file_safely",
    "read_files",
    "read_files_safely",
    "to_json",
]
