"""Four hundred days of a county with people who come, work, leave and are forgotten: afterwards no name and
no address that should be gone stands in database, files or log. Four more years, and the last ones are gone.
"""

import io
import logging
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.access.world import PASSWORD, World, make_login
from wurt.core.accounts.actions import invite_person
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.trail import seal, verify
from wurt.core.db import clock
from wurt.core.outbox.worker import drain
from wurt.core.privacy.actions import erase_person
from wurt.core.privacy.find import find
from wurt.core.privacy.handlers import retain
from wurt.core.privacy.models import Erasure
from wurt.core.tenancy.actions.grants import grant_role
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.tests import variants
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.import_steps import accept_all, read
from wurt.modules.agenda.tests.variants import Project as Printed
from wurt.modules.agenda.tests.variants import Report as PrintedReport

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.for_system("test")

ANNA, BERND = ("Anna Ährenfeld", "anna@wiesen.example"), ("Bernd Büßer", "bernd@wiesen.example")
CLARA, DORA = ("Clara Clüver", "clara@wiesen.example"), ("", "dora@wiesen.example")
IDA = "Ida Öhlmann"


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.WURT_SIGNUP = True
    cache.clear()
    with writes_allowed("world"):
        made = desk_world()
        for name, email in (ANNA, BERND):
            make_login(email, Person.objects.create(name=name), factor=False)
    return made


def person_of(email: str) -> Person:
    return Person.objects.get(user__email=email)


def signed_in(email: str) -> Client:
    client = Client()
    assert client.post("/konto/login/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


def standing(*texts: str) -> list[str]:
    return [found.where for found in find(texts)]


class Life:
    """What happens on which day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.days = {
            1: self.anna_signs_in, 2: self.bernd_works, 3: self.clara_is_invited, 4: self.dora_signs_up,
            30: self.anna_leaves, 100: self.bernd_is_erased, 120: self.ida_asks_for_erasure,
        }  # fmt: skip

    def anna_signs_in(self) -> None:
        client = signed_in(ANNA[1])
        assert client.get("/konto/").status_code == 200
        Client().post("/konto/login/", {"login": ANNA[1], "password": "Falsch geraten"})
        Client().post("/konto/password/reset/", {"email": ANNA[1]})
        Client().post("/konto/login/code/", {"email": ANNA[1]})

    def bernd_works(self) -> None:
        bernd = person_of(BERND[1])
        grant_role(SYSTEM, person=bernd.public_id, role=Role.COORDINATOR, place=self.world.county.slug)
        with writes_allowed("a session with a second factor needs no code here"):
            actor = Actor(person=bernd.pk, public_id=bernd.public_id, name=bernd.name, system="import")
        report = PrintedReport(
            "Februar 2025", [Printed("Kulturkalender", person=IDA, organisation="Amt Süd")]
        )
        batch = read([("bericht.txt", variants.text(report).encode())], actor)
        accept_all(batch)
        apply_import(SYSTEM, batch=batch)
        assert Person.objects.filter(name=IDA).count() == 1

    def clara_is_invited(self) -> None:
        invite_person(SYSTEM, email=CLARA[1], name=CLARA[0])

    def dora_signs_up(self) -> None:
        assert Client().post("/konto/signup/", {"email": DORA[1], "password1": PASSWORD}).status_code == 302
        assert User.objects.filter(email=DORA[1]).exists()

    def anna_leaves(self) -> None:
        client = signed_in(ANNA[1])
        copy = client.post("/konto/daten/")
        with zipfile.ZipFile(io.BytesIO(copy.content)) as packed:
            assert ANNA[0] in packed.read("tenancy.person.json").decode()
        assert client.post("/konto/aufloesen/", {"sure": "on"}).status_code == 302

    def bernd_is_erased(self) -> None:
        erase_person(SYSTEM, person=person_of(BERND[1]).public_id)

    def ida_asks_for_erasure(self) -> None:
        receipt = erase_person(SYSTEM, person=Person.objects.get(name=IDA).public_id)
        assert len(Erasure.objects.get(public_id=receipt).remains) == 1  # the original report


def run(start: datetime, first: int, last: int, step: int, life: Life) -> None:
    for day in range(first, last + 1, step):
        with clock.at(start + timedelta(days=day)):
            if day in life.days:
                life.days[day]()
            retain()
            drain()
            seal()


def test_no_name_outlives_its_time(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, logger="wurt.audit")  # commands keep it quiet
    logging.getLogger("wurt.audit").addHandler(caplog.handler)
    start, life = clock.now(), Life(world)
    try:
        run(start, 1, 29, 1, life)
        assert standing(ANNA[0]) == ["tenancy.person"]
        assert set(standing(ANNA[1])) >= {"account.emailaddress", "accounts.user"}
        run(start, 30, 400, 1, life)
        assert standing(*ANNA, *BERND, DORA[1]) == []
        original = standing(IDA)
        assert [where.startswith("files/agenda.import/") for where in original] == [True]
        assert standing(CLARA[0]) == ["tenancy.person"]
        run(start, 410, 1900, 10, life)
        assert standing(*ANNA, *BERND, *CLARA, DORA[1], IDA) == []
    finally:
        logging.getLogger("wurt.audit").removeHandler(caplog.handler)
    assert "privacy.erase_myself" in caplog.text
    told = [word for word in (*ANNA, *BERND, *CLARA, DORA[1], IDA) if word in caplog.text]
    assert told == []
    assert CLARA[1] in [message.to[0] for message in mail.outbox if "endet" in message.subject]
    with clock.at(start + timedelta(days=1901)):
        assert verify().faults == []
