"""A visitor reports a page, a moderator hides it, the visitor reads the decision and complains; the other one
reverses it and the page is back. Without JavaScript the notice waits until the link of the mail is used."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler
from tests.browser.test_notices_journey import open_mail, press

pytestmark = pytest.mark.no_database

PAGE = "/ueber/"
WORDS = "Auf dieser Seite steht eine Angabe, die seit dem Frühjahr nicht mehr stimmt."


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Crawler]:
    context = browser.new_context(locale="de-DE", base_url=site.address, bypass_csp=True)
    yield Crawler(context.new_page(), site)
    context.close()


def staff(browser: Browser, site: Site, login: Login) -> Crawler:
    return Crawler(sign_in(browser, site, login, bypass_csp=True), site)


def fill_report(page: Page, email: str) -> None:
    page.get_by_label("Falsche oder irreführende Angaben").check()
    page.get_by_label("Bitte erklären Sie es").fill(WORDS)
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Was ich angebe, ist nach meinem Wissen richtig").check()


def test_from_the_notice_to_the_page_that_comes_back(
    browser: Browser, site: Site, logins: dict[str, Login], visitor: Crawler
) -> None:
    page = visitor.page
    page.goto(PAGE)
    page.get_by_role("link", name="Inhalt melden").click()
    visitor.check("report")
    page.locator("form.wurt-form").evaluate("form => form.noValidate = true")
    press(page, "Meldung abschicken")
    assert "Bitte wählen Sie einen Grund" in page.locator("main").inner_text()
    visitor.check("report with errors")
    fill_report(page, "melderin@example.org")
    page.wait_for_timeout(3500)  # nobody reads a form in less
    press(page, "Meldung abschicken")
    assert page.locator("h1").inner_text() == "Ihre Meldung ist angekommen"
    number = re.search(r"M-[0-9A-F]{8}", page.locator("main").inner_text())
    assert number
    assert "Ihr Browser hat die kleine Rechenaufgabe nicht gelöst" not in page.locator("main").inner_text()
    visitor.check("receipt")
    secret = page.url.split("?")[0]

    desk = staff(browser, site, logins["moderator"])
    work = desk.page
    work.goto(f"/verwaltung/moderation/?text={number[0]}")
    desk.check("queue")
    work.locator("main ol a").first.click()
    desk.check("case")
    press(work, "Fall nehmen")
    work.get_by_role("link", name="Entscheiden", exact=True).click()
    desk.check("decide")
    work.get_by_label("verbergen").check()
    work.get_by_label("unseren Nutzungsbedingungen").check()
    work.get_by_label("Vorschrift oder Klausel").fill("Redaktionsregeln, Nummer 2")
    work.get_by_label("Tatsachen").fill("Die Angabe ist überholt; das Amt hat es bestätigt.")
    press(work, "Entscheiden und ausführen")
    desk.check("decided")
    assert page.request.get(PAGE).status == 404

    open_mail(page, "Entscheidung über Ihre Meldung")
    page.goto(secret)
    visitor.check("decision")
    assert "Die Angabe ist überholt" in page.locator("main").inner_text()
    page.get_by_role("link", name="Gegen die Entscheidung beschweren").click()
    visitor.check("complain")
    page.get_by_label("Warum ist die Entscheidung falsch?").fill(
        "So sehr wollte ich das nicht, nur ein Satz ist falsch."
    )
    press(page, "Beschwerde abschicken")
    visitor.check("complained")

    work.reload()
    assert "Hier entscheidet jemand anderes" in work.locator("main").inner_text()
    desk.check("complaint, first decider")
    other = staff(browser, site, logins["deputy"])
    other.page.goto(f"/verwaltung/moderation/?text={number[0]}")
    other.page.locator("main ol a").first.click()
    other.page.get_by_role("link", name="Über die Beschwerde entscheiden").click()
    other.check("decide complaint")
    other.page.get_by_label("hat recht: neu entscheiden").check()
    other.page.get_by_label("so lassen, wie es ist").check()
    other.page.get_by_label("nichts zu beanstanden").check()
    other.page.get_by_label("Tatsachen").fill("Der eine Satz ist berichtigt, die Seite kann stehen.")
    press(other.page, "Entscheiden und ausführen")
    other.check("reversed")
    assert page.request.get(PAGE).status == 200
    open_mail(page, "Entscheidung über die Beschwerde")
    page.goto(secret)
    assert "Die erste Entscheidung gilt nicht mehr" in page.locator("main").inner_text()
    visitor.check("end")
    for crawler in (visitor, desk, other):
        assert crawler.faults == []


def test_without_javascript_the_notice_waits_and_the_mail_confirms_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/melden/seite/datenschutz/")
    fill_report(page, "ohne@example.org")
    page.get_by_role("button", name="Meldung abschicken").click()
    assert "Ihr Browser hat die kleine Rechenaufgabe nicht gelöst" in page.locator("main").inner_text()
    number = re.search(r"M-[0-9A-F]{8}", page.locator("main").inner_text())
    assert number
    open_mail(page, number[0])
    page.locator("main a[href*='/meldungen/bestaetigen/']").click()
    page.get_by_role("button", name="Ja, ich habe diese Meldung geschickt").click()
    assert "Ihre Meldung ist jetzt in der Liste" in page.locator("main").inner_text()
    context.close()


def test_the_other_pages_of_the_desk(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    desk = staff(browser, site, logins["moderator"])
    for address in ("", "?state=held", "vertretung/", "missbrauch/", "zahlen/2026/"):
        desk.visit(f"/verwaltung/moderation/{address}")
    desk.visit("/moderation/")
    desk.visit("/moderation/zahlen/2026/")
    assert desk.faults == []
