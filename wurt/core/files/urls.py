"""Address of stored files."""

from django.urls import path

from wurt.core.files import views

app_name = "files"
urlpatterns = [path("dateien/<uuid:public_id>/", views.fetch, name="fetch")]
