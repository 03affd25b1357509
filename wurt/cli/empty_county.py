"""Setting up an empty county through actions (``wurt init``)."""

from collections.abc import Iterable

from wurt.core.action.actor import Actor
from wurt.core.pages.actions import create_page
from wurt.core.tenancy.actions.organisations import create_organisation
from wurt.core.tenancy.actions.tree import PlaceSeed, plant_places
from wurt.modules.agenda.actions.agenda import create_agenda
from wurt.modules.agenda.actions.bodies import create_body
from wurt.modules.agenda.actions.fields import create_field
from wurt.modules.agenda.domain.identity import slug

STANDARD_BODIES = (("steering", "Lenkungsgruppe"), ("project", "Projektgruppe"), ("working", "Arbeitsgruppe"))
STANDARD_FIELDS = (
    "Bildung",
    "Beteiligung",
    "Gesundheit",
    "Jugend und Familie",
    "Mobilität und Infrastruktur",
    "Natur und Umwelt",
    "Sport, Freizeit und Kultur",
    "Tourismus",
    "Verwaltung",
    "Wirtschaft und Energie",
)
SKELETON = "**Entwurf. Diese Seite ist noch nicht ausgefüllt und noch nicht öffentlich.**\n\n"
PAGES = (
    (
        "kontakt",
        "Kontakt",
        "- Bitte ergänzen: Name und Anschrift der Kreisverwaltung\n"
        "- Bitte ergänzen: Telefon, E-Mail-Adresse, Öffnungszeiten\n"
        "- Bitte ergänzen: wer Fragen zur digitalen Agenda beantwortet\n",
    ),
    (
        "impressum",
        "Impressum",
        "- Bitte ergänzen: Name, Rechtsform und Anschrift des Kreises\n"
        "- Bitte ergänzen: wer den Kreis vertritt\n"
        "- Bitte ergänzen: Telefon, E-Mail-Adresse, Umsatzsteuer-Nummer, falls vorhanden\n"
        "- Bitte ergänzen: wer für den Inhalt verantwortlich ist\n",
    ),
    (
        "datenschutz",
        "Datenschutz",
        "- Bitte ergänzen: wer verantwortlich ist und wie man die Datenschutzbeauftragte erreicht\n"
        "- Bitte ergänzen: welche Daten verarbeitet werden, wozu, auf welcher Rechtsgrundlage und wie lange\n"
        "- Bitte ergänzen: welche Rechte die Menschen haben und wo sie sich beschweren können\n",
    ),
    (
        "barrierefreiheit",
        "Erklärung zur Barrierefreiheit",
        "- Bitte ergänzen: wie weit die Seiten barrierefrei sind und wann das geprüft wurde\n"
        "- Bitte ergänzen: was noch nicht barrierefrei ist und warum\n"
        "- Bitte ergänzen: wohin man Barrieren melden kann\n"
        "- Bitte ergänzen: welche Stelle im Streitfall hilft\n",
    ),
)
"""Pages that the law or good manners demand of every county: address, title, what has to be filled in."""


def init_county(name: str, *, agenda: str, fields: Iterable[str]) -> None:
    """Set up an empty county: its place, the county as an organisation, an agenda, three bodies, fields,
    and drafts of the pages that have to be there before it is shown to the public.

    Raises RuleBroken if there is one already.
    """
    actor = Actor.for_system("init")
    place = slug(name)
    plant_places(actor, places=[PlaceSeed(slug=place, kind="county", name=name)])
    create_organisation(actor, name=name, place=place, kind="county", is_partner=True)
    create_agenda(actor, place_slug=place, name=agenda)
    for number, (kind, body) in enumerate(STANDARD_BODIES, start=1):
        create_body(actor, kind=kind, name=body, order=10 * number)
    for field in fields:
        create_field(actor, name=field)
    for number, (address, title, missing) in enumerate(PAGES, start=1):
        create_page(
            actor,
            slug=address,
            title=title,
            body=SKELETON + missing,
            footer=True,
            order=10 * number,
            published=False,
        )
