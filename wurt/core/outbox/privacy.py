"""What the queue stores: ids of what happened, never the content."""

from wurt.core.db.privacy import DataClass, Privacy, register

register(
    {
        "outbox.delivery": Privacy(
            purpose="work that waits to be done",
            retention="thirty days after it was done",
            default=DataClass.INTERNAL,
        ),
    }
)
