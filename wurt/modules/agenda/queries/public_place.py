"""The place that a page of the agenda is about, for counting by place."""

from collections.abc import Mapping
from typing import Any

from wurt.modules.agenda.models import Project


def place_of_project(arguments: Mapping[str, Any]) -> str:
    """The slug of the project's place, "" if there is no such project. Run by the counting middleware."""
    rows = Project.objects.filter(slug=arguments["slug"]).values_list("place__slug", flat=True)
    return rows.first() or ""
