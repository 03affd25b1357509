"""The world of the access table, for tests that walk every address of the site.

Who adds an address must add a row to the access table, and is then walked here too.
"""

from tests.access.test_access import built, database, world

__all__ = ["built", "database", "world"]
