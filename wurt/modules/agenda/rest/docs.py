"""The interface explained as a page of our own: no script, no third party."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop

from wurt.core.web.public import public_page, show
from wurt.modules.agenda.queries.public_scope import agenda
from wurt.modules.agenda.rest.api import api

TEXTS = (
    gettext_noop("The agenda"),
    gettext_noop("Name, motto, horizon, number of projects by state, newest month."),
    gettext_noop("Fields of action"),
    gettext_noop("Fields of action that have public projects."),
    gettext_noop("Projects"),
    gettext_noop("All public projects by title. status=none: reported, but nobody gave a status."),
    gettext_noop("One project"),
    gettext_noop("The profile of today with the newest published report."),
    gettext_noop("All reports of a project"),
    gettext_noop("Month by month, newest first."),
    gettext_noop("Published months"),
    gettext_noop("All published months with the hash of their facts."),
    gettext_noop("One month as published"),
    gettext_noop(
        "The canonical JSON exactly as hashed; the header X-Content-SHA256 holds SHA-256 of the body."
    ),
    gettext_noop("Milestones"),
    gettext_noop("Milestones of all public projects by date."),
    gettext_noop("Organisations"),
    gettext_noop("Partners of the county, and all organisations of public projects."),
    gettext_noop("Goals of the strategy"),
    gettext_noop("The goals with the keys of the public projects that serve them."),
)
"""What the description of the interface says in English, here to be found by the translators."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """``values`` are the words allowed, empty if any."""

    name: str
    required: bool
    values: tuple[str, ...]
    limits: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the interface; ``example`` can be followed as it is, "" where a key is needed."""

    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    example: str


@public_page()
def api_docs(request: HttpRequest) -> HttpResponse:
    """All endpoints with their parameters."""
    about = agenda(request.actor)  # type: ignore[attr-defined]
    told = [
        replace(one, summary=gettext(one.summary), text=gettext(one.text) if one.text else "")
        for one in endpoints()
    ]
    return show(request, "agenda/api.html", example=about.example, agenda=about, endpoints=told)


@public_page()
def api_root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the explanation."""
    return redirect("agenda:api_docs")


@lru_cache(maxsize=1)
def endpoints() -> tuple[Endpoint, ...]:
    """The endpoints as the OpenAPI description tells them."""
    schema = api.get_openapi_schema()
    return tuple(
        Endpoint(
            path,
            methods["get"]["summary"],
            methods["get"].get("description", "").replace("``", ""),
            tuple(_parameter(item) for item in methods["get"].get("parameters", [])),
            "" if "{" in path else path,
        )
        for path, methods in schema["paths"].items()
    )


def _parameter(item: dict[str, Any]) -> Parameter:
    shape = item["schema"]
    options = [shape, *shape.get("anyOf", [])]
    values = next((option["enum"] for option in options if "enum" in option), ())
    pattern = shape.get("pattern", "")
    if pattern.startswith("^("):
        values = pattern.strip("^$?()").rstrip(")?").split("|")
    low, high = shape.get("minimum"), shape.get("maximum")
    return Parameter(
        item["name"], bool(item.get("required")), tuple(values), f"{low} – {high}" if high is not None else ""
    )
