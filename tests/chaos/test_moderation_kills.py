"""Moderators and workers are killed without warning: whoever is in a decided case is told, and told once.

One mail per kill of a worker may stay unclear (claimed, perhaps sent, not noted): it is shown, not sent
again.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.herd import Herd, until
from tests.template import own_database

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

KILLS = int(os.environ.get("WURT_KILLS", "20"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moderation")
    with own_database(folder, "moderation") as url:
        herd = Herd(url, str(folder / "done"))
        yield herd, folder / "done"
        herd.close()


def fire(herd: Herd, role: str, roles: set[str]) -> dict[str, Any]:
    """Two moderators and two workers are shot at; then nobody decides any more, and the workers finish."""
    herd.acknowledged.write_text("")
    herd.ask("prepare_cases")
    for member in (role, role, "teller", "teller"):
        herd.start(member)
    herd.kill_some(KILLS, roles)
    herd.kill_all(role)

    def over() -> bool:
        found = herd.ask("found_cases")
        return found["open"] == 0 and "waiting" not in found["states"]

    assert until(over, 180), herd.ask("found_cases")["states"]
    herd.kill_all("teller")
    return herd.ask("found_cases")


def people(titles) -> Counter:
    """Both sides of each decided case, with what they are told."""
    told = Counter()
    for mark, number in (title.split() for title in titles):
        told["moderation.decided", f"notifier-{mark}-{number}@example.org"] += 1
        told["moderation.statement", f"author-{mark}-{number}@example.org"] += 1
    return told


def test_kills_leave_nobody_untold_and_tell_nobody_twice(ground):
    herd, notes = ground
    after = fire(herd, "decider", {"decider", "teller"})
    confirmed = set(notes.read_text().split())
    mails = Counter(Path(f"{notes}.mail").read_text().split())
    titles = sorted(after["decided"].values())
    print(f"{KILLS} kills, {len(titles)} decided, {sum(mails.values())} mails, {after['states']}")
    assert len(confirmed) >= KILLS // 2
    assert confirmed - {str(key) for key in after["decided"]} == set()
    assert titles == after["closed"] == after["hidden"]  # decision, state and measure: all or nothing
    assert len(set(titles)) == len(titles)
    assert after["told"] == people(titles)
    assert [address for address, count in mails.items() if count > 1] == []
    assert [address for address in after["sent"] if not mails[address]] == []
    assert set(after["states"]) <= {"sent", "sending"}
    lost = after["states"].get("sending", 0)
    assert lost <= KILLS + 2  # those of the end are shot too
    assert after["dead"] == 0
    assert herd.ask("find_lost_letters") == lost
    assert sum(Counter(Path(f"{notes}.mail").read_text().split()).values()) == sum(mails.values())


def test_control_telling_after_the_commit_leaves_people_untold(ground):
    herd, _ = ground
    after = fire(herd, "forgetful_decider", {"forgetful_decider"})
    untold = people(after["decided"].values()) - after["told"]
    print(f"{KILLS} kills, {len(after['decided'])} decided, {len(untold)} untold")
    assert untold
