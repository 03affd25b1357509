"""Files: own name on disk, real type, size, hash; delivered by a view, never by the web server."""

from django.db import models

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id


class StoredFile(models.Model):
    """``name`` is what the person called it and is only ever shown; the file on disk has a name of our own.

    ``public``: anybody may fetch it. Otherwise the module that owns the file decides (see ``delivery.py``).
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=100, unique=True)
    public = models.BooleanField(default=False)
    purpose = models.CharField(max_length=60, help_text="permission domain, for example agenda.import")
    created = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name
