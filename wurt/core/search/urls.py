"""Addresses of the search. They can be shared: the question stands in them."""

from django.urls import URLPattern, path

from wurt.core.search import views

app_name = "search"
urlpatterns: list[URLPattern] = [
    path("suche/", views.page, name="page"),
    path("suche/ergebnisse.csv", views.results_csv, name="csv"),
    path("suche/ergebnisse.json", views.results_json, name="json"),
]
