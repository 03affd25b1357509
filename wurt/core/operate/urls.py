"""Addresses for machines. They are answered before sessions and host names; see ``middleware.py``."""

from django.urls import path

from wurt.core.operate import views

app_name = "operate"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.figures, name="metrics"),
]
