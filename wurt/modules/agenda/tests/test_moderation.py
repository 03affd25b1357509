"""Projects and months at the moderation desk: what is frozen is corrected, never hidden."""

from datetime import date

import pytest

from wurt.core.moderation import things
from wurt.core.moderation.things import Measure
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_project_can_be_hidden_until_a_published_month_tells_about_it() -> None:
    factories.county()
    project = factories.project("Rufbus", public=True)
    kind = things.kind_of("agenda.project")
    assert kind is not None
    thing = kind.fetch(str(project.public_id))
    assert thing is not None
    assert thing.measures == (Measure.HIDE, Measure.CORRECT)
    first = date(2026, 1, 1)
    factories.month(first)
    factories.report(first, project)
    publish_month(factories.SYSTEM, month=first)
    thing = kind.fetch(str(project.public_id))
    assert thing is not None
    assert thing.measures == (Measure.CORRECT,)
    month = things.find("bericht", "2026-01")
    assert month is not None
    assert (month[1].title, month[1].measures) == ("Statusbericht Januar 2026", (Measure.CORRECT,))
    assert things.find("bericht", "2026-02") is None
    assert things.find("projekt", "gibt-es-nicht") is None
