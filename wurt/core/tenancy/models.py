"""County → Amt or town → municipality → organisations → people, and who may do what there."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Role
from wurt.core.db.clock import now
from wurt.core.db.ids import new_id


class PlaceKind(models.TextChoices):
    COUNTY = "county", _("county")
    AMT = "amt", _("Amt (association of municipalities)")
    TOWN = "town", _("town")
    MUNICIPALITY = "municipality", _("municipality")


class Place(models.Model):
    """One node of the tree (≤ ~200 rows, read whole; see ``tree.py``)."""

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    ags = models.CharField(
        max_length=8, blank=True, default="", help_text="official municipality key, empty if unknown"
    )
    postcode = models.CharField(max_length=5, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True, help_text="WGS 84")
    longitude = models.FloatField(null=True, blank=True, help_text="WGS 84")
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ags"], condition=~Q(ags=""), name="place_ags_once"),
            models.CheckConstraint(
                condition=Q(kind="county", parent__isnull=True)
                | (~Q(kind="county") & Q(parent__isnull=False)),
                name="place_only_county_is_root",
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    COUNTY = "county", _("county")
    AMT = "amt", _("Amt")
    TOWN = "town", _("town")
    STATE = "state", _("state or federal body")
    COMPANY = "company", _("company")
    ASSOCIATION = "association", _("association")
    CLUB = "club", _("club")
    SCHOOL = "school", _("school")
    AGENCY = "agency", _("other body")


class Organisation(models.Model):
    """A body that leads, takes part or is concerned. ``is_partner``: member of the county's cooperation."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.AGENCY)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    is_partner = models.BooleanField(default=False)
    website = models.URLField(blank=True, default="")
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    """Another spelling that a person confirmed once; the import knows it from then on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


def new_salt() -> str:
    """Salt for a person's commitment in frozen months."""
    return secrets.token_hex(16)


class Person(models.Model):
    """A human known to the programme, with or without a login.

    ``name`` is shown in public only with consent (``name_public_since``). Erasure empties name and salt; what
    was frozen keeps the public id and a commitment that can no longer be opened.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True, default="")
    salt = models.CharField(max_length=64, default=new_salt, blank=True)
    function = models.CharField(
        max_length=200, blank=True, default="", help_text="shown where the name is not"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name_public_since = models.DateTimeField(null=True, blank=True)
    erased = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name or self.function or str(self.public_id)


class ToldBy(models.TextChoices):
    """How a person without internet wants to be told."""

    LETTER = "letter", _("by letter")
    PHONE = "phone", _("by phone")


def new_number() -> str:
    """Eight digits, as they stand on a person's letters; none begins with 0, which people leave out."""
    return str(10_000_000 + secrets.randbelow(90_000_000))


class Contact(models.Model):
    """Where a person is reached without e-mail. ``number`` stands on letters, so that a caller can name it.

    ``address``: street and town, one line each, without the name. ``phone_digits``: the number without
    country code and separators, for finding.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="contact")
    number = models.CharField(max_length=8, unique=True, default=new_number)
    address = models.TextField(max_length=400, blank=True, default="")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True, default="")
    phone_digits = models.CharField(max_length=20, blank=True, default="", db_index=True)
    told_by = models.CharField(max_length=10, choices=ToldBy, default=ToldBy.LETTER)
    created = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(told_by="letter") & ~Q(address="")) | (Q(told_by="phone") & ~Q(phone="")),
                name="contact_reaches_the_person",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Office(models.Model):
    """What stands on letters of a place: who writes, where they are, how to ask back."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="office")
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200)
    town = models.CharField(max_length=200, help_text="with postcode")
    phone = models.CharField(max_length=40)
    email = models.EmailField(blank=True, default="")
    hours = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Grants(models.QuerySet["Grant"]):
    """Grants, as they are asked for."""

    def valid(self) -> "Grants":
        """Those that hold now: without an end, or with one that is to come."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now()))


class Grant(models.Model):
    """A role for a person at a place or at an organisation, until a date."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=now)

    objects = Grants.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, organisation__isnull=True)
                | Q(place__isnull=True, organisation__isnull=False),
                name="grant_place_xor_organisation",
            ),
            models.UniqueConstraint(fields=["person", "role", "place"], name="grant_once_per_place"),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"], name="grant_once_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.place or self.organisation}"
