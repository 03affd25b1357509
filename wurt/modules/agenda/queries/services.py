"""Services that a project promised: how they stand, and what changed in the month of a report."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.services.promises import services_of, standings_of
from wurt.core.services.queries import Standing, changes_between
from wurt.core.web.format import day

KIND = "agenda.project"


def promised_services(actor: Actor, project: UUID) -> tuple[Standing, ...]:
    """How the services stand that the project promised."""
    return standings_of(actor, KIND, str(project))


def stage_sentences(actor: Actor, project: UUID, month: date) -> Sequence[tuple[date, str]]:
    """Each change of stage in the month as a day and a sentence, which the lead may take over."""
    keys = services_of(actor, KIND, str(project))
    if not keys:
        return ()
    last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return [
        (
            change.day,
            (
                _("“%(name)s” in %(place)s has been %(stage)s since %(day)s.")
                if change.place
                else _("“%(name)s” has been %(stage)s since %(day)s.")
            )
            % {"name": change.name, "place": change.place, "stage": change.word, "day": day(change.day)},
        )
        for change in changes_between(actor, keys, month, last)
    ]
