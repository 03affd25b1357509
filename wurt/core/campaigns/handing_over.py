"""Campaigns that make a service known change hands with it."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wurt.core.campaigns.models import Campaign
from wurt.core.services.holdings import Held, Holding, Kind, Scope, register
from wurt.core.services.notices import SERVICE


def register_holdings() -> None:
    """Called once apps are ready."""
    register(Holding("campaigns.open", "", Kind.DEADLINE, _("Open campaigns"), _count, _listed, _move))


def _held(scope: Scope) -> QuerySet[Campaign]:
    return Campaign.objects.filter(
        about_kind=SERVICE,
        about_key=scope.service,
        organisation=scope.giver,
        place__in=scope.places,
        closed__isnull=True,
    )


def _count(scope: Scope) -> int:
    return _held(scope).count()


def _listed(scope: Scope, limit: int) -> Sequence[Held]:
    return [Held(str(row.public_id), row.title, row.ends) for row in _held(scope).order_by("pk")[:limit]]


def _move(scope: Scope, keys: Collection[str]) -> Collection[str]:
    rows = _held(scope).filter(public_id__in=keys)
    moved = [str(public_id) for public_id in rows.values_list("public_id", flat=True)]
    rows.update(organisation=scope.taker)
    return moved
