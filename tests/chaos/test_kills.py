"""Writers and workers are killed without warning; nothing is lost and nothing is done twice.

``WURT_KILLS`` sets how often (20; 100 before an issue is called resolved).
"""

import os
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chaos")
    with own_database(folder, "chaos") as url:
        herd = Herd(url, str(folder / "acknowledged"))
        yield herd, folder / "acknowledged"
        herd.close()


def fire(herd: Herd, writer: str, kills: int, roles: set[str]) -> dict[str, Any]:
    """Two writers and two workers are shot at; then the writers end, the workers finish, and we look."""
    herd.acknowledged.write_text("")  # what an earlier run confirmed went with its rows
    herd.ask("prepare")
    for role in (writer, writer, "worker_", "worker_"):
        herd.start(role)
    herd.kill_some(kills, roles)
    herd.kill_all(writer)
    assert until(lambda: herd.ask("found")["open"] == 0, 60), "the queue did not become empty"
    herd.kill_all("worker_")
    return herd.ask("found")


def test_kills_lose_nothing_and_double_nothing(ground):
    herd, notes = ground
    after = fire(herd, "writer", KILLS, {"writer", "worker_"})
    terms = after["terms"]
    told = {line for line in notes.read_text().split("\n") if len(line) == 32}
    print(f"{KILLS} kills, {len(terms)} written, {len(told)} confirmed")
    assert len(told) > KILLS
    assert told - set(terms) == set()
    assert [term for term, version in terms.items() if version < 2] == []
    assert [term for term, version in terms.items() if version > 2] == []
    assert after["dead"] == 0


def test_control_telling_after_the_commit_loses(ground):
    herd, _ = ground
    after = fire(herd, "forgetful_writer", 20, {"forgetful_writer"})
    terms = after["terms"]
    lost = [term for term, version in terms.items() if version < 2]
    print(f"20 kills, {len(terms)} written, {len(lost)} lost")
    assert lost
