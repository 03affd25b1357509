"""A campaign from plan to effect; papers that never spill; a press list of which everybody is told once."""

import re
import smtplib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pypdfium2
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import World
from wurt.core.action.guard import writes_allowed
from wurt.core.campaigns import queries
from wurt.core.campaigns.actions import campaigns as actions
from wurt.core.campaigns.actions import press
from wurt.core.campaigns.effect import effect, stretches
from wurt.core.campaigns.events import PressDue
from wurt.core.campaigns.handlers import send_release, send_waiting
from wurt.core.campaigns.models import Campaign, MailState, PressMail
from wurt.core.campaigns.papers import PAPERS, TEMPLATES, paper_file, picture
from wurt.core.campaigns.tests.conftest import NOON, SYSTEM
from wurt.core.db.clock import at
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import Info, Point, Series
from wurt.core.indicators.registry import Direction, Kind
from wurt.core.indicators.rules import Figure
from wurt.core.links.models import Link, Tally
from wurt.core.outbox.worker import drain
from wurt.core.services import holdings
from wurt.core.tenancy.models import Place, PlaceKind
from wurt.core.web.pdf_lint import lint_pdf, lint_templates

TEXTS = {
    "headline": "Der Rufbus kommt, wenn Sie ihn brauchen",
    "subline": "Ein Anruf genügt: von Haltestelle zu Haltestelle",
    "body": "Bestellen Sie bis eine Stunde vorher.\n\nDie Fahrt kostet so viel wie im Linienbus.",
    "call": "Jetzt ausprobieren",
    "contact": "Kreis Moorland, Telefon 0481 97-0",
    "press_title": "Rufbus startet in drei Gemeinden",
    "press_lead": "Ab März fährt im Kreis Moorland ein Rufbus.",
    "press_body": "Der Bus kommt auf Bestellung.\n\n" + "Donaudampfschifffahrtsgesellschaft. " * 60,
}
ADDRESS = "https://agenda.example/k/bcdfgh/"


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    return text


@pytest.mark.parametrize("key", sorted(PAPERS))
def test_papers_are_accessible_and_carry_the_short_address(key: str, world: World) -> None:
    pdf = paper_file(
        PAPERS[key], TEXTS | {"embargo": datetime(2026, 4, 1, 8, tzinfo=UTC)}, ADDRESS, example=True
    )
    assert lint_pdf(pdf) == []
    text = words_of(pdf)
    assert "agenda.example/k/bcdfgh" in text
    assert "Beispieldaten" in text
    assert ("Sperrfrist bis" in text) == (key == "pressemitteilung")


@pytest.mark.parametrize("key", ["flyer", "plakat-a4", "plakat-a3"])
def test_the_longest_texts_either_fit_or_are_refused(key: str, world: World) -> None:
    full = {
        "headline": "Wir bringen alle Menschen im ganzen Kreis ans Ziel, immer",
        "subline": "Mit dem Rufbus kommen auch kleine Dörfer an Bahn, Arzt, Markt und Schule, an jedem Tag.",
        "body": "Bestellen Sie ihn am Telefon oder hier. " * 15,
        "call": "Rufen Sie jetzt an und probieren Sie ihn eine Woche lang umsonst",
        "contact": "Mobilitätszentrale, Telefon 0481 97-0, montags bis freitags von 8 bis 18 Uhr",
    }
    with pytest.raises(RuleBroken) as error:
        paper_file(PAPERS[key], full | {"body": full["body"] * 3}, ADDRESS, example=False)
    assert error.value.code == "campaigns.too_long"
    assert "Kürzen Sie ihn" in error.value.message
    assert paper_file(PAPERS[key], full, ADDRESS, example=False)  # about the longest that the form lets in
    with pytest.raises(RuleBroken) as wide:
        paper_file(PAPERS[key], TEXTS | {"headline": "W" * 30}, ADDRESS, example=False)
    assert wide.value.code == "campaigns.too_wide"
    pdf = paper_file(PAPERS[key], TEXTS, ADDRESS, example=False)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    sizes = {"flyer": (420, 595), "plakat-a4": (595, 842), "plakat-a3": (842, 1191)}
    page = document[0]
    assert (round(page.get_width()), round(page.get_height())) == sizes[key]
    document.close()


def test_nothing_is_set_outside_of_the_paper(world: World) -> None:
    pdf = paper_file(
        PAPERS["flyer"],
        TEXTS | {"headline": "Donaudampfschifffahrtsgesellschaft neu"},
        ADDRESS,
        example=False,
    )
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    assert min(left for left, _b, _r, _t in boxes) > 30
    assert max(right for _l, _b, right, _t in boxes) < page.get_width() - 30


def test_a_word_that_no_line_holds_is_refused_in_plain_words() -> None:
    with pytest.raises(RuleBroken) as error:
        paper_file(PAPERS["flyer"], {"headline": "x" * 37}, "", example=False)
    assert error.value.code == "campaigns.long_word"
    assert "Bindestrich" in error.value.message


def test_a_preview_is_a_small_picture(world: World) -> None:
    png = picture(paper_file(PAPERS["flyer"], TEXTS, "", example=False))
    assert png.startswith(b"\x89PNG")
    assert len(png) < 200_000


def test_every_template_sets_its_language() -> None:
    assert lint_templates(TEMPLATES) == []


def test_from_plan_to_result(world: World, campaign: UUID) -> None:
    actor = world.actor("coordinator")
    with pytest.raises(RuleBroken):
        actions.release_campaign(actor, campaign=campaign)
    flyer = actions.add_channel(actor, campaign=campaign, kind="flyer", planned=Decimal("120.00"))
    actions.add_channel(actor, campaign=campaign, kind="poster", planned=Decimal("80.50"))
    with pytest.raises(RuleBroken):
        actions.add_channel(actor, campaign=campaign, kind="flyer")
    actions.set_costs(actor, channel=flyer, planned=Decimal("120"), spent=Decimal("100.00"), note="500 Stück")
    actions.release_campaign(actor, campaign=campaign)
    links = {link.title.split(": ")[1]: link for link in Link.objects.all()}
    assert sorted(links) == ["Flyer", "Plakat"]
    assert {link.target for link in links.values()} == {"/dienste/agenda/"}
    with writes_allowed("test"):
        for title, opened, finished in (("Flyer", 40, 7), ("Plakat", 60, 12)):
            Tally.objects.create(link=links[title], day=date(2026, 3, 3), kind="opened", count=opened)
            Tally.objects.create(
                link=links[title], day=date(2026, 3, 3), kind="notices.follow", count=finished
            )
    found = queries.results(actor, campaign)
    assert [(one.channel, one.openings.value, one.results.value, one.each) for one in found.channels] == [
        ("Flyer", 40, 7, Decimal("14.29")),
        ("Plakat", 60, 12, None),
    ]
    view = queries.campaign(actor, campaign)
    assert (view.row.state, view.row.planned, view.row.spent) == (
        "running",
        Decimal("200.50"),
        Decimal("100.00"),
    )
    assert view.places == ("Amt Geest", "Amt Marsch")
    actions.close_campaign(actor, campaign=campaign)
    assert [row.state for row in queries.campaigns(actor, text="familien")] == ["over"]
    assert queries.campaigns(actor, state="running") == ()


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
def test_nobody_can_work_out_a_handful_of_people(numbers: list[int]) -> None:
    names = [f"k{number}" for number in range(len(numbers))]
    found = effect(
        dict.fromkeys(names, (Decimal(0), Decimal(10))),
        dict.fromkeys(names, 0),
        dict(zip(names, numbers, strict=True)),
    )
    for one, true in zip(found.channels, numbers, strict=True):
        assert one.results.value is None or one.results.value == true >= 5
        assert (one.each is not None) == (one.results.value is not None)
    shown = [one.results.value for one in found.channels if one.results.value is not None]
    hidden = [n for n, one in zip(numbers, found.channels, strict=True) if one.results.value is None]
    if len(hidden) == 1 and found.results is not None:
        assert found.results.value is None  # the total minus the rest would tell it
    assert sum(shown) <= sum(numbers)


def test_before_during_and_after() -> None:
    info = Info("x.y", "Besuche", "Besuche", "", Kind.FLOW, Direction.MORE, 0, 0, "x", "X")
    points = tuple(
        Point(Period(date(2025, month, 1)), Figure(Decimal(month * 10)), 1, NOON, "s")
        for month in range(1, 10)
        if month != 2
    )
    found = stretches(Series(info, "", "", points), date(2025, 4, 10), date(2025, 5, 2))
    assert [(one.mean, one.known, one.months) for one in found] == [
        (Decimal("20.0"), 2, 3),
        (Decimal("45.0"), 2, 2),
        (Decimal("70.0"), 3, 3),
    ]


def test_a_stale_form_and_a_stranger_change_nothing(world: World, campaign: UUID) -> None:
    actor = world.actor("coordinator")
    actions.set_texts(actor, campaign=campaign, texts=TEXTS, version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.set_texts(actor, campaign=campaign, texts={}, version=1)
    with pytest.raises(NotFound):
        queries.campaign(world.actor("place_editor"), campaign)
    with pytest.raises(NotAllowed):
        queries.campaigns(world.actor("resident"))
    with pytest.raises(RuleBroken):
        actions.create_campaign(
            actor,
            title="x",
            about=("services.service", "agenda"),
            place="kreis-moorland",
            starts=date(2026, 3, 2),
            ends=date(2026, 3, 1),
        )
    with pytest.raises(RuleBroken):
        actions.create_campaign(
            actor,
            title="x",
            about=("services.service", "gibt-es-nicht"),
            place="kreis-moorland",
            starts=date(2026, 3, 1),
            ends=date(2026, 3, 1),
        )


def contacts(count: int) -> None:
    for number in range(count):
        press.add_press_contact(SYSTEM, medium=f"Blatt {number}", email=f"blatt{number}@example.org")


def test_everybody_on_the_press_list_is_told_once_and_sees_nobody_else(world: World, campaign: UUID) -> None:
    actor = world.actor("coordinator")
    with pytest.raises(RuleBroken):
        press.send_press(actor, campaign=campaign)
    actions.set_texts(actor, campaign=campaign, texts=TEXTS)
    actions.add_channel(actor, campaign=campaign, kind="press")
    contacts(3)
    assert press.send_press(actor, campaign=campaign) == 3
    drain()
    assert sorted(message.to for message in mail.outbox) == [[f"blatt{n}@example.org"] for n in range(3)]
    assert {(*message.cc, *message.bcc) for message in mail.outbox} == {()}
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind, content[:5]) == ("pressemitteilung.pdf", "application/pdf", b"%PDF-")
    assert "/k/" in mail.outbox[0].body
    with pytest.raises(RuleBroken):
        press.send_press(actor, campaign=campaign)
    contacts_before = Counter(message.to[0] for message in mail.outbox)
    press.add_press_contact(SYSTEM, medium="Radio", email="radio@example.org")
    assert press.send_press(actor, campaign=campaign) == 1
    drain()
    counts = Counter(message.to[0] for message in mail.outbox)
    assert counts == contacts_before | {"radio@example.org": 1}
    assert queries.campaign(actor, campaign).mails == {"verschickt": 4}


def test_a_worker_lost_in_between_leaves_one_mail_unclear(world: World, campaign: UUID) -> None:
    actions.set_texts(SYSTEM, campaign=campaign, texts=TEXTS)
    contacts(3)
    press.send_press(SYSTEM, campaign=campaign)
    lost = press.claim_mail(SYSTEM, campaign=campaign)  # and then the power went
    drain()
    assert len(mail.outbox) == 2
    assert press.find_lost(SYSTEM) == 0
    with at(NOON + timedelta(minutes=16)):
        assert press.find_lost(SYSTEM) == 1
    drain()
    assert len(mail.outbox) == 2
    assert PressMail.objects.get(pk=lost).state == MailState.UNCLEAR
    send_release(PressDue(Campaign.objects.get().public_id))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("error", "states"),
    [
        (ConnectionRefusedError("nobody there"), {"waiting": 3}),
        (smtplib.SMTPResponseException(451, b"later"), {"waiting": 3}),
        (smtplib.SMTPResponseException(554, b"no"), {"failed": 3}),
        (smtplib.SMTPServerDisconnected("gone"), {"unclear": 1, "waiting": 2}),
    ],
)
def test_a_mail_server_in_trouble_loses_and_doubles_nothing(
    world: World, campaign: UUID, monkeypatch: pytest.MonkeyPatch, error: Exception, states: dict[str, int]
) -> None:
    actions.set_texts(SYSTEM, campaign=campaign, texts=TEXTS)
    contacts(3)
    assert press.send_press(SYSTEM, campaign=campaign) == 3

    def trouble(*given: object) -> None:
        raise error

    closed = isinstance(error, ConnectionRefusedError)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open" if closed else "send_messages", trouble)
        drain()
    assert Counter(PressMail.objects.values_list("state", flat=True)) == states
    send_waiting()
    assert len(mail.outbox) == states.get("waiting", 0)
    if "failed" in states:
        assert press.send_press(SYSTEM, campaign=campaign) == 3
        drain()
        assert len(mail.outbox) == 3


def test_a_contact_comes_off_the_list_with_everything(world: World, campaign: UUID) -> None:
    actions.set_texts(SYSTEM, campaign=campaign, texts=TEXTS)
    contacts(2)
    press.send_press(SYSTEM, campaign=campaign)
    first = queries.press_list(world.actor("coordinator"))[0]
    press.remove_press_contact(world.actor("coordinator"), contact=first.public_id)
    drain()
    assert [message.to for message in mail.outbox] == [["blatt1@example.org"]]
    with pytest.raises(RuleBroken):
        press.add_press_contact(SYSTEM, medium="x", email="BLATT1@example.org")


def test_a_hand_over_takes_open_campaigns_along(world: World, campaign: UUID) -> None:
    holding = next(one for one in holdings.holdings_of("agenda") if one.key == "campaigns.open")
    scope = holdings.Scope("agenda", frozenset({world.county.pk}), world.organisation.pk, 0)
    assert holding.count(scope) == 1
    assert [held.label for held in holding.listed(scope, 5)] == ["Agenda für alle"]


def test_pages_preview_and_print(world: World, campaign: UUID) -> None:
    client: Client = world.client("coordinator")
    base = f"/verwaltung/kampagnen/{campaign}/"
    sent = {**TEXTS, "preview": "flyer"}
    page = client.post(f"{base}texte/", sent)
    assert 'src="data:image/png;base64,' in page.text
    assert Campaign.objects.get().headline == ""
    refused = client.post(f"{base}texte/", sent | {"headline": "x" * 40})
    assert "ist zu lang für eine Zeile" in refused.text
    assert client.post(f"{base}texte/", TEXTS).status_code == 302
    paper = client.get(f"{base}flyer.pdf")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert client.get(f"{base}fahne.pdf").status_code == 404
    shown = client.get(base).text
    assert "zeigt das nicht" not in shown  # no figure chosen, so nothing is said about it
    assert "ohne QR-Code" in shown


def test_the_places_of_the_form_are_folded_by_amt(world: World) -> None:
    with writes_allowed("test"):
        Place.objects.create(slug="siel", kind=PlaceKind.MUNICIPALITY, name="Siel", parent=world.amt)
        Place.objects.create(slug="hafen", kind=PlaceKind.TOWN, name="Hafen", parent=world.county)
    groups = queries.place_groups(world.actor("coordinator"))
    assert groups == [
        (
            "Kreis, Städte und Orte ohne Amt",
            [("kreis-moorland", "Kreis Moorland (Kreis)"), ("hafen", "Hafen (Stadt)")],
        ),
        ("Amt Geest", [("amt-geest", "Amt Geest (Amt)"), ("siel", "Siel (Gemeinde)")]),
        ("Amt Marsch", [("amt-marsch", "Amt Marsch (Amt)")]),
    ]
    client = world.client("coordinator")
    plan = {
        "title": "Neu",
        "about": "services.service agenda",
        "place": "kreis-moorland",
        "places": ["siel", "hafen"],
        "starts": "2026-03-01",
        "ends": "2026-04-01",
    }
    refused = client.post("/verwaltung/kampagnen/neu/", plan | {"title": ""}).content.decode()
    page = " ".join(re.sub(r"<[^>]+>", " ", refused).split())
    assert "Gewählt: 2 Kreis, Städte und Orte ohne Amt 1 von 2 gewählt" in page
    assert "Amt Geest 1 von 2 gewählt" in page
    assert "Amt Marsch 0 von 1 gewählt" in page
    sent = [client.post("/verwaltung/kampagnen/neu/", plan | {"once": once}) for once in ("a", "b")]
    row = Campaign.objects.get()
    assert [answer["Location"] for answer in sent] == [f"/verwaltung/kampagnen/{row.public_id}/"] * 2
    assert sorted(row.places.values_list("slug", flat=True)) == ["hafen", "siel"]
