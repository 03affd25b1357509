"""Workers that push a notice to many devices are killed without warning: no device is told twice.

One device per kill may stay untold (noted, perhaps sent): its row is unclear and staff sees it.
"""

import os
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.chaos.push_members import DEVICES, PUSHED
from tests.template import own_database
from wurt.core.db.tests.servers import running

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("push")
    log = folder / "taken"

    def take(request: BaseHTTPRequestHandler) -> None:
        """One line per message that the push service took; the pause after it is the window for the kill."""
        with log.open("a") as file:
            file.write(request.path.rpartition("/")[2] + "\n")
        time.sleep(0.002)
        request.send_response(201)
        request.send_header("Content-Length", "0")
        request.end_headers()

    with own_database(folder, "push") as url, running(take) as service:
        Path(f"{log}.origin").write_text(f"http://127.0.0.1:{service.port}")
        herd = Herd(url, str(log))
        yield herd, log
        herd.close()


def fire(herd: Herd, role: str) -> dict[str, Any]:
    """Three workers are shot at while they push; then they finish, the lost go on, and we look."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_push")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})

    def over() -> bool:
        found = herd.ask("found_push")
        states = found["states"]
        return sum(states.values()) == PUSHED and "waiting" not in states and found["open"] == 0

    assert until(over, 120), herd.ask("found_push")["states"]
    herd.kill_all(role)
    herd.ask("resume_push")
    return herd.ask("found_push")


def test_kills_tell_no_device_twice_and_leave_none_unseen(ground):
    herd, log = ground
    after = fire(herd, "pusher")
    taken = Counter(log.read_text().split())
    untold = set(after["devices"]) - set(taken)
    print(f"{KILLS} kills, {sum(taken.values())} messages, {len(untold)} untold, {after['states']}")
    assert [device for device, count in taken.items() if count > 1] == []
    assert len(after["devices"]) == PUSHED * DEVICES
    assert sorted(after["begun"]) == sorted(after["devices"])  # each was begun, once
    assert len(untold) <= KILLS + 3
    assert set(after["states"]) <= {"sent", "unclear"}
    assert after["dead"] == 0


def test_control_not_noting_the_device_doubles(ground):
    herd, log = ground
    fire(herd, "careless_pusher")
    taken = Counter(log.read_text().split())
    doubled = [device for device, count in taken.items() if count > 1]
    print(f"{KILLS} kills, {len(doubled)} devices told twice")
    assert doubled
