from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class DbConfig(AppConfig):
    name = "wurt.core.db"
    label = "db"

    def ready(self) -> None:
        # Data classes register themselves on import; every app has a privacy.py.
        for config in apps.get_app_configs():
            if config.name.startswith("wurt.") and find_spec(f"{config.name}.privacy"):
                import_module(f"{config.name}.privacy")
