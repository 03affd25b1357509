"""``wurt init`` as a person at a terminal uses it."""

import pytest
from click.testing import CliRunner, Result

from tests.access.world import PASSWORD
from wurt.cli import main
from wurt.core.accounts.models import User
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.models import Agenda, Field

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = ("--admin-name", "Erika Muster", "--admin-email", "erika@musterland.example")


def init(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ("init", "Kreis Musterland", "--field", "Bildung", *words), input=typed)


def test_a_county_with_its_administrator() -> None:
    result = init(*ADMIN, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert Place.objects.get().name == "Kreis Musterland"
    assert list(Field.objects.values_list("name", flat=True)) == ["Bildung"]
    assert User.objects.get(email="erika@musterland.example").check_password(PASSWORD)


def test_a_short_password_and_a_slip_are_asked_again() -> None:
    result = init(*ADMIN, typed=f"kurz\n{PASSWORD}\nanders\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "This password is too short. It must contain at least 12 characters." in result.output
    assert "The two are not the same. Please try again." in result.output


def test_giving_up_leaves_nothing_behind() -> None:
    result = init(typed="Erika Muster\n")
    assert result.exit_code == 1
    assert not Agenda.objects.exists()
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--admin-name", "E", "--admin-email", "keine"), "This is not an e-mail address."),
        ((*ADMIN, "--admin-password", "kurz"), "This password is too short."),
    ],
)
def test_bad_options_write_nothing(words: tuple[str, ...], said: str) -> None:
    result = init(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert not Agenda.objects.exists()


def test_a_second_county_is_refused_before_anything_is_asked() -> None:
    assert init("--no-admin").exit_code == 0
    again = init()
    assert again.exit_code == 1
    assert "This database holds a county already. Another administrator: `wurt admin create`." in again.output
    assert "Name of the first administrator" not in again.output
