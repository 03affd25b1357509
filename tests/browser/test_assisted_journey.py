"""By keyboard alone: a call from the shortcut to the printed letter; a helper whose mandate then ends."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler

pytestmark = pytest.mark.no_database

FOCUSED = (
    "() => { const one = document.activeElement;"
    " return (one.labels && one.labels[0] ? one.labels[0].innerText : one.innerText || '').trim(); }"
)


class Keyboard:
    """What hands on a keyboard do; no mouse, no jumps."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, label: str) -> None:
        """Tab until the thing with this label has the focus."""
        seen = []
        for _ in range(150):
            self.page.keyboard.press("Tab")
            seen.append(self.page.evaluate(FOCUSED))
            if seen[-1].startswith(label):
                return
        raise AssertionError(f"{label!r} is not reached by Tab: {[one[:40] for one in seen[:60]]}")

    def press(self, label: str) -> None:
        """Go there and press Enter; the page changes."""
        self.to(label)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.to(label)
        self.page.keyboard.type(text)

    def choose(self, label: str) -> None:
        """A radio button that has the focus of its group is chosen by Space; others by arrows."""
        self.page.get_by_label(label, exact=True).first.focus()
        self.page.keyboard.press("Space")

    def key(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(name)


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def test_a_call_from_the_shortcut_to_the_printed_letter(
    browser: Browser, site: Site, logins: dict[str, Login]
) -> None:
    page = sign_in(browser, site, logins["counter"], bypass_csp=True)
    crawler, keys = Crawler(page, site), Keyboard(page)
    page.goto("/")
    keys.key("F2")
    assert page.locator("h1").inner_text() == "Für jemanden handeln"
    crawler.check("search")
    keys.write("Nachname, oder Vorname und Nachname", "Wiebers")
    keys.to("Ort")
    page.keyboard.type("Tellingstedt")
    keys.press("Suchen")
    crawler.check("found")
    assert "Erna Wiebers" in main(page)
    keys.press("Auswählen")
    crawler.check("begin")
    keys.choose("am Telefon")
    keys.choose("Anschrift und Nummer richtig genannt")
    keys.press("Beginnen")
    assert page.locator("h1").inner_text().startswith("Für Erna Wiebers")
    assert "Sie handeln für Erna Wiebers" in page.locator(".wurt-assisted").inner_text()
    crawler.check("mode")
    keys.press("Einem Thema folgen")
    crawler.check("topics")
    keys.write("Wörter des Titels", "Ehrenamt")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.press("Ehrenamtsbörse")
    crawler.check("follow for the person")
    keys.press("Für die Person folgen")
    assert "Die Person folgt jetzt" in page.locator("body").inner_text()
    assert "folgt diesem Thema." in main(page)
    assert page.get_by_role("button", name="Für die Person nicht mehr folgen").count() == 1
    crawler.check("project in the mode")
    keys.key("F2")
    assert "Sie werden ab jetzt über „Ehrenamtsbörse" in main(page)
    keys.press("Anschrift, Telefon, Brief oder Anruf ändern")
    crawler.check("contact")
    keys.write("Telefonnummer", "")
    page.keyboard.press("Control+A")
    page.keyboard.type("0000 54321")
    keys.press("Speichern")
    keys.key("Shift+F2")
    assert page.locator("h1").inner_text().startswith("Was für Erna Wiebers")
    assert "Ihre Telefonnummer ist: 0000 54321." in main(page)
    crawler.check("summary")
    assert page.locator(".wurt-assisted").count() == 0
    keys.press("Vorlesen")
    crawler.check("script")
    assert "Ist das richtig?" in main(page)
    keys.press("Zurück")
    keys.press("Brief schreiben")
    assert page.locator("h1").inner_text() == "Briefe zum Drucken"
    crawler.check("letters")
    file = page.locator("a", has_text="Briefe als PDF öffnen").get_attribute("href")
    answer = page.request.get(file)
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.body()))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "Erna Wiebers" in text
    assert "0000 54321" in text
    keys.press("Sie sind in der Post")
    assert "Kein Brief wartet" in main(page)
    crawler.check("no letters")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)


def test_no_key_ends_before_a_wall(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    """Pages left open in another tab, keys on pages that refuse: each has a button with the focus order of a
    page, and leads on by keyboard."""
    page = sign_in(browser, site, logins["counter"], bypass_csp=True)
    crawler, keys = Crawler(page, site), Keyboard(page)
    page.goto("/fuer-andere/")
    assert page.locator("h1").inner_text() == "Diese Seite ist für Sie nicht zugänglich"
    crawler.check("nobody is chosen")
    keys.press("Für jemanden handeln")
    assert page.locator("h1").inner_text() == "Für jemanden handeln"
    assert "Handeln für die Person beenden" in main(page)
    keys.write("Nachname, oder Vorname und Nachname", "Wiebers")
    keys.to("Ort")
    page.keyboard.type("Tellingstedt")
    keys.press("Suchen")
    keys.press("Auswählen")
    keys.choose("am Telefon")
    keys.choose("persönlich bekannt")
    keys.press("Beginnen")
    keys.press("Einem Thema folgen")
    left, form = page.context.new_page(), page.context.new_page()
    for tab in (left, form):
        tab.goto("/folgen/projekt/dorffunk/")
    page.goto("/verwaltung/dienste/")
    assert "Sie handeln jetzt für Erna Wiebers" in main(page)
    crawler.check("closed while acting")
    keys.press("Zur Seite dieser Person")
    keys.key("Shift+F2")
    assert page.locator("h1").inner_text().startswith("Was für Erna Wiebers")
    keys.press("Nichts zu bestätigen")
    # Other tabs still show the banner: the key of one, the form of another.
    hands = Keyboard(left)
    hands.key("F2")
    assert "Sie handeln gerade für niemanden." in main(left)
    hands.press("Für jemanden handeln")
    assert left.locator("h1").inner_text() == "Für jemanden handeln"
    hands = Keyboard(form)
    hands.press("Nicht mehr folgen")
    assert "Dieses Formular wurde für jemand anderen geöffnet" in main(form)
    crawler.page = form
    crawler.check("form of nobody")
    hands.press("Für jemanden handeln")
    assert form.locator("h1").inner_text() == "Für jemanden handeln"
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)


def test_shortcuts_can_be_switched_off(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    page = sign_in(browser, site, logins["counter"], bypass_csp=True)
    crawler, keys = Crawler(page, site), Keyboard(page)
    page.goto("/konto/tastenkuerzel/")
    crawler.check("shortcuts")
    keys.press("Tastenkürzel ausschalten")
    assert "In diesem Browser sind Tastenkürzel ausgeschaltet." in main(page)
    assert page.locator("[aria-keyshortcuts]").count() == 0
    page.keyboard.press("F2")
    page.wait_for_timeout(300)
    assert page.url.endswith("/konto/tastenkuerzel/")
    keys.press("Tastenkürzel einschalten")
    keys.key("F2")
    assert page.url.endswith("/verwaltung/fuer-andere/")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)


@pytest.fixture
def helper(browser: Browser, site: Site, logins: dict[str, Login]) -> Page:
    return sign_in(browser, site, logins["resident"], bypass_csp=True)


def test_a_helper_acts_with_a_mandate_until_it_ends(helper: Page, site: Site) -> None:
    page, keys = helper, Keyboard(helper)
    crawler = Crawler(page, site)
    page.goto("/konto/")
    crawler.check("my page")
    keys.press("Vollmachten verwalten")
    crawler.check("mandates")
    keys.press("Für diese Person handeln")
    banner = page.locator(".wurt-assisted").inner_text()
    assert "Sie handeln für Erna Wiebers" in banner
    assert "mit Vollmacht" in banner
    crawler.check("helper's page")
    assert "Vollmacht auf Papier vermerken" not in main(page)
    assert "Anschrift, Telefon" not in main(page)
    keys.press("Mitteilungen ändern oder beenden")
    crawler.check("settings in the mode")
    other = page.context.new_page()
    other.goto("/folgen/projekt/dorffunk/")
    # The same person ends the mandate in another browser; here a form is still open.
    keys.key("Shift+F2")
    assert page.locator("h1").inner_text() == "Vollmachten"
    with page.expect_navigation():
        page.get_by_role("button", name="Vollmacht beenden").first.press("Enter")
    assert "beendet" in main(page)
    assert page.get_by_role("button", name="Für diese Person handeln").count() == 0
    crawler.check("mandate ended")
    with other.expect_navigation():
        other.get_by_role("button", name="Nicht mehr folgen").press("Enter")
    assert "Dieses Formular wurde für jemand anderen geöffnet" in main(other)
    Crawler(other, site).check("refused")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)
