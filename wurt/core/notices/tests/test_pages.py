"""Settings, letters, the demo's mail, the style guide."""

import io
import re
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from django.core import mail
from django.core.mail import get_connection
from django.test import Client, override_settings

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.actions import letters, preferences
from wurt.core.notices.letters import blocks
from wurt.core.notices.models import Dispatch, Follow, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.tokens import subscriber_token
from wurt.core.outbox.worker import drain
from wurt.core.web.pdf_lint import lint_pdf, lint_templates

pytestmark = pytest.mark.django_db(transaction=True)
CHOICE = {"toys.news:email": "daily", "quiet_from": "20", "quiet_until": "9"}


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def choices_on(page: str) -> list[str]:
    return re.findall(r'<option value="(\w+)" selected', page)


def test_one_page_for_all_choices_by_link(noon: datetime) -> None:
    row = toys.follower("ada@example.org")
    toys.tell()
    drain(limit=1)
    path = f"/mitteilungen/einstellungen/{subscriber_token(row.public_id)}/"
    form = Client().get(path).content.decode()
    assert "ada@example.org" in form
    assert 'name="toys.news:in_app"' not in form  # who has no login reads nothing on the pages
    every = CHOICE | {"agenda.month:email": "never"}
    assert Client().post(path, every).status_code == 302
    row.refresh_from_db()
    assert row.choices == {"toys.news": {"email": "daily"}, "agenda.month": {"email": "never"}}
    assert (row.quiet_from, row.quiet_until) == (20, 9)
    # What waited goes by the new choice: tomorrow's digest, after the quiet hours (nine in Berlin).
    assert Dispatch.objects.get().due.isoformat() == "2026-03-04T08:00:00+00:00"
    assert choices_on(Client().get(path).content.decode()) == ["never", "daily", "20", "9"]
    assert Client().post(path, every | {"toys.news:email": "never"}).status_code == 302
    assert Dispatch.objects.count() == 0


def test_a_choice_that_does_not_exist_is_refused(noon: datetime) -> None:
    row = toys.follower("ada@example.org")
    path = f"/mitteilungen/einstellungen/{subscriber_token(row.public_id)}/"
    for wrong in ({"toys.news:email": "hourly"}, {"quiet_from": "24"}, {"quiet_until": "-1"}):
        assert Client().post(path, CHOICE | {"agenda.month:email": "now"} | wrong).status_code == 422
    with pytest.raises(RuleBroken):
        preferences.save_preferences(
            toys.SYSTEM, token=subscriber_token(row.public_id), choices={}, quiet_from=24, quiet_until=7
        )
    row.refresh_from_db()
    assert row.choices == {}


def test_a_person_chooses_for_both_channels(world: World, noon: datetime) -> None:
    client = world.client("resident")
    client.post("/folgen/ding/1/merken/")
    both = CHOICE | {"toys.news:in_app": "now", "agenda.month:email": "now", "agenda.month:in_app": "never"}
    assert client.post("/mitteilungen/einstellungen/", both | {"toys.news:email": "never"}).status_code == 302
    toys.tell()
    drain()
    assert mail.outbox == []
    assert [row.channel for row in Dispatch.objects.all()] == ["in_app"]


def test_stopping_everything_forgets_the_person(world: World, noon: datetime) -> None:
    client = world.client("resident")
    client.post("/folgen/ding/1/merken/")
    assert client.post("/mitteilungen/nicht-mehr-folgen/", {"all": "yes"}).status_code == 302
    assert Subscriber.objects.count() == 0
    assert client.get("/mitteilungen/einstellungen/").status_code == 200


def add(world: World, name: str = "Oma Petersen", address: str = "Deich 1\n25000 Moorland") -> Subscriber:
    public_id = letters.add_letter_reader(
        world.actor("coordinator"), name=name, address=address, topics=[("toys.thing", "2")]
    )
    return Subscriber.objects.get(public_id=public_id)


def pdf_text(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [page.get_textpage().get_text_bounded() for page in document]


def test_letters_are_printed_once(world: World, noon: datetime) -> None:
    add(world)
    add(world, "Żaneta Ödegård 🙂", "Hof 2\n25001 Moorland")
    client = world.client("coordinator")
    assert client.get("/verwaltung/mitteilungen/briefe/1.pdf").status_code == 404
    toys.tell()
    drain()
    assert mail.outbox == []
    page = client.get("/verwaltung/mitteilungen/briefe/").content.decode()
    assert "2 Briefe warten." in page
    upto = Dispatch.objects.order_by("-pk").first().pk
    toys.tell("n2")  # told after the page was opened: it is printed next time
    drain()
    answer = client.get(f"/verwaltung/mitteilungen/briefe/{upto}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert lint_pdf(answer.content) == []
    first, second = pdf_text(answer.content)
    for words in ("Oma Petersen", "Deich 1", "Neues im 2024-04", "Schulnetz & Funk", "3. März 2026"):
        assert words in first
    assert "Rufbus" not in first
    assert "(U+1F642)" in second
    done = f"/verwaltung/mitteilungen/briefe/{upto}/in-der-post/"
    assert client.post(done).status_code == 302
    assert list(Dispatch.objects.order_by("pk").values_list("state", flat=True)) == [
        "sent",
        "sent",
        "waiting",
        "waiting",
    ]
    with pytest.raises(RuleBroken) as refused:
        letters.letters_posted(world.actor("coordinator"), upto=upto)
    assert refused.value.code == "notices.no_letters"


def test_an_address_must_fit_the_window(world: World) -> None:
    for name, address, code in (
        ("Oma", "a\nb\nc\nd\ne\nf", "notices.address_long"),
        ("Oma", " \n ", "notices.address_unclear"),
        (" ", "a\nb", "notices.address_unclear"),
    ):
        with pytest.raises(RuleBroken) as refused:
            add(world, name, address)
        assert refused.value.code == code
    assert Subscriber.objects.count() == 0


def test_removing_a_reader_removes_the_address(world: World, noon: datetime) -> None:
    row = add(world)
    toys.tell()
    drain()
    client = world.client("coordinator")
    client.post(f"/verwaltung/mitteilungen/briefe/{row.public_id}/ende/")
    assert (Subscriber.objects.count(), Follow.objects.count(), Dispatch.objects.count()) == (0, 0, 0)


def test_the_templates_of_letters_pass_the_lint() -> None:
    from wurt.core.notices.letters import TEMPLATES

    assert lint_templates(TEMPLATES) == []


def test_text_becomes_paragraphs_and_lists() -> None:
    text = "Eins\nzwei\n\n- a\n  mehr\n  https://x.example/\n- b\n\n\nEnde"
    assert blocks(text) == [
        {"list": False, "items": ["Eins zwei"]},
        {"list": True, "items": ["a mehr", "b"]},
        {"list": False, "items": ["Ende"]},
    ]


def test_the_demo_shows_its_mail_and_nothing_else_does(tmp_path: Path, noon: datetime) -> None:
    filed = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(tmp_path),
    }
    with override_settings(**filed):
        toys.followers(["ada@example.org", "bob@example.org"], "1")
        toys.tell()
        drain()
        assert Client().get("/demo/post/").status_code == 404
        assert get_connection().file_path == str(tmp_path)
        with override_settings(DEMO_LOGINS=True):
            listing = Client().get("/demo/post/").content.decode()
            assert listing.count("Neues im 2024-04") == 2
            (name,) = [path.name for path in tmp_path.iterdir()]
            shown = Client().get(f"/demo/post/{name}/0/").content.decode()
            assert "ada@example.org" in shown
            assert "/mitteilungen/abmelden/" in shown
            frame = Client().get(f"/demo/post/{name}/0/html/")
            assert frame["Content-Security-Policy"].endswith("frame-ancestors 'self'; sandbox")
            assert frame["X-Frame-Options"] == "SAMEORIGIN"
            assert "<h1>Neues im 2024-04</h1>" in frame.content.decode()
            for path in (f"{name}/2/", "x.log/0/", "..%2F..%2Fsecret_key/0/", "secret_key/0/"):
                assert Client().get(f"/demo/post/{path}").status_code == 404
        assert Client().get(f"/demo/post/{name}/0/").status_code == 404


def test_the_desk_says_how_far_a_notice_got(world: World, noon: datetime) -> None:
    toys.followers([f"a{n}@example.org" for n in range(3)])
    toys.tell()
    drain()
    with writes_allowed("test"):
        lost = Dispatch.objects.order_by("pk").first()
        Dispatch.objects.filter(pk=lost.pk).update(state=State.UNCLEAR)
    client = world.client("coordinator")
    page = client.get("/verwaltung/mitteilungen/").content.decode()
    cells = re.findall(r'kern-table__cell--numeric">(\d+)<', page)
    assert cells == ["2", "0", "1", "0"]
    assert client.post(f"/verwaltung/mitteilungen/{lost.notice.public_id}/nochmal/").status_code == 302
    drain()
    assert Dispatch.objects.get(pk=lost.pk).state == State.WAITING


def test_the_style_guide_shows_each_kind_with_its_sample() -> None:
    page = Client().get("/styleguide/notices/").content.decode()
    assert "Neuer Statusbericht: April 2024" in page
    assert "Rufbus</a>: Status jetzt: gelb, vorher: grün; mit Fortschritt" in page
    assert "/styleguide/notices/" in Client().get("/styleguide/").content.decode()
