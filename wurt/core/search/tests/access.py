"""Who gets what at the addresses of the search: everybody the same."""

from tests.access.table import Row, everybody

ROWS = [
    Row("search:page", everybody(200)),
    Row("search:csv", everybody(200)),
    Row("search:json", everybody(200)),
]
