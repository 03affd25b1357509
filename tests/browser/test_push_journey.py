"""A person lets notices come to a device: the browser's own service worker shows one and opens its page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler

pytestmark = pytest.mark.no_database

SHOWN = "registration => registration.getNotifications().then(all => all.map(one => [one.title, one.tag]))"


@pytest.fixture
def page(browser: Browser, site: Site, logins: dict[str, Login]) -> Iterator[Page]:
    page = sign_in(browser, site, logins["admin"])
    page.context.grant_permissions(["notifications"], origin=site.address)
    yield page
    page.context.close()


def registration(session: CDPSession) -> str:
    """The id that the browser gave to the service worker."""
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(100):
        if found:
            return str(found[-1]["registrationId"])
        session.send("Runtime.evaluate", {"expression": "1"})
    raise AssertionError("no service worker was registered")


def test_a_push_becomes_a_notice_and_opens_its_page(page: Page, site: Site) -> None:
    page.goto("/mitteilungen/einstellungen/")
    form = page.locator("[data-push-form]")
    form.wait_for(state="visible")
    assert page.locator("[data-push-none]").is_hidden()
    # No push service is reached from here; what the page registers is its real service worker all the same.
    page.get_by_role("button", name="Mitteilungen auf dieses Gerät schicken").click()
    status = page.locator("[data-push] [role=status]")
    page.wait_for_function(
        "() => navigator.serviceWorker.getRegistration('/mitteilungen/').then(found => !!found?.active)"
    )
    page.wait_for_function(
        "() => /Push-Dienst/.test(document.querySelector('[data-push] [role=status]').textContent)"
    )
    assert "Bitte versuchen Sie es später noch einmal" in status.inner_text()
    session = page.context.new_cdp_session(page)
    told = {"title": "Neuer Statusbericht", "url": "/agenda/", "tag": "t1", "lang": "de"}
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": site.address, "registrationId": registration(session), "data": json.dumps(told)},
    )
    for _ in range(50):
        shown = page.evaluate(
            f"() => navigator.serviceWorker.getRegistration('/mitteilungen/').then({SHOWN})"
        )
        if shown:
            break
        page.wait_for_timeout(100)
    assert shown == [["Neuer Statusbericht", "t1"]]
    scope = page.evaluate(
        "() => navigator.serviceWorker.getRegistration('/mitteilungen/').then(one => one.scope)"
    )
    assert scope == f"{site.address}/mitteilungen/"


def test_the_settings_are_free_of_findings_and_work_without_script(
    browser: Browser, site: Site, logins: dict[str, Login]
) -> None:
    page = sign_in(browser, site, logins["admin"], bypass_csp=True)
    crawler = Crawler(page, site)
    page.goto("/mitteilungen/einstellungen/")
    page.locator("[data-push-form]").wait_for(state="visible")
    crawler.check("settings with devices")
    assert not crawler.faults, "\n".join(crawler.faults)
    page.context.close()
