"""Pages hold what the county publishes."""

from wurt.core.db.privacy import DataClass, Privacy, register

_PUBLISHED = "until the page is deleted"

register(
    {
        "pages.page": Privacy(
            purpose="contact, legal notice and other texts of the county",
            retention=_PUBLISHED,
            default=DataClass.PUBLIC,
        ),
        "pages.glossaryterm": Privacy(
            purpose="explaining words",
            retention=_PUBLISHED,
            default=DataClass.PUBLIC,
        ),
    }
)
