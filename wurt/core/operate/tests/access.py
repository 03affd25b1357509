"""Who gets what at the addresses for machines: everybody the same; figures only with the token."""

from tests.access.table import Row, everybody

ROWS = [
    Row("operate:healthz", everybody(200)),
    Row("operate:readyz", everybody(200)),
    Row("operate:metrics", everybody(404)),
]
