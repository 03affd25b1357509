"""Addresses of accounts: login and second factor (allauth), my account, people and their roles."""

from django.urls import URLPattern, include, path

from wurt.core.accounts import trail_views, views

own: list[URLPattern] = [
    path("konto/", views.mine, name="mine"),
    path("konto/zweiter-faktor/", views.second_factor, name="second_factor"),
    path("verwaltung/protokoll/", trail_views.trail, name="trail"),
    path("verwaltung/protokoll.csv", trail_views.trail_csv, name="trail_csv"),
    path("verwaltung/personen/", views.people, name="people"),
    path("verwaltung/personen/einladen/", views.invite, name="invite"),
    path("verwaltung/personen/neu/", views.add, name="add"),
    path("verwaltung/personen/<uuid:person>/", views.person, name="person"),
    path("verwaltung/personen/<uuid:person>/bearbeiten/", views.edit, name="edit"),
    path("verwaltung/personen/<uuid:person>/zugang/", views.give_login, name="give_login"),
    path("verwaltung/personen/<uuid:person>/rolle/", views.grant, name="grant"),
    path("verwaltung/personen/<uuid:person>/rolle/<uuid:grant>/ende/", views.revoke, name="revoke"),
    path("verwaltung/personen/<uuid:person>/einwilligung/", views.consent, name="consent"),
    path("verwaltung/personen/<uuid:person>/sperren/", views.deactivate, name="deactivate"),
    path("verwaltung/personen/<uuid:person>/entsperren/", views.activate, name="activate"),
    path("verwaltung/personen/<uuid:person>/zweiter-faktor/", views.reset_factor, name="reset_factor"),
]

urlpatterns = [path("", include((own, "accounts"))), path("konto/", include("allauth.urls"))]
