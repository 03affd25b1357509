from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class OutboxConfig(AppConfig):
    name = "wurt.core.outbox"
    label = "outbox"

    def ready(self) -> None:
        # Handlers register themselves on import; every app may have a handlers.py.
        for config in apps.get_app_configs():
            if config.name.startswith("wurt.") and find_spec(f"{config.name}.handlers"):
                import_module(f"{config.name}.handlers")
