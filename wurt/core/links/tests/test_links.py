"""Short links from making to result, through pages as people use them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.action.run import action
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, today
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import indicator_of
from wurt.core.links import actions, queries, results
from wurt.core.links.models import Link, Tally
from wurt.core.notices.tests import toys
from wurt.core.outbox.worker import drain

pytestmark = pytest.mark.django_db(transaction=True)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOON = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def person() -> Client:
    return Client(headers={"user-agent": FIREFOX, "accept-language": "de"})


def make(world: World, **more: object) -> Link:
    values = {"title": "Flyer", "target": "/glossar/", "place": "kreis-moorland", "valid_from": today()}
    return Link.objects.get(public_id=actions.create_link(world.actor("coordinator"), **(values | more)))


def test_a_link_leads_to_its_page_and_the_opening_is_counted(world: World) -> None:
    link = make(world)
    before = AuditEntry.objects.count()
    answer = person().get(f"/k/{link.code.upper()}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/glossar/?k={link.code}")
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    person().get(f"/k/{link.code}/")
    assert list(Tally.objects.values_list("day", "kind", "count")) == [(today(), "opened", 2)]
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": FIREFOX},
        {"user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)", "accept-language": "de"},
        {"user-agent": "WhatsApp/2.23", "accept-language": "de"},
        {"user-agent": FIREFOX, "accept-language": "de", "sec-purpose": "prefetch;prerender"},
        {"accept-language": "de"},
    ],
)
def test_machines_are_led_on_but_not_counted(world: World, headers: dict[str, str]) -> None:
    link = make(world)
    assert Client(headers=headers).get(f"/k/{link.code}/").status_code == 302
    assert person().head(f"/k/{link.code}/").status_code == 302
    assert Tally.objects.count() == 0


def test_outside_its_days_a_link_says_so(world: World) -> None:
    link = make(world, valid_from=today() + timedelta(days=2), valid_until=today() + timedelta(days=3))
    early = person().get(f"/k/{link.code}/")
    assert (early.status_code, "noch nicht" in early.content.decode()) == (410, True)
    with at(datetime.combine(link.valid_until, NOON.timetz())):
        assert person().get(f"/k/{link.code}/").status_code == 302
    with at(datetime.combine(link.valid_until + timedelta(days=1), NOON.timetz())):
        late = person().get(f"/k/{link.code}/")
    assert (late.status_code, "Flyer" in late.content.decode()) == (410, True)


def test_ended_and_opened_again(world: World) -> None:
    link, admin = make(world), world.actor("coordinator")
    actions.end_link(admin, link=link.public_id)
    assert person().get(f"/k/{link.code}/").status_code == 410
    assert [row.state for row in queries.links(admin)] == ["over"]
    actions.reopen_link(admin, link=link.public_id)
    assert person().get(f"/k/{link.code}/").status_code == 302


def test_a_target_off_the_site_is_refused_and_one_that_got_in_leads_nowhere(world: World) -> None:
    with pytest.raises(RuleBroken) as refused:
        make(world, target="https://evil.example/")
    assert refused.value.code == "links.target"
    link = make(world)
    with writes_allowed("somebody at the database"):
        Link.objects.update(target="//evil.example/")
    assert person().get(f"/k/{link.code}/").status_code == 410


def test_an_edit_keeps_the_code_and_tells_the_trail(world: World) -> None:
    link = make(world)
    values = {"title": "Plakat", "target": "/projekte/", "valid_from": link.valid_from, "valid_until": None}
    boss = world.actor("county_admin")
    actions.edit_link(boss, link=link.public_id, version=1, mine=True, **values)
    row = Link.objects.get()
    assert (row.code, row.title, row.target, row.version) == (link.code, "Plakat", "/projekte/", 2)
    assert row.owner_id == boss.person
    entry = AuditEntry.objects.filter(action="links.edit_link").get()
    assert entry.after["target"] == "/projekte/"
    assert entry.before["title"] == "Flyer"
    with pytest.raises(ChangedMeanwhile):
        actions.edit_link(boss, link=link.public_id, version=1, **values)


def test_only_those_of_the_place_look_after_a_link(world: World) -> None:
    link = make(world)
    editor = world.actor("place_editor")
    with pytest.raises(NotAllowed):
        queries.figures(editor, link.public_id)
    with pytest.raises(NotAllowed):
        actions.end_link(editor, link=link.public_id)
    values = {"title": "x", "target": "/", "place": "kreis-moorland", "valid_from": today()}
    with pytest.raises(NotAllowed):
        actions.create_link(editor, **values)
    with pytest.raises(NotAllowed):
        queries.links(world.actor("resident"))
    with pytest.raises(NotFound):
        queries.figures(world.actor("county_admin"), world.organisation.public_id)
    assert queries.links(editor) == ()


@action("links.test_result")
def finish(actor, *, link, code):
    """An action of some module that finishes something."""
    from wurt.core.action.permission import authorize
    from wurt.core.action.run import lock, record
    from wurt.core.links.policies import MANAGE_LINK

    row = lock(Link.objects.all(), public_id=link)
    authorize(actor, MANAGE_LINK, row)
    results.count("notices.follow", code)
    record(actor, row)
    if code == "bcdfgh":
        raise RuleBroken("toys.no")


def test_results_are_counted_with_the_action_and_only_as_totals(world: World) -> None:
    link, admin = make(world), world.actor("coordinator")
    for code in (link.code, link.code.upper(), "", "zzzzzz", "nonsense"):
        finish(admin, link=link.public_id, code=code)
    found = queries.figures(admin, link.public_id)
    assert (found.openings, dict(found.results), found.finished) == (0, {"notices.follow": 2}, 2)
    with pytest.raises(LookupError):
        results.count("toys.unknown", link.code)
    with writes_allowed("test"):
        Link.objects.update(code="bcdfgh")
    with pytest.raises(RuleBroken):
        finish(admin, link=link.public_id, code="bcdfgh")
    assert queries.figures(admin, link.public_id).finished == 2
    columns = {field.name for field in Tally._meta.get_fields()}
    assert columns == {"id", "link", "day", "kind", "count"}


def test_figures_by_day_and_between_days(world: World) -> None:
    link, admin = make(world), world.actor("coordinator")
    for number, day in enumerate((date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 4)), start=1):
        with at(datetime.combine(day, NOON.timetz())):
            for _ in range(number):
                results.count_opening(link.pk)
    found = queries.figures(admin, link.public_id, since=date(2026, 5, 2), until=date(2026, 5, 3))
    assert (found.openings, [(one.day, one.openings) for one in found.days]) == (2, [(date(2026, 5, 2), 2)])
    assert queries.figures(admin, link.public_id).openings == 6
    assert queries.links(admin)[0].openings == 6


def test_from_the_poster_to_the_confirmed_mail_without_a_cookie(world: World) -> None:
    """Who came by the code and confirms the mail is one result; neither row nor cookie ties them to it."""
    cache.clear()
    toys.register()
    try:
        link = make(world, target="/folgen/ding/1/")
        page = person().get(f"/k/{link.code}/", follow=True)
        assert page.redirect_chain == [(f"/folgen/ding/1/?k={link.code}", 302)]
        assert f'<input type="hidden" name="k" value="{link.code}">' in page.content.decode()
        person().post("/folgen/ding/1/", {"email": "ada@example.org", "k": link.code})
        drain()
        found = re.search(r"https?://[^/\s]+(/mitteilungen/bestaetigen/\S+)", mail.outbox[-1].body)
        assert found
        assert found[1].endswith(f"/?k={link.code}")
        assert Tally.objects.filter(kind="notices.follow").count() == 0
        for _ in range(2):  # pressed twice is one follow
            assert person().post(found[1]).status_code == 200
    finally:
        toys.unregister()
    assert Tally.objects.get(kind="notices.follow").count == 1


def test_the_desk_searches_filters_and_exports(world: World) -> None:
    link = make(world, title="=Plakat", target="/projekte/")
    make(world, title="Radio", valid_from=today() + timedelta(days=9))
    client = world.client("coordinator")
    text = client.get("/verwaltung/kurzlinks/?text=plakat&state=open&mine=on").content.decode()
    assert ("=Plakat" in text, "Radio" in text) == (True, False)
    text = client.get(f"/verwaltung/kurzlinks/?text=/k/{link.code}/").content.decode()
    assert ("=Plakat" in text, "Radio" in text) == (True, False)
    lines = client.get("/verwaltung/kurzlinks/kurzlinks.csv?state=open").content.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"'=Plakat;http://localhost:8000/k/{link.code}/;/projekte/;")


def test_bad_input_is_told_and_nothing_is_lost(world: World) -> None:
    client = world.client("coordinator")
    sent = {"title": "Flyer", "target": "https://evil.example/", "place": "kreis-moorland"}
    days = {"valid_from": "2026-05-04", "valid_until": "2026-05-01"}
    answer = client.post("/verwaltung/kurzlinks/neu/", sent | days)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="https://evil.example/"' in text
    assert text.count("Der letzte Tag liegt vor dem ersten") >= 1
    assert Link.objects.count() == 0


def test_qr_codes_are_drawn_as_asked(world: World) -> None:
    link = make(world)
    client, base = world.client("coordinator"), f"/verwaltung/kurzlinks/{link.public_id}"
    svg = client.get(f"{base}/qr.svg")
    assert svg["Content-Disposition"] == f'attachment; filename="qr-{link.code}.svg"'
    assert f"localhost:8000/k/{link.code}" in svg.content.decode()
    assert client.get(f"{base}/qr.png?level=h&border=8").content.startswith(b"\x89PNG")
    assert "<text" not in client.get(f"{base}/qr.svg?level=h&border=8").content.decode()
    page = client.get(f"{base}/?level=h&border=2&text=on")
    assert page.status_code == 200
    assert "qr.svg?show&amp;level=m&amp;border=4&amp;text=on" in page.content.decode()


def test_figures_of_the_registry(world: World) -> None:
    may = Period(date(2026, 5, 1))
    openings, results_of = indicator_of("links.openings"), indicator_of("links.results")
    assert openings is not None
    assert results_of is not None
    assert openings.compute(may, None) is None
    with at(NOON):
        link = make(world)
        assert [openings.compute(may, None), results_of.compute(may, world.amt)] == [0, None]
        for _ in range(6):
            results.count_opening(link.pk)
        finish(world.actor("coordinator"), link=link.public_id, code=link.code)
    assert [openings.compute(may, place) for place in (None, world.county, world.amt)] == [6, 6, None]
    assert [results_of.compute(may, None), openings.compute(Period(date(2026, 6, 1)), None)] == [1, 0]
