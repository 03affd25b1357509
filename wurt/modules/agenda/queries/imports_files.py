"""Who may fetch imported files, and a published month for the command line."""

from datetime import date

from wurt.core.action.actor import Actor
from wurt.core.action.permission import can
from wurt.core.db.errors import NotFound
from wurt.core.files.delivery import gate
from wurt.core.files.models import StoredFile
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.models import ImportDocument, Month
from wurt.modules.agenda.policies import IMPORT
from wurt.modules.agenda.queries.public_months import public_originals


def may_fetch_original(actor: Actor, stored: StoredFile) -> bool:
    """Staff who import may; everybody, once the month it was taken over into is published."""
    if public_originals().filter(file=stored).exists():
        return True
    rows = ImportDocument.objects.filter(file=stored).select_related("batch__agenda")
    return any(can(actor, IMPORT, row.batch) for row in rows)


def register_gate() -> None:
    """Say who may fetch files that wait for an import or were imported."""
    gate("agenda.import", may_fetch_original)


def published_month(month: date) -> tuple[str, dict[str, str]]:
    """(canonical JSON of the current version, names of people who consent) of a month. Raises NotFound."""
    row = Month.objects.filter(month=month, current__isnull=False).select_related("current").first()
    if row is None or row.current is None:
        raise NotFound(f"{month:%Y-%m} is not published.", code="agenda.month")
    people = Person.objects.filter(name_public_since__isnull=False, erased__isnull=True).exclude(name="")
    return row.current.facts, {str(person.public_id): person.name for person in people}
