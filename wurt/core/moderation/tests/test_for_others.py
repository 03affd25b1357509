"""Notifying content for somebody else: through the action and through the pages."""

import re
from dataclasses import replace

import pytest

from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.models import Act
from wurt.core.assisted.tests import conftest as assisted
from wurt.core.assisted.tests.conftest import Town
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import NotAllowed
from wurt.core.moderation import queries
from wurt.core.moderation.actions.report import Sender, report_thing
from wurt.core.moderation.models import Party, Report
from wurt.core.moderation.tests import toys
from wurt.core.pages.models import Page

pytestmark = pytest.mark.django_db(transaction=True)
town = assisted.town
NOTICE = {
    "category": "misleading",
    "explanation": "Die Telefonnummer führt seit einer Woche ins Leere.",
    "where": "/kontakt/",
    "good_faith": "on",
}


def test_the_notice_is_the_persons_and_the_trail_names_both(town: Town) -> None:
    toys.post(town.place)
    session = town.begin()
    values = {
        "slug": "beitrag",
        "part": "sommerfest",
        "category": "personal",
        "explanation": toys.EXPLANATION,
        "where": "",
        "good_faith": True,
        "sender": Sender(),
        "proven": True,
    }
    actor = town.acting(session)
    report_thing(actor, **values)
    assert [(row.person, row.role) for row in Party.objects.all()] == [(town.erna, "notifier")]
    entry = AuditEntry.objects.get(action="moderation.report")
    staff = town.world.person("caseworker")
    assert (entry.actor, entry.acting_for) == (str(staff.public_id), str(town.erna.public_id))
    with pytest.raises(NotAllowed) as refused:
        report_thing(replace(actor, areas=frozenset({"notices"})), **values)
    assert refused.value.code == "moderation.report:assisted"
    assert Report.objects.count() == 1


def test_from_the_start_page_of_the_mode_to_the_line_of_the_confirmation(town: Town) -> None:
    with writes_allowed("test"):
        Page.objects.create(place=town.world.county, slug="kontakt", title="Kontakt", body="# Hallo")
    client = town.client()
    begin = {"channel": "phone", "checked": "asked", "place": "kreis-moorland"}
    client.post(f"/verwaltung/fuer-andere/{town.erna.public_id}/", begin)
    assert "Einen Inhalt melden" in client.get("/fuer-andere/").content.decode()
    page = client.get("/melden/seite/kontakt/").content.decode()
    assert "Für jemanden am Telefon aufschreiben" not in page  # that is for whoever acts for nobody
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    answer = client.post("/melden/seite/kontakt/", NOTICE | {"once": once.group(1)})
    assert answer.status_code == 302
    assert "Danke, dass Sie hinschauen" in client.get(answer["Location"]).content.decode()
    report = Report.objects.get()
    assert (report.party.person, report.on_behalf) == (town.erna, False)
    act = Act.objects.get()
    assert (act.action, act.text) == (
        "moderation.report",
        "Sie haben einen Inhalt gemeldet; wir prüfen ihn.",
    )
    assert [line.title for line in queries.mine(town.acting(act.assistance))] == ["Kontakt"]
    assert act.text in client.get("/fuer-andere/").content.decode()


def test_a_form_opened_for_nobody_is_refused_in_the_mode(town: Town) -> None:
    with writes_allowed("test"):
        Page.objects.create(place=town.world.county, slug="kontakt", title="Kontakt", body="# Hallo")
    client = town.client()
    page = client.get("/melden/seite/kontakt/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    begin = {"channel": "phone", "checked": "asked", "place": "kreis-moorland"}
    client.post(f"/verwaltung/fuer-andere/{town.erna.public_id}/", begin)
    answer = client.post("/melden/seite/kontakt/", NOTICE | {"once": once.group(1)})
    assert (answer.status_code, Report.objects.count()) == (409, 0)
