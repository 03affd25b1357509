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
    "async ([where, options]) => (await axe.run(where, {resultTypes: ['violations'], ...options})).violations"
    ".map(v => v.id + ' ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"
)
STANDING = r"""known => {
    // The way from the page down to a text, by elements and attributes, is all its colours can depend on:
    // styles in the page are forbidden. Marks the texts whose way no page before had; returns those, hashed.
    const plain = /^(id|for|href|src|name|value|alt|title|action|content|aria-(label|describ|control).*)$/;
    const way = element => {
        if (!element) return '';
        const own = [...element.attributes].filter(a => !plain.test(a.name)).map(a => a.name + '=' + a.value);
        const turn = /^(TR|LI)$/.test(element.tagName)
            ? [...element.parentElement.children].indexOf(element) % 2 : '';
        return way(element.parentElement) + '>' + element.tagName + turn + own.sort().join(' ');
    };
    const hash = text => {
        let one = 0x811c9dc5, two = 0x01000193;
        for (let i = 0; i < text.length; i++) {
            one = Math.imul(one ^ text.charCodeAt(i), 0x01000193);
            two = Math.imul(two ^ text.charCodeAt(i), 0x85ebca6b);
        }
        return (one >>> 0) * 0x100000 + (two >>> 12);
    };
    const before = new Set(known), found = new Set();
    for (const element of document.body.querySelectorAll('*')) {
        const says = element.value || [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!says || !element.checkVisibility()) continue;
        const its = hash(way(element));
        if (before.has(its) || found.has(its)) continue;
        found.add(its);
        element.setAttribute('data-unseen', '');
    }
    return [...found];
}"""
SEARCHES = ("/suche/?q=Schuhle", f"/suche/?q={'Quastenflosser' * 12}")
"""Forms lead there, no links: results with a correction, and none at all."""
ENDS_SESSION = ("/konto/logout/",)
LOOKS = not os.environ.get("DATABASE_URL", "").startswith("postgres")
"""Markup comes from templates, whichever database is behind them: it is looked at with SQLite."""

pytestmark = pytest.mark.no_database


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
        self.ways: set[int] = set()
        self.pages = 0

    def run(self, *starts: str) -> None:
        queue, known = list(starts), set(starts)
        while queue:
            address = queue.pop(0)
            view = _view(address)
            if self.seen.get(view, 0) >= PER_VIEW:
                continue
            self.seen[view] = self.seen.get(view, 0) + 1
            for link in self.visit(address):
                if link not in known:
                    known.add(link)
                    queue.append(link)

    def visit(self, address: str) -> list[str]:
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
        self.check(address)
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

    def check(self, address: str) -> None:
        """All rules of axe in the light, and in the dark the contrast, which alone depends on it. Contrast,
        the slowest of the rules, is looked at where a text stands as none stood on a page before."""
        if not LOOKS:
            return
        self.page.evaluate(AXE.read_text())
        others = {"rules": {"color-contrast": {"enabled": False}}}
        self.faults += [f"{address}: axe {fault}" for fault in self._findings("html", others)]
        ways = self.page.evaluate(STANDING, list(self.ways))
        self.ways.update(ways)
        for scheme in ("dark", "light") if ways else ():
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = self._findings("[data-unseen]", {"runOnly": ["color-contrast"]})
            self.faults += [f"{address}: {scheme}: axe {fault}" for fault in found]
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            self.faults.append(f"{address}: {wide} px wide at 320 px")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def _findings(self, where: str, options: dict[str, object]) -> list[str]:
        return list(self.page.evaluate(FINDINGS, [where, options]))


def test_control_a_pale_text_is_found_wherever_it_first_stands(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", base_url=site.address, bypass_csp=True)
    crawler = Crawler(context.new_page(), site)
    crawler.visit("/")
    assert crawler.faults == []
    crawler.page.add_style_tag(content="p.pale { color: #ccc !important; background: #fff !important }")
    crawler.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=pale>Zu blass</p>')"
    )
    crawler.check("pale")
    assert [fault.split(" .pale")[0] for fault in crawler.faults] == [
        "pale: dark: axe color-contrast",
        "pale: light: axe color-contrast",
    ]
    context.close()


def test_every_public_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", base_url=site.address, bypass_csp=True)
    crawler = Crawler(context.new_page(), site)
    crawler.run("/", *SEARCHES)
    context.close()
    assert not crawler.faults, "\n".join(crawler.faults)
    assert crawler.pages >= 20


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
