"""The index holds what is public, and nothing about those who search."""

from wurt.core.db.privacy import DataClass, Privacy, register

_TABLES = ("indexstate", "indexeddocument", "indexedword", "typingkey", "term", "posting")

register(
    {
        f"search.{table}": Privacy(
            purpose="finding what is public",
            retention="as long as the text it is made from is public",
            default=DataClass.PUBLIC,
        )
        for table in _TABLES
    }
)
