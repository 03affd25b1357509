"""Who gets what at the addresses of the page frame: everybody the same."""

from tests.access.table import Row, everybody

ROWS = [
    Row("web:theme", everybody(200)),
    Row("web:mark", everybody(404)),
    Row("web:language", everybody(302), lambda world: {"code": "en"}),
    Row("web:styleguide", everybody(200)),
    Row("web:styleguide_component", everybody(200), lambda world: {"name": "buttons"}),
]
