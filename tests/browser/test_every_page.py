"""Every page reached by links, public and staff: accessible, no sideways scrolling, nothing foreign."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.browser.site import Login, Site, sign_in

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PER_VIEW = 2
"""How many addresses of one view are visited: the first two differ in content, the rest only in data."""
NOT_PAGES = ("/static/", "/dateien/", "/api/openapi.json", "/styleguide/")
"""The components of the style guide have a test of their own."""
FINDINGS = (
    "async options => (await axe.run(document, {resultTypes: ['violations'], ...options})).violations"
    ".map(v => v.id + ' ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"
)
SEARCHES = ("/suche/?q=Schuhle", "/suche/?q=Quastenflosser")
"""Forms lead there, no links: results with a correction, and none at all."""
ENDS_SESSION = ("/konto/logout/",)
LOOKS = not os.environ.get("DATABASE_URL", "").startswith("postgres")
"""Markup comes from templates, whichever database is behind them: it is looked at with SQLite."""


def _view(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "?"


class Crawler:
    """Breadth first over links, ``PER_VIEW`` addresses a view; every page is checked as it is seen."""

    def __init__(self, page: Page, site: Site, inside: tuple[str, ...] = ("/",)) -> None:
        self.page, self.site, self.inside = page, site, inside
        self.seen: dict[str, int] = {}
        self.faults: list[str] = []
        self.pages = 0

    def run(self, *starts: str) -> None:
        queue, known = list(starts), set(starts)
        while queue:
            address = queue.pop(0)
            view = _view(address)
            if self.seen.get(view, 0) >= PER_VIEW:
                continue
            self.seen[view] = self.seen.get(view, 0) + 1
            for link in self.visit(address, is_first=self.seen[view] == 1):
                if link not in known:
                    known.add(link)
                    queue.append(link)

    def visit(self, address: str, *, is_first: bool = True) -> list[str]:
        head = self.page.request.get(address, max_redirects=5)
        if "text/html" not in head.headers.get("content-type", ""):
            if not head.ok:
                self.faults.append(f"{address}: answers {head.status}")
            return []
        foreign: list[str] = []
        watch: Callable[[object], None] = lambda request: (  # noqa: E731
            foreign.append(request.url)  # type: ignore[attr-defined]
            if not request.url.startswith((self.site.address, "data:"))  # type: ignore[attr-defined]
            else None
        )
        self.page.on("request", watch)
        answer = self.page.goto(address)
        self.page.remove_listener("request", watch)
        self.pages += 1
        if answer is None or answer.status != 200:
            self.faults.append(f"{address}: answers {answer.status if answer else 'nothing'}")
            return []
        self.faults += [f"{address}: asks {url}" for url in foreign]
        self.check(address, colours=is_first)
        dead = self.page.eval_on_selector_all('a[href=""]', "all => all.map(a => a.textContent.trim())")
        self.faults += [f"{address}: the link “{text}” leads nowhere" for text in dead]
        links = self.page.eval_on_selector_all(
            "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), a.baseURI).href)"
        )
        return [
            (parts.path + (f"?{parts.query}" if parts.query else ""))
            for parts in map(urlsplit, links)
            if f"{parts.scheme}://{parts.netloc}" == self.site.address
            and parts.path.startswith(self.inside)
            and not parts.path.startswith(NOT_PAGES + ENDS_SESSION)
        ]

    def check(self, address: str, *, colours: bool = True) -> None:
        """All rules of axe in the light; in the dark the contrast, which alone depends on it. Without
        ``colours`` no contrast, the slowest of the rules: a second page of a view has the same ones."""
        if not LOOKS:
            return
        self.page.evaluate(AXE.read_text())
        rules = {} if colours else {"rules": {"color-contrast": {"enabled": False}}}
        self.faults += [f"{address}: axe {fault}" for fault in self.page.evaluate(FINDINGS, rules)]
        if colours:
            self.page.emulate_media(color_scheme="dark")
            contrast = self.page.evaluate(FINDINGS, {"runOnly": ["color-contrast"]})
            self.faults += [f"{address}: in the dark: axe {fault}" for fault in contrast]
            self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            self.faults.append(f"{address}: {wide} px wide at 320 px")
        self.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.no_database
def test_every_public_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", base_url=site.address, bypass_csp=True)
    crawler = Crawler(context.new_page(), site)
    crawler.run("/", *SEARCHES)
    context.close()
    assert not crawler.faults, "\n".join(crawler.faults)
    assert crawler.pages >= 20


@pytest.mark.no_database
@pytest.mark.parametrize("name", ["admin", "lead"])
def test_every_staff_page(browser: Browser, site: Site, logins: dict[str, Login], name: str) -> None:
    page = sign_in(browser, site, logins[name], bypass_csp=True)
    crawler = Crawler(page, site, inside=("/verwaltung/", "/konto/"))
    crawler.run("/verwaltung/agenda/aufgaben/", "/konto/")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)
    assert crawler.pages >= (15 if name == "admin" else 5)


def test_public_pages_work_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/projekte/")
    page.locator("main form input[name=q]").fill("Ehrenamt")
    page.locator("main form button[type=submit]").first.click()
    assert page.locator("main a", has_text="Ehrenamtsbörse").count() >= 1
    assert page.locator("main a", has_text="DorfFunk").count() == 0
    assert "q=Ehrenamt" in page.url
    context.close()


def test_first_load_is_small(browser: Browser, site: Site) -> None:
    """At most 100 kB over the wire without the map, for the pages people land on."""
    sizes: dict[str, int] = {}
    for address in ("/", "/projekte/", "/projekte/dorffunk/", "/berichte/2024-04/"):
        context = browser.new_context(locale="de-DE", base_url=site.address)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        total: list[int] = []
        session.on(
            "Network.loadingFinished",
            lambda event, total=total: total.append(int(event["encodedDataLength"])),
        )
        page.goto(address, wait_until="networkidle")
        sizes[address] = sum(total)
        context.close()
    assert {address: size for address, size in sizes.items() if size > 100_000} == {}
