"""Whoever orders and carries out a mail to followers is killed without warning: it is ordered once, all who
switched campaigns on get it, nobody gets it twice, nobody else gets it.

One mail per kill may stay unclear (claimed, perhaps sent, not noted): those are counted and shown, not sent
again.
"""

import os
from collections import Counter
from typing import Any

import pytest

from tests.chaos.call_members import ON
from tests.chaos.herd import Herd, until
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))
WANTED = {f"an{n}@example.org" for n in range(ON)}


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calls")
    with own_database(folder, "calls") as url:
        herd = Herd(url, str(folder / "taken"))
        yield herd, folder / "taken"
        herd.close()


def fire(herd: Herd, role: str) -> dict[str, Any]:
    """Three are shot at from the first moment on; then they finish, and we look."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_call")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})

    def over() -> bool:
        found = herd.ask("found_call")
        return found["called"] and "waiting" not in found["states"] and found["open"] == 0

    assert until(over, 180), herd.ask("found_call")["states"]
    herd.kill_all(role)
    return herd.ask("found_call")


def test_kills_order_once_double_no_mail_and_lose_none_unseen(ground):
    herd, log = ground
    after = fire(herd, "caller")
    taken = Counter(log.read_text().split())
    states = after["states"]
    print(f"{KILLS} kills, {sum(taken.values())} mails, {states}")
    assert after["notices"] == 1
    assert set(after["rows"]) == WANTED
    assert set(taken) <= WANTED
    assert [address for address, count in taken.items() if count > 1] == []
    assert [mail for mail, state in after["rows"].items() if state == "sent" and not taken[mail]] == []
    assert set(states) <= {"sent", "sending"}
    assert states.get("sending", 0) <= KILLS + 3  # those of the end are shot too
    assert after["dead"] == 0
    assert herd.ask("find_lost_calls") == states.get("sending", 0)
    assert sum(Counter(log.read_text().split()).values()) == sum(taken.values())


def test_control_one_loop_over_all_followers_doubles(ground):
    herd, log = ground
    fire(herd, "careless_caller")
    taken = Counter(log.read_text().split())
    doubled = [address for address, count in taken.items() if count > 1]
    print(f"{KILLS} kills, {len(doubled)} told twice")
    assert doubled
