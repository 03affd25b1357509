from django.apps import AppConfig

from wurt.core.web import checks  # noqa: F401  registered by being imported


class WebConfig(AppConfig):
    """Page frame, components, errors, style guide: the look of every page."""

    name = "wurt.core.web"
    label = "web"
