"""Retention of people: logins that nobody uses, sign-ups never confirmed, people without any tie."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from wurt.core.accounts import erasing
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import DomainError
from wurt.core.outbox.registry import publish
from wurt.core.privacy.actions import erase_person
from wurt.core.privacy.events import LoginEnds
from wurt.core.privacy.models import Deadline, DeadlineKind
from wurt.core.privacy.sweeps import Sweep, note, register
from wurt.core.tenancy.authority import check_administrator_stays, lock_county
from wurt.core.tenancy.models import Grant, Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE

logger = logging.getLogger("wurt.privacy")

LOGIN_KEPT = timedelta(days=730)
WARNING = timedelta(days=30)
UNCONFIRMED_KEPT = timedelta(days=30)
UNUSED_KEPT = timedelta(days=730)

HOLDS: list[Callable[[], QuerySet[Any, Any]]] = []
"""Modules add a question here: keys of people who are tied to something now (lead a project, hold a seat)."""


def _logins() -> QuerySet[Any, Any]:
    used = Greatest("created", Coalesce("last_login", F("created")))
    return User.objects.filter(person__isnull=False).annotate(used=used)


def to_warn() -> QuerySet[User]:
    """Logins that end in thirty days and whose people were not told since they used them last."""
    told = Deadline.objects.filter(
        person=OuterRef("person"), kind=DeadlineKind.LOGIN_ENDS, since__gte=OuterRef("used")
    )
    return _logins().filter(~Exists(told), used__lt=now() - LOGIN_KEPT + WARNING, is_active=True)


def to_end() -> QuerySet[User]:
    """Logins unused for two years: warned thirty days ago, or deactivated."""
    told = Deadline.objects.filter(
        person=OuterRef("person"),
        kind=DeadlineKind.LOGIN_ENDS,
        since__gte=OuterRef("used"),
        since__lt=now() - WARNING,
    )
    return _logins().filter(Exists(told) | Q(is_active=False), used__lt=now() - LOGIN_KEPT)


def unconfirmed() -> QuerySet[User]:
    """Sign-ups whose address was never confirmed."""
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return _logins().filter(~Exists(proved), last_login__isnull=True, created__lt=now() - UNCONFIRMED_KEPT)


def _untied() -> QuerySet[Person]:
    rows = Person.objects.filter(erased__isnull=True, user__isnull=True).exclude(
        pk__in=Grant.objects.valid().values("person")
    )
    for held in HOLDS:
        rows = rows.exclude(pk__in=held())
    return rows


def newly_unused() -> QuerySet[Person]:
    """People without login, role, project or seat whose period has not begun."""
    return _untied().exclude(pk__in=_periods().values("person"))


def long_unused() -> QuerySet[Person]:
    """People without any tie for two years."""
    return _untied().filter(pk__in=_periods().filter(since__lt=now() - UNUSED_KEPT).values("person"))


def _periods() -> QuerySet[Deadline]:
    return Deadline.objects.filter(kind=DeadlineKind.UNUSED)


def over() -> QuerySet[Deadline]:
    """Deadlines that no longer apply: the person signed in, holds something again, or is erased."""
    used = _logins().filter(person=OuterRef("person"), used__gt=OuterRef("since"))
    ends = Q(kind=DeadlineKind.LOGIN_ENDS) & (Exists(used) | Q(person__user__isnull=True))
    tied = Q(kind=DeadlineKind.UNUSED) & ~Q(person__in=_untied())
    return Deadline.objects.filter(ends | tied)


@action("privacy.warn_of_end")
def warn_of_end(actor: Actor, *, person: UUID) -> None:
    """Start the thirty days and tell the person by mail."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row = lock(Person.objects.all(), public_id=person)
    Deadline.objects.update_or_create(person=row, kind=DeadlineKind.LOGIN_ENDS, defaults={"since": now()})
    record(actor, row)
    publish(LoginEnds(person=row.public_id))


@action("privacy.end_login")
def end_login(actor: Actor, *, person: UUID) -> None:
    """Delete a login that nobody used for two years; the person stays while they hold something."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    row = lock(Person.objects.all(), public_id=person)
    if not to_end().filter(person=row).exists():
        return record(actor, row)  # signed in meanwhile
    check_administrator_stays(without_person=row.pk)
    erasing.end_login(row)
    record(actor, row)
    return note(actor, "logins", 1)


@action("privacy.begin_periods")
def begin_periods(actor: Actor, *, limit: int) -> int:
    """Drop deadlines that no longer apply and begin the period of people without any tie."""
    authorize(actor, MANAGE_PEOPLE, lock_county())
    gone = list(over().order_by("pk").values_list("pk", flat=True)[:limit])
    Deadline.objects.filter(pk__in=gone).delete()
    fresh = list(newly_unused().order_by("pk")[:limit])
    for row in fresh:
        Deadline.objects.create(person=row, kind=DeadlineKind.UNUSED)
    if gone or fresh:
        note(actor, "deadlines", len(gone) + len(fresh))
    return len(gone) + len(fresh)


def _each(act: Callable[[UUID], object], people: Iterable[UUID]) -> int:
    """One action per person; whoever a rule protects is left out, logged by id, and tried again tomorrow."""
    done = 0
    for person in people:
        try:
            act(person)
            done += 1
        except DomainError as error:
            logger.warning("retention left %s alone: %s", person, error.code)
    return done


def _ids(rows: QuerySet[Any, Any], path: str, limit: int) -> list[UUID]:
    return list(rows.order_by("pk").values_list(path, flat=True)[:limit])


def _run_logins(actor: Actor, limit: int) -> int:
    done = _each(lambda one: warn_of_end(actor, person=one), _ids(to_warn(), "person__public_id", limit))
    done += _each(lambda one: end_login(actor, person=one), _ids(to_end(), "person__public_id", limit))
    return done + _each(
        lambda one: erase_person(actor, person=one), _ids(unconfirmed(), "person__public_id", limit)
    )


def _run_people(actor: Actor, limit: int) -> int:
    done = begin_periods(actor, limit=limit) if newly_unused().exists() or over().exists() else 0
    return done + _each(lambda one: erase_person(actor, person=one), _ids(long_unused(), "public_id", limit))


register(
    Sweep(
        "logins",
        due=lambda: to_warn().count() + to_end().count() + unconfirmed().count(),
        run=_run_logins,
    ),
    Sweep(
        "people",
        due=lambda: newly_unused().count() + over().count() + long_unused().count(),
        run=_run_people,
    ),
)
