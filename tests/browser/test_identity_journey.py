"""Signing in through another house in a real browser, with a real provider on this machine."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site, running_site
from tests.browser.test_passkeys import check_page, press
from wurt.core.accounts.tests.identity import House, house

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.no_database,
]


@pytest.fixture(scope="module")
def provider() -> Iterator[House]:
    with house() as running:
        yield running


@pytest.fixture(scope="module")
def linked_site(provider: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of its own whose variables name the provider, for both kinds."""
    values = {
        "WURT_OIDC_STAFF_URL": provider.address,
        "WURT_OIDC_STAFF_CLIENT": "wurt",
        "WURT_OIDC_STAFF_SECRET": "geheim",
        "WURT_OIDC_STAFF_NAME": "Kreis-Anmeldung",
        "WURT_OIDC_STAFF_AMR": "mfa",
        "WURT_OIDC_CITIZENS_URL": provider.address,
        "WURT_OIDC_CITIZENS_CLIENT": "wurt-buerger",
        "WURT_OIDC_CITIZENS_SECRET": "geheim",
        "WURT_OUTBOUND_INTERNAL": provider.address,
    }
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        with running_site(tmp_path_factory.mktemp("linked"), 16000 + os.getpid() % 2000) as running:
            yield running
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture
def visitor(browser: Browser, linked_site: Site) -> Page:
    page = browser.new_context(locale="de-DE", base_url=linked_site.address).new_page()
    page.set_default_timeout(60_000)
    return page


def over_there(page: Page, subject: str) -> None:
    """The provider's own page."""
    page.wait_for_url(re.compile("/oauth2/authorize"))
    page.locator("input[name=sub]").fill(subject)
    page.locator("button[type=submit]").first.click()


def test_a_citizen_comes_through_the_broker(visitor: Page, provider: House) -> None:
    provider.knows("buerger-1", email="anke@example.org", email_verified=True, acr="STORK-QAA-Level-3")
    visitor.goto("/konto/login/")
    for width in (360, 1280):
        check_page(visitor, width)
    press(visitor, "Anmelden über BundID")
    over_there(visitor, "buerger-1")
    visitor.wait_for_url("**/konto/")
    expect(visitor.locator("header")).to_contain_text("anke@example.org")
    visitor.goto("/konto/verbunden/")
    expect(visitor.locator("main")).to_contain_text("BundID")
    for address in ("/konto/verbunden/", "/konto/sitzungen/", "/konto/", "/konto/2fa/"):
        visitor.goto(address)
        for width in (360, 1280):
            check_page(visitor, width)


def test_who_is_not_invited_reads_what_to_do(visitor: Page, provider: House) -> None:
    provider.knows("fremd-1", email="fremd@example.org", email_verified=True, amr=["mfa"])
    visitor.goto("/konto/anmelden/kreis/?next=/verwaltung/")
    check_page(visitor, 360)
    press(visitor, "Weiter")
    over_there(visitor, "fremd-1")
    visitor.wait_for_url(re.compile("/konto/anmelden/kreis/zurueck/"))
    expect(visitor.locator("main h1")).to_have_text("Für Sie gibt es hier noch keinen Zugang")
    for width in (360, 1280):
        check_page(visitor, width)
    visitor.get_by_role("link", name="Alle Wege zur Anmeldung").click()
    expect(visitor).to_have_url(re.compile("/konto/login/"))


def test_the_way_to_the_county_s_provider_works_without_javascript(
    browser: Browser, linked_site: Site, provider: House
) -> None:
    page = browser.new_context(
        locale="de-DE", base_url=linked_site.address, java_script_enabled=False
    ).new_page()
    page.goto("/konto/login/")
    press(page, "Anmelden über Kreis-Anmeldung")
    provider.knows("stab-1", email="niemand@wurt.example", email_verified=True, amr=["mfa"])
    over_there(page, "stab-1")
    expect(page.locator("main")).to_contain_text("Bitten Sie die Verwaltung des Kreises um eine Einladung.")
