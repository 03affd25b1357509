"""Who writes: the office of a place, for letters and for what is read out on the phone."""

from dataclasses import dataclass

from wurt.core.tenancy.models import Office, Place


@dataclass(frozen=True, slots=True)
class Sender:
    """What stands on a letter. Without an office only the place's name is known."""

    name: str
    street: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""

    @property
    def line(self) -> str:
        """The return address in one line, above the receiver's."""
        return ", ".join(part for part in (self.name, self.street, self.town) if part)


class Senders:
    """The offices of the whole county, read once (two queries)."""

    def __init__(self) -> None:
        self._places = {row.pk: row for row in Place.objects.all()}
        self._offices = {row.place_id: row for row in Office.objects.all()}

    def of(self, place: int | None) -> Sender:
        """The office of the place, else of the nearest place above it that has one; None: the county."""
        root = next((row for row in self._places.values() if row.parent_id is None), None)
        start = self._places.get(place) if place else root
        at = start
        while at is not None:
            row = self._offices.get(at.pk)
            if row is not None:
                return Sender(row.name, row.street, row.town, row.phone, row.email, row.hours)
            at = self._places.get(at.parent_id) if at.parent_id else None
        return Sender(root.name if root else "")


def sender_of(place: int | None) -> Sender:
    """The office of one place."""
    return Senders().of(place)
