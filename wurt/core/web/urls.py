"""Addresses of the page frame. The style guide exists in development only."""

from django.conf import settings
from django.urls import URLPattern, path

from wurt.core.web.views import language, styleguide, theme

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("theme.css", theme.theme, name="theme"),
    path("mark.svg", theme.mark, name="mark"),
    path("language/<slug:code>/", language.language, name="language"),
]
if settings.DEBUG or getattr(settings, "WURT_STYLEGUIDE", False):
    urlpatterns += [
        path("styleguide/", styleguide.index, name="styleguide"),
        path("styleguide/<slug:name>/", styleguide.component, name="styleguide_component"),
    ]
