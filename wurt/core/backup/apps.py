from django.apps import AppConfig


class BackupConfig(AppConfig):
    """One archive of an installation, and the way back."""

    name = "wurt.core.backup"
    label = "backup"

    def ready(self) -> None:
        # Models exist only now, and the checks ask them.
        from wurt.core.backup import checks  # noqa: F401, PLC0415
