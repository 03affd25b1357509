"""What is promised to go goes, on its day, in batches, and nothing else does."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from tests.access.world import ROLES, World, make_login, make_world
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.action.models import OnceToken
from wurt.core.db import clock
from wurt.core.db.errors import NotAllowed
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.privacy import sweeps
from wurt.core.privacy.handlers import retain
from wurt.core.privacy.models import Deadline, Disposal, Erasure
from wurt.core.privacy.sweeps import dispose, due, sweep_all
from wurt.core.tenancy.models import Grant, Person

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.for_system("retention")
DAY = timedelta(days=1)
LOGINS = len(ROLES) - 1  # every role has one, but the visitor


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def later(start: datetime, days: float) -> dict[str, int]:
    """One run of the daily deletion so many days after the start."""
    with clock.at(start + timedelta(days=days)):
        return sweep_all(SYSTEM)


def test_rows_go_when_their_time_is_over_and_not_a_day_before(world: World) -> None:
    start = clock.now()
    with writes_allowed("test"):
        OnceToken.objects.create(key="t", created=start)
        Delivery.objects.create(handler="x", key="done", done=start)
        Delivery.objects.create(handler="x", key="dead", dead=start)
        Session.objects.create(session_key="s", session_data="x", expire_date=start + DAY / 2)
        Grant.objects.filter(person=world.person("lead")).delete()
        grant = Grant.objects.create(
            person=world.person("resident"), role="helper", place=world.county, until=start
        )
    assert later(start, 0.4).keys() & {"sessions.session"} == set()
    assert later(start, 0.6)["sessions.session"] == 1
    assert later(start, 1.9).get("action.oncetoken") is None
    assert later(start, 2.1)["action.oncetoken"] == 1
    assert later(start, 29.9).get("outbox.delivery") is None
    assert later(start, 30.1)["outbox.delivery"] == 1
    assert list(Delivery.objects.filter(key="dead").values_list("key", flat=True)) == ["dead"]
    later(start, 729.9)
    assert Grant.objects.filter(pk=grant.pk).exists()
    assert later(start, 730.1)["tenancy.grant"] == 1


def test_batches_are_bounded_and_the_rest_waits(world: World) -> None:
    start = clock.now()
    with writes_allowed("test"):
        OnceToken.objects.bulk_create([OnceToken(key=str(n), created=start) for n in range(7)])
    with clock.at(start + 3 * DAY):
        assert dispose(SYSTEM, table="action.oncetoken", limit=3) == 3
        assert OnceToken.objects.count() == 4
        assert ("action.oncetoken", 4) in due()
        assert sweep_all(SYSTEM, batch=3)["action.oncetoken"] == 4
        assert dispose(SYSTEM, table="action.oncetoken", limit=3) == 0
    rows = Disposal.objects.filter(rule="action.oncetoken").order_by("pk").values_list("number", flat=True)
    assert list(rows) == [3, 3, 1]


def test_a_kill_in_the_middle_loses_nothing_that_was_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    with writes_allowed("test"):
        OnceToken.objects.bulk_create([OnceToken(key=str(n), created=start) for n in range(5)])
    calls = []

    def killed(actor: Actor, rule: str, number: int) -> None:
        calls.append(rule)
        if calls.count("action.oncetoken") == 2:
            raise KeyboardInterrupt
        real(actor, rule, number)

    real = sweeps.note
    monkeypatch.setattr(sweeps, "note", killed)
    with clock.at(start + 3 * DAY):
        with pytest.raises(KeyboardInterrupt):
            sweep_all(SYSTEM, batch=2)
        assert OnceToken.objects.count() == 3
        monkeypatch.setattr(sweeps, "note", real)
        assert sweep_all(SYSTEM, batch=2)["action.oncetoken"] == 3


def test_only_the_system_and_administrators_delete(world: World) -> None:
    with pytest.raises(NotAllowed):
        dispose(world.actor("coordinator"), table="action.oncetoken")


def test_an_unused_login_ends_after_two_years_and_a_warning(world: World) -> None:
    start = clock.now()
    later(start, 699)
    assert Deadline.objects.filter(kind="login_ends").count() == 0
    with clock.at(start + 701 * DAY):
        retain()
        drain()
    to = sorted(message.to[0] for message in mail.outbox)
    assert to == sorted(user.email for user in world.users.values())
    assert "30 Tagen" in mail.outbox[0].body
    with writes_allowed("test"):
        User.objects.filter(pk=world.users["coordinator"].pk).update(last_login=start + 710 * DAY)
    later(start, 730.5)  # the warning is not thirty days old
    assert User.objects.count() == LOGINS
    later(start, 732)
    # The coordinator signed in; the last working administrator is protected whatever the clock says.
    left = set(User.objects.values_list("email", flat=True))
    assert {"coordinator@moorland.example"} < left
    assert len(left) == 2
    assert Deadline.objects.filter(kind="login_ends", person=world.person("coordinator")).count() == 0
    assert Person.objects.get(pk=world.person("lead").pk).name == "Erika lead"
    with clock.at(start + 732 * DAY + 731 * DAY):
        sweep_all(SYSTEM)
    assert Person.objects.get(pk=world.person("lead").pk).name == ""
    assert Person.objects.get(pk=world.person("coordinator").pk).name == "Erika coordinator"


def test_nobody_is_ended_without_the_warning_even_if_the_worker_slept(world: World) -> None:
    start = clock.now()
    later(start, 1500)
    assert User.objects.count() == LOGINS
    assert Deadline.objects.filter(kind="login_ends").count() == LOGINS
    later(start, 1529)
    assert User.objects.count() == LOGINS
    later(start, 1531)
    assert User.objects.count() == 1


def test_a_sign_up_that_was_never_confirmed_is_forgotten(world: World) -> None:
    start = clock.now()
    with writes_allowed("test"):
        person = Person.objects.create()
        user = make_login("never@moorland.example", person, factor=False)
        EmailAddress.objects.filter(user=user).update(verified=False)
    later(start, 29)
    assert User.objects.filter(pk=user.pk).exists()
    later(start, 31)
    assert not User.objects.filter(pk=user.pk).exists()
    assert Erasure.objects.get().person == person.public_id
    assert User.objects.count() == LOGINS


def test_a_person_with_a_tie_again_is_kept(world: World) -> None:
    start = clock.now()
    with writes_allowed("test"):
        person = Person.objects.create(name="Wiebke Wieder")
    later(start, 0)
    assert Deadline.objects.get(person=person).kind == "unused"
    with writes_allowed("test"):
        Grant.objects.create(person=person, role="helper", place=world.county)
    later(start, 740)
    assert Deadline.objects.filter(person=person, kind="unused").count() == 0
    person.refresh_from_db()
    assert person.name == "Wiebke Wieder"


def test_files_that_no_row_names_go_after_a_day(world: World) -> None:
    old, new = (default_storage.save(name, ContentFile(b"x")) for name in ("a/old.txt", "a/new.txt"))
    past = clock.now().timestamp() - 2 * 86400
    os.utime(default_storage.path(old), (past, past))
    assert sweep_all(SYSTEM)["files"] == 1
    assert (default_storage.exists(old), default_storage.exists(new)) == (False, True)


def test_the_cache_forgets_what_is_over(world: World) -> None:
    cache.set("over", "x", 60)
    cache.set("valid", "y", 60)
    with connection.cursor() as cursor, writes_allowed("test"):
        past = connection.ops.adapt_datetimefield_value(clock.now().replace(microsecond=0) - DAY)
        cursor.execute("UPDATE django_cache SET expires = %s WHERE cache_key LIKE %s", [past, "%over"])
    assert sweep_all(SYSTEM)["cache"] == 1
    assert cache.get("valid") == "y"
