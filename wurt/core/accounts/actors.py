"""Builds the Actor of a request from the login, the person's grants and the session."""

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from wurt.core.accounts.models import User
from wurt.core.accounts.sessions import STAFF
from wurt.core.action.actor import (
    ANONYMOUS,
    RELATION_SOURCES,
    STAFF_ROLES,
    Actor,
    Assurance,
    GrantFact,
    Role,
)
from wurt.core.db.request_id import current as request_id
from wurt.core.tenancy.models import Grant
from wurt.core.tenancy.tree import below

METHODS_SESSION_KEY = "account_authentication_methods"
OIDC = "oidc"
"""Our own record of a sign-in through another house, beside allauth's."""


def grants_of(person: int) -> tuple[GrantFact, ...]:
    """The person's grants that are valid now, with the places they reach."""
    rows = list(
        Grant.objects.valid().filter(person_id=person).values_list("role", "place_id", "organisation_id")
    )
    reach = below({place for _, place, _ in rows if place}) if any(place for _, place, _ in rows) else {}
    return tuple(
        GrantFact(role=Role(role), places=reach.get(place, frozenset()), organisation=organisation)
        for role, place, organisation in rows
    )


def used_second_factor(request: HttpRequest) -> bool:
    """Was this session opened with a second factor? allauth keeps the methods used in the session."""
    methods = request.session.get(METHODS_SESSION_KEY, [])
    return any(
        method.get("method") == "mfa" or (method.get("method") == OIDC and method.get("factor") is True)
        for method in methods
    )


def proved_elsewhere(request: HttpRequest, user: User | None) -> bool:
    """Did the county's identity provider just see a second factor of this person?"""
    return any(
        record.get("method") == OIDC and record.get("factor") is True
        for record in get_authentication_records(request, user)
    )


def _from_broker(request: HttpRequest) -> Assurance | None:
    """The level with which a broker of citizens opened this session; None if none did."""
    records = request.session.get(METHODS_SESSION_KEY, [])
    for record in reversed(records):
        if record.get("method") == OIDC and not record.get("staff"):
            return Assurance(record.get("level") or "")
    return None


def actor_of(
    user: User,
    *,
    second_factor: bool,
    once: str = "",
    request_id: str = "",
    language: str = "de",
    broker: Assurance | None = None,
) -> Actor:
    """The actor for a login. ``broker``: the session was opened through a broker of citizens; no role of
    staff holds in it, also none that was granted since."""
    if user.person is None:
        return ANONYMOUS
    person = user.person
    relations = frozenset({"lead"} if any(source(person.pk) for source in RELATION_SOURCES) else ())
    grants = grants_of(person.pk)
    if broker is not None:
        relations = frozenset()
        grants = tuple(grant for grant in grants if grant.role not in STAFF_ROLES)
    return Actor(
        person=person.pk,
        public_id=person.public_id,
        name=person.name,
        grants=grants,
        second_factor=second_factor,
        once=once,
        request_id=request_id,
        language=language,
        relations=relations,
        assurance=broker or Assurance.NONE,
    )


def actor_for(request: HttpRequest) -> Actor:
    """The actor of a request; anonymous visitors cost no query."""
    if not request.session.session_key or not request.user.is_authenticated:
        return Actor(
            request_id=request_id(),
            language=request.LANGUAGE_CODE,
            once=_once(request),
            browser=_browser(request),
        )
    actor = actor_of(
        request.user,
        second_factor=used_second_factor(request),
        once=_once(request),
        request_id=request_id(),
        language=request.LANGUAGE_CODE,
        broker=_from_broker(request),
    )
    if actor.is_staff and request.session.get(STAFF) is False:
        request.session[STAFF] = True  # a role was granted since: the shorter limits hold from now on
    return actor


def _once(request: HttpRequest) -> str:
    return request.POST.get("once", "")[:64] if request.method == "POST" else ""


def _browser(request: HttpRequest) -> str:
    """The proof of origin that every form needs is different in each browser."""
    secret = request.META.get("CSRF_COOKIE", "") if request.method == "POST" else ""
    return salted_hmac("wurt.browser", secret, algorithm="sha256").hexdigest() if secret else ""


def lazy_actor(request: HttpRequest) -> Actor:
    """``request.actor``: built on first use."""
    return SimpleLazyObject(lambda: actor_for(request))  # type: ignore[return-value]
