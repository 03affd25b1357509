"""Production settings plus one bare page, the peer of every other page."""

from wurt.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
