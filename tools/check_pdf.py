"""Check PDFs against PDF/UA-1 with an independent checker: ``python tools/check_pdf.py FILE...``

The checker (outloud) brings AGPL code along. It therefore lives in an environment of its own,
``.tools/pdfua``, made on first use, and is never part of what Wurt installs or hands out. Ends with 1 when a
file has an error or a warning.
"""

import subprocess
import sys
import venv
from pathlib import Path

CHECKER = "outloud==0.2.1"
HOME = Path(__file__).resolve().parents[1] / ".tools" / "pdfua"
STAMP = HOME / "checker.txt"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")


def prepare() -> None:
    """Make the environment unless the pinned checker is already in it."""
    if STAMP.is_file() and STAMP.read_text().strip() == CHECKER:
        return
    print(f"Making {HOME} with {CHECKER} ...", flush=True)
    venv.create(HOME, with_pip=True, clear=True)
    subprocess.run([str(BIN / "python"), "-m", "pip", "install", "--quiet", CHECKER], check=True)
    STAMP.write_text(CHECKER + "\n")


def main(files: list[str]) -> int:
    """Run the checker on all files; its own report goes to the terminal."""
    missing = [name for name in files if not Path(name).is_file()]
    if missing or not files:
        print(f"no such file: {', '.join(missing)}" if missing else __doc__, file=sys.stderr)
        return 2
    prepare()
    run = subprocess.run([str(BIN / "outloud"), "--fail-on", "warning", *files], check=False)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
