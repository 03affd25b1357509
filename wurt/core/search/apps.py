"""Search: watches what actions record."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "wurt.core.search"
    label = "search"

    def ready(self) -> None:
        """Listen to recorded changes."""
        # Models exist only once apps are ready, and the queue needs them.
        from wurt.core.action.run import LISTENERS  # noqa: PLC0415
        from wurt.core.search.watching import noticed  # noqa: PLC0415

        if noticed not in LISTENERS:
            LISTENERS.append(noticed)
