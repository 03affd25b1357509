"""The maintenance page: every address, no database, probes go on."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection
from django.test import Client

from tests.access.world import make_world
from wurt.cli.maintenance import command
from wurt.core.db.clock import at
from wurt.core.operate import maintenance

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("path", ["/", "/konto/", "/nowhere", "/api/v1/projects", "/language/"])
def test_every_address_says_when_we_are_back_without_a_database(path):
    # No database mark: a query would fail this test.
    with at(MORNING):
        maintenance.begin(maintenance.moment("11:30"), "Neue Version <b>")
        answer = Client(headers={"accept-language": "de"}).get(path)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5400"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert "<h1>Wir sind bald wieder da</h1>" in page
    assert "um <strong>11:30</strong> Uhr fertig" in page
    assert "Neue Version &lt;b&gt;" in page


def test_the_page_speaks_english_too():
    maintenance.begin()
    answer = Client(headers={"accept-language": "en"}).get("/")
    assert "<h1>We will be back soon</h1>" in answer.content.decode()
    assert answer["Content-Language"] == "en"
    assert answer["Retry-After"] == "600"


def test_posting_changes_nothing_meanwhile():
    maintenance.begin()
    assert Client().post("/language/", {"language": "en"}).status_code == 503


@pytest.mark.django_db
def test_probes_answer_and_readyz_says_it():
    maintenance.begin()
    assert Client().get("/healthz").status_code == 200
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["attention"] == ["no_worker", "maintenance"]


def test_off_again():
    maintenance.begin()
    assert maintenance.end() is True
    assert maintenance.current() is None
    assert maintenance.end() is False


def test_a_broken_file_still_means_maintenance(own_folder):
    (own_folder / "maintenance.json").write_text("{")
    assert maintenance.current() == maintenance.Maintenance(None, "")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("18:00", datetime(2026, 3, 2, 17, 0, tzinfo=UTC)),
        ("9:30", datetime(2026, 3, 3, 8, 30, tzinfo=UTC)),
        ("2026-07-01 18:00", datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        ("2026-07-01T18:00+00:00", datetime(2026, 7, 1, 18, 0, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_the_county(text, moment):
    with at(MORNING):
        assert maintenance.moment(text) == moment


def test_an_end_that_is_over_is_not_promised():
    with at(MORNING):
        maintenance.begin(MORNING)
    answer = Client(headers={"accept-language": "de"}).get("/")
    assert "voraussichtlich" not in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_the_command():
    done = CliRunner().invoke(command, ["on", "--until", "later"])
    assert (done.exit_code, maintenance.current()) == (2, None)
    done = CliRunner().invoke(command, ["on", "--until", "2099-01-01 18:00", "--text", "Umzug"])
    assert "until 2099-01-01 18:00" in done.output
    assert maintenance.current() == maintenance.Maintenance(datetime(2099, 1, 1, 17, 0, tzinfo=UTC), "Umzug")
    assert CliRunner().invoke(command, ["off"]).output == "The site answers again.\n"
    assert maintenance.current() is None


def test_it_is_no_error_in_the_log(caplog):
    maintenance.begin()
    Client().get("/")
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.django_db
def test_administrators_may_look_in_if_the_operator_says_so(writing, caplog):
    world = make_world()
    administrator = world.client("county_admin")
    maintenance.begin()
    assert administrator.get("/konto/").status_code == 503
    maintenance.begin(look_in=True)
    assert administrator.get("/konto/").status_code == 200
    assert caplog.messages.count(f"maintenance: {world.person('county_admin').public_id} looks in") == 1
    others = ("anonymous", "resident", "coordinator", "county_admin_without_factor")
    assert [world.client(role).get("/konto/").status_code for role in others] == [503] * 4
    assert [world.client(role).get("/").status_code for role in others] == [503] * 4
    assert administrator.post("/konto/logout/").status_code == 503, "nobody writes meanwhile"
    assert administrator.get("/gibt-es-nicht/").status_code == 404


@pytest.mark.django_db
def test_who_looks_in_while_the_database_is_away_sees_the_page(writing):
    administrator = make_world().client("county_admin")
    maintenance.begin(look_in=True)

    def away(execute, sql, params, many, context):
        if "django_session" in sql or "accounts_user" in sql:
            return execute(sql, params, many, context)
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        assert administrator.get("/konto/").status_code == 503
