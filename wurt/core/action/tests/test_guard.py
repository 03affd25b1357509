"""The write guard lets no write through that is not an act of somebody."""

import pytest
from django.db import connection

from wurt.core.action.actor import Actor
from wurt.core.action.guard import WriteRefused, writes_allowed, written_table
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.action.tests import toys
from wurt.core.audit.models import AuditEntry
from wurt.core.outbox.models import Delivery
from wurt.core.pages.models import GlossaryTerm

pytestmark = pytest.mark.django_db

SYSTEM = Actor.for_system("test")


@pytest.fixture
def place():
    with writes_allowed("world"):
        return toys.county()


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "pages_page" ("id") VALUES (1)', "pages_page"),
        ("insert or replace into pages_page values (1)", "pages_page"),
        ('UPDATE "pages_page" SET "title" = %s', "pages_page"),
        ('UPDATE ONLY "public"."pages_page" SET x = 1', "pages_page"),
        ('  DELETE FROM "pages_page" WHERE 1', "pages_page"),
        ("TRUNCATE TABLE pages_page", "pages_page"),
        ("-- a word\n/* and another */ DELETE FROM pages_page", "pages_page"),
        ("WITH gone AS (SELECT 1) DELETE FROM pages_page", "pages_page"),
        ("WITH gone AS (DELETE FROM pages_page RETURNING id) SELECT * FROM gone", "pages_page"),
        ('SELECT "pages_page"."title" FROM "pages_page" FOR UPDATE', None),
        ("SELECT 'DELETE FROM pages_page'", None),
        ("WITH a AS (SELECT 1) SELECT * FROM a", None),
        ("SAVEPOINT x", None),
    ],
)
def test_the_guard_knows_a_write(sql, table):
    assert written_table(sql) == table


def test_a_write_outside_an_action_is_refused(place):
    with pytest.raises(WriteRefused, match="write to pages_glossaryterm outside an action"):
        GlossaryTerm.objects.create(place=place, term="Amt", text="")
    with pytest.raises(WriteRefused), connection.cursor() as cursor:
        cursor.execute("UPDATE pages_glossaryterm SET text = 'x'")


def careless(*, asks: bool, records: bool):
    """An action that forgets a step."""

    @action("toys.careless")
    def act(actor: Actor, *, place) -> None:
        if asks:
            authorize(actor, toys.EDIT, GlossaryTerm(place=place))
        row = GlossaryTerm.objects.create(place=place, term="Amt", text="")
        if records:
            record(actor, row)

    return act


@pytest.mark.parametrize(
    ("asks", "records", "missing"),
    [
        (False, True, "authorize()"),
        (True, False, "record()"),
        (False, False, "authorize() and record()"),
    ],
)
def test_a_forgotten_step_rolls_everything_back(place, asks, records, missing):
    with pytest.raises(WriteRefused) as refused:
        careless(asks=asks, records=records)(SYSTEM, place=place)
    assert str(refused.value) == f"action toys.careless wrote without {missing}"
    assert GlossaryTerm.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_with_all_steps_it_passes(place):
    careless(asks=True, records=True)(SYSTEM, place=place)
    assert GlossaryTerm.objects.count() == 1


def test_who_only_tells_must_have_asked_too():
    @action("toys.tell")
    def tell(actor: Actor) -> None:
        Delivery.objects.create(handler="x", key="1")

    with pytest.raises(WriteRefused):
        tell(SYSTEM)
    assert Delivery.objects.count() == 0


def test_production_may_choose_the_alarm(place, settings, caplog):
    settings.WURT_WRITE_GUARD = "log"
    careless(asks=True, records=False)(SYSTEM, place=place)
    assert [line.message for line in caplog.records] == ["action toys.careless wrote without record()"]
    assert GlossaryTerm.objects.count() == 1


def test_a_misspelt_choice_keeps_the_guard_up(place, settings):
    settings.WURT_WRITE_GUARD = "lgo"
    with pytest.raises(WriteRefused):
        careless(asks=True, records=False)(SYSTEM, place=place)


def test_the_exception_ends_with_its_block(place):
    with writes_allowed("test"):
        GlossaryTerm.objects.create(place=place, term="Amt", text="")
    with pytest.raises(WriteRefused):
        GlossaryTerm.objects.create(place=place, term="Kreis", text="")
