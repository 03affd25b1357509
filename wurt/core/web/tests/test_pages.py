"""The page frame: headers, menu, errors, theme, style guide."""

import re

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from wurt.core.web import csp, errors, menu, theme
from wurt.core.web.context import Site
from wurt.core.web.menu import MenuEntry


@pytest.fixture
def own_menu(monkeypatch):
    monkeypatch.setattr(menu, "_entries", [])
    return menu


def test_policy_forbids_everything_inline_and_foreign():
    policy = csp.build_policy(csp.DEFAULT_CSP)
    assert policy == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def test_headers_stand_on_every_answer():
    response = Client().get("/theme.css")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].startswith("default-src 'self'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_an_answer_may_bring_its_own_policy(tmp_path):
    mark = tmp_path / "wappen.svg"
    mark.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with override_settings(WURT_MARK=str(mark)):
        response = Client().get("/mark.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_only_svg_files_are_given_out_as_mark(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    with override_settings(WURT_MARK=str(secret)):
        assert Client().get("/mark.svg").status_code == 404


@pytest.mark.parametrize("colour", ["#ffee00", "#1d4a7f", "#000000", "#ffffff", "#c8102e"])
def test_no_accent_can_break_the_contrast(colour):
    for background in (theme.LIGHT_BACKGROUND, theme.DARK_BACKGROUND):
        shown = theme.readable_on(colour, background)
        rgb = (int(shown[1:3], 16), int(shown[3:5], 16), int(shown[5:7], 16))
        assert theme.contrast(rgb, background) >= 5.5


def test_accent_that_is_no_colour_is_refused():
    with (
        override_settings(WURT_ACCENT="red;}body{color:red"),
        pytest.raises(ValueError, match="WURT_ACCENT"),
    ):
        theme.stylesheet()


def test_theme_stylesheet():
    with override_settings(WURT_ACCENT="#1d4a7f"):
        assert Client().get("/theme.css").content.startswith(b":root{--wurt-accent-light:#1d4a7f;")


def test_menu_is_a_tree_in_order(own_menu):
    request = RequestFactory().get("/theme.css")
    own_menu.register(
        MenuEntry("Später", "web:mark", order=50),
        MenuEntry("Projekte", key="agenda", order=10),
        MenuEntry("Projektübersicht", "web:theme", parent="agenda"),
        MenuEntry("Schreibtisch", "web:theme", audience="staff"),
        MenuEntry("Verborgen", "web:theme", permission=lambda _request: False),
    )
    shown = own_menu.menu_for(request)
    assert [(item.label, item.url, item.active) for item in shown] == [
        ("Projekte", "", True),
        ("Später", "/mark.svg", False),
    ]
    assert [(child.label, child.current) for child in shown[0].children] == [("Projektübersicht", True)]


def test_entry_without_address_is_left_out_and_reported(own_menu):
    own_menu.register(MenuEntry("Nirgends", "nowhere:page"), MenuEntry("Allein", key="alone"))
    assert own_menu.menu_for(RequestFactory().get("/")) == []
    from wurt.core.web.checks import menu_entries_resolve

    assert [found.id for found in menu_entries_resolve(None)] == ["web.W001"]


def test_same_entry_twice_is_taken_once(own_menu):
    entry = MenuEntry("Projekte", "web:theme")
    own_menu.register(entry)
    own_menu.register(entry)
    assert own_menu.registered() == (entry,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("bad_request", 400, "Wir konnten diese Anfrage nicht lesen"),
        ("not_found", 404, "Diese Seite gibt es nicht"),
    ],
)
def test_error_pages_say_what_to_do(name, status, title):
    response = getattr(errors, name)(RequestFactory().get("/weg/"), Exception())
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in html
    assert "Was Sie tun können" in html


def test_server_error_needs_no_database():
    html = errors.server_error(RequestFactory().get("/")).content.decode()
    assert "<h1>Da ist etwas schiefgegangen</h1>" in html
    assert re.search(r"Bitte nennen Sie diese Nummer: <strong>[0-9a-f]{12}</strong>", html)


@override_settings(WURT_COUNTY_NAME="Kreis Wattland", WURT_DEMO=True)
def test_site_says_beispieldaten_in_the_demo():
    site = Site(RequestFactory().get("/"))
    assert site.county_name == "Kreis Wattland"
    assert site.is_example is True


@pytest.mark.django_db
@override_settings(WURT_COUNTY_NAME="")
def test_site_has_a_name_in_an_empty_database():
    assert Site(RequestFactory().get("/")).county_name == "Wurt"


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_leads_to_the_login_and_back():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/konto/", {"text": "x"}, headers={"referer": "http://testserver/konto/?a=1"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Sie sind nicht mehr angemeldet" in page
    assert "?next=%2Fkonto%2F%3Fa%3D1" in page


@pytest.mark.django_db
def test_a_foreign_referer_is_not_where_the_login_leads():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/konto/", headers={"referer": "https://evil.example/x"}).content.decode()
    assert "?next=%2Fkonto%2F" in page
    assert "evil.example" not in page


@pytest.mark.django_db
def test_the_login_form_itself_is_only_told_to_be_old():
    page = Client(enforce_csrf_checks=True).post(reverse("account_login")).content.decode()
    assert "Dieses Formular war zu lange geöffnet" in page
