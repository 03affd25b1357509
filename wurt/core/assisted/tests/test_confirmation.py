"""What the person gets: letter for a DIN window, script, page; and how long the words are kept."""

import io
from datetime import timedelta
from uuid import UUID

import pypdfium2
import pytest

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.letters import forget, letters_posted
from wurt.core.assisted.actions.people import save_contact
from wurt.core.assisted.actions.sessions import confirm, end_session
from wurt.core.assisted.models import Act, Assistance, Letter, Way
from wurt.core.assisted.tests.conftest import Town
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.notices.actions.follow import follow_as_person, unfollow
from wurt.core.notices.letters import Paper, papers_file
from wurt.core.notices.models import Dispatch, Follow
from wurt.core.notices.tests import toys
from wurt.core.outbox.worker import drain
from wurt.core.privacy.actions import erase_person
from wurt.core.privacy.find import find as stands
from wurt.core.tenancy.models import Contact
from wurt.core.tenancy.offices import Sender
from wurt.core.web.pdf_lint import lint_pdf

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.for_system("test")
MM = 72 / 25.4


def worked(town: Town, **how: str) -> Assistance:
    """A session in which Erna began to follow something, and that is over."""
    session = town.begin(**how)
    follow_as_person(town.acting(session), kind="toys.thing", key="2")
    end_session(town.actor(), assistance=session.public_id)
    return session


def lines(content: bytes) -> list[tuple[str, float, float, float, float]]:
    """Text with its box in millimetres from the left and the upper edge, and the height of its capitals."""
    page = pypdfium2.PdfDocument(io.BytesIO(content))[0]
    text, (_width, height) = page.get_textpage(), page.get_size()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        found.append((words, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return found


PIECE = {"subject": "Was wir für Sie getan haben", "blocks": [{"list": True, "items": ["Erstens."]}]}
SENDER = Sender("Kreis Moorland", "Am Hafen 1", "25000 Moorstadt", "04800 115", "", "Montag 8 bis 16 Uhr")
WORST = (
    "Prof. Dr. Wilhelmine-Charlotte von Bülow-Ödegård-Petersen zu Moorstadt",
    "c/o Pflegezentrum „Haus am Deich“ der Diakonie Moorland gGmbH, Station 4b",
    "Hinterhaus",
    "Nordermeldorfer Deichstraße 112",
    "25001 Moordorf",
    "DÄNEMARK",
)


@pytest.mark.parametrize("address", [("Erna Petersen", "Deich 0", "25001 Moordorf"), WORST])
def test_the_address_stands_in_the_window_of_din_5008_form_b(address: tuple[str, ...]) -> None:
    content = papers_file([Paper(SENDER, address, (PIECE,), number="12345678")])
    assert lint_pdf(content) == []
    found = lines(content)
    sender = next(one for one in found if one[0].startswith("Kreis Moorland, Am Hafen"))
    assert 45 < sender[2] < sender[4] < 62.7, "the return address ends above the receiver"
    for number, line in enumerate(address):
        box = next(one for one in found if one[0] and line.startswith(one[0][:12]))
        assert box[1] == pytest.approx(25, abs=0.8), line
        assert box[3] < 105, f"{line} is cut off by the window"
        upper = 62.7 + 4.55 * number
        assert upper < (box[2] + box[4]) / 2 < upper + 4.55, line
    below = [one for one in found if one[2] > 62.7 + 4.55 * len(address) and one[0]]
    assert min(one[2] for one in below) > 98, "the text begins below the window"


def test_large_type_and_marks_to_fold(town: Town) -> None:
    content = papers_file([Paper(SENDER, ("Erna", "Deich 0", "25001 Moordorf"), (PIECE,))])
    page = pypdfium2.PdfDocument(io.BytesIO(content))[0]
    text = page.get_textpage()
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, at), 1)
        for at in range(text.count_chars())
        if (box := text.get_charbox(at)) and (page.get_height() - box[3]) / MM > 98
    } - {1.0}
    assert min(sizes) == 14.0
    marks = sorted(
        round((page.get_height() - (bounds[1] + bounds[3]) / 2) / MM, 1)
        for one in page.get_objects()
        if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and (bounds := one.get_bounds())[0] / MM < 6
    )
    assert marks == [105.0, 148.5, 210.0]


def test_from_the_call_to_the_letter_in_the_post(town: Town) -> None:
    session = worked(town)
    client = town.client()
    page = client.get(f"/verwaltung/fuer-andere/sitzung/{session.public_id}/").content.decode()
    assert "Sie werden ab jetzt über „Schulnetz &amp; Funk“ informiert." in page
    assert "Erna Petersen" in client.get("/verwaltung/fuer-andere/").content.decode()
    answer = client.post(f"/verwaltung/fuer-andere/sitzung/{session.public_id}/erledigt/", {"way": "letter"})
    assert answer["Location"] == "/verwaltung/fuer-andere/briefe/"
    letter = Letter.objects.get()
    for path in (f"brief/{letter.public_id}.pdf", f"briefe/{letter.pk}.pdf"):
        content = client.get(f"/verwaltung/fuer-andere/{path}").content
        assert lint_pdf(content) == []
        text = " ".join(" ".join(one[0].split()) for one in lines(content))
        for words in (
            "Erna Petersen",
            "Ihre Nummer: 12345670",
            "Das haben wir für Sie getan:",
            "„Schulnetz & Funk“",
            "04800 115",
        ):
            assert words in text, words
    assert client.post(f"/verwaltung/fuer-andere/briefe/{letter.pk}/in-der-post/").status_code == 302
    letter.refresh_from_db()
    session.refresh_from_db()
    assert (letter.body, letter.posted is not None) == ({}, True)
    assert (session.way, session.decided is not None) == ("letter", True)
    assert Act.objects.get().text == ""
    assert stands(["Schulnetz & Funk"]) == []
    assert client.get(f"/verwaltung/fuer-andere/brief/{letter.public_id}.pdf").status_code == 404
    with pytest.raises(RuleBroken):
        letters_posted(town.actor(), upto=letter.pk)


def test_it_is_read_out_word_by_word(town: Town) -> None:
    session = worked(town, channel="counter")
    client = town.client()
    page = client.get(f"/verwaltung/fuer-andere/sitzung/{session.public_id}/vorlesen/").content.decode()
    for words in (
        "Hier ist Kreis Moorland, Bürgertelefon.",
        "Sie werden ab jetzt über „Schulnetz &amp; Funk“ informiert.",
        "Ist das richtig?",
        "Möchten Sie es auch schriftlich?",
        "rufen Sie uns an: 04800 115",
    ):
        assert words in page, words
    confirm(town.actor(), assistance=session.public_id, way=Way.READ)
    session.refresh_from_db()
    assert (session.way, Letter.objects.count(), Act.objects.get().text) == ("read", 0, "")
    assert AuditEntry.objects.get(action="assisted.confirm").after == {"way": "read"}
    with pytest.raises(RuleBroken) as refused:
        confirm(town.actor(), assistance=session.public_id, way=Way.LETTER)
    assert refused.value.code == "assisted.confirmed"


def test_nothing_is_confirmed_before_the_end_or_without_an_address(town: Town) -> None:
    session = town.begin()
    with pytest.raises(RuleBroken) as early:
        confirm(town.actor(), assistance=session.public_id, way=Way.READ)
    end_session(town.actor(), assistance=session.public_id)
    with writes_allowed("test"):
        Contact.objects.filter(person=town.erna).delete()
    with pytest.raises(RuleBroken) as nowhere:
        confirm(town.actor(), assistance=session.public_id, way=Way.LETTER)
    assert (early.value.code, nowhere.value.code) == ("assisted.not_ended", "assisted.no_address")
    with pytest.raises(NotAllowed):
        confirm(town.actor("county_admin"), assistance=session.public_id, way=Way.READ)
    assert town.client().post(
        f"/verwaltung/fuer-andere/sitzung/{session.public_id}/erledigt/", {"way": "?"}
    ).status_code == 404  # fmt: skip


def test_each_act_has_its_sentence(town: Town) -> None:
    session = town.begin()
    actor = town.acting(session)
    follow_as_person(actor, kind="toys.thing", key="1")
    unfollow(actor, follow=Follow.objects.get().public_id)
    save_contact(actor, address="", place="moordorf", phone="04801 777", told_by="phone")
    assert list(Act.objects.values_list("text", flat=True)) == [
        "Sie werden ab jetzt über „Rufbus“ informiert.",
        "Sie werden über „Rufbus“ nicht mehr informiert.",
        "Ihre Telefonnummer ist: 04801 777. Wir rufen Sie an.",
    ]
    page = town.client()
    assert page.get("/fuer-andere/").status_code == 403


def test_the_person_sees_what_was_done_when_and_by_which_office(town: Town) -> None:
    session = town.begin(town.world.person("resident"))
    follow_as_person(town.acting(session), kind="toys.thing", key="1")
    page = town.client("resident").get("/konto/in-meinem-namen/").content.decode()
    assert "Einem Thema gefolgt" in page
    assert "Funktion caseworker, Kreis Moorland" in page
    assert "Erika caseworker" not in page
    assert "am Telefon, persönlich bekannt" in page
    table = town.client("resident").get("/konto/in-meinem-namen.csv").content.decode()
    assert table.count("Funktion caseworker") == 1
    assert "Funktion caseworker" in town.client("resident").get("/konto/").content.decode()
    with writes_allowed("test"):
        type(town.erna).objects.filter(pk=town.world.person("caseworker").pk).update(name_public_since=now())
    named = town.client("resident").get("/konto/in-meinem-namen/").content.decode()
    assert "Erika caseworker, Kreis Moorland" in named
    assert "Funktion caseworker" not in town.client("lead").get("/konto/in-meinem-namen/").content.decode()


def test_words_nobody_confirmed_are_forgotten_and_open_sessions_end(town: Town) -> None:
    open_one = town.begin()
    follow_as_person(town.acting(open_one), kind="toys.thing", key="1")
    assert forget(SYSTEM) == 0
    with at(now() + timedelta(hours=3)):
        assert forget(SYSTEM) == 1
    open_one.refresh_from_db()
    assert open_one.end == "time"
    with at(now() + timedelta(days=31)):
        assert forget(SYSTEM) == 1
    assert (Act.objects.get().text, forget(SYSTEM)) == ("", 0)


def test_news_comes_by_letter_to_whoever_asked_for_letters(town: Town) -> None:
    for key, told_by in (("2", "letter"), ("2", "phone")):
        person = town.erna if told_by == "letter" else town.fritz
        session = town.begin(person)
        follow_as_person(town.acting(session), kind="toys.thing", key=key)
        end_session(town.actor(), assistance=session.public_id)
    with writes_allowed("test"):
        Contact.objects.filter(person=town.fritz).update(told_by="phone")
    toys.tell()
    drain()
    told = {row.subscriber.person: row.channel for row in Dispatch.objects.all()}
    assert told == {town.erna: "letter", town.fritz: "call"}
    client = town.client("coordinator")
    desk = client.get("/verwaltung/mitteilungen/briefe/").content.decode()
    assert "Erna Petersen" in desk
    assert "Fritz" not in desk
    upto = Dispatch.objects.get(channel="letter").pk
    content = client.get(f"/verwaltung/mitteilungen/briefe/{upto}.pdf").content
    assert lint_pdf(content) == []
    text = " ".join(one[0] for one in lines(content))
    assert "Erna Petersen" in text
    assert "25001 Moordorf" in text


def test_an_erased_person_leaves_nothing(town: Town) -> None:
    session = worked(town)
    confirm(town.actor(), assistance=session.public_id, way=Way.LETTER)
    town.mandate()
    receipt = erase_person(SYSTEM, person=town.erna.public_id)
    assert isinstance(receipt, UUID)
    assert (Assistance.objects.count(), Act.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert Contact.objects.filter(person=town.erna).count() == 0
    assert stands(["Erna Petersen", "Deich 0"]) == []
    assert town.client().get(f"/verwaltung/fuer-andere/{town.erna.public_id}/").status_code == 404
