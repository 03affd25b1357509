"""Who gets which stored file: public ones everybody, private ones only whom the owning module lets in."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.access.table import Row, everybody
from tests.access.world import World
from wurt.core.files.models import StoredFile


def _store(public: bool) -> StoredFile:
    path = default_storage.save("access-table.txt", ContentFile(b"text"))
    return StoredFile.objects.create(
        name="Datei.txt",
        content_type="text/plain",
        size=4,
        sha256="0" * 64,
        path=path,
        public=public,
        purpose="tests.nobody",
    )


def setup(world: World) -> None:
    world.rows["public file"] = _store(True)
    world.rows["private file"] = _store(False)


ROWS = [
    Row("files:fetch", everybody(200), lambda world: {"public_id": world.rows["public file"].public_id}),
    Row("files:fetch", everybody(404), lambda world: {"public_id": world.rows["private file"].public_id}),
]
