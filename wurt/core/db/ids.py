"""Public identifiers: random, so that they tell nothing about numbers or order."""

import uuid


def new_id() -> uuid.UUID:
    """A fresh public id."""
    return uuid.uuid4()
