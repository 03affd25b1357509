"""The menu of staff: few lines, in groups; what is in use stands open."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from wurt.core.web import desk, menu
from wurt.core.web.context import Site
from wurt.core.web.menu import MenuEntry

STAFF = {"audience": "staff"}


@pytest.fixture(autouse=True)
def own_menu(monkeypatch):
    monkeypatch.setattr(menu, "_entries", [])
    monkeypatch.setattr(menu, "_sources", {})
    menu.register(*desk.GROUPS)


def at(path="/nowhere/"):
    return RequestFactory().get(path)


def fill(group, *names):
    menu.register(*(MenuEntry(name, name, parent=group, order=n, **STAFF) for n, name in enumerate(names)))


ADDRESSES = ("web:theme", "web:mark", "search:page", "pages:glossary", "account_login")


def shown(items):
    return [(item.label, [child.label for child in item.children]) for item in items]


def test_entries_stand_in_their_groups_and_empty_groups_nowhere():
    fill(desk.TEXTS, "pages:desk", "pages:terms")
    fill(desk.AGENDA, "web:theme", "web:mark")
    menu.register(MenuEntry("Liste", "search:page", order=10, **STAFF))
    assert shown(desk.desk_menu(at())) == [
        ("Liste", []),
        ("Agenda", ["web:theme", "web:mark"]),
        ("Inhalte und Mitteilungen", ["pages:desk", "pages:terms"]),
    ]


def test_a_group_of_one_is_no_group():
    fill(desk.TEXTS, "pages:desk")
    assert shown(desk.desk_menu(at())) == [("pages:desk", [])]


def rendered(path):
    site = Site(at(path))
    return render_to_string(
        "web/components/desk_navigation.html", {"site": site, "items": site.desk_menu, "label": "Menü"}
    )


def test_the_group_of_this_page_stands_open():
    fill(desk.AGENDA, *ADDRESSES)
    fill(desk.TEXTS, "pages:desk", "pages:terms")
    page = rendered("/verwaltung/glossar/neu/")
    assert page.count("<details") == 2
    assert page.count(" open>") == 1
    assert page.index(" open>") < page.index("Inhalte und Mitteilungen") < page.index('aria-current="page"')
    assert page.count("<summary") == 2
    assert rendered("/elsewhere/").count(" open>") == 0


def test_a_short_menu_stands_open():
    fill(desk.TEXTS, "pages:desk", "pages:terms")
    assert rendered("/elsewhere/").count(" open>") == 1
    fill(desk.AGENDA, *ADDRESSES)
    assert not desk.is_short(desk.desk_menu(at()))


def test_work_begins_at_the_first_list_of_work():
    assert desk.home(at()) == ""
    menu.register(MenuEntry("Ich", "web:theme", order=1, own=True, **STAFF))
    assert desk.home(at()) == "", "one's own account is no work"
    fill(desk.TEXTS, "pages:terms")
    fill(desk.AGENDA, "web:mark")
    assert desk.home(at()) == "/mark.svg", "the first group comes first"
    menu.register(MenuEntry("Fälle", "pages:desk", parent=desk.ADMINISTRATION, worklist=True, **STAFF))
    assert desk.home(at()) == "/verwaltung/seiten/"
    menu.register(
        MenuEntry("Hidden", "search:page", worklist=True, permission=lambda request: False, **STAFF)
    )
    assert desk.home(at()) == "/verwaltung/seiten/"
