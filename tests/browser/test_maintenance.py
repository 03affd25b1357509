"""The maintenance page as a person sees it: styled, accessible, at 320 px, in both languages."""

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Site
from tests.browser.test_every_page import Crawler

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("locale", "heading"), [("de-DE", "Wir sind bald wieder da"), ("en-GB", "We will be back soon")]
)
def test_the_maintenance_page(browser: Browser, site: Site, locale: str, heading: str) -> None:
    context = browser.new_context(locale=locale, base_url=site.address, bypass_csp=True)
    page = context.new_page()
    site.command("maintenance", "on", "--until", "2099-12-31 18:00", "--text", "Wir ziehen um.")
    try:
        answer = page.goto("/projekte/")
        assert answer is not None
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 10**6
        assert page.inner_text("h1") == heading
        assert page.inner_text("main").count("31.12.2099") == 1
        assert "Wir ziehen um." in page.inner_text("main")
        styled = page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")
        assert styled != "none"
        crawler = Crawler(page, site)
        crawler.check("/projekte/")
        assert crawler.faults == []
        assert page.request.get("/healthz").status == 200
    finally:
        site.command("maintenance", "off")
    back = page.goto("/")
    assert back is not None
    assert back.status == 200
    context.close()
