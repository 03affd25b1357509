"""``wurt doctor``: each fault is found, each comes with a remedy, and a well installation is called well."""

import json
from collections import namedtuple
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from wurt.cli.doctor import command
from wurt.core.audit import triggers
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.schema import known
from wurt.core.operate import checks, doctor, maintenance, reach
from wurt.core.operate.doctor import Grade, Result, examine, fault, is_well
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import LEASE, SILENT, Heart, revive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings, tmp_path, monkeypatch):
    """An installation without a fault."""
    settings.VAR_DIR = tmp_path
    settings.SECRET_KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP"
    settings.WURT_URL = "https://agenda.kreis.example"
    settings.ALLOWED_HOSTS = ["agenda.kreis.example"]
    settings.HTTPS = True
    settings.DEBUG = False
    settings.DEFAULT_FROM_EMAIL = "Kreis <agenda@kreis.example>"
    monkeypatch.setattr(reach, "ask", lambda url: None)
    (tmp_path / "last_backup.json").write_text(json.dumps({"at": now().isoformat()}))
    heart = Heart()
    heart.beat()
    return heart


def findings():
    """(check, grade, first words) of everything that was found."""
    return {(one.name, finding.grade.value): finding.problem for one in examine() for finding in one.findings}


def test_a_well_installation():
    assert findings() == {}
    assert is_well(examine())
    assert [one.name for one in examine() if one.skipped] == []
    assert len(examine()) >= 18


def test_database_away(monkeypatch):
    def away():
        raise OperationalError('connection to server at "10.0.0.7" failed')

    monkeypatch.setattr(checks, "answer_time", away)
    found = examine()
    assert found[0].name == "database"
    assert found[0].findings[0].problem.startswith("The database cannot be reached: connection to server")
    assert {one.name for one in found if one.skipped} == {
        "migrations", "worker", "queue", "audit trail", "clock", "counting",
        "state of the backup", "second factors", "legal pages",
    }  # fmt: skip
    assert not is_well(found)


def test_missing_migrations(monkeypatch):
    monkeypatch.setattr("wurt.core.db.schema.known", lambda: known() | {("agenda", "9999_future")})
    assert findings() == {("migrations", "fault"): "1 migrations are missing (agenda.9999_future)."}
    assert {one.name for one in examine() if one.skipped} == {
        "worker", "queue", "audit trail", "clock", "counting",
        "state of the backup", "second factors", "legal pages",
    }  # fmt: skip


def test_empty_database(monkeypatch):
    monkeypatch.setattr(checks, "missing", lambda: sorted(known()))
    assert findings()["migrations", "fault"] == "The database is empty."


def test_newer_database(monkeypatch):
    monkeypatch.setattr("wurt.core.db.schema.known", lambda: known() - {("outbox", "0002_worker_beat")})
    assert findings()["migrations", "fault"] == (
        "The database was made by a newer Wurt: outbox.0002_worker_beat is not known here."
    )


def test_no_worker(well):
    well.stop()
    problem = findings()["worker", "fault"]
    assert problem.startswith("No worker runs: no mail is sent")
    assert "last sign" not in problem


def test_a_worker_that_was_killed_is_missed_and_a_busy_one_is_not(well):
    seen = now()
    with at(seen + SILENT + timedelta(seconds=5)):
        assert f"The last sign of life was at {seen:%Y-%m-%d %H:%M} UTC" in findings()["worker", "fault"]
    well.beat(LEASE)
    with at(seen + SILENT + timedelta(seconds=5)):
        assert "worker" not in {name for name, _ in findings()}


def test_dead_deliveries_are_named_and_can_be_revived():
    for key in "ab":
        Delivery.objects.create(handler="wurt.mail", key=key, dead=now(), attempts=10, due=now())
    assert findings() == {
        ("queue", "fault"): "2 deliveries failed ten times and were given up: 2 × wurt.mail."
    }
    assert revive() == 2
    assert findings() == {}
    assert list(Delivery.objects.values_list("attempts", "dead")) == [(0, None), (0, None)]


def test_a_queue_that_stands_still():
    Delivery.objects.create(handler="x", key="old", due=now() - timedelta(hours=1))
    assert findings()["queue", "fault"].startswith("1 deliveries wait, the oldest since ")


def test_missing_triggers():
    triggers.remove()
    assert findings()["audit trail", "fault"].endswith("its triggers are missing.")


def test_a_clock_that_was_set_back():
    AuditEntry.objects.create(
        at=now() + timedelta(hours=2), actor="system:x", action="x", object_type="x", object_id="1"
    )
    assert findings()["clock", "fault"].startswith("The newest entry of the audit trail is from the future")


def test_a_clock_that_differs_from_the_databases(monkeypatch):
    monkeypatch.setattr(checks, "answer_time", lambda: now() + timedelta(seconds=40))
    assert findings()["clock", "fault"].startswith("The clocks of this machine and of the database differ by")


def test_a_machine_without_a_clock(well):
    with at(datetime.fromisoformat("1970-01-02T00:00+00:00")):
        assert findings()["clock", "fault"] == "This machine believes it is 1970-01-02."


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("only-for-tests", "it has 14 signs, 50 are needed"),
        ("abc" * 30, "it repeats the same 3 signs"),
        ("django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz", "it is a placeholder ('django-insecure')"),
    ],
)
def test_a_weak_key(settings, key, why):
    settings.SECRET_KEY = key
    assert findings()["secret key", "fault"] == (
        f"The secret key is weak, {why}: whoever guesses it can sign in as anybody."
    )


def test_a_key_that_others_can_read(tmp_path):
    stored = tmp_path / "secret_key"
    stored.write_text("x")
    stored.chmod(0o640)
    assert findings() == {("secret key", "fault"): f"Others on this machine can read {stored}."}
    stored.chmod(0o600)
    assert findings() == {}


@pytest.mark.parametrize(
    ("free", "found"), [(4, "fault"), (9, "hint"), (50, None)], ids=["full", "filling", "room"]
)
def test_disk(monkeypatch, free, found):
    usage = namedtuple("usage", "total used free")
    gigabytes = 1024**3
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda path: usage(100 * gigabytes, 0, free * gigabytes))
    assert {grade for _, grade in findings()} == ({found} if found else set())


def test_assets_that_were_not_built(monkeypatch):
    monkeypatch.setattr(checks.finders, "find", lambda name: None)
    assert findings()["assets", "fault"].startswith("The front-end assets are not built")


def test_maintenance_that_was_forgotten():
    maintenance.begin(now() + timedelta(hours=1))
    assert list(findings()) == [("maintenance", "hint")]
    maintenance.begin(now() - timedelta(hours=1))
    assert list(findings()) == [("maintenance", "fault")]


# --- the register


def test_a_module_adds_its_own_and_a_broken_check_does_not_hide_the_others(monkeypatch):
    monkeypatch.setattr(doctor, "_CHECKS", [*doctor._CHECKS])

    @doctor.check("map")
    def stops():
        yield fault("There is no map.", "Import one.")

    @doctor.check("broken")
    def broken():
        raise KeyError("x")

    doctor.check("map")(stops)
    assert findings() == {
        ("map", "fault"): "There is no map.",
        ("broken", "fault"): "This check itself failed: KeyError: 'x'",
    }


def test_hints_leave_it_well():
    assert is_well([Result("x", (doctor.hint("a", "b"),))])
    assert not is_well([Result("x", (fault("a", "b"),))])
    assert Grade.FAULT.value == "fault"


# --- the command


def test_the_command_says_it_and_ends_with_its_status(well):
    done = CliRunner().invoke(command)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Nothing is wrong.")
    well.stop()
    done = CliRunner().invoke(command)
    assert done.exit_code == 1
    assert "fault  worker: No worker runs" in done.output
    assert "→ Start one: `systemctl start wurt-worker`" in done.output
    answer = json.loads(CliRunner().invoke(command, ["--json"]).output)
    assert answer["well"] is False
    assert [one["name"] for one in answer["results"] if one["findings"]] == ["worker"]
