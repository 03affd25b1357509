"""All data of a person as one ZIP: one JSON file per table, and an index that people can read."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.db.privacy import DataClass, Privacy
from wurt.core.privacy.about import rows_about
from wurt.core.privacy.policies import OWN_DATA
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE
from wurt.core.web.format import german_datetime


def archive(actor: Actor, person: UUID | None = None) -> bytes:
    """The archive of a person (None: of the actor). Raises NotFound; NotAllowed for anybody but the person
    and administrators."""
    if person is None and actor.person is None:
        raise NotAllowed(code="privacy.own_data:role")
    row = Person.objects.filter(**({"public_id": person} if person else {"pk": actor.person})).first()
    if row is None:
        authorize(actor, MANAGE_PEOPLE, county())
        raise NotFound(code="tenancy.person")
    if not can(actor, OWN_DATA, row):
        authorize(actor, MANAGE_PEOPLE, county())
    tables = [
        (model, privacy, [_values(thing, privacy, row) for thing in rows.order_by("pk").iterator()])
        for model, privacy, rows in rows_about(row)
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for language, name in (("de", "LIESMICH.txt"), ("en", "README.txt")):
            with translation.override(language):
                packed.writestr(name, _index(tables))
        for model, _privacy, values in tables:
            if values:
                text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                packed.writestr(f"{model._meta.label_lower}.json", text)
    return out.getvalue()


def _values(thing: models.Model, privacy: Privacy, person: Person) -> dict[str, Any]:
    return {
        field.name: _value(thing, field, person)
        for field in thing._meta.concrete_fields
        if privacy.of(field.name) is not DataClass.SECRET and field.name not in privacy.withheld
    }


def _value(thing: models.Model, field: "models.Field[Any, Any]", person: Person) -> Any:
    value = getattr(thing, field.attname)
    if value is None or not field.is_relation:
        return value
    other = getattr(thing, field.name)
    if isinstance(other, Person) and other.pk != person.pk:
        return {"person": other.public_id}  # somebody else: named nowhere in this archive
    return {"id": value, "name": str(other)}


def _index(tables: list[tuple[type[models.Model], Privacy, list[dict[str, Any]]]]) -> str:
    parts = [
        _("What Wurt stores about you"),
        german_datetime(now()),
        "",
        _(
            "Each file holds the rows of one table as JSON. Passwords and keys are left out, since they "
            "would open your account; so are fields in which other people stand."
        ),
        "",
    ]
    for model, privacy, values in tables:
        label = model._meta.label_lower
        held_back = sorted(
            {name for name, kind in privacy.fields.items() if kind is DataClass.SECRET} | privacy.withheld
        )
        parts += [
            f"{label}.json" if values else label,
            _line(_("Rows"), len(values)),
            _line(_("Purpose"), privacy.purpose),
            _line(_("Kept"), privacy.retention),
            *([_line(_("Left out"), ", ".join(held_back))] if held_back and values else []),
            "",
        ]
    return "\n".join(parts)


def _line(label: str, value: object) -> str:
    return f"  {label}: {value}"
