from django.apps import AppConfig

from wurt.core.web import checks  # noqa: F401  registered by being imported
from wurt.core.web.desk import GROUPS
from wurt.core.web.menu import register


class WebConfig(AppConfig):
    """Page frame, components, errors, style guide: the look of every page."""

    name = "wurt.core.web"
    label = "web"

    def ready(self) -> None:
        register(*GROUPS)
