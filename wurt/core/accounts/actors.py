"""Builds the Actor of a request from the login, the person's grants and the session."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wurt.core.accounts.models import User
from wurt.core.action.actor import ANONYMOUS, RELATION_SOURCES, Actor, GrantFact, Role
from wurt.core.db.clock import now
from wurt.core.db.request_id import current as request_id
from wurt.core.tenancy.models import Grant
from wurt.core.tenancy.tree import below

METHODS_SESSION_KEY = "account_authentication_methods"


def grants_of(person: int) -> tuple[GrantFact, ...]:
    """The person's grants that are valid now, with the places they reach."""
    rows = list(
        Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=now()), person_id=person).values_list(
            "role", "place_id", "organisation_id"
        )
    )
    reach = below({place for _, place, _ in rows if place}) if any(place for _, place, _ in rows) else {}
    return tuple(
        GrantFact(role=Role(role), places=reach.get(place, frozenset()), organisation=organisation)
        for role, place, organisation in rows
    )


def used_second_factor(request: HttpRequest) -> bool:
    """Was this session opened with a second factor? allauth keeps the methods used in the session."""
    methods = request.session.get(METHODS_SESSION_KEY, [])
    return any(method.get("method") == "mfa" for method in methods)


def actor_of(
    user: User, *, second_factor: bool, once: str = "", request_id: str = "", language: str = "de"
) -> Actor:
    """The actor for a login."""
    if user.person is None:
        return ANONYMOUS
    person = user.person
    relations = frozenset({"lead"} if any(source(person.pk) for source in RELATION_SOURCES) else ())
    return Actor(
        person=person.pk,
        public_id=person.public_id,
        name=person.name,
        grants=grants_of(person.pk),
        second_factor=second_factor,
        once=once,
        request_id=request_id,
        language=language,
        relations=relations,
    )


def actor_for(request: HttpRequest) -> Actor:
    """The actor of a request; anonymous visitors cost no query."""
    if not request.session.session_key or not request.user.is_authenticated:
        return Actor(request_id=request_id(), language=request.LANGUAGE_CODE, once=_once(request))
    return actor_of(
        request.user,
        second_factor=used_second_factor(request),
        once=_once(request),
        request_id=request_id(),
        language=request.LANGUAGE_CODE,
    )


def _once(request: HttpRequest) -> str:
    return request.POST.get("once", "")[:64] if request.method == "POST" else ""


def lazy_actor(request: HttpRequest) -> Actor:
    """``request.actor``: built on first use."""
    return SimpleLazyObject(lambda: actor_for(request))  # type: ignore[return-value]
