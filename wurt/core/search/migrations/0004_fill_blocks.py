"""Postings that were there before blocks were get theirs."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

BLOCK = 1024


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Both databases divide whole numbers to whole ones."""
    apps.get_model("search", "Posting").objects.update(block=F("document_id") / BLOCK)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_search_days")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
