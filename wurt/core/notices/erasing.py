"""An erased person follows nothing: neither signed in nor by one of their addresses."""

from django.db.models import Q

from wurt.core.notices.models import Direct, Subscriber
from wurt.core.privacy.actions import ERASERS, Remains
from wurt.core.tenancy.models import Person


def erase_followers(person: Person, texts: list[str]) -> Remains:
    """Delete the person's follows, what they were told alone, and both of the same e-mail address, inside the
    erasure."""
    same = Q(person=person)
    for text in texts:
        if "@" in text:
            same |= Q(email__iexact=text)
    Subscriber.objects.filter(same).delete()
    Direct.objects.filter(same).delete()
    return []


def take_part() -> None:
    """Tell data protection; run once at start."""
    if erase_followers not in ERASERS:
        ERASERS.append(erase_followers)
