"""The menu of staff: a few groups, and where somebody begins who signs in.

A room puts its entry into one of the groups: ``MenuEntry(…, audience="staff", parent=desk.SERVICES)``. Only
what is used all day stands outside of them.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wurt.core.web.menu import MenuEntry, MenuItem, first_of, menu_for

AGENDA = "desk.agenda"
SERVICES = "desk.services"
TEXTS = "desk.texts"
ADMINISTRATION = "desk.administration"

GROUPS = (
    MenuEntry(pgettext_lazy("group of the staff menu", "Agenda"), key=AGENDA, order=100, audience="staff"),
    MenuEntry(_("Services and campaigns"), key=SERVICES, order=200, audience="staff"),
    MenuEntry(_("Contents and notices"), key=TEXTS, order=300, audience="staff"),
    MenuEntry(_("People and administration"), key=ADMINISTRATION, order=400, audience="staff"),
)
SHORT = 8
"""A menu of so many lines needs no folding."""


def desk_menu(request: HttpRequest) -> list[MenuItem]:
    """The menu as it is shown. A group of one is no group."""
    items = menu_for(request, "staff")
    return [item.children[0] if not item.url and len(item.children) == 1 else item for item in items]


def is_short(items: list[MenuItem]) -> bool:
    """Can all of it stand open?"""
    return sum(1 + len(item.children) for item in items) <= SHORT


def home(request: HttpRequest) -> str:
    """Address of the page on which the person's work begins; empty for whoever has no desk."""
    return first_of(request, "staff")
