"""The menu of staff on a phone and on a desk: by keyboard, without JavaScript, accessible."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler

pytestmark = pytest.mark.no_database

GROUPS = ["Agenda", "Dienste und Kampagnen", "Inhalte und Mitteilungen", "Personen und Verwaltung"]


def opened(browser: Browser, site: Site, login: Login, width: int, *, script: bool) -> Page:
    page = sign_in(browser, site, login)
    context = browser.new_context(
        storage_state=page.context.storage_state(),
        viewport={"width": width, "height": 800},
        locale="de-DE",
        base_url=site.address,
        java_script_enabled=script,
        bypass_csp=True,
    )
    page.context.close()
    return context.new_page()


@pytest.mark.parametrize("width", [320, 1280])
def test_by_keyboard_and_without_javascript(
    browser: Browser, site: Site, logins: dict[str, Login], width: int
) -> None:
    page = opened(browser, site, logins["admin"], width, script=False)
    page.goto("/verwaltung/seiten/")
    if width == 320:
        page.locator(".wurt-desk__narrow > summary").press("Enter")
    nav = page.locator("nav[aria-label='Menü für Beschäftigte']:visible")
    expect(nav.locator("summary")).to_have_text(GROUPS)
    expect(nav.locator("details[open] summary")).to_have_text(["Inhalte und Mitteilungen"])
    expect(nav.locator("a[aria-current=page]")).to_have_text(["Textseiten"])
    expect(nav.get_by_role("link", name="Protokoll")).to_be_hidden()
    nav.locator("summary", has_text="Personen und Verwaltung").press("Enter")
    nav.get_by_role("link", name="Protokoll").press("Enter")
    expect(page.locator("h1")).to_have_text("Protokoll")
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_with_every_group_open_it_is_accessible(
    browser: Browser, site: Site, logins: dict[str, Login], width: int
) -> None:
    page = opened(browser, site, logins["admin"], width, script=True)
    page.goto("/verwaltung/seiten/")
    page.evaluate("for (const one of document.querySelectorAll('.wurt-desk details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    crawler = Crawler(page, site)
    crawler.check("/verwaltung/seiten/")
    assert crawler.faults == []
    page.context.close()
