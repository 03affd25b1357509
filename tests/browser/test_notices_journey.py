"""A visitor follows a project by e-mail in the demo: form, mail, yes, settings, and away again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler

pytestmark = pytest.mark.no_database


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Crawler]:
    context = browser.new_context(locale="de-DE", base_url=site.address, bypass_csp=True)
    yield Crawler(context.new_page(), site)
    context.close()


def press(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def open_mail(page: Page, subject: str) -> None:
    """The demo's worker writes the mail within seconds."""
    for _ in range(60):
        page.goto("/demo/post/")
        link = page.locator("main a", has_text=subject)
        if link.count():
            link.first.click()
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail {subject!r}: {page.locator('main').inner_text()}")


def test_following_by_mail(visitor: Crawler) -> None:
    page = visitor.page
    page.goto("/projekte/dorffunk/")
    page.get_by_role("link", name="Per E-Mail auf dem Laufenden bleiben").click()
    visitor.check("form")
    page.get_by_label("E-Mail-Adresse").fill("ada")
    page.locator("form.wurt-form").evaluate("form => form.noValidate = true")
    press(page, "E-Mail zum Bestätigen schicken")
    assert "Bitte schreiben Sie die ganze E-Mail-Adresse" in page.locator("main").inner_text()
    visitor.check("form with an error")
    page.get_by_label("E-Mail-Adresse").fill("ada@example.org")
    press(page, "E-Mail zum Bestätigen schicken")
    assert page.locator("h1").inner_text() == "Schauen Sie in Ihr Postfach"
    visitor.check("sent")
    open_mail(page, "Bitte bestätigen: Neues über DorfFunk")
    assert page.frame_locator("iframe").locator("a", has_text="Bestätigen").count() == 1
    visitor.check("mail")
    page.locator("main a[href*='/mitteilungen/bestaetigen/']").click()
    visitor.check("confirm")
    press(page, "Ja, bitte informieren")
    assert page.locator("h1").inner_text() == "Sie werden informiert"
    visitor.check("confirmed")
    page.get_by_role("link", name="Einstellen, wie oft").click()
    visitor.check("settings")
    page.get_by_label("Neuer Statusbericht, per E-Mail").select_option("weekly")
    press(page, "Speichern")
    assert page.get_by_label("Neuer Statusbericht, per E-Mail").input_value() == "weekly"
    press(page, "Nichts mehr folgen")
    assert page.locator("h1").inner_text() == "Sie bekommen keine Mitteilungen mehr"
    visitor.check("unsubscribed")
    assert not visitor.faults, "\n".join(visitor.faults)


def test_following_signed_in_and_the_desk(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    page = sign_in(browser, site, logins["admin"], bypass_csp=True)
    crawler = Crawler(page, site)
    page.goto("/folgen/projekt/dorffunk/")
    crawler.check("signed in")
    press(page, "Folgen")
    assert "Sie folgen jetzt „DorfFunk“" in page.locator("main").inner_text()
    page.goto("/mitteilungen/einstellungen/")
    crawler.check("own settings")
    page.goto("/verwaltung/mitteilungen/briefe/neu/")
    page.get_by_label("Name").fill("Oma Petersen")
    page.get_by_label("Anschrift").fill("Deich 1\n25746 Heide")
    page.locator("details.wurt-disclosure summary", has_text=re.compile(r"^Projekt\b")).click()
    page.get_by_label("DorfFunk", exact=True).check()
    crawler.check("reader")
    press(page, "Hinzufügen")
    assert "Oma Petersen" in page.locator("main").inner_text()
    crawler.check("letters")
    with page.expect_navigation():
        page.locator("form", has_text="Oma Petersen").get_by_role("button").click()
    assert "Oma Petersen" not in page.locator("main").inner_text()
    page.goto("/folgen/projekt/dorffunk/")
    press(page, "Nicht mehr folgen")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)


def test_somebody_who_chose_calls_is_called(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    """The demo's Klaas follows the agenda and wants to be called: not reached, then told."""
    page = sign_in(browser, site, logins["counter"], bypass_csp=True)
    crawler = Crawler(page, site)
    page.goto("/verwaltung/anrufe/")
    crawler.check("list")
    assert "Klaas Thießen" in page.locator("main").inner_text()
    page.get_by_label("Stand").select_option("jetzt anzurufen")
    press(page, "Filter anwenden")
    assert "state=due" in page.url
    crawler.check("filtered")
    with page.expect_download() as table:
        page.get_by_role("link", name="Diese Liste als Tabellendatei (CSV)").click()
    assert table.value.suggested_filename == "anrufe.csv"
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"^Anrufen\s*: Klaas")).click()
    assert page.locator("h1").inner_text() == "Klaas Thießen (erfunden) anrufen"
    crawler.check("script")
    words = page.locator("main").inner_text()
    assert "Spreche ich mit Klaas Thießen (erfunden)?" in words
    assert "http" not in words
    press(page, "Nicht erreicht")
    assert "am nächsten Arbeitstag wieder in der Liste" in page.locator("body").inner_text()
    page.goto("/verwaltung/anrufe/?state=later")
    assert "einmal nicht erreicht" in page.locator("main").inner_text()
    crawler.check("later")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"^Anrufen\s*: Klaas")).click()
    press(page, "Die Person weiß jetzt Bescheid")
    assert "Klaas" not in page.locator("main").inner_text()
    crawler.check("told")
    page.context.close()
    assert not crawler.faults, "\n".join(crawler.faults)
