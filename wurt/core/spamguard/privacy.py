"""What holding off spam stores: counts under keyed hashes, for hours."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import DataClass, Privacy, name_tables, register

register(
    {
        "spamguard.tally": Privacy(
            purpose="limiting how often one connection or address can send a form",
            retention="an hour to a day: the window of the limit and the hour after it",
            default=DataClass.INTERNAL,
        ),
        "spamguard.spent": Privacy(
            purpose="accepting each solution of a proof of work once",
            retention="until the challenge would have expired, twelve hours",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "spamguard.tally": _("Count against spam"),
        "spamguard.spent": _("Used proof against spam"),
    }
)
