from django.apps import AppConfig
from django.db.models.signals import post_migrate

from wurt.core.audit.triggers import install


class AuditConfig(AppConfig):
    name = "wurt.core.audit"
    label = "audit"

    def ready(self) -> None:
        # Django's only hook after a table rebuild, which silently drops triggers.
        post_migrate.connect(install, sender=self, dispatch_uid="audit-triggers")
