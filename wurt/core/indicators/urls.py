"""Addresses of figures. ``/kennzahlen/<key>/`` stays: frozen reports name it."""

from django.urls import URLPattern, path, register_converter

from wurt.core.indicators.views import desk, public

app_name = "indicators"


class KeyConverter:
    """The key of a figure: "notices.followers", or the address of one that people enter."""

    regex = r"[a-z0-9][a-z0-9_-]*(?:\.[a-z][a-z0-9_]*)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "indicator")

_DESK = "verwaltung/kennzahlen/"

urlpatterns: list[URLPattern] = [
    path("kennzahlen/", public.overview, name="overview"),
    path("kennzahlen/alle/kennzahlen.csv", public.overview_csv, name="overview_csv"),
    path("kennzahlen/<indicator:key>/", public.page, name="page"),
    path("kennzahlen/<indicator:key>/werte.csv", public.values_csv, name="values_csv"),
    path("kennzahlen/<indicator:key>/werte.json", public.values_json, name="values_json"),
    path(_DESK, desk.overview, name="desk"),
    path(f"{_DESK}neu/", desk.create, name="create"),
    path(f"{_DESK}<indicator:key>/", desk.values, name="values"),
    path(f"{_DESK}<indicator:key>/bearbeiten/", desk.edit, name="edit"),
]
