"""The trail cannot be changed, and who changes it by force is found out."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from wurt.core.audit import handlers, triggers
from wurt.core.audit.models import AuditEntry, AuditSeal
from wurt.core.audit.trail import SETTLE, seal, verify, write
from wurt.core.db.clock import at, now

pytestmark = pytest.mark.django_db


def entry(number: int, *, age: timedelta = SETTLE * 2) -> AuditEntry:
    """An entry that was written ``age`` ago."""
    with at(now() - age):
        return write(
            actor="system:test",
            action="toys.do",
            object_type="toy",
            object_id=str(number),
            before={},
            after={"n": number},
        )


def refused(sql: str) -> bool:
    """Does the database itself refuse the statement?"""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.fixture
def sealed():
    """Two seals over four entries, then two entries that wait."""
    for number in (1, 2):
        entry(number)
    first = seal()
    for number in (3, 4):
        entry(number)
    second = seal()
    for number in (5, 6):
        entry(number, age=timedelta())
    return first, second


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET actor = 'x'",
        "DELETE FROM audit_auditentry",
        "UPDATE audit_auditseal SET digest = 'x'",
        "DELETE FROM audit_auditseal",
    ],
)
def test_the_database_refuses_change(sealed, sql):
    assert refused(sql)
    assert AuditEntry.objects.count() == 6
    assert verify().faults == []


def test_the_database_refuses_replacement(sealed):
    columns = ", ".join(f'"{field.column}"' for field in AuditSeal._meta.concrete_fields)
    if connection.vendor == "postgresql":
        sql = (
            f"INSERT INTO audit_auditseal ({columns}) SELECT {columns} FROM audit_auditseal "
            "ON CONFLICT (id) DO UPDATE SET digest = 'x'"
        )
    else:
        sql = f"INSERT OR REPLACE INTO audit_auditseal ({columns}) SELECT {columns} FROM audit_auditseal"
    assert refused(sql)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_database_refuses_to_empty_the_table(table):
    assert refused(f"TRUNCATE {table}")


@pytest.fixture
def lifted():
    """The triggers are gone, as for an intruder who owns the database."""
    triggers.remove()
    yield
    triggers.install()


FIRST, LAST = "(SELECT min(id) FROM audit_auditentry)", "(SELECT max(last) FROM audit_auditseal)"


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        (f"UPDATE audit_auditentry SET actor = 'x' WHERE id = {FIRST}", ["content differs from the seal"]),
        (f"DELETE FROM audit_auditentry WHERE id = {FIRST}", ["1 found, 2 sealed"]),
        (
            f"DELETE FROM audit_auditseal WHERE last < {LAST}",
            ["the seal before it is missing", "4 found, 2 sealed"],
        ),
        (
            f"UPDATE audit_auditseal SET digest = 'x' WHERE last < {LAST}",
            ["content differs", "content differs"],
        ),
    ],
    ids=["entry changed", "entry deleted", "seal deleted", "seal changed"],
)
def test_verify_finds_tampering(sealed, lifted, sql, faults):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    triggers.install()
    found = verify().faults
    assert len(found) == len(faults)
    for text, expected in zip(found, faults, strict=True):
        assert expected in text


def test_verify_finds_an_entry_slipped_in_between_two_seals(lifted):
    entry(1)
    seal()
    slipped = entry(2)
    last = entry(3).pk
    AuditEntry.objects.filter(pk=slipped.pk).delete()
    seal()
    assert [fault for fault in verify().faults if "triggers" not in fault] == []
    slipped.save(force_insert=True)
    assert [fault for fault in verify().faults if "triggers" not in fault] == [
        f"entries {slipped.pk}-{last}: 2 found, 1 sealed"
    ]


def test_verify_finds_missing_triggers(lifted):
    assert verify().faults == ["the append-only triggers are missing; run `wurt migrate`"]


def test_one_missing_trigger_is_enough(sealed):
    name = next(iter(triggers._wanted("audit_auditseal")))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}" + (" ON audit_auditseal" if connection.vendor == "postgresql" else "")
        )
    assert not triggers.installed()
    triggers.install()
    assert triggers.installed()


def test_seals_join_without_a_gap(sealed):
    first, second = sealed
    assert (first.count, second.count) == (2, 2)
    assert first.first == 1
    assert second.first == first.last + 1
    found = verify()
    assert (found.entries, found.seals, found.unsealed, found.faults) == (4, 2, 2, [])
    assert seal() is None


def test_nothing_behind_a_young_entry_is_sealed():
    old, young, set_clock = entry(1), entry(2, age=timedelta()), entry(3)
    closing = seal()
    assert closing.last == old.pk
    assert verify().unsealed == 2
    with at(now() + SETTLE * 2):
        assert seal().last == set_clock.pk
    assert young.pk < set_clock.pk
    assert verify().faults == []


def test_two_sealers_do_not_fork_the_chain(sealed, monkeypatch):
    first, _ = sealed
    # A sealer that looked before the second seal was there tries to close the same entries and more.
    stale = AuditSeal.objects.filter(pk=first.pk)
    monkeypatch.setattr(AuditSeal, "objects", _Stale(stale, AuditSeal.objects))
    with at(now() + SETTLE * 2):
        assert seal() is None
    monkeypatch.undo()
    assert AuditSeal.objects.count() == 2
    assert verify().faults == []


class _Stale:
    def __init__(self, seen, real):
        self.seen, self.real = seen, real

    def order_by(self, *fields):
        return self.seen.order_by(*fields)

    def create(self, **values):
        return self.real.create(**values)


def test_the_schedule_seals():
    entry(1)
    handlers.seal_trail()
    assert AuditSeal.objects.get().count == 1


def test_the_line_goes_out_only_if_it_became_true(django_capture_on_commit_callbacks, caplog, monkeypatch):
    logger = logging.getLogger("wurt.audit")  # it does not propagate
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    caplog.set_level("INFO", logger="wurt.audit")
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                entry(1)
                raise ValueError
        except ValueError:
            entry(2)
    lines = [json.loads(line.message) for line in caplog.records]
    assert [(line[4], line[6], line[8]) for line in lines] == [("toys.do", "2", {"n": 2})]
