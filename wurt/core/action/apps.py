from django.apps import AppConfig
from django.db.backends.signals import connection_created

from wurt.core.action.guard import install


class ActionConfig(AppConfig):
    name = "wurt.core.action"
    label = "action"

    def ready(self) -> None:
        # Connections are made per thread and only Django knows when: its hook is the one way to wrap each.
        connection_created.connect(install, dispatch_uid="write-guard")
