"""Steps that several actions share. They run inside an action and never ask for permission themselves."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from wurt.core.action.run import lock
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.models import Organisation, OrganisationAlias, Person
from wurt.modules.agenda.domain import identity, periods
from wurt.modules.agenda.events import ProjectChanged
from wurt.modules.agenda.models import Agenda, Field, Project, ProjectSlug

M = TypeVar("M", bound=models.Model)

DUE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|\d{4}-Q[1-4]")
PLANNED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?")

# What the audit trail may show of a change; of every other field it shows only that it changed.
SHOWN = frozenset(
    {
        *("slug", "name", "title", "short_title", "label", "state", "status", "kind", "order", "number"),
        *("start", "end", "ended_on", "planned_start", "due", "done", "done_on", "month", "decided_on"),
        *("has_progress", "public_since", "is_example", "licence", "horizon", "version_name", "reference"),
    }
)


def the_agenda() -> Agenda:
    """The one agenda of this installation, locked. Raises NotFound before ``wurt init``."""
    return lock(Agenda.objects.select_related("place"))


def trail(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after as the audit trail may keep them: allow-listed values, names of the other fields."""
    hidden = sorted(key for key in after if key not in SHOWN)
    kept = {key: value for key, value in after.items() if key in SHOWN}
    if hidden:
        kept["changed"] = hidden
    return {key: value for key, value in before.items() if key in SHOWN}, kept


def required(value: str, code: str, message: str) -> str:
    """The text without white space around it; RuleBroken if nothing is left."""
    if not (text := value.strip()):
        raise RuleBroken(code, message)
    return text


def free_slug(rows: type[models.Model], text: str, *, own: str = "", taken: Iterable[str] = ()) -> str:
    """A slug made of the text that no other row has (``-2``, ``-3`` … if need be)."""
    base = identity.slug(text)[:100].strip("-")
    used = set(rows._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)) - {own}
    used.update(taken)
    slug, number = base, 1
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    return slug


def free_project_slug(text: str, own: Project | None = None) -> str:
    """Like :func:`free_slug`, and no old address of another project either."""
    old = ProjectSlug.objects.exclude(project=own) if own else ProjectSlug.objects.all()
    return free_slug(Project, text, own=own.slug if own else "", taken=old.values_list("slug", flat=True))


def field_of(slug: str | None) -> Field | None:
    """The field of action with that slug. Raises NotFound."""
    return lock(Field.objects.all(), slug=slug) if slug else None


def organisation_of(public_id: UUID | None) -> Organisation | None:
    """The organisation with that public id. Raises NotFound."""
    return _one(Organisation, public_id)


def person_of(public_id: UUID | None) -> Person | None:
    """The person with that public id. Raises NotFound."""
    return _one(Person, public_id)


def _one(rows: type[M], public_id: UUID | None) -> M | None:
    return lock(rows._default_manager.all(), public_id=public_id) if public_id else None


def organisations_by_name(names: Iterable[str]) -> dict[str, Organisation]:
    """The known organisations among the names, by exact name or confirmed alias."""
    wanted = set(names)
    found = {row.name: row for row in Organisation.objects.filter(name__in=wanted)}
    aliases = OrganisationAlias.objects.filter(name__in=wanted - set(found)).select_related("organisation")
    return found | {row.name: row.organisation for row in aliases}


def valid_due(due: str | None) -> str:
    """A due date as stored ("" for unknown). Raises RuleBroken ``agenda.due``."""
    text = (due or "").strip()
    if text and not DUE.fullmatch(text):
        raise RuleBroken(
            "agenda.due",
            _(
                "Please give the date as day (2024-05-31), month (2024-05) or quarter (2024-Q2),"
                " or leave it empty."
            ),
        )
    if len(text) == 10:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise RuleBroken("agenda.due", _("This day does not exist. Please check the date.")) from None
    return text


def latest(due: str) -> date | None:
    """The last day that a stored due date may mean."""
    return periods.due_latest(due or None)


def first_day(month: date) -> date:
    """The first day of the month."""
    return month.replace(day=1)


def last_day(month: date) -> date:
    """The last day of the month."""
    return periods.month_last(f"{month:%Y-%m}")


def tell_changed(project: Project, fields: Iterable[str]) -> None:
    """Tell the others that a project was made or changed."""
    publish(ProjectChanged(project=str(project.public_id), fields=sorted(fields)))


def touch(project: Project) -> None:
    """A part of the project was changed: count its version up."""
    project.version += 1
    project.changed = now()
    project.save(update_fields=["version", "changed"])
