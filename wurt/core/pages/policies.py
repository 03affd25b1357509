"""Who may read and write plain pages and the glossary."""

from django.db.models import Q

from wurt.core.action.actor import Role
from wurt.core.action.permission import Permission, State

EDITORS = frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR, Role.PLACE_EDITOR})
PUBLISHED = State("published", lambda page: page.published, lambda: Q(published=True))

EDIT_PAGE = Permission("pages.edit_page", roles=EDITORS)
VIEW_PAGE = Permission("pages.view_page", public=True, states=(PUBLISHED,), also=(EDIT_PAGE,))
CREATE_PAGE = Permission("pages.create_page", roles=EDITORS, place="pk")

ALL = (EDIT_PAGE, VIEW_PAGE, CREATE_PAGE)
