"""What is stored about files. Their content belongs to the module that took them in."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import DataClass, Privacy, name_tables, register

register(
    {
        "files.storedfile": Privacy(
            purpose="keeping and delivering what was handed in",
            retention="as long as the thing it belongs to",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "files.storedfile": _("Stored file"),
    }
)
