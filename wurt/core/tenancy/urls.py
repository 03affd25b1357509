"""Addresses of organisations and places, for staff."""

from django.urls import URLPattern, path

from wurt.core.tenancy import views

app_name = "tenancy"
urlpatterns: list[URLPattern] = [
    path("verwaltung/organisationen/", views.organisations, name="organisations"),
    path("verwaltung/organisationen.csv", views.organisations_csv, name="organisations_csv"),
    path("verwaltung/organisationen/neu/", views.create, name="create"),
    path("verwaltung/organisationen/<uuid:organisation>/", views.organisation, name="organisation"),
    path("verwaltung/organisationen/<uuid:organisation>/bearbeiten/", views.edit, name="edit"),
    path("verwaltung/organisationen/<uuid:organisation>/schreibweise/", views.add_alias, name="add_alias"),
    path(
        "verwaltung/organisationen/<uuid:organisation>/schreibweise/<int:alias>/entfernen/",
        views.remove_alias,
        name="remove_alias",
    ),
    path("verwaltung/organisationen/<uuid:organisation>/zusammenlegen/", views.merge, name="merge"),
    path("verwaltung/orte/", views.places, name="places"),
]
