"""Back in the browser and sent once more: one notice, one campaign; the second lands where the first did."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_moderation_journey import fill_report
from tests.browser.test_notices_journey import press

pytestmark = pytest.mark.no_database


def report(page: Page) -> str:
    """Fill the form and send it; the address one lands on."""
    fill_report(page, "zweimal@example.org")
    page.wait_for_timeout(3500)  # nobody reads a form in less
    press(page, "Meldung abschicken")
    assert page.locator("h1").inner_text() == "Ihre Meldung ist angekommen"
    return page.url


def test_a_notice_sent_again_after_going_back_is_one(browser: Browser, site: Site) -> None:
    for script in (True, False):
        context = browser.new_context(locale="de-DE", base_url=site.address, java_script_enabled=script)
        page = context.new_page()
        page.goto("/melden/seite/kontakt/")
        first = report(page)
        page.go_back()
        assert report(page) == first
        assert "Das hatten Sie schon gesendet; es zählt einmal." in page.locator("main").inner_text()
        page.goto("/melden/seite/kontakt/")
        assert report(page) == first
        context.close()


def plan(page: Page) -> str:
    """Fill the form of a campaign and send it; the address one lands on."""
    page.get_by_label("Titel", exact=True).fill("Zweimal gesendet")
    page.locator("summary", has_text="Amt Eider").click()
    page.get_by_label("Amt Eider (Amt)").check()
    assert page.locator("[data-choices] [data-chosen]").first.inner_text() == "1"
    assert "1 von 35 gewählt" in page.locator("summary", has_text="Amt Eider").inner_text()
    page.get_by_label("Von", exact=True).fill("2026-05-01")
    page.get_by_label("Bis", exact=True).fill("2026-06-01")
    press(page, "Speichern")
    assert page.locator("h1").inner_text() == "Zweimal gesendet"
    return page.url


def test_a_campaign_sent_again_after_going_back_is_one(
    browser: Browser, site: Site, logins: dict[str, Login]
) -> None:
    page = sign_in(browser, site, logins["coordinator"])
    page.goto("/verwaltung/kampagnen/neu/")
    first = plan(page)
    page.go_back()
    page.reload()
    assert plan(page) == first
    assert "Das hatten Sie schon gesendet" in page.locator("body").inner_text()
    page.goto("/verwaltung/kampagnen/?text=Zweimal")
    assert page.locator("tbody tr").count() == 1
    page.context.close()
