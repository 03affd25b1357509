"""Workers that compute figures are killed without warning: no month is lost, doubled or half."""

import os
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.chaos.indicator_members import MONTHS
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    with own_database(folder, "figures") as url:
        herd = Herd(url, str(folder / "acknowledged"))
        yield herd
        herd.close()


def fire(herd: Herd, role: str) -> dict[str, Any]:
    """Two workers are shot at while they compute; then they finish, and we look."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_figures")
    for _ in range(2):
        herd.start(role)
    herd.kill_some(KILLS, {role})
    assert until(lambda: herd.ask("found_figures")["missing"] == 0, 120)
    herd.kill_all(role)
    return herd.ask("found_figures")


def test_kills_lose_and_double_no_figure(ground):
    after = fire(ground, "computer")
    told = ground.acknowledged.read_text().split()
    print(f"{KILLS} kills, {after['months']} months")
    assert after["months"] == MONTHS
    assert after["values"] == 2 * MONTHS
    assert after["whole"] == {
        f"{1960 + number // 12}-{number % 12 + 1:02}": 1961 + number // 12 + number % 12
        for number in range(MONTHS)
    }
    assert len(told) == len(set(told))


def test_control_storing_in_pieces_leaves_months_without_values(ground):
    after = fire(ground, "careless_computer")
    print(f"{KILLS} kills, {after['months'] - len(after['whole'])} months without a value")
    assert after["months"] == MONTHS
    assert len(after["whole"]) < MONTHS
