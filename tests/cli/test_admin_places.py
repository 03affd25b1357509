"""``wurt admin`` and ``wurt places`` as a person at a terminal uses them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail

from tests.access.world import PASSWORD, World, has_factor, make_world
from wurt.cli import main
from wurt.core.accounts.models import User
from wurt.core.action.guard import writes_allowed
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.models import Grant, Place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        made = make_world()
        for slug, name in (("baeken", "Bäken"), ("st-annen", "St. Annen"), ("weit", "Weit weg")):
            Place.objects.create(slug=slug, kind="municipality", name=name, parent=made.amt)
    return made


def wurt(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed)


def test_an_administrator_is_made_from_a_piped_password(world: World) -> None:
    result = wurt(
        "admin", "create", "--email", "Neu@moorland.example", "--name", "Nele Neu", "--password-stdin",
        typed=PASSWORD + "\n",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    user = User.objects.get(email="neu@moorland.example")
    assert user.check_password(PASSWORD)
    grant = Grant.objects.get(person=user.person)
    assert (grant.role, grant.place, grant.until) == ("county_admin", world.county, None)
    assert PASSWORD not in result.output


def test_a_password_can_be_typed_twice(world: World) -> None:
    result = wurt(
        "admin", "create", "--email", "neu@moorland.example", "--name", "Nele Neu",
        typed=f"{PASSWORD}\n{PASSWORD}\n",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


def test_a_short_password_makes_nobody(world: World) -> None:
    before = User.objects.count()
    result = wurt(
        "admin", "create", "--email", "neu@moorland.example", "--name", "Nele Neu", "--password-stdin",
        typed="kurz\n",
    )  # fmt: skip
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert User.objects.count() == before


def test_without_a_county_the_way_is_told(db: None) -> None:
    result = wurt("admin", "create", "--email", "a@b.example", "--name", "A", "--password-stdin", typed="x\n")
    assert result.exit_code == 1
    assert "wurt init" in result.output


def test_a_lost_second_factor_is_reset(world: World) -> None:
    result = wurt("admin", "reset-second-factor", "COORDINATOR@moorland.example")
    assert result.exit_code == 0, result.output
    assert not has_factor(world.users["coordinator"])
    drain()
    assert [message.to for message in mail.outbox] == [["coordinator@moorland.example"]]
    unknown = wurt("admin", "reset-second-factor", "niemand@moorland.example")
    assert unknown.exit_code == 1


def test_a_list_fills_keys_and_again_changes_nothing(world: World, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(
        "AGS;Gemeindename;PLZ\n01999001;Sankt Annen;25999\n01999002;Bäken;25998\n".encode("cp1252")
    )
    dry = wurt("places", "import", "--dry-run", str(file))
    assert "0 places filled in" in dry.output
    assert not Place.objects.exclude(ags="").exists()
    first = wurt("places", "import", str(file))
    assert first.exit_code == 0, first.output
    assert "2 places filled in" in first.output
    assert "not in the list: Weit weg" in first.output
    keys = dict(Place.objects.exclude(ags="").values_list("slug", "ags"))
    assert keys == {"baeken": "01999002", "st-annen": "01999001"}
    again = wurt("places", "import", str(file))
    assert "2 of them had their key already, 0 places filled in" in again.output
