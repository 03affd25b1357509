"""Addresses of signing in through another house, under the names that allauth knows them by."""

from django.urls import URLPattern, path

from wurt.core.accounts.oidc import views

urlpatterns: list[URLPattern] = [
    path("<slug:provider_id>/", views.login, name="openid_connect_login"),
    path("<slug:provider_id>/zurueck/", views.callback, name="openid_connect_callback"),
]
