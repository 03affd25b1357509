from django.apps import AppConfig


class OperateConfig(AppConfig):
    """What those need who keep an installation running."""

    name = "wurt.core.operate"
    label = "operate"

    def ready(self) -> None:
        # Models exist only now, and the checks ask them.
        from wurt.core.operate import checks, checks_around  # noqa: F401, PLC0415
