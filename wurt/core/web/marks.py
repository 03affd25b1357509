"""Words of the status mark and the state of a project. None reads "keine Angabe", never green."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True, slots=True)
class Mark:
    """``shape`` chooses the drawing in ``components/mark.html``; every shape differs, not only its colour."""

    shape: str
    word: str | Promise


STATUS: dict[str | None, Mark] = {
    "green": Mark("green", pgettext_lazy("status", "green")),
    "yellow": Mark("yellow", pgettext_lazy("status", "yellow")),
    "red": Mark("red", pgettext_lazy("status", "red")),
    None: Mark("none", gettext_lazy("not stated")),
}
STATE: dict[str, Mark] = {
    "planned": Mark("planned", pgettext_lazy("state of a project", "planned")),
    "running": Mark("running", pgettext_lazy("state of a project", "running")),
    "completed": Mark("completed", pgettext_lazy("state of a project", "completed")),
    "stopped": Mark("stopped", pgettext_lazy("state of a project", "stopped")),
}


def status_of(value: object) -> Mark:
    """The mark of a status; whatever is not one of the three reads as not stated."""
    return STATUS.get(value if isinstance(value, str) else None, STATUS[None])


def state_of(value: object) -> Mark:
    return STATE.get(str(value), STATUS[None])
