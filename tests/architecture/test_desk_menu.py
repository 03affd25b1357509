"""The menu of staff stays short: every entry stands in a group, and no group grows too long."""

from collections import Counter

from wurt.core.web import desk, menu

OUTSIDE = {
    "agenda:desk",  # the list of work of most
    "assisted:search",  # used all day, by a key too
    "accounts:organisations",
    "accounts:mine",
}
LONGEST = 10
GROUPS = {entry.identity for entry in desk.GROUPS}


def staff() -> list[menu.MenuEntry]:
    return [entry for entry in menu.registered() if entry.audience == "staff" and entry.url_name]


def test_every_entry_stands_in_a_group() -> None:
    loose = [entry.url_name for entry in staff() if entry.parent not in GROUPS]
    assert set(loose) == OUTSIDE, (
        "give it a group: MenuEntry(…, parent=desk.SERVICES), see wurt/core/web/desk.py"
    )


def test_no_group_is_long() -> None:
    long = {
        group: number
        for group, number in Counter(entry.parent for entry in staff()).items()
        if number > LONGEST
    }
    assert long == {}


def test_there_is_something_to_group() -> None:
    assert len(staff()) > 20
    assert {entry.url_name for entry in staff() if entry.worklist} == {
        "agenda:desk", "assisted:search", "moderation:desk",
    }  # fmt: skip
