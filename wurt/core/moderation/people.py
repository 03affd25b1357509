"""Who moderates where, who is away, and who is responsible for a case: always somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wurt.core.action.actor import Role
from wurt.core.db.clock import now
from wurt.core.moderation.models import Absence, Case, State
from wurt.core.moderation.policies import MODERATORS
from wurt.core.tenancy.models import Grant
from wurt.core.tenancy.tree import below


@dataclass(frozen=True, slots=True)
class Team:
    """``moderators`` and ``admins``: for each person (id) the places (ids) they reach. ``away``: person to
    deputy, today."""

    moderators: Mapping[int, frozenset[int]]
    admins: Mapping[int, frozenset[int]]
    away: Mapping[int, int]

    def reach(self, person: int) -> frozenset[int]:
        """Everything the person may moderate."""
        return self.moderators.get(person, frozenset()) | self.admins.get(person, frozenset())

    def standing_in(self, person: int) -> int:
        """Who does the person's work today: a deputy, the deputy's deputy, …; the person if all are away."""
        seen, now_at = {person}, person
        while now_at in self.away:
            now_at = self.away[now_at]
            if now_at in seen:
                return person
            seen.add(now_at)
        return now_at

    def may_decide(self, person: int, place: int, decided_by: int | None) -> bool:
        """Does the person moderate there, and did not take the decision complained about?"""
        return place in self.reach(person) and person != decided_by

    def responsible(self, place: int, taken_by: int | None, decided_by: int | None = None) -> tuple[int, ...]:
        """Who is to act, by id: who has the case (or stands in), else the moderators of the place, else the
        administrators. ``decided_by``: of the decision complained about; that person never. Empty only if
        there is no other administrator."""
        if taken_by is not None and place in self.reach(taken_by):
            acting = self.standing_in(taken_by)
            for person in (acting, taken_by):
                if self.may_decide(person, place, decided_by):
                    return (person,)
        for people in (self.moderators, self.admins):
            found = {self.standing_in(one) for one, places in people.items() if place in places}
            found = {one for one in found if self.may_decide(one, place, decided_by)} or {
                one for one, places in people.items() if place in places and one != decided_by
            }
            if found:
                return tuple(sorted(found))
        return ()


def team(day: date) -> Team:
    """Today's team. Three queries and the tree of places."""
    grants = list(
        Grant.objects.valid()
        .filter(
            role__in=[role.value for role in MODERATORS],
            place__isnull=False,
            person__erased__isnull=True,
            person__user__is_active=True,
        )
        .values_list("person_id", "role", "place_id")
    )
    reach = below({place for _person, _role, place in grants if place is not None})
    absences = Absence.objects.filter(first__lte=day, last__gte=day).order_by("pk")
    return Team(
        _places(grants, Role.MODERATOR, reach),
        _places(grants, Role.COUNTY_ADMIN, reach),
        dict(absences.values_list("person_id", "deputy_id")),
    )


def _places(
    grants: Iterable[tuple[int, str, int | None]], role: Role, reach: Mapping[int, frozenset[int]]
) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for person, held, place in grants:
        if held == role and place is not None:
            found[person] = found.get(person, frozenset()) | reach[place]
    return found


def may_moderate(person: int, case: Case) -> bool:
    """May the person decide what is open in the case?"""
    decided_by = case.decided_by_id if case.state == State.COMPLAINT else None
    return team(now().date()).may_decide(person, case.place_id, decided_by)


def covers(deputy: int, person: int) -> bool:
    """Does the deputy moderate everywhere where the person does?"""
    known = team(now().date())
    return bool(known.reach(person)) and known.reach(person) <= known.reach(deputy)
