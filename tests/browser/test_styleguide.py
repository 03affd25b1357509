"""Every component in each of its states: accessible in light and dark, never wider than the screen, nothing
refused by the content policy. The walk over all pages sees only the first two of a kind; this sees each."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.site import Site
from wurt.core.web.views.styleguide import names

pytestmark = pytest.mark.no_database

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FINDINGS = """axe.run(document, {resultTypes: ["violations"]})
    .then(found => found.violations.map(
        one => one.id + ": " + one.nodes.map(node => node.html).join(" | ")))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components(browser: Browser, site: Site, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="de-DE",
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    for name in names():
        page.goto(f"{site.address}/styleguide/{name}/")
        wider = page.evaluate(WIDER)
        if wider > 0:
            faults.append(f"{name}: {wider} px too wide at {width} px")
        page.evaluate(AXE.read_text())
        faults += [f"{name}: {finding}" for finding in page.evaluate(FINDINGS)]
    context.close()
    assert faults == []


def test_menu_closes_with_escape_and_gives_the_focus_back(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, locale="de-DE")
    page.goto(f"{site.address}/styleguide/marks/")
    menu = page.locator("summary", has_text="Menü")
    if menu.count() == 0:
        pytest.skip("this site has no menu")
    menu.click()
    assert page.locator(".wurt-nav--narrow details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".wurt-nav--narrow details[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


def test_unsent_text_is_still_there_after_a_reload(browser: Browser, site: Site) -> None:
    page = browser.new_page(locale="de-DE")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.address}/styleguide/forms/")
    page.get_by_label("Titel").last.fill("Bürgerbus")
    page.reload()
    assert page.get_by_label("Titel").last.input_value() == "Bürgerbus"
    page.close()
