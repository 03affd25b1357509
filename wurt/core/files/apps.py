from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wurt.core.files"
    label = "files"
