"""From a file to a published month: upload, review, accept, take over, publish; twice changes nothing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler
from wurt.modules.agenda.tests.variants import Project, Report
from wurt.modules.agenda.tests.variants_slides import pptx

pytestmark = pytest.mark.no_database

TITLE = "Gemeinsamer Kalender der Vereine"


def invented(folder: Path) -> Path:
    """An invented report as slides."""
    project = Project(TITLE, start="01.02.2024", end="31.03.2026", status="grün", lamp="green")
    return pptx(folder / "bericht.pptx", Report("Juni 2024", [project], counts=(1, 9, 39), listed=(TITLE,)))


def send(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def upload(page: Page, file: Path) -> None:
    page.goto("/verwaltung/importe/neu/")
    page.locator("input[type=file]").set_input_files(file)
    send(page, "Dateien einlesen")
    expect(page.locator("main h1")).to_contain_text("Import vom")


def decide(page: Page) -> None:
    """Answer every question of the entries with what is offered first, until none waits."""
    for _entry in range(10):
        link = page.get_by_role("link", name="Nächsten Eintrag prüfen")
        if link.count() == 0:
            return
        link.click()
        for group in page.locator("main fieldset:has(input[type=radio])").all():
            if group.locator("input[type=radio]:checked").count() == 0:
                group.locator("input[type=radio]").first.check()
        for box in page.locator("main input[type=checkbox]").all():
            if box.is_visible():
                box.check()
        send(page, re.compile("^Annehmen"))
        expect(page.locator(".wurt-messages")).to_contain_text("angenommen")
        while "/eintrag/" in page.url:
            for group in page.locator("main fieldset:has(input[type=radio])").all():
                if group.locator("input[type=radio]:checked").count() == 0:
                    group.locator("input[type=radio]").first.check()
            send(page, re.compile("^Annehmen"))
            page.wait_for_load_state()


def test_import_review_publish(
    browser: Browser, site: Site, logins: dict[str, Login], tmp_path: Path
) -> None:
    page = sign_in(browser, site, logins["coordinator"], bypass_csp=True)
    crawler = Crawler(page, site)
    file = invented(tmp_path)
    upload(page, file)
    batch = page.url
    page.goto(f"{site.address}/berichte/2024-06/")
    expect(page.locator("main h1")).not_to_contain_text("Statusbericht")  # nothing is stored unseen
    crawler.visit(batch)
    crawler.visit(page.get_by_role("link", name="Nächsten Eintrag prüfen").get_attribute("href") or "")
    crawler.visit(f"{batch}zuruecknehmen/")
    page.goto(batch)
    decide(page)
    crawler.visit(batch)
    send(page, "Angenommenes übernehmen")
    expect(page.locator(".wurt-messages")).to_contain_text("übernommen")

    page.goto("/verwaltung/agenda/berichte/2024-06/veroeffentlichen/")
    expect(page.locator("main")).to_contain_text(TITLE)
    page.get_by_label("Ich habe die Angaben oben geprüft.").check()
    send(page, "Veröffentlichen")
    page.goto("/berichte/2024-06/")
    expect(page.locator("main")).to_contain_text("Fünf Anbieter haben sich gemeldet.")

    upload(page, file)
    assert page.url == batch
    expect(page.locator(".wurt-messages")).to_contain_text("Es wurde nichts geändert.")

    page.goto(f"{batch}zuruecknehmen/")
    assert page.locator("main").get_by_role("button").count() == 0
    expect(page.locator("main")).to_contain_text("Juni 2024 ist veröffentlicht")
    page.goto("/berichte/2024-06/")
    expect(page.locator("main")).to_contain_text("Fünf Anbieter haben sich gemeldet.")
    assert not crawler.faults, "\n".join(crawler.faults)
    assert crawler.pages == 4
