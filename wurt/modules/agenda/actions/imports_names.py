"""Organisations and people that an import names: found again, or made. Runs inside an action."""

from wurt.core.tenancy.models import Organisation, OrganisationAlias, OrganisationKind, Person
from wurt.modules.agenda.actions.imports_ledger import Ledger
from wurt.modules.agenda.actions.imports_match import World
from wurt.modules.agenda.actions.steps import free_slug
from wurt.modules.agenda.domain.identity import fold
from wurt.modules.agenda.models import ImportBatch

_KINDS = (
    ("kreis ", OrganisationKind.COUNTY),
    ("amt ", OrganisationKind.AMT),
    ("stadt ", OrganisationKind.TOWN),
    ("land ", OrganisationKind.STATE),
)


class Names:
    """What is known, and the ledger through which more is made."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.ledger = Ledger(batch.undo)
        self.world = World.load()

    def _known(self, name: str) -> Organisation | None:
        verdict = self.world.organisation(name)
        if verdict.outcome != "same":
            return None
        return Organisation.objects.get(pk=self.world.organisations[verdict.name])

    def organisation(self, name: str) -> Organisation:
        """The organisation of that name, as a person decided where that was asked; made if it is new."""
        question = self.batch.names.get(name)
        target = question["candidate"] if question and question["decision"] == "same" else name
        found = self._known(target)
        if found is None:
            kind = next(
                (kind for start, kind in _KINDS if fold(target).startswith(start)), OrganisationKind.AGENCY
            )
            found = self.ledger.create(
                Organisation(
                    slug=free_slug(Organisation, target),
                    name=target,
                    kind=kind,
                    place=self.batch.agenda.place,
                    is_example=self.batch.agenda.is_example,
                )
            )
            self.world.organisations[target] = found.pk
        if (
            target != name
            and name not in self.world.organisation_aliases
            and name not in self.world.organisations
        ):
            self.ledger.create(OrganisationAlias(organisation=found, name=name))
            self.world.organisation_aliases[name] = found.name
        return found

    def person(self, name: str, organisation: Organisation | None) -> Person:
        """The person of that name in that organisation; made without consent to show the name."""
        rows = list(Person.objects.filter(name=name, erased__isnull=True).order_by("pk"))
        if organisation is not None:
            rows = [row for row in rows if row.organisation_id == organisation.pk] or [
                r for r in rows if self.ledger.made(r)
            ]
        if not rows:
            return self.ledger.create(
                Person(name=name, organisation=organisation, is_example=self.batch.agenda.is_example)
            )
        if organisation is not None and rows[0].organisation_id is None:
            self.ledger.change(rows[0], {"organisation": organisation})
        return rows[0]
