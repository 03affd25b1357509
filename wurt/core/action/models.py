"""Once-tokens; see ``once.py``."""

from django.db import models

from wurt.core.db.clock import now


class OnceToken(models.Model):
    """The answer of an action for one form, so that a repeated form gets it again. ``key`` is a hash."""

    key = models.CharField(max_length=200, unique=True)
    answer = models.JSONField(null=True)
    created = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.key
