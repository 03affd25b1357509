"""Passkeys in a real browser, with the virtual authenticator of its developer tools (CDP, WebAuthn)."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Login, Site, sign_in
from tests.browser.test_every_page import AXE, FINDINGS, LOOKS

pytestmark = pytest.mark.no_database

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A virtual authenticator on a page's browser; it keeps its keys while the page lives."""

    def __init__(self, page: Page, **options: Any) -> None:
        self.line = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")
        made = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": {**OPTIONS, **options}})
        self.key = {"authenticatorId": made["authenticatorId"]}

    def keys(self) -> list[Any]:
        return list(self.line.send("WebAuthn.getCredentials", self.key)["credentials"])

    def refuses(self) -> None:
        """From now on the person fails the fingerprint."""
        self.line.send("WebAuthn.setUserVerified", {**self.key, "isUserVerified": False})

    def accepts(self) -> None:
        self.line.send("WebAuthn.setUserVerified", {**self.key, "isUserVerified": True})


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def check_page(page: Page, width: int) -> None:
    """No axe finding and nothing wider than the screen."""
    page.set_viewport_size({"width": width, "height": 900})
    if not LOOKS:
        return
    page.evaluate(AXE.read_text())
    findings = page.evaluate(FINDINGS, ["html", {}])
    assert findings == [], findings
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def log_out(page: Page) -> None:
    page.goto("/konto/logout/")
    press(page, "Abmelden")
    page.goto("/konto/login/")


@pytest.fixture
def page(browser: Browser, site: Site, logins: dict[str, Login]) -> Page:
    """A resident's browser, signed in anew with the password."""
    context = browser.new_context(locale="de-DE", base_url=site.address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def enter(page: Page, login: Login) -> None:
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(login.email)
    page.locator("input[name=password]").fill(login.password)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/konto/login" not in address)


def test_a_passkey_is_made_used_renamed_and_removed(page: Page, logins: dict[str, Login]) -> None:
    enter(page, logins["resident"])
    device = Device(page)
    page.goto("/konto/2fa/webauthn/add/")
    expect(page.get_by_label("Name des Passkeys")).to_have_value(re.compile("Chrome"))
    for width in (360, 1280):
        check_page(page, width)

    device.refuses()
    press(page, "Passkey anlegen")
    expect(page.get_by_role("alert")).to_contain_text("Es ist nichts geschehen")
    device.accepts()
    page.get_by_label("Name des Passkeys").fill("Laptop im Büro")
    press(page, "Passkey anlegen")
    page.wait_for_url("**/konto/2fa/recovery-codes/")
    assert len(device.keys()) == 1
    page.goto("/konto/2fa/")
    expect(page.locator("#passkeys")).to_contain_text("Laptop im Büro")
    for width in (360, 1280):
        check_page(page, width)

    page.goto("/konto/2fa/webauthn/add/")  # the same device once more
    press(page, "Passkey anlegen")
    expect(page.get_by_role("alert")).to_contain_text("schon einen Passkey")

    log_out(page)
    for width in (360, 1280):
        check_page(page, width)
    press(page, "Mit Passkey anmelden")
    page.wait_for_url("**/konto/")
    expect(page.locator("header")).to_contain_text(logins["resident"].email)

    log_out(page)
    enter(page, logins["resident"])  # the password alone is no longer enough
    expect(page).to_have_url(re.compile("/konto/2fa/authenticate/"))
    for width in (360, 1280):
        check_page(page, width)
    device.refuses()
    press(page, "Mit dem Passkey anmelden")
    expect(page.get_by_role("alert")).to_contain_text("Es ist nichts geschehen")
    device.accepts()
    press(page, "Mit dem Passkey anmelden")
    page.wait_for_url("**/konto/")

    page.goto("/konto/2fa/")
    page.get_by_role("link", name=re.compile("^Umbenennen ?: Laptop im Büro")).click()
    page.get_by_label("Name des Passkeys").fill("Mein Telefon")
    press(page, "Speichern")
    page.goto("/konto/2fa/")
    page.get_by_role("link", name=re.compile("^Entfernen ?: Mein Telefon")).click()
    press(page, "Passkey entfernen")
    page.goto("/konto/2fa/")
    expect(page.locator("#passkeys")).to_contain_text("Es gibt noch keinen Passkey.")
    expect(page.locator("#codes")).to_have_count(0)  # codes without a factor open nothing

    log_out(page)
    press(page, "Mit Passkey anmelden")  # the device still has it, the county no longer knows it
    expect(page.locator("main")).to_contain_text("Der Passkey wurde nicht angenommen")
    expect(page).to_have_url(re.compile("/konto/login/"))


def test_staff_get_in_with_the_passkey_alone(
    page: Page, browser: Browser, site: Site, logins: dict[str, Login]
) -> None:
    """A passkey with fingerprint or PIN is both factors: the pages for staff open at once. By a login that no
    other test uses: adding one begins its session anew, and the kept one would be dead."""
    known = sign_in(browser, site, logins["auditor"])
    device = Device(known)
    known.goto("/konto/2fa/webauthn/add/")
    if "reauthenticate" in known.url:  # the kept session is older than five minutes
        known.locator("input[name=password]").fill(logins["auditor"].password)
        known.locator("form:has(input[name=password]) button[type=submit]").first.click()
    press(known, "Passkey anlegen")
    known.wait_for_url(re.compile(r"/konto/2fa/(recovery-codes/)?$"))  # codes are made where there are none
    (key,) = device.keys()
    fresh = Device(page)
    page.goto("/konto/login/?next=/verwaltung/organisationen/")
    fresh.line.send("WebAuthn.addCredential", {**fresh.key, "credential": key})
    press(page, "Mit Passkey anmelden")
    page.wait_for_url(re.compile(r"^[^?]*/verwaltung/organisationen/"))
    page.goto("/konto/2fa/")
    page.get_by_role("link", name=re.compile("^Entfernen ?:")).click()
    press(page, "Passkey entfernen")


def test_without_javascript_the_other_ways_are_offered(
    browser: Browser, site: Site, logins: dict[str, Login]
) -> None:
    page = browser.new_context(locale="de-DE", base_url=site.address, java_script_enabled=False).new_page()
    page.goto("/konto/login/")
    expect(page.get_by_role("button", name="Mit Passkey anmelden")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("die anderen Wege gehen auch ohne")
    enter(page, logins["resident"])
    page.goto("/konto/2fa/webauthn/add/")
    expect(page.locator("main")).to_contain_text("Ein Passkey braucht JavaScript")
