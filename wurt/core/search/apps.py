"""Search: watches what actions record."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from wurt.core.web.menu import MenuEntry, register


class SearchConfig(AppConfig):
    name = "wurt.core.search"
    label = "search"

    def ready(self) -> None:
        """Listen to recorded changes; stand in the footer, for those who do not see the box."""
        # Models exist only once apps are ready, and the queue needs them.
        from wurt.core.action.run import LISTENERS  # noqa: PLC0415
        from wurt.core.search.counting import register_indicators  # noqa: PLC0415
        from wurt.core.search.watching import noticed  # noqa: PLC0415

        if noticed not in LISTENERS:
            LISTENERS.append(noticed)
        register_indicators()
        register(MenuEntry(pgettext_lazy("noun", "Search"), "search:page", order=5, audience="footer"))
