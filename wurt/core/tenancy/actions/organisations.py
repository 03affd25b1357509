"""Organisations: created, edited, known by other spellings, merged."""

from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, lock_all, record, save
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.db.slugs import free_slug
from wurt.core.outbox.registry import publish
from wurt.core.tenancy import merging
from wurt.core.tenancy.events import OrganisationMerged
from wurt.core.tenancy.models import Organisation, OrganisationAlias, OrganisationKind, Place
from wurt.core.tenancy.policies import CREATE_ORGANISATION, EDIT_ORGANISATION


@action("tenancy.create_organisation", makes=Making(Organisation.objects.all))
def create_organisation(
    actor: Actor,
    *,
    name: str,
    place: str,
    kind: str = OrganisationKind.AGENCY,
    is_partner: bool = False,
    website: str = "",
    is_example: bool = False,
) -> UUID:
    """A new organisation at a place (by slug). Returns its public id."""
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, CREATE_ORGANISATION, where)
    title = _clean(name)
    _check_name_free(title)
    row = Organisation.objects.create(
        name=title,
        slug=_slug(title),
        place=where,
        kind=OrganisationKind(kind),
        is_partner=is_partner,
        website=website.strip(),
        is_example=is_example,
    )
    record(actor, row, after={"name": row.name, "kind": row.kind, "is_partner": row.is_partner})
    return row.public_id


@action("tenancy.edit_organisation")
def edit_organisation(
    actor: Actor,
    *,
    organisation: UUID,
    name: str,
    place: str,
    kind: str,
    is_partner: bool,
    website: str,
    version: int | None = None,
) -> None:
    """Change an organisation. An old name stays known as another spelling."""
    row = lock(Organisation.objects.select_related("place"), public_id=organisation)
    authorize(actor, EDIT_ORGANISATION, row)
    check_version(
        row, version, _("Somebody else changed this organisation in the meantime. Please look again.")
    )
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, CREATE_ORGANISATION, where)
    title = _clean(name)
    _check_name_free(title, but=row.pk)
    before, after = changed(
        row,
        {
            "name": title,
            "kind": str(OrganisationKind(kind)),
            "place_id": where.pk,
            "is_partner": is_partner,
            "website": website.strip(),
        },
    )
    if after:
        save(row, after)
    if "name" in before:
        OrganisationAlias.objects.filter(name=title, organisation=row).delete()
        OrganisationAlias.objects.get_or_create(name=before["name"], defaults={"organisation": row})
    record(actor, row, before=before, after=after)


@action("tenancy.add_alias")
def add_alias(actor: Actor, *, organisation: UUID, name: str) -> None:
    """Another spelling by which imports know the organisation."""
    row = lock(Organisation.objects.all(), public_id=organisation)
    authorize(actor, EDIT_ORGANISATION, row)
    spelling = _clean(name)
    if spelling == row.name or row.aliases.filter(name=spelling).exists():
        raise RuleBroken("tenancy.alias_known", _("This spelling is already known for this organisation."))
    _check_name_free(spelling)
    row.aliases.create(name=spelling)
    record(actor, row, after={"alias": spelling})


@action("tenancy.remove_alias")
def remove_alias(actor: Actor, *, organisation: UUID, alias: int) -> None:
    """Forget a spelling."""
    row = lock(Organisation.objects.all(), public_id=organisation)
    authorize(actor, EDIT_ORGANISATION, row)
    spelling = row.aliases.filter(pk=alias).first()
    if spelling is None:
        raise NotFound(code="tenancy.organisationalias")
    record(actor, row, before={"alias": spelling.name})
    spelling.delete()


@action("tenancy.merge_organisations")
def merge_organisations(actor: Actor, *, kept: UUID, gone: UUID) -> None:
    """Make one of two: all references, roles and spellings of ``gone`` go to ``kept``, its name becomes a
    spelling."""
    if kept == gone:
        raise RuleBroken("tenancy.merge_same", _("Choose another organisation: these two are the same."))
    rows = {row.public_id: row for row in lock_all(Organisation.objects.filter(public_id__in=[kept, gone]))}
    if len(rows) != 2:
        raise NotFound(code="tenancy.organisation")
    stays, goes = rows[kept], rows[gone]
    authorize(actor, EDIT_ORGANISATION, stays)
    authorize(actor, EDIT_ORGANISATION, goes)
    if stays.is_example != goes.is_example:
        raise RuleBroken("tenancy.merge_example", _("Example data cannot be merged with real data."))
    counts = merging.move(stays, goes)
    OrganisationAlias.objects.get_or_create(name=goes.name, defaults={"organisation": stays})
    if goes.is_partner and not stays.is_partner:
        stays.is_partner = True
    save(stays, ["is_partner"])
    record(actor, stays, after={"merged": goes.public_id, "name": goes.name, "moved": counts})
    publish(OrganisationMerged(kept=stays.public_id, gone=goes.public_id))
    goes.delete()


def _clean(name: str) -> str:
    title = " ".join(name.split())
    if not title:
        raise RuleBroken("tenancy.nameless", _("Write a name."))
    return title


def _check_name_free(name: str, but: int = 0) -> None:
    other = (
        Organisation.objects.filter(name__iexact=name).exclude(pk=but or 0).first()
        or Organisation.objects.filter(aliases__name__iexact=name).exclude(pk=but or 0).first()
    )
    if other is not None:
        raise RuleBroken(
            "tenancy.name_taken",
            _("“%(name)s” is already known as %(other)s. Edit or merge that one.")
            % {"name": name, "other": other.name},
        )


def _slug(name: str) -> str:
    return free_slug(name, lambda slug: Organisation.objects.filter(slug=slug).exists())
