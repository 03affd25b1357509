"""The register of processing activities (Art. 30 GDPR), made from what every table declares."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.audit.words import table_word
from wurt.core.db.privacy import Activity, Privacy, field_name
from wurt.core.privacy.about import tables
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.policies import MANAGE_PEOPLE


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity. ``data``: fields about people by table; ``retention``: by table."""

    name: str
    purposes: tuple[str, ...]
    people: str
    data: tuple[str, ...]
    retention: tuple[str, ...]
    recipients: str
    basis: str

    def cells(self) -> list[str]:
        """The columns of :func:`columns`, several values in one cell separated by semicolons."""
        return [
            self.name, "; ".join(self.purposes), self.people, "; ".join(self.data),
            "; ".join(self.retention), self.recipients, self.basis,
        ]  # fmt: skip


def columns() -> list[str]:
    """Heads of the register's columns."""
    return [
        _("Activity"), _("Purposes"), _("People concerned"), _("Data"), _("Kept"), _("Recipients"),
        _("Legal basis"),
    ]  # fmt: skip


def entries(actor: Actor) -> list[Entry]:
    """The register, by name of the activity. Raises NotAllowed for all but administrators."""
    authorize(actor, MANAGE_PEOPLE, None if actor.system else county())
    by_activity = defaultdict(list)
    for model, privacy in tables():
        if privacy.activity is not None:
            by_activity[privacy.activity].append((model, privacy))
    found = []
    for activity, members in by_activity.items():
        data = [
            f"{table_word(model._meta.label_lower)}: {', '.join(names)}"
            for model, privacy in members
            if (names := _field_words(model, privacy))
        ]
        retention = [
            f"{table_word(model._meta.label_lower)}: {privacy.retention}" for model, privacy in members
        ]
        purposes = list(dict.fromkeys(str(privacy.purpose) for _model, privacy in members))
        found.append(_entry(activity, purposes, data, retention))
    return sorted(found, key=lambda entry: entry.name)


def _field_words(model: type[Model], privacy: Privacy) -> list[str]:
    """Names of the fields about people, each once."""
    label = model._meta.label_lower
    names = privacy.personal(field.name for field in model._meta.concrete_fields)
    return list(dict.fromkeys(field_name(label, name) or name for name in names))


def _entry(activity: Activity, purposes: list[str], data: list[str], retention: list[str]) -> Entry:
    return Entry(
        name=str(activity.name),
        purposes=tuple(purposes),
        people=str(activity.people),
        data=tuple(data),
        retention=tuple(retention),
        recipients=str(activity.recipients),
        basis=str(activity.basis),
    )


def as_markdown(actor: Actor) -> str:
    """The register as a text that can be put into a file."""
    heads = columns()
    parts = ["# " + _("Register of processing activities"), ""]
    for entry in entries(actor):
        parts += [f"## {entry.name}", ""]
        cells = [entry.purposes, entry.people, entry.data, entry.retention, entry.recipients, entry.basis]
        for head, value in zip(heads[1:], cells, strict=True):
            if isinstance(value, str):
                parts.append(f"- **{head}:** {value}")
            else:
                parts += [f"- **{head}:**", *(f"  - {item}" for item in value)]
        parts.append("")
    return "\n".join(parts)
