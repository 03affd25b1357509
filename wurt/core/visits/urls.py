"""Addresses of the usage report."""

from django.urls import path

from wurt.core.visits import views

app_name = "visits"
urlpatterns = [
    path("nutzung/", views.usage, name="usage"),
    path("nutzung/nutzung.csv", views.usage_csv, name="usage_csv"),
    path("nutzung/nutzung.json", views.usage_json, name="usage_json"),
]
