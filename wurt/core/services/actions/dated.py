"""Rows that begin on a day: two of the same service and place never on the same."""

from django.db import IntegrityError, transaction

from wurt.core.db.errors import RuleBroken
from wurt.core.services.models import ServiceOperator, ServiceStage


def insert(row: ServiceStage | ServiceOperator, message: str) -> None:
    """Insert the row, or raise RuleBroken with the message: of several at the same moment one wins."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise RuleBroken("services.same_day", message) from None
