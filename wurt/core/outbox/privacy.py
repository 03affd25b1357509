"""What the queue stores: ids of what happened, never the content."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import DataClass, Kept, Privacy, name_tables, register

register(
    {
        "outbox.delivery": Privacy(
            purpose="work that waits to be done",
            retention="thirty days after it was done",
            default=DataClass.INTERNAL,
            kept=Kept(days=30, since="done"),
        ),
        "outbox.workerbeat": Privacy(
            purpose="knowing whether a worker runs",
            retention="a day after the last sign of life",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "outbox.delivery": _("Task of the background worker"),
        "outbox.workerbeat": _("Sign of life of the background worker"),
    }
)
