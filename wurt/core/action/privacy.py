"""What the kernel of writing stores."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import DataClass, Kept, Privacy, name_tables, register

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
name_tables(
    {
        "action.oncetoken": _("Mark of a form that was sent"),
    }
)
