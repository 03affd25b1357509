"""What assisted mode does when it is told something, and by the clock."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.assisted.actions.letters import forget
from wurt.core.assisted.actions.mandates import tell_giver, told_by_letter
from wurt.core.assisted.areas import area_names
from wurt.core.assisted.events import MandateGiven
from wurt.core.assisted.models import Act, Mandate
from wurt.core.assisted.texts import helper_of, mandate_noted, overview, plain
from wurt.core.db.clock import now
from wurt.core.outbox.registry import every, handles
from wurt.core.tenancy.models import Contact, Person
from wurt.core.web.context import county_name

SYSTEM = Actor.for_system("worker")


@handles(MandateGiven, joined=False)
def offer_by_mail(event: MandateGiven) -> None:
    """Ask the owner of the address; they accept where they sign in, never by the link alone."""
    row = Mandate.objects.select_related("giver").filter(public_id=event.mandate).first()
    if row is None or not row.invited or row.revoked is not None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "assisted/mail/offer.txt",
            {
                "giver": row.giver,
                "areas": area_names(row.areas),
                "mandate": row,
                "county": county_name(),
                "url": settings.WURT_URL + reverse("assisted:mandates"),
            },
        )
        EmailMessage(
            _("Somebody gives you a mandate"), text, settings.DEFAULT_FROM_EMAIL, [row.invited]
        ).send()


@handles(MandateGiven, joined=False)
def tell_giver_by_mail(event: MandateGiven) -> None:
    """The giver has it in writing, too; whoever is told by letter has one waiting already."""
    row = Mandate.objects.select_related("giver__user").filter(public_id=event.mandate).first()
    if row is None or row.revoked is not None or not row.invited or _on_paper(row.giver):
        return
    with translation.override(settings.LANGUAGE_CODE):
        body = mandate_noted(helper_of(row), area_names(row.areas), row.starts, row.ends)
        _mail(row.giver, body["subject"], plain(body))


@every(timedelta(days=1), joined=False)
def tell_givers() -> None:
    """Once a day: what helpers did. The mail first, then the note: told twice after a kill, never not."""
    until = now()
    fresh = Act.objects.filter(at__lte=until, assistance__mandate__isnull=False).exclude(text="")
    rows = Mandate.objects.filter(pk__in=fresh.values("assistance__mandate"))
    for row in rows.select_related("giver__user", "giver__contact", "helper").order_by("pk"):
        if not _on_paper(row.giver):
            mine = fresh.filter(assistance__mandate=row).values_list("text", flat=True)
            body = overview(helper_of(row), list(mine))
            _mail(row.giver, body["subject"], plain(body))
        tell_giver(SYSTEM, mandate=row.public_id, until=until)


@every(timedelta(minutes=10))
def forget_by_the_clock() -> None:
    """Sessions whose time is over, sentences and offers that nobody came back to."""
    forget(SYSTEM)


def _on_paper(person: Person) -> bool:
    contact: Contact | None = getattr(person, "contact", None)
    return told_by_letter(person, contact) or not hasattr(person, "user")


def _mail(person: Person, subject: str, text: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        whole = render_to_string(
            "assisted/mail/frame.txt",
            {
                "text": text,
                "county": county_name(),
                "url": settings.WURT_URL + reverse("assisted:mandates"),
            },
        )
    EmailMessage(subject, whole, settings.DEFAULT_FROM_EMAIL, [person.user.email]).send()
