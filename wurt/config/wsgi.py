"""WSGI entry point for gunicorn, which loads it once and forks its processes from it."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurt.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every view, before the first visitor waits for it
connections.close_all()  # an open connection must not be shared by two processes
