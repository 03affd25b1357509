"""What data protection does by the clock, and the warning before a login ends."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.outbox.registry import every, handles
from wurt.core.privacy.events import LoginEnds
from wurt.core.privacy.people import WARNING
from wurt.core.privacy.sweeps import sweep_all
from wurt.core.tenancy.models import Place
from wurt.core.web.context import county_name


@every(timedelta(days=1), joined=False)
def retain() -> None:
    """Delete what is no longer kept. Not joined: every batch is an action of its own and stays done."""
    if Place.objects.exists():
        sweep_all(Actor.for_system("retention"))


@handles(LoginEnds, joined=False)
def warn_by_mail(event: LoginEnds) -> None:
    """Tell the person in time how to keep the login."""
    user = (
        User.objects.select_related("person").filter(person__public_id=event.person, is_active=True).first()
    )
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "privacy/mail/login_ends.txt",
            {
                "name": user.person.name if user.person else "",
                "county": county_name(),
                "days": WARNING.days,
                "url": settings.WURT_URL + reverse("account_login"),
            },
        )
        EmailMessage(_("Your login ends soon"), text, settings.DEFAULT_FROM_EMAIL, [user.email]).send()
