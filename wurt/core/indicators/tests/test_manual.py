"""Figures that people enter: described, entered with a source, corrected with a reason."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from wurt.core.action.actor import Actor, GrantFact, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from wurt.core.indicators.actions.manual import create_manual, edit_manual, enter_value
from wurt.core.indicators.models import Computation, ManualIndicator
from wurt.core.indicators.queries import info, series
from wurt.core.indicators.rules import Figure
from wurt.core.indicators.tests.conftest import Toy
from wurt.core.tenancy.models import Person

JUNE = datetime(2024, 6, 3, 9, tzinfo=UTC)
MAY = date(2024, 5, 1)


def editor(toy: Toy, *places: str) -> Actor:
    reach = frozenset(toy.places[slug].pk for slug in places) or frozenset({toy.county.pk})
    return Actor(person=1, grants=(GrantFact(Role.PLACE_EDITOR, reach),), second_factor=True)


def described(toy: Toy, **words: object) -> str:
    plain = {"name": "Ladepunkte für Autos", "unit": "Ladepunkte", "meaning": "Wo Autos laden."}
    return create_manual(editor(toy), words={**plain, **words})  # type: ignore[typeddict-item]


def enter(
    toy: Toy, key: str, value: object, reason: str = "", source: str = "Liste", month: date = MAY
) -> int:
    with at(JUNE):
        return enter_value(
            editor(toy), key=key, month=month, value=Decimal(str(value)), source=source, reason=reason
        )


def test_the_address_is_made_from_the_name(toy: Toy) -> None:
    assert described(toy) == "ladepunkte-fuer-autos"
    with pytest.raises(RuleBroken) as error:
        described(toy)
    assert error.value.code == "indicators.key_taken"
    about = info(Actor(), "ladepunkte-fuer-autos")
    assert (about.name, about.unit, about.room, about.least) == (
        "Ladepunkte für Autos",
        "Ladepunkte",
        "manual",
        0,
    )


def test_an_entered_value_is_public_with_its_source(toy: Toy) -> None:
    key = described(toy, decimals=1)
    assert enter(toy, key, "17.25") == 1
    assert enter(toy, key, "17.25") == 0
    point = series(Actor(), [(key, "")])[key, ""].latest
    assert point is not None
    assert (point.figure, point.source, point.number, point.at) == (Figure(Decimal("17.2")), "Liste", 1, JUNE)


def test_another_value_needs_a_reason_and_both_stay(toy: Toy) -> None:
    key = described(toy)
    enter(toy, key, 17)
    with pytest.raises(RuleBroken) as error:
        enter(toy, key, 18)
    assert error.value.code == "indicators.reason"
    assert enter(toy, key, 18, "Zwei standen doppelt in der Liste") == 2
    rows = Computation.objects.filter(key=key).order_by("number")
    assert [(row.number, row.current, row.reason) for row in rows] == [
        (1, False, ""),
        (2, True, "Zwei standen doppelt in der Liste"),
    ]


def test_people_below_five_are_not_stored_and_this_stays(toy: Toy) -> None:
    key = described(toy, counts_people=True)
    assert enter(toy, key, 4) == 1
    found = series(Actor(), [(key, "")])[key, ""]
    assert found.points[0].figure == Figure(below=5)
    assert enter(toy, key, 3) == 0, "three instead of four tells nobody anything new"
    edit_manual(editor(toy), key=key, words={"counts_people": False, "name": "Plätze"})
    row = ManualIndicator.objects.get(key=key)
    assert (row.counts_people, row.name) == (True, "Plätze")
    with pytest.raises(RuleBroken) as error:
        enter(toy, key, -1, "x")
    assert error.value.code == "indicators.value"
    entry = AuditEntry.objects.get(action="indicators.enter_value")
    assert entry.after == {"key": key, "month": "2024-05", "number": 1}


@pytest.mark.parametrize(
    ("source", "month", "code"),
    [("  ", MAY, "indicators.source"), ("Liste", date(2024, 6, 1), "indicators.month_running")],
)
def test_what_is_refused_stores_nothing(toy: Toy, source: str, month: date, code: str) -> None:
    key = described(toy)
    with pytest.raises(RuleBroken) as error:
        enter(toy, key, 7, source=source, month=month)
    assert error.value.code == code
    assert Computation.objects.count() == 0


def test_a_stale_form_overwrites_nothing(toy: Toy) -> None:
    key = described(toy)
    edit_manual(editor(toy), key=key, words={"unit": "Stück"}, version=1)
    with pytest.raises(ChangedMeanwhile):
        edit_manual(editor(toy), key=key, words={"unit": "Dosen"}, version=1)
    assert ManualIndicator.objects.get().unit == "Stück"


def test_the_keeper_enters_and_describes_nothing(toy: Toy) -> None:
    with writes_allowed("test"):
        keeper = Person.objects.create(name="Erika Kroll")
    key = described(toy, keeper=keeper.public_id)
    mine = Actor(person=keeper.pk, public_id=keeper.public_id, second_factor=True)
    with at(JUNE):
        assert enter_value(mine, key=key, month=MAY, value=Decimal(3), source="gezählt") == 1
    with pytest.raises(NotAllowed):
        edit_manual(mine, key=key, words={"name": "Anders"})
    other = Actor(person=keeper.pk + 1, second_factor=True)
    with at(JUNE), pytest.raises(NotAllowed):
        enter_value(other, key=key, month=MAY, value=Decimal(9), source="x", reason="x")
    assert Computation.objects.count() == 1
    assert "Erika" not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_editors_of_another_place_may_not(toy: Toy) -> None:
    key = described(toy)
    with pytest.raises(NotAllowed):
        edit_manual(editor(toy, "moor"), key=key, words={"name": "Anders"})
