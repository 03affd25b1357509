"""An erased person acts for nobody and nobody for them; people who are told by letter are not forgotten."""

from typing import Any

from django.db.models import Q, QuerySet

from wurt.core.assisted.models import Assistance, Letter, Mandate
from wurt.core.db.clock import today
from wurt.core.notices.models import Follow
from wurt.core.privacy.actions import ERASERS, Remains
from wurt.core.privacy.people import HOLDS
from wurt.core.tenancy.models import Person


def erase_assistance(person: Person, texts: list[str]) -> Remains:
    """Delete what was done for the person, their letters, their mandates given and held; what they did for
    others stays by id with those others."""
    Letter.objects.filter(person=person).delete()
    Assistance.objects.filter(principal=person).delete()
    mandates = Q(giver=person) | Q(helper=person)
    for text in texts:
        if "@" in text:
            mandates |= Q(invited__iexact=text)
    Mandate.objects.filter(mandates).delete()
    return []


def followers() -> QuerySet[Any, Any]:
    """People who asked to be told something are tied to us as long as they follow it."""
    return Follow.objects.filter(confirmed__isnull=False, subscriber__person__isnull=False).values(
        "subscriber__person"
    )


def givers() -> QuerySet[Any, Any]:
    """People whose mandate runs."""
    return Mandate.objects.filter(revoked__isnull=True, ends__gte=today()).values("giver")


def take_part() -> None:
    """Tell data protection; run once at start."""
    if erase_assistance not in ERASERS:
        ERASERS.append(erase_assistance)
        HOLDS.extend((followers, givers))
