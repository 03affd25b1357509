"""Workers that mail a notice to many are killed without warning: all get it, nobody gets it twice.

One mail per kill may stay unclear (claimed, perhaps sent, not noted): those are counted and shown, not sent
again.
"""

import os
from collections import Counter
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.chaos.notice_members import FOLLOWERS
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    with own_database(folder, "notices") as url:
        herd = Herd(url, str(folder / "taken"))
        yield herd, folder / "taken"
        herd.close()


def fire(herd: Herd, role: str) -> dict[str, Any]:
    """Three mailers are shot at while they work; then they finish, and we look."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_notice")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})

    def over() -> bool:
        found = herd.ask("found_notice")
        return len(found["rows"]) == FOLLOWERS and "waiting" not in found["states"] and found["open"] == 0

    assert until(over, 120), herd.ask("found_notice")["states"]
    herd.kill_all(role)
    return herd.ask("found_notice")


def test_kills_double_no_mail_and_lose_none_unseen(ground):
    herd, log = ground
    after = fire(herd, "mailer")
    taken = Counter(log.read_text().split())
    states = after["states"]
    print(f"{KILLS} kills, {sum(taken.values())} mails, {states}")
    assert [address for address, count in taken.items() if count > 1] == []
    assert [
        address for address, state in after["rows"].items() if state == "sent" and not taken[address]
    ] == []
    assert set(states) <= {"sent", "sending"}
    assert states.get("sending", 0) <= KILLS + 3  # those of the end are shot too
    assert after["dead"] == 0
    assert herd.ask("find_lost") == states.get("sending", 0)
    assert herd.ask("found_notice")["states"].get("unclear", 0) == states.get("sending", 0)


def test_control_noting_after_the_batch_doubles(ground):
    herd, log = ground
    fire(herd, "careless_mailer")
    taken = Counter(log.read_text().split())
    doubled = [address for address, count in taken.items() if count > 1]
    print(f"{KILLS} kills, {len(doubled)} people told twice")
    assert doubled
