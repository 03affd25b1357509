"""What a browser does with a guarded form: reads its fields and solves the challenge."""

import html
import json
import re

import altcha


def fields(page: str) -> dict[str, str]:
    """The gate's hidden fields as the page has them; ``challenge`` as JSON, empty if there is none."""
    opened = re.search(r'name="opened" value="([^"]*)"', page)
    challenge = re.search(r'data-challenge="([^"]*)"', page)
    assert opened, page
    return {"opened": opened[1], "challenge": html.unescape(challenge[1]) if challenge else ""}


def solve(challenge: str) -> str:
    """The payload of a solved challenge."""
    found = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(found)
    assert solution
    return altcha.Payload(found, solution).to_base64()


def solved(page: str) -> dict[str, str]:
    """The fields of the gate as a browser with JavaScript sends them."""
    found = fields(page)
    return {"opened": found["opened"], "proof": solve(found["challenge"])}
