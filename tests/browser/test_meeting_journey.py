"""The steering group decides about reports in a meeting, from planning it to the minutes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import Crawler
from tests.browser.test_handing_in_journey import PICTURES
from tests.browser.test_notices_journey import press

pytestmark = pytest.mark.no_database
MONTH = "2024-10"


def looked_at(crawler: Crawler, name: str) -> None:
    crawler.check(name)
    for width in (360, 1280) if PICTURES else ():
        crawler.page.set_viewport_size({"width": width, "height": 900})
        crawler.page.screenshot(path=Path(PICTURES) / f"{name.replace(' ', '-')}-{width}.png", full_page=True)


def test_planned_decided_and_put_on_record(browser: Browser, site: Site, logins: dict[str, Login]) -> None:
    page = sign_in(browser, site, logins["coordinator"], bypass_csp=True)
    crawler = Crawler(page, site)
    page.goto(f"/verwaltung/agenda/monat-anlegen/?month={MONTH}")
    press(page, "Anlegen")
    page.goto("/verwaltung/agenda/sitzungen/")
    page.get_by_role("link", name="Sitzung planen").click()
    page.get_by_label("Gremium").select_option(label="Lenkungsgruppe")
    begun = timezone.localtime() - timedelta(minutes=5)
    page.get_by_label("Beginn").fill(begun.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Ort").fill("Rathaus")
    press(page, "Planen")
    assert "Rathaus" in page.locator("h1 + p").inner_text()
    page.locator(f"a[href$='/berichte/{MONTH}/']", has_text="entscheiden").click()
    page.wait_for_url("**/sitzungen/*/berichte/**")
    looked_at(crawler, "decide")

    press(page, "Festhalten")  # nothing is handed in, so nothing is proposed
    assert page.locator("[aria-invalid=true]").count() >= 1
    looked_at(crawler, "decide refused")
    for choice in page.locator("input[type=radio][value=approved]").all():
        choice.check()
    page.locator("input[type=radio][value=returned]").first.check()
    press(page, "Festhalten")
    assert "Bitte sagen Sie, warum" in page.locator("main").inner_text()
    page.locator("textarea").first.fill("Die Kosten fehlen.")
    press(page, "Festhalten")
    result = page.locator("#ergebnis")
    assert result.locator("tr", has_text="zurückgegeben").count() == 1
    assert "Die Kosten fehlen." in result.inner_text()
    looked_at(crawler, "decided")

    page.get_by_role("link", name="Protokoll ablegen").click()
    page.get_by_label("Protokoll", exact=True).fill("Ein Bericht geht zurück.")
    page.get_by_label("Das Protokoll ist vollständig").check()
    press(page, "Festhalten")
    assert "Ein Bericht geht zurück." in page.locator("#protokoll").inner_text()
    assert page.get_by_role("link", name="Sitzung ändern").count() == 0
    looked_at(crawler, "on record")
    page.goto(f"/verwaltung/agenda/berichte/{MONTH}/loeschen/")  # other journeys begin without it
    press(page, "Löschen")
    page.context.close()
    assert crawler.faults == []
