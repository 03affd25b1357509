"""Every read of data protection. The actor comes first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.audit.words import table_word
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed
from wurt.core.privacy.about import rows_about
from wurt.core.privacy.models import Disposal, Erasure
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE

LATEST = 50


@dataclass(frozen=True, slots=True)
class StoredView:
    """What one table holds about a person."""

    purpose: str
    retention: str
    rows: int


@dataclass(frozen=True, slots=True)
class ErasureView:
    """A receipt in a list."""

    public_id: UUID
    person: UUID
    at: datetime
    remains: int


def stored_about_me(actor: Actor) -> list[StoredView]:
    """Why and how long the signed-in person's data is kept, one entry per purpose."""
    row = Person.objects.filter(pk=actor.person or 0).first()
    if row is None:
        raise NotAllowed(code="privacy.own_data:role")
    found = [
        StoredView(str(privacy.purpose), str(privacy.retention), rows.count())
        for _model, privacy, rows in rows_about(row)
    ]
    return [view for view in found if view.rows]


def latest_erasures(actor: Actor) -> list[ErasureView]:
    """The newest receipts."""
    authorize(actor, MANAGE_PEOPLE, county())
    return [
        ErasureView(row.public_id, row.person, row.at, len(row.remains))
        for row in Erasure.objects.all()[:LATEST]
    ]


def deleted_lately(actor: Actor) -> list[tuple[str, int]]:
    """What the daily deletion did in the last thirty days, by rule."""
    authorize(actor, MANAGE_PEOPLE, county())
    rows = Disposal.objects.filter(at__gt=now() - timedelta(days=30))
    found = rows.values_list("rule").annotate(total=Sum("number"))
    return sorted((table_word(rule), total) for rule, total in found)
