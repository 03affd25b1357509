"""Setting the profile of a project: shared by actions and import."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wurt.core.action.run import changed
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.steps import (
    PLANNED,
    field_of,
    organisation_of,
    organisations_by_name,
    person_of,
)
from wurt.modules.agenda.actions.values import PartyValue, ProfileValues
from wurt.modules.agenda.models import Party, Project

_TEXTS = ("title", "short_title", "goal", "content", "lead_function", "planned_start")
_TEXTS_PUBLIC = ("participation", "participation_none_reason", "contact")
_LINKS: dict[str, Callable[[Any], Any]] = {
    "field": field_of,
    "lead_organisation": organisation_of,
    "lead": person_of,
    "deputy": person_of,
}


def apply_profile(project: Project, values: ProfileValues) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the given values on the project (unsaved); return (before, after) of those that differ.

    Raises NotFound for links, RuleBroken ``agenda.project_dates`` and ``agenda.planned_start``.
    """
    given: dict[str, Any] = dict(values)
    clean: dict[str, Any] = {key: given[key].strip() for key in (*_TEXTS, *_TEXTS_PUBLIC) if key in given}
    clean |= {key: given[key] for key in ("start", "end") if key in given}
    clean |= {key: find(given[key]) for key, find in _LINKS.items() if key in given}
    before, after = changed(project, clean)
    if project.start and project.end and project.end < project.start:
        raise RuleBroken("agenda.project_dates", _("The end lies before the start. Please check the dates."))
    if project.planned_start and not PLANNED.fullmatch(project.planned_start):
        raise RuleBroken(
            "agenda.planned_start",
            _("Please give the planned start as year (2025), quarter (2025-Q3) or month (2025-07)."),
        )
    return before, after


def replace_parties(project: Project, parties: Sequence[PartyValue]) -> bool:
    """Write partners and stakeholders in this order; True if anything differs.

    A name that is a known organisation (or an alias of one) is linked to it by itself.
    """
    known = organisations_by_name(party.name.strip() for party in parties)
    wanted: dict[tuple[str, str], Party] = {}
    for party in parties:
        name = party.name.strip()
        organisation = organisation_of(party.organisation) or known.get(name)
        if organisation is not None and not name:
            name = organisation.name
        if name and (party.role, name) not in wanted:
            row = Party(project=project, role=party.role, name=name, organisation=organisation)
            row.order = len(wanted) + 1
            wanted[party.role, name] = row
    rows = [(row.role, row.name, row.organisation_id) for row in wanted.values()]
    stored = list(project.parties.order_by("order").values_list("role", "name", "organisation_id"))
    if rows == stored:
        return False
    project.parties.all().delete()
    Party.objects.bulk_create(wanted.values())
    return True
