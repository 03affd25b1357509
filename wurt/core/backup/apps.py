from django.apps import AppConfig


class BackupConfig(AppConfig):
    """One archive of an installation, and the way back."""

    name = "wurt.core.backup"
    label = "backup"
