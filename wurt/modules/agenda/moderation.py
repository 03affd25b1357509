"""Projects and status reports at the moderation desk. What a published month froze can only be corrected."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.moderation.things import Measure, Thing, ThingKind
from wurt.core.moderation.things import register as register_kinds
from wurt.core.web.format import month_name
from wurt.modules.agenda.actions.moderated import show_project
from wurt.modules.agenda.queries import moderated as queries
from wurt.modules.agenda.queries.moderated import Moderated

PROJECT, MONTH = "agenda.project", "agenda.month"


def register() -> None:
    """Tell moderation what there is; run once at start."""
    register_kinds(
        ThingKind(PROJECT, "projekt", _("Project"), _find_project, _any_project, _hide, _show),
        ThingKind(MONTH, "bericht", _("Status report"), _find_month, _find_month),
    )


def _find_project(slug: str) -> Thing | None:
    return _project(queries.public_project(ANONYMOUS, slug))


def _any_project(key: str) -> Thing | None:
    return _project(queries.any_project(ANONYMOUS, key))


def _find_month(month: str) -> Thing | None:
    found = queries.public_month(ANONYMOUS, month)
    if found is None:
        return None
    title = gettext("Status report %(month)s") % {"month": month_name(found.title)}
    url = reverse("agenda:month", args=[found.address])
    measures = (Measure.CORRECT,)
    return Thing(MONTH, found.key, title, found.text, url, found.place, measures, german=False)


def _project(found: Moderated | None) -> Thing | None:
    if found is None:
        return None
    hide = (Measure.HIDE,) if found.public and not found.frozen else ()
    url = reverse("agenda:project", args=[found.address])
    measures = (*hide, Measure.CORRECT)
    return Thing(PROJECT, found.key, found.title, found.text, url, found.place, measures)


def _hide(actor: Actor, key: str, measure: Measure) -> None:
    show_project(actor, UUID(key), public=False)


def _show(actor: Actor, key: str, measure: Measure) -> None:
    show_project(actor, UUID(key), public=True)
