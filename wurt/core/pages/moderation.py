"""Plain pages at the moderation desk: they can be hidden, or the county corrects them itself."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.permission import scope_q
from wurt.core.action.run import lock, record, save
from wurt.core.db.clock import now
from wurt.core.moderation.things import Measure, Thing, ThingKind, register
from wurt.core.pages.models import Page
from wurt.core.pages.policies import VIEW_PAGE
from wurt.core.web.text import plain

PAGE = "pages.page"


def register_things() -> None:
    """Tell moderation what there is; run once at start."""
    register(ThingKind(PAGE, "seite", _("Information page"), _find, _fetch, _carry_out, _restore))


def _find(part: str) -> Thing | None:
    return _thing(scope_q(ANONYMOUS, VIEW_PAGE) & Q(slug=part))


def _fetch(key: str) -> Thing | None:
    return _thing(Q(pk=key)) if key.isdecimal() else None


def _thing(rows: Q) -> Thing | None:
    row = Page.objects.filter(rows).first()
    if row is None:
        return None
    measures = (Measure.HIDE, Measure.CORRECT) if row.published else (Measure.CORRECT,)
    url = reverse("pages:page", args=[row.slug])
    return Thing(PAGE, str(row.pk), row.title, plain(row.body), url, row.place_id, measures)


def _carry_out(actor: Actor, key: str, measure: Measure) -> None:
    _show(actor, key, published=False)


def _restore(actor: Actor, key: str, measure: Measure) -> None:
    _show(actor, key, published=True)


def _show(actor: Actor, key: str, *, published: bool) -> None:
    row = lock(Page.objects.all(), pk=key)
    before = row.published
    row.published, row.changed = published, now()
    save(row, ["published", "changed"])
    record(actor, row, before={"published": before}, after={"published": published})
