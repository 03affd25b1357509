"""What this room itself holds for a service: the people who were invited to try it out."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from wurt.core.services.holdings import Held, Holding, Kind, Scope, register
from wurt.core.services.models import Tester
from wurt.core.web.format import day


def register_holdings() -> None:
    """Called once apps are ready."""
    register(
        Holding("services.testers", "", Kind.CONTACT, _("Invitations to try it out"), _count, _listed, _move)
    )


def _held(scope: Scope) -> QuerySet[Tester]:
    return Tester.objects.filter(service=scope.service, organisation=scope.giver)


def _count(scope: Scope) -> int:
    return _held(scope).count()


def _listed(scope: Scope, limit: int) -> Sequence[Held]:
    rows = _held(scope).order_by("pk")[:limit]
    return [Held(str(row.public_id), __("Invitation of %(day)s") % {"day": day(row.created)}) for row in rows]


def _move(scope: Scope, keys: Collection[str]) -> Collection[str]:
    rows = _held(scope).filter(public_id__in=keys)
    moved = [str(public_id) for public_id in rows.values_list("public_id", flat=True)]
    rows.update(organisation=scope.taker)
    return moved
