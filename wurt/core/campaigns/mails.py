"""A press release as a mail: one mail per contact, nobody sees who else got it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.campaigns.models import PressMail
from wurt.core.campaigns.papers import PAPERS, paper_file
from wurt.core.web.context import county_name
from wurt.core.web.format import german_datetime


def release_mail(row: PressMail) -> EmailMessage:
    """The mail of one contact, with the release as text and as PDF. ``row`` brings campaign and contact."""
    campaign = row.campaign
    channel = campaign.channels.select_related("link").filter(kind="press").first()
    address = (
        settings.WURT_URL + reverse("links:open", args=[channel.link.code])
        if channel
        else settings.WURT_URL + campaign.target
    )
    texts = {
        name: getattr(campaign, name)
        for name in ("press_title", "press_lead", "press_body", "contact", "embargo", "title")
    }
    with translation.override("de"):
        embargo = (
            _("Embargo until %(moment)s") % {"moment": german_datetime(campaign.embargo)}
            if campaign.embargo
            else ""
        )
        parts = [
            embargo,
            _("Press release of %(county)s") % {"county": county_name()},
            campaign.press_title,
            campaign.press_lead,
            campaign.press_body,
            f"{_('More:')} {address}",
            f"{_('Contact for the press')}: {campaign.contact}" if campaign.contact else "",
            _("You are on our press list. Answer this mail if you want off it; we then delete your address."),
        ]
        subject = f"{embargo}: {campaign.press_title}" if embargo else campaign.press_title
    message = EmailMessage(
        subject=subject,
        body="\n\n".join(part for part in parts if part),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.contact.email],
        headers={
            "Message-ID": f"<press.{row.pk}.{campaign.public_id}@{urlsplit(settings.WURT_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    pdf = paper_file(
        PAPERS["pressemitteilung"], texts, address if channel else "", example=campaign.is_example
    )
    message.attach("pressemitteilung.pdf", pdf, "application/pdf")
    return message
