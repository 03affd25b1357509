"""Rounds open by themselves, once; who has not handed in is reminded, later others, too, never twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import make_login
from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.models import Grant, Person, Place
from wurt.modules.agenda.actions import handing_in, publish, reports, rounds
from wurt.modules.agenda.domain.rounds import EVERY, Rule, is_time, last_day_of, month_to_open, stage_on
from wurt.modules.agenda.models import Agenda, Month, Project, Report
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM, actor, county, person, project

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
RULES = st.builds(
    Rule,
    opens=st.integers(1, 28),
    days=st.integers(1, 60),
    every=st.sampled_from(EVERY),
    back=st.sampled_from((0, 1)),
)


@given(RULES, DAYS)
def test_a_round_opens_once_for_each_month_of_the_rhythm(rule: Rule, day: date) -> None:
    first = month_to_open(rule, day, None)
    if first is None:
        return
    assert (first.day, first.month % rule.every) == (1, 0)
    assert (day.year * 12 + day.month) - (first.year * 12 + first.month) == rule.back
    assert month_to_open(rule, day, first) is None
    assert month_to_open(rule, day, first - timedelta(days=1)) == first


@given(RULES)
def test_every_month_of_the_rhythm_has_its_round_in_a_year(rule: Rule) -> None:
    last, found = None, []
    day = date(2025, 1, 1)
    while day.year == 2025:
        if (first := month_to_open(rule, day, last)) is not None:
            assert day.day == rule.opens
            last = first
            found.append(first)
        day += timedelta(days=1)
    assert len(found) == 12 // rule.every


def test_by_hand_nothing_opens() -> None:
    assert month_to_open(Rule(opens=None), date(2024, 5, 28), None) is None


@given(RULES, DAYS)
def test_the_last_day_is_a_working_day(rule: Rule, day: date) -> None:
    last = last_day_of(rule, day)
    assert last.weekday() < 5
    assert 0 <= (last - day).days - rule.days <= 2


def test_stages_and_hours() -> None:
    due = date(2024, 5, 16)
    days = [date(2024, 5, number) for number in (12, 13, 16, 17, 19, 20, 31)]
    assert [stage_on(day, due) for day in days] == [0, 1, 1, 2, 2, 3, 3]
    assert [is_time(datetime(2024, 5, 17, hour)) for hour in (7, 8, 16, 17)] == [False, True, True, False]
    assert not is_time(datetime(2024, 5, 18, 10))


def noon(day: int, month: int = 5, hour: int = 10) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=UTC)


@pytest.fixture
def nordland(transactional_db: None) -> Iterator[Project]:
    """A county that opens its rounds on the sixth; Ada leads the sensors, Ben is her deputy."""
    with at(noon(2)):
        county()
        with writes_allowed("test"):
            people = {}
            for name in ("Ada", "Ben", "Kai"):
                people[name] = Person.objects.create(name=name)
                make_login(f"{name.lower()}@nordland.example", people[name])
            Grant.objects.create(
                person=people["Kai"], role=Role.COORDINATOR, place=Place.objects.get(slug="kreis")
            )
        rounds.save_rounds(SYSTEM, opens=6, days=10, every=1, back=1)
        values = {
            "lead": people["Ada"].public_id,
            "deputy": people["Ben"].public_id,
            "start": date(2024, 1, 1),
            "end": date(2024, 12, 31),
        }
        yield project("Sensornetz", values=values)


def clock(moment: datetime) -> list[tuple[str, str]]:
    """What the clock does at a moment; the mails that went out, as (to, subject)."""
    mail.outbox = []
    with at(moment):
        rounds.open_round(SYSTEM)
        rounds.remind_leads(SYSTEM)
        drain()
    return sorted((message.to[0], message.subject) for message in mail.outbox)


ADA, BEN, KAI = "ada@nordland.example", "ben@nordland.example", "kai@nordland.example"


def test_a_round_opens_on_its_day_by_day_and_once(nordland: Project) -> None:
    assert clock(noon(5)) == []  # a Sunday, and a day too early
    assert clock(noon(6, hour=4)) == []  # six in the morning in Berlin
    assert not Month.objects.exists()
    assert clock(noon(6)) == [(ADA, "Bitte berichten Sie: April 2024")]
    row = Month.objects.get()
    assert (row.month, row.due, [one.title for one in row.reports.all()]) == (
        APRIL,
        date(2024, 5, 16),
        ["Sensornetz"],
    )
    text = mail.outbox[0].body
    assert "bis 16. Mai 2024" in text
    assert "- Sensornetz" in text
    assert f"http://localhost:8000{reverse('agenda:desk_month', args=['2024-04'])}" in text
    assert clock(noon(7)) == []
    reports.delete_month(SYSTEM, month=APRIL)
    assert clock(noon(8)) == []
    assert not Month.objects.exists()


def test_a_month_that_is_open_stays_as_it_is(nordland: Project) -> None:
    with at(noon(3)):
        reports.open_month(SYSTEM, month=APRIL, prefill=False)
    assert clock(noon(6)) == []
    assert (Month.objects.get().due, Report.objects.count()) == (None, 0)
    assert Agenda.objects.get().rounds_until == APRIL


def test_a_missed_day_is_made_up_for(nordland: Project) -> None:
    assert clock(noon(13)) == [(ADA, "Bitte berichten Sie: April 2024")]
    assert Month.objects.get().due == date(2024, 5, 23)


def test_reminders_go_up_and_nobody_is_told_twice_a_day(nordland: Project) -> None:
    clock(noon(6))
    soon, late = "Bericht bald fällig: April 2024", "Bericht überfällig: April 2024"
    days = {day: clock(noon(day)) for day in range(7, 32)}
    assert {day: told for day, told in days.items() if told} == {
        13: [(ADA, soon)],
        17: [(ADA, late), (BEN, late)],
        20: [(ADA, late), (BEN, late), (KAI, late)],
    }
    assert clock(noon(20, hour=11)) == []


def test_who_has_handed_in_is_left_alone(nordland: Project) -> None:
    clock(noon(6))
    row = Report.objects.get()
    with at(noon(8)):
        reports.edit_report(SYSTEM, report=row.public_id, values={"status": "green", "progress": "Ja."})
        handing_in.hand_in_report(SYSTEM, report=row.public_id)
    assert [clock(noon(day)) for day in (13, 17, 20)] == [[], [], []]


def test_a_published_month_reminds_nobody(nordland: Project) -> None:
    clock(noon(6))
    with at(noon(8)):
        row = Report.objects.get()
        reports.edit_report(SYSTEM, report=row.public_id, values={"status": "green", "progress": "Ja."})
        publish.publish_month(SYSTEM, month=APRIL)
        drain()
    assert [clock(noon(day)) for day in (13, 17, 20)] == [[], [], []]


def test_a_worker_that_was_away_tells_the_newest_stage_only(nordland: Project) -> None:
    clock(noon(6))
    late = "Bericht überfällig: April 2024"
    assert clock(noon(21)) == [(ADA, late), (BEN, late), (KAI, late)]
    assert clock(noon(22)) == []


def test_another_last_day_begins_anew(nordland: Project) -> None:
    clock(noon(6))
    assert clock(noon(13)) == [(ADA, "Bericht bald fällig: April 2024")]
    with at(noon(14)):
        reports.edit_month(SYSTEM, month=APRIL, intro="", due=date(2024, 5, 30))
    assert clock(noon(14)) == []
    assert clock(noon(31)) == [(to, "Bericht überfällig: April 2024") for to in (ADA, BEN)]


def test_a_new_last_day_reminds_again_of_the_same_stage(nordland: Project) -> None:
    clock(noon(6))
    soon = [(ADA, "Bericht bald fällig: April 2024")]
    assert clock(noon(13)) == soon
    with at(noon(13, hour=11)):
        reports.edit_month(SYSTEM, month=APRIL, intro="", due=date(2024, 5, 15))
    assert clock(noon(13, hour=12)) == []  # its stage has begun already, but Ada was told today
    with at(noon(14)):
        reports.edit_month(SYSTEM, month=APRIL, intro="", due=date(2024, 5, 31))
    assert [clock(noon(day)) for day in (14, 27, 28)] == [[], [], soon]


def test_in_a_short_round_the_lead_is_told_once_on_its_first_day(nordland: Project) -> None:
    with at(noon(2)):
        rounds.save_rounds(SYSTEM, opens=6, days=2, every=1, back=1)
    assert clock(noon(6)) == [(ADA, "Bitte berichten Sie: April 2024")]
    assert clock(noon(7)) == []
    late = "Bericht überfällig: April 2024"
    assert clock(noon(9)) == [(ADA, late), (BEN, late)]


def test_who_has_no_login_is_passed_over(nordland: Project) -> None:
    with at(noon(2)):
        lone = person("Ohne Konto")
        values = {"lead": lone.public_id, "start": date(2024, 1, 1), "end": date(2024, 12, 31)}
        project("Lehrgänge", values=values)
    assert clock(noon(6)) == [(ADA, "Bitte berichten Sie: April 2024")]
    clock(noon(13))
    clock(noon(17))
    clock(noon(20))
    assert sorted(message.to[0] for message in mail.outbox) == [ADA, BEN, KAI]
    body = next(message.body for message in mail.outbox if message.to == [KAI])
    assert "- Lehrgänge" in body
    assert "- Sensornetz" in body


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"opens": 29}, "agenda.round_opens", "opens"),
        ({"opens": 0}, "agenda.round_opens", "opens"),
        ({"days": 0}, "agenda.round_days", "days"),
        ({"days": 61}, "agenda.round_days", "days"),
        ({"every": 4}, "agenda.round_every", "every"),
        ({"back": 2}, "agenda.round_every", "every"),
    ],
)
@pytest.mark.django_db
def test_rules_that_make_no_sense(wrong: dict[str, int], code: str, field: str) -> None:
    county()
    with pytest.raises(RuleBroken) as refused:
        rounds.save_rounds(SYSTEM, **({"opens": 6, "days": 10, "every": 1, "back": 1} | wrong))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Agenda.objects.get().round_opens is None


@pytest.mark.django_db
def test_only_those_who_keep_the_agenda_set_rounds() -> None:
    county()
    with pytest.raises(NotAllowed):
        rounds.save_rounds(actor(Role.PROJECT_GROUP), opens=6, days=10, every=1, back=1)


@pytest.mark.django_db
def test_pages() -> None:
    with writes_allowed("world"):
        world = desk_world()
    client: Client = world.client("coordinator")
    page = client.get(reverse("agenda:desk_rounds")).content.decode()
    assert "von Hand" in page
    assert 'name="days" value="10"' in page
    values = {"opens": "15", "days": "8", "every": "3", "back": "0", "version": "1"}
    wrong = client.post(reverse("agenda:desk_rounds"), values | {"days": "61"})
    assert wrong.status_code == 422
    version = Agenda.objects.get().version
    saved = client.post(reverse("agenda:desk_rounds"), values | {"version": str(version)})
    assert (saved.status_code, saved["Location"]) == (302, reverse("agenda:desk_months"))
    agenda = Agenda.objects.get()
    assert (agenda.round_opens, agenda.round_days, agenda.round_every, agenda.round_back) == (15, 8, 3, 0)
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.after["round_opens"]) == ("agenda.save_rounds", 15)
    draft = Month.objects.filter(current__isnull=True).first()
    assert draft is not None
    name = f"{draft.month:%Y-%m}"
    late = {"intro": "", "due": "2024-05-10", "version": str(draft.version)}
    assert client.post(reverse("agenda:desk_month_intro", args=[name]), late).status_code == 302
    shown = client.get(reverse("agenda:desk_month", args=[name])).content.decode()
    assert "Abzugeben bis Freitag, 10. Mai 2024." in shown
    assert "überfällig" in shown
