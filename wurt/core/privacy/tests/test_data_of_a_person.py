"""Export, search and erasure of one person, with proof."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests.access.world import PASSWORD, World, make_world
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.outbox.models import Delivery
from wurt.core.pages.models import Page
from wurt.core.privacy.actions import erase_myself, erase_person, note_export
from wurt.core.privacy.archive import archive
from wurt.core.privacy.find import Found, find
from wurt.core.privacy.models import Erasure
from wurt.core.privacy.receipts import as_text, digest_of
from wurt.core.privacy.register_of_activities import as_markdown, entries
from wurt.core.tenancy.models import Grant, Person

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.for_system("test")


@pytest.fixture
def world() -> World:
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def recent(world: World, role: str) -> Client:
    """A browser whose person has just confirmed by password who it is."""
    client = world.client(role)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return client


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_the_archive_holds_everything_but_secrets_and_other_people(world: World) -> None:
    me, giver = world.person("coordinator"), world.person("county_admin")
    with writes_allowed("test"):
        Grant.objects.filter(person=me).update(granted_by=giver)
    files = opened(archive(world.actor("coordinator")))
    assert sorted(files) == [
        "LIESMICH.txt",
        "README.txt",
        "account.emailaddress.json",
        "accounts.user.json",
        "mfa.authenticator.json",
        "tenancy.grant.json",
        "tenancy.person.json",
    ]
    assert json.loads(files["tenancy.person.json"])[0]["name"] == "Erika coordinator"
    login = json.loads(files["accounts.user.json"])[0]
    assert (login["email"], "password" in login) == ("coordinator@moorland.example", False)
    assert json.loads(files["tenancy.grant.json"])[0]["granted_by"] == {"person": str(giver.public_id)}
    everything = "".join(files.values())
    user = world.users["coordinator"]
    for secret in (user.password, me.salt, giver.name):
        assert secret not in everything
    assert "two years after the role ended" in files["README.txt"]
    assert "zwei Jahre, nachdem die Rolle geendet hat" in files["LIESMICH.txt"]


def test_nobody_gets_the_archive_of_another(world: World) -> None:
    target = world.person("resident").public_id
    with pytest.raises(NotAllowed):
        archive(world.actor("coordinator"), target)
    with pytest.raises(NotAllowed):
        archive(Actor())
    with pytest.raises(NotFound):
        archive(world.actor("county_admin"), Erasure(person=target).public_id)
    assert "tenancy.person.json" in opened(archive(world.actor("county_admin"), target))


def test_my_data_asks_who_it_is_and_notes_the_copy(world: World) -> None:
    old = world.client("resident").get("/konto/daten/")
    assert (old.status_code, old.headers["Location"]) == (
        302,
        "/konto/reauthenticate/?next=%2Fkonto%2Fdaten%2F",
    )
    client = recent(world, "resident")
    assert client.get("/konto/daten/").status_code == 200
    response = client.post("/konto/daten/")
    assert response.headers["Content-Type"] == "application/zip"
    assert "tenancy.person.json" in opened(response.content)
    entry = AuditEntry.objects.get(action="privacy.export_myself")
    assert (entry.actor, entry.after) == (str(world.person("resident").public_id), {})


def test_a_text_is_found_whatever_stores_it(world: World, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH = str(tmp_path / "files"), str(tmp_path / "mail")
    (tmp_path / "files").mkdir()
    (tmp_path / "mail").mkdir()
    (tmp_path / "files" / "notes.txt").write_text("x" * (1024 * 1024 - 4) + "Jörg Öhlmühl war hier")
    with zipfile.ZipFile(tmp_path / "files" / "slides.pptx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ppt/slides/slide1.xml", "<a>Jörg Öhlmühl</a>")
    (tmp_path / "mail" / "Jörg Öhlmühl.log").write_text("-")
    client = world.client("resident")
    session = client.session
    session["typed"] = "Jörg Öhlmühl"
    session.save()
    cache.set("k", {"who": "Jörg Öhlmühl"})
    with writes_allowed("test"):
        page = Page.objects.create(slug="x", title="X", body="an jörg öhlmühl", place=world.county)
        delivery = Delivery.objects.create(handler="x", payload={"n": "JÖRG ÖHLMÜHL"}, key="k")
    assert find(["Jörg Öhlmühl"]) == [
        Found("outbox.delivery", "payload", 1, (str(delivery.pk),)),
        Found("pages.page", "body", 1, (str(page.pk),)),
        Found("sessions.session", "session_data", 1, (session.session_key[:6] + "…",)),
        Found("django_cache", "value", 1),
        Found("files/notes.txt", "", 1),
        Found("files/slides.pptx", "", 1),
        Found("mail/Jörg Öhlmühl.log", "", 1),
    ]
    assert find(["Jörg Ohlmuhl"]) == []
    assert find(["", "ab"]) == []


def test_an_erasure_proves_itself_and_lists_what_is_left(world: World) -> None:
    person = world.person("coordinator")
    with writes_allowed("test"):
        page = Page.objects.create(
            slug="x", title="Ansprechperson", body="Frau Erika coordinator", place=world.county
        )
        Delivery.objects.create(handler="x", key="k", error="no mailbox coordinator@moorland.example")
    receipt = Erasure.objects.get(
        public_id=erase_person(world.actor("county_admin"), person=person.public_id)
    )
    assert receipt.rows == {
        "account.emailaddress": [1, 0],
        "accounts.user": [1, 0],
        "mfa.authenticator": [2, 0],
        "tenancy.grant": [1, 0],
        "tenancy.person": [1, 1],
    }
    assert receipt.remains == [["pages.page", "body", 1]]
    assert receipt.digest == digest_of(receipt)
    assert [str(found) for found in find(["Erika coordinator", "coordinator@moorland.example"])] == [
        f"pages.page.body: 1 ({page.pk})"
    ]
    entry = AuditEntry.objects.get(action="privacy.erase_person")
    assert entry.after == {
        "erased": str(person.public_id),
        "rows": receipt.rows,
        "remains": 1,
        "digest": receipt.digest,
    }
    text = as_text(receipt, "Kreis Moorland")
    assert "  Zugang: 1 → 0\n" in text
    assert "  Textseite (Text): 1\n" in text
    assert "coordinator" not in text
    again = erase_person(world.actor("county_admin"), person=person.public_id)
    assert again == receipt.public_id
    receipt.rows["accounts.user"] = [1, 1]
    assert receipt.digest != digest_of(receipt)


def test_i_delete_my_account_and_keep_the_receipt(world: World) -> None:
    client = recent(world, "resident")
    assert client.post("/konto/aufloesen/").status_code == 422
    assert User.objects.filter(email="resident@moorland.example").exists()
    done = client.post("/konto/aufloesen/", {"sure": "on"})
    receipt = Erasure.objects.get(person=world.person("resident").public_id)
    assert done.headers["Location"] == f"/datenschutz/quittung/{receipt.public_id}/"
    assert client.get("/konto/").status_code == 302
    assert receipt.by == str(receipt.person)
    assert receipt.remains == []
    page = client.get(done.headers["Location"], headers={"accept-language": "en"})
    assert b"the person themselves" in page.content
    assert receipt.digest.encode() in client.get(f"/datenschutz/quittung/{receipt.public_id}.txt").content
    login = Client().post("/konto/login/", {"login": "resident@moorland.example", "password": PASSWORD})
    assert login.status_code == 200


def test_the_last_administrator_cannot_delete_the_own_account(world: World) -> None:
    other = world.person("county_admin_without_factor")
    erase_person(world.actor("county_admin"), person=other.public_id)
    with pytest.raises(RuleBroken) as refused:
        erase_myself(world.actor("county_admin"))
    assert refused.value.code == "tenancy.last_administrator"
    page = recent(world, "county_admin").post(
        "/konto/aufloesen/", {"sure": "on"}, headers={"accept-language": "en"}
    )
    assert page.status_code == 409
    assert b"This is the last administrator of the county." in page.content
    assert Person.objects.get(pk=world.person("county_admin").pk).name == "Erika county_admin"


def test_a_changed_receipt_says_so(world: World) -> None:
    receipt = erase_person(SYSTEM, person=world.person("resident").public_id)
    address = f"/datenschutz/quittung/{receipt}/"
    assert b"This receipt was changed" not in Client().get(address, headers={"accept-language": "en"}).content
    with writes_allowed("forgery"):
        Erasure.objects.filter(public_id=receipt).update(at=datetime(2020, 1, 1, tzinfo=UTC))
    assert b"This receipt was changed" in Client().get(address, headers={"accept-language": "en"}).content


def test_an_export_for_another_is_noted(world: World) -> None:
    target = world.person("resident").public_id
    with pytest.raises(NotAllowed):
        note_export(world.actor("coordinator"), person=target)
    response = world.client("county_admin").post(f"/verwaltung/personen/{target}/daten/")
    assert "accounts.user.json" in opened(response.content)
    assert AuditEntry.objects.get(action="privacy.export_person").object_id == str(target)


def test_the_register_names_every_activity_with_all_its_columns(world: World) -> None:
    with pytest.raises(NotAllowed):
        entries(world.actor("coordinator"))
    with translation.override("de"):
        found, text = entries(world.actor("county_admin")), as_markdown(SYSTEM)
    assert [entry.name for entry in found] == [
        "Agenda veröffentlichen",
        "Anmelden",
        "Antworten an Einzelne",
        "Berichte übernehmen, die der Kreis schon hat",
        "Dienste: Tests, Betreiber, Übergaben",
        "Handeln für andere (Telefon, Schalter, Vollmacht)",
        "Kampagnen und Pressearbeit",
        "Kennzahlen eintragen",
        "Kurzlinks",
        "Mitteilungen und Briefe",
        "Moderation von Inhalten",
        "Personen und Rollen",
        "Protokoll",
        "Rechte der betroffenen Menschen und Löschen",
        "Zählen, wie die Website genutzt wird",
    ]
    assert [len([cell for cell in entry.cells() if cell]) for entry in found] == [7] * 15
    people = found[11]
    assert "Rolle: Person, wer sie vergeben hat" in people.data
    assert [line for entry in found for line in entry.data + entry.retention if "_" in line] == []
    assert text.count("\n## ") == 15
    client = world.client("county_admin")
    csv = client.get("/verwaltung/datenschutz.csv", headers={"accept-language": "de"}).content.decode()
    assert csv.count("\r\n") == 16
    assert csv.splitlines()[12].startswith("Personen und Rollen;")


def test_whoever_is_erased_follows_nothing_by_any_address(world: World) -> None:
    person = world.person("resident")
    with writes_allowed("test"):
        mine = Subscriber.objects.create(person=person)
        by_mail = Subscriber.objects.create(email="Resident@moorland.example")
        other = Subscriber.objects.create(email="other@moorland.example")
        for subscriber in (mine, by_mail, other):
            Follow.objects.create(subscriber=subscriber, kind="x", key="y")
    receipt = Erasure.objects.get(public_id=erase_person(SYSTEM, person=person.public_id))
    assert (receipt.rows["notices.subscriber"], receipt.rows["notices.follow"]) == ([1, 0], [1, 0])
    assert receipt.remains == []
    assert list(Subscriber.objects.values_list("pk", flat=True)) == [other.pk]
