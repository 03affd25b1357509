"""Workers that mail a press release are killed without warning: all get it, nobody gets it twice.

One mail per kill may stay unclear (claimed, perhaps sent, not noted): those are counted and shown, not sent
again.
"""

import os
from collections import Counter
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.chaos.press_members import CONTACTS
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("press")
    with own_database(folder, "press") as url:
        herd = Herd(url, str(folder / "taken"))
        yield herd, folder / "taken"
        herd.close()


def fire(herd: Herd, role: str) -> dict[str, Any]:
    """Three workers are shot at while they mail; then they finish, and we look."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_press")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})
    assert until(lambda: "waiting" not in herd.ask("found_press")["states"], 120), herd.ask("found_press")[
        "states"
    ]
    herd.kill_all(role)
    return herd.ask("found_press")


def test_kills_double_no_release_and_lose_none_unseen(ground):
    herd, log = ground
    after = fire(herd, "releaser")
    taken = Counter(log.read_text().split())
    states = after["states"]
    print(f"{KILLS} kills, {sum(taken.values())} mails, {states}, {after['dead']} deliveries given up")
    assert len(after["rows"]) == CONTACTS
    assert [address for address, count in taken.items() if count > 1] == []
    assert [mail for mail, state in after["rows"].items() if state == "sent" and not taken[mail]] == []
    assert set(states) <= {"sent", "sending"}
    assert states.get("sending", 0) <= KILLS + 3  # those of the end are shot too
    assert herd.ask("find_lost_press") == states.get("sending", 0)
    assert herd.ask("found_press")["states"].get("unclear", 0) == states.get("sending", 0)
    assert sum(Counter(log.read_text().split()).values()) == sum(taken.values())  # none of them went again


def test_control_noting_after_the_batch_doubles(ground):
    herd, log = ground
    fire(herd, "careless_releaser")
    taken = Counter(log.read_text().split())
    doubled = [address for address, count in taken.items() if count > 1]
    print(f"{KILLS} kills, {len(doubled)} told twice")
    assert doubled
