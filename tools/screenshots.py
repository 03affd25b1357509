"""The pictures of the README: ``python tools/screenshots.py`` starts a fresh demo county and photographs it.

Each page at 360 and at 1280 pixels, as much as fits a screen of 900 (never the whole page), in light colours
and without motion. Names are page and width; the same pages give the same names on every run.
"""

import os
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django  # noqa: E402

django.setup()  # the logins' codes are reckoned by allauth

import chromium  # noqa: E402

from tests.browser.site import Login, Site, running_site, sign_in  # noqa: E402

TARGET = ROOT / "docs" / "images"
WIDTHS, HEIGHT = (360, 1280), 900
COLOURS = 256
LIMIT = 1_500_000
"""Most bytes of all pictures together: they are fetched with the repository."""

MONTH = "2024-04"
PUBLIC = {
    "home": ("/", ""),
    "overview": ("/projekte/", "main .wurt-tabs"),
    "project": ("/projekte/digitalpatenschaft/", ""),
    "report": (f"/berichte/{MONTH}/", "main h1"),
    "timeline": ("/zeitplan/", "main figure"),
    "strategy": ("/strategie/", ""),
}
"""Address, and the element that is scrolled to the top on wide screens ("": the page from its beginning)."""
DESK_MONTH = f"/verwaltung/agenda/berichte/{MONTH}/"
REPORT = """# Projektstatusbericht Mai 2024

## Flexibler Busshuttle

Gesamtstatus: Grün

Fortschritt in der Berichtsphase:
Zwei weitere Dörfer sind an das Netz der Haltepunkte angeschlossen.

Gesamter Sachstand:
Die Fahrten werden gut angenommen, vor allem am Vormittag.

Meilensteine:
- Auswertung der ersten Monate: Jun 24
- Ausweitung auf den Norden: Herbst 24

Nächste Schritte:
- Fahrgäste befragen
"""
CALM = "*,*::before,*::after{animation:none!important;transition:none!important;caret-color:#0000!important}"


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def options(width: int) -> dict[str, object]:
    """What a picture must not depend on: colours of the system, motion, density."""
    return {
        "viewport": {"width": width, "height": HEIGHT},
        "color_scheme": "light",
        "reduced_motion": "reduce",
        "device_scale_factor": 1,
        "bypass_csp": True,
    }


def take(page: Page, name: str, address: str, top: str = "") -> None:
    """One picture of what is seen at this address, from the element ``top`` on."""
    width = page.viewport_size["width"]
    answer = page.goto(address)
    if answer is None or answer.status != 200 or urlsplit(page.url).path != address:
        sys.exit(f"{address} answers {answer.status if answer else 'nothing'} as {page.url}")
    page.add_style_tag(content=CALM)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    if top and width > min(WIDTHS):
        page.locator(top).first.evaluate("element => element.scrollIntoView({block: 'start'})")
    path = TARGET / f"{name}-{width}.png"
    page.screenshot(path=path)
    shrink(path)
    print(f"  {path.relative_to(ROOT)}  {path.stat().st_size:,} B", flush=True)


def shrink(path: Path) -> None:
    """A palette instead of true colour: a third of the size; rare colours such as a red mark are kept."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)


def public_pages(browser: Browser, site: Site, width: int) -> None:
    """What everybody sees."""
    context = browser.new_context(locale="de-DE", base_url=site.address, **options(width))
    page = context.new_page()
    for name, (address, top) in PUBLIC.items():
        take(page, name, address, top)
    context.close()


def staff_pages(browser: Browser, site: Site, session: StorageState, review: str, width: int) -> None:
    """What the coordination sees: a month, and a report that was read and waits for review."""
    context = browser.new_context(
        locale="de-DE", base_url=site.address, storage_state=session, **options(width)
    )
    page = context.new_page()
    take(page, "desk-month", DESK_MONTH, "main h1")
    take(page, "import-review", review, "main h1")
    context.close()


def import_report(site: Site, folder: Path) -> str:
    """Let the command read a report with one doubt; the address of its review."""
    path = folder / "statusbericht-mai.md"
    path.write_text(REPORT, encoding="utf-8")
    told = site.command("agenda", "import", str(path))
    found = re.search(r"/verwaltung/importe/\S+", told)
    if found is None:
        sys.exit(f"the import names no review:\n{told}")
    return found[0]


def enter(browser: Browser, site: Site, login: Login, batch: str) -> tuple[StorageState, str]:
    """Sign in once (a one-time code works once); the session, and the first entry that waits for review."""
    page = sign_in(browser, site, login)
    page.goto(batch)
    address = page.locator("a[href*='/importe/eintrag/']").first.get_attribute("href")
    session = page.context.storage_state()
    page.context.close()
    if not address:
        sys.exit("The import has nothing to review.")
    return session, address


def main() -> int:
    """Start, photograph, stop; 1 if the pictures became too large."""
    binary = chromium.find()
    if binary is None:
        sys.exit("No Chromium found. Run: python tools/chromium.py")
    TARGET.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="wurt-screenshots-"))
    try:
        with running_site(folder, free_port()) as site, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
            login = Login("coordinator", *_login(folder, "coordinator"))
            session, review = enter(browser, site, login, import_report(site, folder))
            for width in WIDTHS:
                public_pages(browser, site, width)
                staff_pages(browser, site, session, review, width)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    total = sum(path.stat().st_size for path in TARGET.glob("*.png"))
    print(f"{total:,} B in all (at most {LIMIT:,})")
    return 0 if total <= LIMIT else 1


def _login(folder: Path, name: str) -> tuple[str, str]:
    """Address and password of a demo login, as the demo prints them."""
    for line in (folder / "log").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == [name]:
            return words[1], words[2]
    sys.exit(f"The demo has no login {name}.")


if __name__ == "__main__":
    sys.exit(main())
