"""The index holds what is public, and nothing about those who search."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import DataClass, Privacy, name_tables, register

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
register(
    {
        "search.searchday": Privacy(
            purpose="how often is searched, and how often in vain: numbers only, no words",
            retention="as long as the figures are published",
            default=DataClass.PUBLIC,
        )
    }
)
name_tables(
    {
        "search.indexstate": _("State of the search"),
        "search.indexeddocument": _("Page in the search"),
        "search.indexedword": _("Word in the search"),
        "search.typingkey": _("Spelling in the search"),
        "search.term": _("Word stem in the search"),
        "search.posting": _("Place where a word was found"),
        "search.searchday": _("Searches of a day"),
    }
)
