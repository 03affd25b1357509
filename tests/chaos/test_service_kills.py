"""Workers that move a hand-over are killed without warning: everything is moved, once, and stands in the
protocol."""

import os

import pytest

from tests.chaos.herd import Herd, until
from tests.chaos.service_members import CASES
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("services")
    with own_database(folder, "services") as url:
        herd = Herd(url, str(folder / "done"))
        yield herd
        herd.close()


def fire(herd, role):
    herd.acknowledged.write_text("")
    herd.ask("prepare_moving")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})
    assert until(lambda: herd.ask("found_moving")["left"] == 0, 120), herd.ask("found_moving")


def test_kills_lose_nothing_and_move_nothing_twice(ground):
    fire(ground, "mover")
    assert until(lambda: ground.ask("found_moving")["finished"], 60), ground.ask("found_moving")
    ground.kill_all("mover")
    found = ground.ask("found_moving")
    print(f"{KILLS} kills, {found}")
    assert (found["moved"], found["items"], found["left"], found["dead"]) == (CASES, CASES, 0, 0)


def test_control_moving_first_and_noting_then_loses_lines(ground):
    fire(ground, "careless_mover")
    ground.kill_all("careless_mover")
    found = ground.ask("found_moving")
    print(f"{KILLS} kills, {found}")
    assert found["items"] < CASES
