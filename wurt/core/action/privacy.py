"""What the kernel of writing stores."""

from wurt.core.db.privacy import DataClass, Kept, Privacy, register

register(
    {
        "action.oncetoken": Privacy(
            purpose="carrying out a form once although it was sent twice",
            retention="two days",
            default=DataClass.INTERNAL,
            kept=Kept(days=2, since="created"),
        ),
    }
)
