"""Robots say what they are; browsers of people, also inside of apps, do not look like them."""

from pathlib import Path

import pytest
from django.test import RequestFactory

from wurt.core.visits.machines import by_a_person, is_machine

FOLDER = Path(__file__).parent
MACHINES = (FOLDER / "machines.txt").read_text(encoding="ascii").splitlines()
PEOPLE = (FOLDER / "people.txt").read_text(encoding="ascii").splitlines()


@pytest.mark.parametrize("agent", MACHINES)
def test_machines(agent: str) -> None:
    assert is_machine(agent)


@pytest.mark.parametrize("agent", PEOPLE)
def test_people(agent: str) -> None:
    assert not is_machine(agent)


@pytest.mark.parametrize(
    ("method", "headers", "person"),
    [
        ("GET", {}, True),
        ("HEAD", {}, False),
        ("POST", {}, False),
        ("GET", {"accept-language": ""}, False),
        ("GET", {"sec-purpose": "prefetch"}, False),
        ("GET", {"sec-purpose": "prefetch;prerender"}, False),
        ("GET", {"purpose": "prefetch"}, False),
        ("GET", {"x-purpose": "preview"}, False),
        ("GET", {"x-moz": "prefetch"}, False),
        ("GET", {"user-agent": ""}, False),
    ],
)
def test_requests(method: str, headers: dict[str, str], person: bool) -> None:
    request = RequestFactory().generic(
        method, "/", headers={"user-agent": PEOPLE[0], "accept-language": "de", **headers}
    )
    assert by_a_person(request) is person
