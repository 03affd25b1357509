"""Names for the trail, and what the confirmation says about each act of the rooms below."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.assisted.areas import Area, AssistedAction, area_names
from wurt.core.assisted.models import Assistance, Letter, Mandate
from wurt.core.assisted.texts import helper_of
from wurt.core.audit.words import name_things, names_from
from wurt.core.notices.models import Follow
from wurt.core.notices.topics import named
from wurt.core.tenancy.models import Contact, Office, ToldBy
from wurt.core.web.format import day

ACTIONS: dict[str, str | Promise] = {
    "assisted.accept_mandate": _("Accepted a mandate"),
    "assisted.begin": _("Began to act for somebody"),
    "assisted.begin_with_mandate": _("Began to act with a mandate"),
    "assisted.confirm": _("Noted how the person was told"),
    "assisted.end": _("Ended acting for somebody"),
    "assisted.end_mandate": _("Ended a mandate"),
    "assisted.forget": _("Ended what was over and deleted texts of confirmations"),
    "assisted.give_mandate": _("Gave a mandate"),
    "assisted.letters_posted": _("Noted confirmations as posted"),
    "assisted.register_person": _("Registered a person without e-mail"),
    "assisted.save_contact": _("Changed the postal address or how to be told"),
    "assisted.save_office": _("Changed what stands on letters"),
    "assisted.search_people": _("Searched for a caller"),
    "assisted.tell_giver": _("Told somebody what their helper did"),
}

AREAS = (
    Area("notices", _("Notices"), _("follow topics, choose how to be told, stop")),
    Area("contact", _("Address and telephone"), _("change the postal address and the number")),
    Area("mandates", _("Mandates"), _("note a signed mandate, end one"), delegable=False),
)


def _topic(follow: Follow) -> str:
    pair = (follow.kind, follow.key)
    topic = named([pair]).get(pair)
    return topic.title if topic else follow.key


def _followed(follow: Follow) -> str:
    return gettext("You are told about “%(topic)s” from now on.") % {"topic": _topic(follow)}


def _asked_by_mail(follow: Follow) -> str:
    return gettext("We sent a mail to %(email)s. Confirm it; then you are told about “%(topic)s”.") % {
        "email": follow.subscriber.email,
        "topic": _topic(follow),
    }


def _unfollowed(follow: Follow) -> str:
    return gettext("You are no longer told about “%(topic)s”.") % {"topic": _topic(follow)}


def _stopped(subscriber: Any) -> str:
    return gettext("You are told about nothing any more; what we kept for it is deleted.")


def _chosen(subscriber: Any) -> str:
    return gettext("We changed how often you are told.")


def _contact(contact: Contact) -> str:
    parts = []
    if contact.address:
        parts.append(
            gettext("Your address is: %(address)s.") % {"address": contact.address.replace("\n", ", ")}
        )
    if contact.phone:
        parts.append(gettext("Your telephone number is: %(phone)s.") % {"phone": contact.phone})
    parts.append(
        gettext("We write letters to you.") if contact.told_by == ToldBy.LETTER else gettext("We call you.")
    )
    return " ".join(parts)


def _given(mandate: Mandate) -> str:
    return gettext("You give a mandate to %(helper)s, for: %(areas)s. It holds until %(day)s.") % {
        "helper": helper_of(mandate),
        "areas": ", ".join(area_names(mandate.areas)),
        "day": day(mandate.ends),
    }


def _ended(mandate: Mandate) -> str:
    return gettext("Your mandate for %(helper)s is ended.") % {"helper": helper_of(mandate)}


ASSISTED = (
    AssistedAction(
        "notices.follow",
        "notices",
        _("Follow a topic"),
        "notices:topics",
        _("The person is told by letter or by e-mail when there is something new."),
        {
            "notices.follow_as_person": _followed,
            "notices.request_follow": _asked_by_mail,
            "notices.unfollow": _unfollowed,
            "notices.stop_all": _stopped,
        },
        order=10,
    ),
    AssistedAction(
        "notices.settings",
        "notices",
        _("Change or end notices"),
        "notices:my_settings",
        _("What the person follows, and how often they are told."),
        {"notices.save_preferences": _chosen},
        order=20,
    ),
    AssistedAction(
        "contact",
        "contact",
        _("Change address, telephone, letter or call"),
        "assisted:contact",
        "",
        {"assisted.save_contact": _contact},
        order=80,
    ),
    AssistedAction(
        "mandate",
        "mandates",
        _("Note a mandate on paper"),
        "assisted:paper_mandate",
        _("Somebody else may then act for the person, without the office."),
        {"assisted.give_mandate": _given, "assisted.end_mandate": _ended},
        order=90,
    ),
)


def connect() -> None:
    """Called once by the app's ``ready``."""
    sessions = Assistance.objects.select_related("principal")
    name_things(
        "assisted.assistance",
        _("Acting for"),
        names_from(sessions.all, show=lambda row: str(row.principal)),
    )
    mandates = Mandate.objects.select_related("giver")
    name_things(
        "assisted.mandate", _("Mandate of"), names_from(mandates.all, show=lambda row: str(row.giver))
    )
    name_things("assisted.letter", _("Letter"), names_from(Letter.objects.all))
    contacts = Contact.objects.select_related("person")
    name_things(
        "tenancy.contact",
        _("Postal address"),
        names_from(contacts.all, key="pk", show=lambda row: str(row.person)),
    )
    name_things("tenancy.office", _("Sender of letters"), names_from(Office.objects.all, key="pk"))
