"""An erased person leaves the cases: contact and account go, what they wrote stays until its time is over."""

from django.db.models import Q

from wurt.core.moderation.models import Case, Complaint, Party, Report, Role
from wurt.core.privacy.actions import ERASERS, Remains
from wurt.core.tenancy.models import Person

_WHY = (
    "kept for the complaint (Art. 20 of Regulation (EU) 2022/2065); goes six months after the case is closed"
)


def erase_parties(person: Person, texts: list[str]) -> Remains:
    """Delete the person's contacts and those with one of their addresses, inside the erasure."""
    same = Q(person=person)
    for text in texts:
        if "@" in text:
            same |= Q(email__iexact=text)
    parties = Party.objects.filter(same)
    sent = list(parties.filter(role=Role.NOTIFIER).values_list("report_id", flat=True))
    parties.delete()
    Case.objects.filter(author=person).update(author=None)
    reports = Report.objects.filter(pk__in=sent, case__forgotten__isnull=True).count()
    complaints = Complaint.objects.filter(report__in=sent, case__forgotten__isnull=True).count()
    found = ((Report._meta.label_lower, reports), (Complaint._meta.label_lower, complaints))
    return [(label, _WHY, number) for label, number in found if number]


def take_part() -> None:
    """Tell data protection; run once at start."""
    if erase_parties not in ERASERS:
        ERASERS.append(erase_parties)
