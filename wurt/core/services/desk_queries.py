"""What the desk reads of services: the matrix, one service with its whole history, who is invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.services.models import ServiceOperator, ServiceStaff, ServiceStage, Tester
from wurt.core.services.policies import MANAGE, VIEW_DESK
from wurt.core.services.registry import Service, service_of, services
from wurt.core.services.stages import Period, Stage, holding, periods, way_up
from wurt.core.tenancy.models import Organisation, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The stage of a service at a place; ``own``: set there and not taken from above."""

    stage: Stage
    first: date | None
    own: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    key: str
    name: str
    cells: tuple[MatrixCell, ...]
    operator: str
    next_day: date | None
    next_stage: Stage | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Services down, places across: the county and every place of which something was said."""

    places: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    may_manage: bool


@dataclass(frozen=True, slots=True)
class StageRow:
    """One entry as it was set. ``last`` is inclusive; of a withdrawn one there is none."""

    public_id: UUID
    place: str
    stage: Stage
    first: date
    last: date | None
    reason: str
    decision: str
    created: datetime
    withdrawn: datetime | None
    withdrawn_reason: str
    holds: bool


@dataclass(frozen=True, slots=True)
class OperatorRow:
    public_id: UUID
    place: str
    organisation: str
    first: date
    last: date | None
    phone: str
    email: str
    hours: str
    withdrawn: datetime | None
    withdrawn_reason: str
    holds: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    public_id: UUID
    name: str
    organisation: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class DeskService:
    service: Service
    stages: tuple[StageRow, ...]
    operators: tuple[OperatorRow, ...]
    testers: tuple[PersonRow, ...]
    staff: tuple[PersonRow, ...]
    may_manage: bool


R = TypeVar("R", ServiceStage, ServiceOperator)
E = TypeVar("E", StageRow, OperatorRow)


def may_view(actor: Actor) -> bool:
    """Does the desk of services open for the actor? Asked for the menu."""
    return can(actor, VIEW_DESK)


def may_manage(actor: Actor) -> bool:
    """May the actor set stages and operators anywhere? Asked for the menu."""
    return can(actor, MANAGE)


def check_manage(actor: Actor) -> None:
    """Raise NotAllowed for whoever may set nothing anywhere."""
    authorize(actor, MANAGE)


def matrix(actor: Actor, *, text: str = "", stage: str = "") -> Matrix:
    """All services with their stage per place; ``text`` is looked for in names, ``stage`` is one that
    holds anywhere."""
    authorize(actor, VIEW_DESK)
    places = {row.pk: row for row in Place.objects.all()}
    parents = {pk: row.parent_id for pk, row in places.items()}
    stages = _by_service(ServiceStage.objects.filter(withdrawn__isnull=True))
    running = _by_service(
        ServiceOperator.objects.filter(withdrawn__isnull=True).select_related("organisation")
    )
    said = {row.place_id for line in stages.values() for row in line}
    said |= {row.place_id for line in running.values() for row in line}
    county = next((pk for pk, row in places.items() if row.kind == PlaceKind.COUNTY), None)
    columns = [pk for pk in (county,) if pk] + sorted(said - {county}, key=lambda pk: places[pk].name)
    rows = [
        _matrix_row(service, columns, parents, stages.get(service.key, []), running.get(service.key, []))
        for service in services()
        if text.casefold() in str(service.name).casefold()
    ]
    if stage:
        rows = [row for row in rows if any(cell.stage == stage for cell in row.cells)]
    return Matrix(tuple(places[pk].name for pk in columns), tuple(rows), can(actor, MANAGE))


def _by_service(rows: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(row.service, []).append(row)
    return found


def _matrix_row(
    service: Service,
    columns: list[int],
    parents: dict[int, int | None],
    stages: list[ServiceStage],
    operators: list[ServiceOperator],
) -> MatrixRow:
    found, running = periods(stages), periods(operators)
    coming = [row for row in stages if row.starts > today() and row.stage != Stage.INHERIT]
    following = min(coming, key=lambda row: row.starts, default=None)
    operator = next((period.row for pk in columns[:1] if (period := holding(running, pk, today()))), None)
    return MatrixRow(
        key=service.key,
        name=str(service.name),
        cells=tuple(_cell(service, found, pk, parents) for pk in columns),
        operator=operator.organisation.name if operator else "",
        next_day=following.starts if following else None,
        next_stage=Stage(following.stage) if following else None,
    )


def _cell(
    service: Service,
    found: dict[int, list[Period[ServiceStage]]],
    place: int,
    parents: dict[int, int | None],
) -> MatrixCell:
    for where in way_up(place, parents):
        period = holding(found, where, today())
        if period is not None and period.row.stage != Stage.INHERIT:
            return MatrixCell(Stage(period.row.stage), period.first, where == place)
    return MatrixCell(service.assumed, None, False)


def desk_service(actor: Actor, key: str) -> DeskService:
    """One service with everything that was ever set. Raises NotFound."""
    authorize(actor, VIEW_DESK)
    service = service_of(key)
    if service is None:
        raise NotFound(code="services.service")
    manages = can(actor, MANAGE)
    people = ServiceStaff.objects.filter(service=key).select_related("person", "organisation")
    testers = Tester.objects.filter(service=key).select_related("person", "organisation")
    return DeskService(
        service=service,
        stages=_stage_rows(key),
        operators=_operator_rows(key),
        testers=tuple(
            PersonRow(
                row.public_id,
                str(row.person),
                row.organisation.name if row.organisation else "",
                row.created.date(),
                None,
            )
            for row in testers.order_by("created")
        )
        if manages
        else (),
        staff=tuple(
            PersonRow(row.public_id, str(row.person), row.organisation.name, row.starts, row.ends)
            for row in people
        )
        if manages
        else (),
        may_manage=manages,
    )


def _stage_rows(key: str) -> tuple[StageRow, ...]:
    rows = list(ServiceStage.objects.filter(service=key).select_related("place"))
    ends = {
        period.row.pk: period
        for line in periods(row for row in rows if row.withdrawn is None).values()
        for period in line
    }
    return tuple(
        StageRow(
            public_id=row.public_id,
            place=row.place.name,
            stage=Stage(row.stage),
            first=row.starts,
            last=ends[row.pk].last if row.pk in ends else None,
            reason=row.reason,
            decision=row.decision,
            created=row.created,
            withdrawn=row.withdrawn,
            withdrawn_reason=row.withdrawn_reason,
            holds=row.pk in ends and ends[row.pk].holds(today()),
        )
        for row in sorted(rows, key=lambda row: (row.starts, row.pk), reverse=True)
    )


def _operator_rows(key: str) -> tuple[OperatorRow, ...]:
    rows = list(ServiceOperator.objects.filter(service=key).select_related("place", "organisation"))
    ends = {
        period.row.pk: period
        for line in periods(row for row in rows if row.withdrawn is None).values()
        for period in line
    }
    return tuple(
        OperatorRow(
            public_id=row.public_id,
            place=row.place.name,
            organisation=row.organisation.name,
            first=row.starts,
            last=ends[row.pk].last if row.pk in ends else None,
            phone=row.phone,
            email=row.email,
            hours=row.hours,
            withdrawn=row.withdrawn,
            withdrawn_reason=row.withdrawn_reason,
            holds=row.pk in ends and ends[row.pk].holds(today()),
        )
        for row in sorted(rows, key=lambda row: (row.starts, row.pk), reverse=True)
    )


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of the places where the actor may set stages; the county first."""
    rows = Place.objects.filter(scope_q(actor, MANAGE)).order_by("name")
    ordered = sorted(rows, key=lambda row: row.kind != PlaceKind.COUNTY)
    return [(row.slug, f"{row.name} ({row.get_kind_display()})") for row in ordered]


def organisation_choices(actor: Actor) -> list[tuple[str, str]]:
    """(public id, name) of all organisations, for whoever may set operators."""
    authorize(actor, MANAGE)
    rows = Organisation.objects.order_by("name").values_list("public_id", "name")
    return [(str(public_id), name) for public_id, name in rows]


def person_by_email(actor: Actor, email: str) -> UUID:
    """The person whose login has this address. Raises RuleBroken if there is none."""
    authorize(actor, MANAGE)
    user = User.objects.select_related("person").filter(email__iexact=email.strip(), is_active=True).first()
    if user is None or user.person is None:
        raise RuleBroken(
            "services.no_login",
            _(
                "Nobody with this address has a login. Invite the person first, under “People and roles”, "
                "or check the spelling."
            ),
        )
    return user.person.public_id


def stage_to_withdraw(actor: Actor, key: str, stage: UUID) -> StageRow:
    """One entry that can be withdrawn. Raises NotAllowed, NotFound."""
    authorize(actor, MANAGE)
    return _one(row for row in _stage_rows(key) if row.public_id == stage)


def operator_to_withdraw(actor: Actor, key: str, operator: UUID) -> OperatorRow:
    """One entry that can be withdrawn. Raises NotAllowed, NotFound."""
    authorize(actor, MANAGE)
    return _one(row for row in _operator_rows(key) if row.public_id == operator)


def _one(rows: Iterable[E]) -> E:
    found = next(iter(rows), None)
    if found is None or found.withdrawn is not None:
        raise NotFound(code="services.entry")
    return found
