"""The usage report is for everybody."""

from tests.access.table import Row, everybody

ROWS = [
    Row("visits:usage", everybody(200)),
    Row("visits:usage_csv", everybody(200)),
    Row("visits:usage_json", everybody(200)),
]
