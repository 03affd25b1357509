"""Finding a caller with as little as possible: exact words only, so that nobody can leaf through citizens."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wurt.core.tenancy.models import Person, Place
from wurt.core.tenancy.tree import below

MOST = 5
"""More people than this are not shown; the caller has a first name, too."""
SHORTEST_NAME = 2
SHORTEST_PHONE = 6
_FOLDS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
_REMARK = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller said. One of ``number``, ``email``, ``phone`` is enough; a name needs its place."""

    name: str = ""
    place: str = ""
    number: str = ""
    email: str = ""
    phone: str = ""

    @property
    def way(self) -> str:
        """By what is looked for, for the trail; empty if that is too little."""
        if self.number:
            return "number"
        if self.email:
            return "email"
        if len(digits(self.phone)) >= SHORTEST_PHONE:
            return "phone"
        if len(folded(self.name)) >= SHORTEST_NAME and self.place:
            return "name and place"
        return ""


def digits(phone: str) -> str:
    """A German telephone number without country code, leading zeros and separators."""
    found = re.sub(r"\D", "", phone.replace("(0)", ""))
    if found.startswith("0049"):
        found = found[4:]
    elif phone.strip().startswith("+49"):
        found = found[2:]
    return found.lstrip("0")[:20]


def folded(name: str) -> str:
    """A name in small letters, umlauts written out, remarks in brackets left out."""
    text = _REMARK.sub(" ", name).casefold()
    for umlaut, letters in _FOLDS:
        text = text.replace(umlaut, letters)
    return " ".join(re.findall(r"[\w'’-]+", text))


def fits(name: str, wanted: str) -> bool:
    """Are the wanted words the whole surname (or the whole name)? "Petersen" fits "Erna Petersen", "Peter"
    and "Erna" do not."""
    words, known = folded(wanted).split(), folded(name).split()
    return bool(words) and known[-len(words) :] == words


def matching(wanted: Wanted, places: frozenset[int]) -> QuerySet[Person] | list[Person]:
    """The people meant, among those whose contact lies in ``places`` or who have none."""
    rows = Person.objects.filter(erased__isnull=True).order_by("pk")
    mine = Q(contact__place__in=places)
    if wanted.way == "number":
        return rows.filter(mine, contact__number=wanted.number)
    if wanted.way == "email":
        return rows.filter(mine | Q(contact__isnull=True), user__email__iexact=wanted.email)
    if wanted.way == "phone":
        return rows.filter(mine, contact__phone_digits=digits(wanted.phone))
    if wanted.way == "name and place":
        start = Place.objects.filter(slug=wanted.place).values_list("pk", flat=True).first()
        there = below({start})[start] & places if start else frozenset()
        named = rows.filter(contact__place__in=there).only("pk", "public_id", "name")
        return [row for row in named.iterator() if fits(row.name, wanted.name)]
    return []
