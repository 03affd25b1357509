"""Everybody may have and delete their own data; administrators manage people (``tenancy.policies``)."""

from django.db.models import Q

from wurt.core.action.permission import Permission, Relation

IS_ME = Relation(
    "self",
    lambda actor, person: actor.person is not None and actor.person == person.pk,
    lambda actor: Q(pk=actor.person) if actor.person is not None else Q(pk__in=[]),
)

OWN_DATA = Permission("privacy.own_data", relations=(IS_ME,), place="pk", second_factor=False)

ALL = (OWN_DATA,)
