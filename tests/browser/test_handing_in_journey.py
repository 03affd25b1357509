"""A lead without news hands in, the coordination sees it, the lead opens it again."""

import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import AXE, FINDINGS

MONTH = "/verwaltung/agenda/berichte/2024-08/"
PICTURES = os.environ.get("WURT_TEST_PICTURES", "")


def looked_at(page: Page, name: str) -> None:
    """No axe finding and nothing wider than the screen, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(AXE.read_text())
        assert page.evaluate(FINDINGS, ["html", {}]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def test_nothing_new_in_three_steps(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    coordinator = sign_in(browser, site, logins["coordinator"])
    coordinator.goto("/verwaltung/agenda/monat-anlegen/")
    coordinator.get_by_label("Monat", exact=True).fill("2024-08")
    coordinator.locator("main").get_by_role("button", name="Anlegen").click()
    expect(coordinator).to_have_url(re.compile(rf"{MONTH}$"))

    lead = sign_in(browser, site, logins["lead"])
    lead.goto(f"{MONTH}projekte/digitalpatenschaft/")
    looked_at(lead, "report")
    lead.get_by_role("link", name="Nichts Neues in diesem Monat").click()
    looked_at(lead, "nothing-new")
    lead.get_by_label("grün: wie geplant").check()
    for box in lead.locator("textarea[name^=why_]").all():
        box.fill("Das ist mit der Koordination besprochen.")
    lead.locator("main").get_by_role("button", name="Abgeben").click()
    expect(lead.locator("main")).to_contain_text("Der Bericht ist abgegeben.")
    lead.goto(MONTH)
    looked_at(lead, "month-of-lead")

    coordinator.goto(f"{MONTH}?stand=abgegeben")
    expect(coordinator.locator("main tbody tr")).to_have_count(1)
    expect(coordinator.locator("main tbody tr")).to_contain_text(re.compile("DigitalPatenschaft"))
    coordinator.goto(MONTH)
    looked_at(coordinator, "month")

    lead.goto(f"{MONTH}projekte/digitalpatenschaft/")
    looked_at(lead, "report-handed-in")
    lead.locator("main").get_by_role("button", name="Wieder öffnen").click()
    expect(lead.locator("main")).to_contain_text("Der Bericht ist wieder offen.")
    lead.goto(f"{MONTH}projekte/digitalpatenschaft/abgeben/")
    looked_at(lead, "hand-in")

    coordinator.goto(f"{MONTH}loeschen/")  # other tests expect the months of the demo
    coordinator.locator("main").get_by_role("button", name="Löschen").click()
    expect(coordinator).to_have_url(re.compile("/berichte/$"))
