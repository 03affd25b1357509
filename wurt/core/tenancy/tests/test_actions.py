"""People, roles, organisations and places: who may, what is written, what is refused."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db import clock
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.models import Delivery
from wurt.core.tenancy import actions, merging, queries
from wurt.core.tenancy.actions.places import PlaceFacts
from wurt.core.tenancy.models import Grant, Organisation, OrganisationAlias, Person, Place

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


@pytest.fixture
def guest() -> Person:
    with writes_allowed("world"):
        return Person.objects.create(name="Gerda Gast", function="Beraterin")


def rows() -> tuple[int, ...]:
    return tuple(
        m.objects.count() for m in (Person, Grant, Organisation, OrganisationAlias, AuditEntry, Delivery)
    )


# --- roles


def test_a_role_is_valid_through_its_last_day(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    with clock.at(NOON):
        actions.grant_role(
            admin, person=guest.public_id, role=Role.CASEWORKER, place="amt-geest", until=date(2026, 5, 31)
        )
    grant = Grant.objects.get(person=guest)
    assert grant.until == datetime(2026, 5, 31, 22, 0, tzinfo=UTC)  # midnight in summer time
    assert queries.last_day(grant.until) == date(2026, 5, 31)
    assert grant.granted_by == world.person("county_admin")


def test_granting_again_changes_the_end(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    tie = {"person": guest.public_id, "role": Role.CASEWORKER, "place": "amt-geest"}
    with clock.at(NOON):
        first = actions.grant_role(admin, **tie, until=date(2026, 5, 31))
        assert actions.grant_role(admin, **tie) == first
    assert [grant.until for grant in Grant.objects.filter(person=guest)] == [None]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": Role.RESIDENT, "place": "amt-geest"}, "tenancy.role_not_granted"),
        ({"role": Role.ORG_ADMIN, "place": "amt-geest"}, "tenancy.role_at_wrong_thing"),
        (
            {"role": Role.MODERATOR, "place": "amt-geest", "until": date(2026, 5, 11)},
            "tenancy.role_in_the_past",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    world: World, guest: Person, values: dict[str, object], code: str
) -> None:
    before = rows()
    with clock.at(NOON), pytest.raises(RuleBroken) as refused:
        actions.grant_role(world.actor("county_admin"), person=guest.public_id, **values)
    assert refused.value.code == code
    assert rows() == before


def test_roles_of_an_organisation_are_held_there(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    actions.grant_role(
        admin, person=guest.public_id, role=Role.ORG_ADMIN, organisation=world.organisation.public_id
    )
    grant = Grant.objects.get(person=guest)
    assert (grant.place, grant.organisation) == (None, world.organisation)


def test_nobody_grants_more_than_they_hold(world: World, guest: Person) -> None:
    with writes_allowed("world"):
        Grant.objects.create(person=guest, role="county_admin", place=world.amt)
    local = Actor(person=guest.pk, public_id=guest.public_id, grants=world_grants(guest), second_factor=True)
    target = world.person("resident").public_id
    actions.grant_role(local, person=target, role=Role.COUNTY_ADMIN, place="amt-geest")
    before = rows()
    for place in ("kreis-moorland", "amt-marsch"):
        with pytest.raises(NotAllowed):
            actions.grant_role(local, person=target, role=Role.MODERATOR, place=place)
    grant = Grant.objects.get(person=world.person("coordinator"))
    with pytest.raises(NotAllowed):
        actions.revoke_role(local, grant=grant.public_id)
    assert rows() == before


def world_grants(person: Person) -> tuple[object, ...]:
    from wurt.core.accounts.actors import grants_of

    return grants_of(person.pk)


def test_nobody_grants_for_longer_than_they_hold(world: World, guest: Person) -> None:
    with writes_allowed("world"):
        Grant.objects.create(
            person=guest,
            role="county_admin",
            place=world.county,
            until=datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
        )
    target = world.person("resident").public_id
    with clock.at(NOON):
        local = Actor(
            person=guest.pk, public_id=guest.public_id, grants=world_grants(guest), second_factor=True
        )
        for until in (None, date(2026, 7, 1)):
            with pytest.raises(NotAllowed):
                actions.grant_role(local, person=target, role=Role.MODERATOR, place="amt-geest", until=until)
        with pytest.raises(NotAllowed):
            actions.grant_role(local, person=guest.public_id, role=Role.COUNTY_ADMIN, place="kreis-moorland")
        actions.grant_role(
            local, person=target, role=Role.MODERATOR, place="amt-geest", until=date(2026, 6, 30)
        )
    assert Grant.objects.get(person=world.person("resident")).role == "moderator"


def test_the_last_administrator_keeps_the_role(world: World) -> None:
    admin = world.actor("county_admin")
    mine = Grant.objects.get(person=world.person("county_admin"))
    others = Grant.objects.get(person=world.person("county_admin_without_factor"))
    actions.revoke_role(admin, grant=others.public_id)
    with pytest.raises(RuleBroken) as refused:
        actions.revoke_role(admin, grant=mine.public_id)
    assert refused.value.code == "tenancy.last_administrator"
    with pytest.raises(RuleBroken) as refused:
        actions.grant_role(
            admin,
            person=world.person("county_admin").public_id,
            role=Role.COUNTY_ADMIN,
            place="kreis-moorland",
            until=clock.today() + timedelta(days=5),
        )
    assert refused.value.code == "tenancy.last_administrator"
    assert Grant.objects.get(pk=mine.pk).until is None


def test_an_invited_person_does_not_count_as_administrator(world: World, guest: Person) -> None:
    """Somebody who never signed in and has no password cannot take over."""
    admin = world.actor("county_admin")
    others = Grant.objects.get(person=world.person("county_admin_without_factor"))
    actions.grant_role(admin, person=guest.public_id, role=Role.COUNTY_ADMIN, place="kreis-moorland")
    actions.revoke_role(admin, grant=others.public_id)
    with pytest.raises(RuleBroken):
        actions.revoke_role(admin, grant=Grant.objects.get(person=world.person("county_admin")).public_id)


@pytest.mark.parametrize("role", ["anonymous", "resident", "coordinator", "county_admin_without_factor"])
def test_who_may_not_grant_changes_and_tells_nothing(world: World, guest: Person, role: str) -> None:
    actor = world.actor(role)
    grant = Grant.objects.get(person=world.person("coordinator"))
    before = rows()
    for act in (
        lambda: actions.grant_role(actor, person=guest.public_id, role=Role.MODERATOR, place="amt-geest"),
        lambda: actions.revoke_role(actor, grant=grant.public_id),
        lambda: actions.add_person(actor, name="X"),
        lambda: actions.edit_person(actor, person=guest.public_id, name="X", function="", organisation=None),
        lambda: actions.set_consent(actor, person=guest.public_id, public=True),
        lambda: actions.fill_places(actor, facts=[PlaceFacts("amt-geest", "01999001")], source="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert rows() == before


# --- people


def test_the_trail_of_a_person_names_fields_not_contents(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    actions.edit_person(
        admin, person=guest.public_id, name="Gerda Neu", function="Beraterin", organisation=None, version=1
    )
    guest.refresh_from_db()
    assert (guest.name, guest.version) == ("Gerda Neu", 2)
    entry = AuditEntry.objects.get(action="tenancy.edit_person")
    assert (entry.before, entry.after) == (
        {"name": "(not kept)"},
        {"name": "(not kept)"},
    )
    with pytest.raises(ChangedMeanwhile):
        actions.edit_person(
            admin, person=guest.public_id, name="Zu spät", function="", organisation=None, version=1
        )
    with pytest.raises(NotFound):
        actions.edit_person(admin, person=uuid4(), name="X", function="", organisation=None)


def test_consent_has_a_date_and_can_be_withdrawn(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    with clock.at(NOON):
        actions.set_consent(admin, person=guest.public_id, public=True)
    guest.refresh_from_db()
    assert guest.name_public_since == NOON
    actions.set_consent(admin, person=guest.public_id, public=True)
    guest.refresh_from_db()
    assert guest.name_public_since == NOON
    actions.set_consent(admin, person=guest.public_id, public=False)
    guest.refresh_from_db()
    assert guest.name_public_since is None


# --- organisations


def test_an_old_name_stays_known(world: World) -> None:
    admin = world.actor("county_admin")
    public_id = actions.create_organisation(admin, name=" Bücherei  Geest ", place="amt-geest", kind="club")
    row = Organisation.objects.get(public_id=public_id)
    assert (row.name, row.slug, row.version) == ("Bücherei Geest", "buecherei-geest", 1)
    actions.edit_organisation(
        admin,
        organisation=public_id,
        name="Mediathek Geest",
        place="amt-geest",
        kind="club",
        is_partner=True,
        website="",
        version=1,
    )
    row.refresh_from_db()
    assert (row.name, row.is_partner, row.version) == ("Mediathek Geest", True, 2)
    assert [alias.name for alias in row.aliases.all()] == ["Bücherei Geest"]
    with pytest.raises(RuleBroken) as refused:
        actions.create_organisation(admin, name="bücherei geest", place="amt-geest")
    assert refused.value.code == "tenancy.name_taken"


def test_an_editor_writes_in_the_own_amt_only(world: World) -> None:
    editor = world.actor("place_editor")
    actions.create_organisation(editor, name="Verein Geest", place="amt-geest")
    before = rows()
    with pytest.raises(NotAllowed):
        actions.create_organisation(editor, name="Verein Marsch", place="amt-marsch")
    with pytest.raises(NotAllowed):
        actions.add_alias(editor, organisation=world.organisation.public_id, name="Kreis")
    assert rows() == before


def test_merging_moves_everything_that_points_there(world: World, guest: Person) -> None:
    admin = world.actor("county_admin")
    kept = actions.create_organisation(admin, name="Bücherei Geest", place="amt-geest")
    gone = actions.create_organisation(admin, name="Buecherei der Geest", place="amt-geest", is_partner=True)
    actions.add_alias(admin, organisation=gone, name="Bücherei d. Geest")
    stays, goes = Organisation.objects.get(public_id=kept), Organisation.objects.get(public_id=gone)
    with writes_allowed("world"):
        Person.objects.filter(pk=guest.pk).update(organisation=goes)
        Grant.objects.create(person=guest, role="org_member", organisation=goes)
        Grant.objects.create(person=guest, role="org_admin", organisation=stays)
        Grant.objects.create(person=guest, role="org_admin", organisation=goes)
    actions.merge_organisations(admin, kept=kept, gone=gone)
    guest.refresh_from_db()
    stays.refresh_from_db()
    assert guest.organisation == stays
    assert stays.is_partner
    assert sorted(Grant.objects.filter(organisation=stays).values_list("role", flat=True)) == [
        "org_admin",
        "org_member",
    ]
    assert sorted(stays.aliases.values_list("name", flat=True)) == [
        "Buecherei der Geest",
        "Bücherei d. Geest",
    ]
    assert not Organisation.objects.filter(public_id=gone).exists()


def test_every_foreign_key_to_an_organisation_is_known_to_the_merge() -> None:
    found = {f"{model._meta.label}.{field}" for model, field in merging.references()}
    assert {
        "tenancy.Person.organisation",
        "tenancy.Grant.organisation",
        "tenancy.OrganisationAlias.organisation",
        "agenda.Project.lead_organisation",
        "agenda.BodyMember.organisation",
        "agenda.Party.organisation",
    } <= found


def test_example_data_never_mixes_with_real_data(world: World) -> None:
    admin = world.actor("county_admin")
    example = actions.create_organisation(admin, name="Beispielverein", place="amt-geest", is_example=True)
    with pytest.raises(RuleBroken) as refused:
        actions.merge_organisations(admin, kept=world.organisation.public_id, gone=example)
    assert refused.value.code == "tenancy.merge_example"


# --- places


def test_only_empty_facts_are_filled_and_again_changes_nothing(world: World) -> None:
    system = Actor.for_system("test")
    with writes_allowed("world"):
        Place.objects.filter(pk=world.amt.pk).update(postcode="25999")
    facts = [PlaceFacts("amt-geest", "01999001", "11111", 54.1, 9.2)]
    assert actions.fill_places(system, facts=facts, source="Liste") == 1
    world.amt.refresh_from_db()
    assert (world.amt.ags, world.amt.postcode, world.amt.latitude) == ("01999001", "25999", 54.1)
    assert actions.fill_places(system, facts=facts, source="Liste") == 0
