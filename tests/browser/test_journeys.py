"""What people come for, from the first click to the last, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Login, Site, sign_in

AS = Callable[[str], Page]


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Page:
    """Somebody without a login."""
    return browser.new_context(locale="de-DE", base_url=site.address).new_page()


@pytest.fixture
def signed_in(browser: Browser, site: Site, logins: dict[str, Login]) -> AS:
    """A page of its own for a demo login."""
    return lambda name: sign_in(browser, site, logins[name])


def send(page: Page, name: str) -> None:
    """Press the button of that name in the main part."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name in the main part."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def heading(page: Page) -> str:
    return page.locator("main h1").inner_text()


def test_resident_from_search_to_pdf(visitor: Page) -> None:
    page = visitor
    page.goto("/")
    page.get_by_label("Projekte durchsuchen").fill("Ehrenamt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/projekte/\?q=Ehrenamt"))
    follow(page, "Ehrenamtsbörse")
    expect(page.locator("main")).to_contain_text("Fortschritt in der Berichtsphase")
    page.locator('main a[href$="/verlauf/"]').first.click()
    page.get_by_label("Von", exact=True).select_option("2024-02")
    page.get_by_label("Bis", exact=True).select_option("2024-04")
    page.get_by_label("Bis", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Von Februar 2024 bis April 2024")).to_be_visible()
    follow(page, "April 2024")
    expect(page.locator("main h1")).to_have_text("Statusbericht April 2024")
    link = page.locator("main a[href$='/statusbericht.pdf']").first.get_attribute("href")
    assert link is not None
    answer = page.request.get(link)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
    assert 'beispieldaten.pdf"' in answer.headers["content-disposition"]


def test_coordinator_writes_publishes_and_corrects_a_month(signed_in: AS, visitor: Page) -> None:
    page = signed_in("coordinator")
    page.goto("/verwaltung/agenda/monat-anlegen/")
    page.get_by_label("Monat", exact=True).fill("2024-05")
    send(page, "Anlegen")
    expect(page).to_have_url(re.compile(r"/verwaltung/agenda/berichte/2024-05/$"))
    follow(page, "Ehrenamtsbörse")
    send(page, "In den gesamten Sachstand übernehmen")
    taken_over = re.compile("Mit den Betreibern einer denkbaren Lösung gab es ein erstes Treffen")
    expect(page.get_by_label(re.compile("^Gesamter Sachstand"))).to_have_value(taken_over)
    page.get_by_label("gelb:").check()
    page.get_by_label("es gibt Fortschritt").check()
    page.get_by_label(re.compile("^Was erreicht wurde")).fill("Die Erprobung hat begonnen.")
    send(page, "Speichern")
    expect(page.locator("main")).to_contain_text("Grund")  # yellow needs a reason: asked for, nothing lost
    assert page.get_by_label(re.compile("^Was erreicht wurde")).input_value() == "Die Erprobung hat begonnen."
    page.get_by_label(re.compile("^Grund")).fill("Ein Vertrag fehlt noch.")
    send(page, "Speichern")
    expect(page.locator(".wurt-messages")).to_contain_text("Der Bericht ist gespeichert.")
    publish(page, "2024-05", "Veröffentlichen")

    visitor.goto("/berichte/2024-05/")
    expect(visitor.locator("main")).to_contain_text("Die Erprobung hat begonnen.")
    expect(visitor.locator("main")).to_contain_text("Ein Vertrag fehlt noch.")

    page.goto("/verwaltung/agenda/berichte/2024-05/projekte/ehrenamtsboerse/")
    page.get_by_label(re.compile("^Was erreicht wurde")).fill("Die Erprobung hat im Mai begonnen.")
    send(page, "Speichern")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Die Erprobung hat begonnen.")  # not before publishing
    publish(page, "2024-05", "Berichtigung veröffentlichen", note="Monat der Erprobung ergänzt")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Die Erprobung hat im Mai begonnen.")
    expect(visitor.locator("main")).to_contain_text("Monat der Erprobung ergänzt")
    visitor.goto("/berichte/2024-05/fassung/1/")
    expect(visitor.locator("main")).to_contain_text("Die Erprobung hat begonnen.")


def publish(page: Page, month: str, button: str, note: str = "") -> None:
    """Publish a month: refused without the tick, done with it."""
    page.goto(f"/verwaltung/agenda/berichte/{month}/veroeffentlichen/")
    send(page, button)
    expect(page.locator(".kern-alert--danger, .wurt-error-summary").first).to_be_visible()
    if note:
        page.get_by_label("Was berichtigt wurde").fill(note)
    page.get_by_label("Ich habe die Angaben oben geprüft.").check()
    send(page, button)
    expect(page).to_have_url(re.compile(rf"/berichte/{month}/$"))


def test_the_command_prints_the_code_that_signs_in(site: Site, logins: dict[str, Login]) -> None:
    login = logins["auditor"]
    before, printed, after = login.code(), site.code("auditor"), login.code()
    assert printed in (before, after)


def test_admin_invites_grants_and_revokes(signed_in: AS, visitor: Page, site: Site) -> None:
    page = signed_in("admin")
    page.goto("/verwaltung/personen/einladen/")
    page.get_by_label("Name", exact=True).fill("Wiebke Harmsdorf")
    page.get_by_label("E-Mail-Adresse").fill("wiebke@wurt.example")
    send(page, "Einladung abschicken")
    expect(page.locator("main h1")).to_have_text("Wiebke Harmsdorf")
    follow(page, "Rolle vergeben")
    page.get_by_label("Rolle", exact=True).select_option("steering_member")
    page.get_by_label(re.compile("^Ort")).select_option(index=1)
    send(page, "Rolle vergeben")
    roles = page.locator(".wurt-desk-list__item")
    expect(roles).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Zurücknehmen")).click()
    expect(roles).to_have_count(0)

    visitor.goto(link_in_mail(page, Path(site.environment["WURT_VAR"]) / "mail", "wiebke@wurt.example"))
    for field in visitor.locator("input[type=password]").all():
        field.fill("ebbe flut deich watt")
    send(visitor, "Passwort speichern")
    expect(visitor.locator("header")).to_contain_text("wiebke@wurt.example")


def link_in_mail(page: Page, folder: Path, address: str) -> str:
    """The address in the newest mail to somebody; the worker sends it within seconds."""
    for _attempt in range(150):
        for file in folder.glob("*") if folder.exists() else ():
            text = file.read_text(errors="replace").replace("=\n", "").replace("=3D", "=")
            found = re.search(r"http://\S+/konto/\S+", text)
            if f"To: {address}" in text and found:
                return found.group()
        page.wait_for_timeout(200)
    raise AssertionError("no mail within 30 s")


def test_lead_sees_only_own_projects(signed_in: AS) -> None:
    page = signed_in("lead")
    page.goto("/verwaltung/agenda/projekte/")
    titles = page.locator("main tbody th a").all_inner_texts()
    assert titles == ["DigitalPatenschaft", "Flächendeckender LoRaWAN-Netzausbau"]
    answer = page.goto("/verwaltung/agenda/projekte/digitalpatenschaft/steckbrief/")
    assert answer is not None
    assert answer.status == 200
    for address in (
        "/verwaltung/agenda/projekte/dorffunk/",
        "/verwaltung/agenda/projekte/dorffunk/steckbrief/",
        "/verwaltung/agenda/berichte/2024-04/projekte/dorffunk/",
    ):
        answer = page.goto(address)
        assert (address, answer.status if answer else None) == (address, 404)


def test_two_people_edit_the_same_report(signed_in: AS) -> None:
    first, second = signed_in("admin"), signed_in("coordinator")
    address = "/verwaltung/agenda/berichte/2024-03/projekte/dorffunk/"
    for page in (first, second):
        page.goto(address)
    label = re.compile("^Gesamter Sachstand")
    first.get_by_label(label).fill("Text der ersten Person")
    second.get_by_label(label).fill("Text der zweiten Person")
    send(first, "Speichern")
    expect(first.locator(".wurt-messages")).to_contain_text("gespeichert")
    send(second, "Speichern")
    row = second.locator("main tbody tr", has=second.get_by_role("rowheader", name="Gesamter Sachstand"))
    expect(row).to_contain_text("Text der ersten Person")
    expect(row).to_contain_text("Text der zweiten Person")
    assert second.get_by_label(label).input_value() == "Text der zweiten Person"
    send(second, "Speichern")
    expect(second.locator(".wurt-messages")).to_contain_text("gespeichert")
    first.goto(address)
    assert first.get_by_label(label).input_value() == "Text der zweiten Person"


def test_double_click_makes_one_thing(signed_in: AS) -> None:
    page = signed_in("coordinator")
    page.goto("/verwaltung/agenda/ziel-anlegen/")
    page.get_by_label("Titel", exact=True).fill("Doppelt hält nicht besser")
    page.locator("main").get_by_role("button", name="Speichern").dblclick()
    page.wait_for_load_state("networkidle")
    page.goto("/verwaltung/agenda/ziele/")
    assert page.locator("main tbody tr", has_text="Doppelt hält nicht besser").count() == 1


def test_keyboard_only(visitor: Page) -> None:
    page = visitor
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    menu = page.locator(".wurt-nav--wide summary", has_text="Projekte")
    menu.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".wurt-nav--wide details[open] .wurt-nav__panel")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Projektübersicht")
    field = page.get_by_label("Handlungsfeld", exact=True)
    field.focus()
    page.keyboard.type("Bildung")
    for _field in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("feld=bildung"))
    assert page.locator("main h2").all_inner_texts()[0].startswith("Bildung")


FORMS = (
    "/verwaltung/agenda/projekte/dorffunk/steckbrief/",
    "/verwaltung/agenda/berichte/2024-04/projekte/dorffunk/",
    "/verwaltung/agenda/berichte/2024-04/veroeffentlichen/",
    "/verwaltung/agenda/strategie/",
    "/verwaltung/importe/neu/",
    "/verwaltung/personen/einladen/",
)
OUTSIDE = """["input:not([type=hidden])", "select", "textarea", "button"]
    .flatMap(kind => [...document.querySelectorAll("main " + kind)])
    .filter(one => { const box = one.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth })
    .map(one => one.name || one.innerText)"""


def test_forms_at_400_percent(signed_in: AS) -> None:
    """1280 px at 400 % are 320 px: every field is inside, without scrolling sideways."""
    page = signed_in("admin")
    page.set_viewport_size({"width": 320, "height": 256})
    for address in FORMS:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        assert page.evaluate(OUTSIDE) == [], address
