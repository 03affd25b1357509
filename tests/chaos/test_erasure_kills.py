"""Whoever erases people is killed without warning: nobody is half erased, and the next run goes on."""

import os
from typing import Any

import pytest

from tests.chaos.erasure_members import BYSTANDERS, PEOPLE
from tests.chaos.herd import Herd, until
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("erasing")
    with own_database(folder, "erasing") as url:
        herd = Herd(url, str(folder / "done"))
        yield herd, folder / "done"
        herd.close()


def shot(herd: Herd, role: str) -> dict[str, Any]:
    """Three erasers are shot at while they work, then all of them; nobody has gone on yet."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_erasing")
    for _ in range(3):
        herd.start(role)
    herd.kill_some(KILLS, {role})
    herd.kill_all(role)
    return herd.ask("found_erasing")


def test_kills_leave_nobody_half_erased_and_the_next_run_goes_on(ground):
    herd, notes = ground
    after = shot(herd, "eraser")
    told = set(notes.read_text().split())
    print(f"{KILLS} kills, {len(after['erased'])} of {PEOPLE} erased, {len(told)} confirmed")
    assert after["halves"] == []
    assert told - set(after["erased"]) == set()
    assert len(told) >= KILLS // 2
    assert len(after["erased"]) < PEOPLE  # there is something to go on with
    for _ in range(3):
        herd.start("eraser")

    def over() -> bool:
        found = herd.ask("found_erasing")
        return len(found["erased"]) == PEOPLE and found["open"] == 0

    assert until(over, 240, every=1), herd.ask("found_erasing")["open"]
    herd.kill_all("eraser")
    after = herd.ask("found_erasing")
    assert (after["halves"], after["dead"]) == ([], 0)
    assert sorted(person for person, _rows, _remains in after["receipts"]) == sorted(after["erased"])
    for _person, rows, remains in after["receipts"]:
        assert rows["notices.subscriber"] == [1, 0]
        assert rows["accounts.user"] == [1, 0]
        assert remains == []
    assert herd.ask("left_of_erased") == []
    notes.write_text("")
    assert herd.ask("mail_the_rest") == BYSTANDERS
    assert sorted(notes.read_text().split()) == sorted(f"bleibt{n}@example.org" for n in range(BYSTANDERS))


def test_control_erasing_in_parts_leaves_halves(ground):
    herd, _ = ground
    after = shot(herd, "careless_eraser")
    print(f"{KILLS} kills, {len(after['halves'])} half erased")
    assert after["halves"]
