"""Who may change a login: its person. Stopping a change: whoever has the signed link of the old mailbox."""

from django.db.models import Q

from wurt.core.action.permission import Permission, Relation

IS_ME = Relation(
    "self",
    lambda actor, person: actor.person is not None and actor.person == person.pk,
    lambda actor: Q(pk=actor.person) if actor.person is not None else Q(pk__in=[]),
)

OWN_LOGIN = Permission("accounts.own_login", relations=(IS_ME,), place="pk", second_factor=False)
STOP_EMAIL_CHANGE = Permission("accounts.stop_email_change", public=True)

ALL = (OWN_LOGIN, STOP_EMAIL_CHANGE)
