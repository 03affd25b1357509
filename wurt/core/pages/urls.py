"""Addresses of plain pages. The last one catches every single word, so this file is included last of all."""

from django.urls import URLPattern, path

from wurt.core.pages import views

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("glossar/", views.glossary, name="glossary"),
    path("verwaltung/seiten/", views.desk, name="desk"),
    path("verwaltung/seiten/neu/", views.create, name="create"),
    path("verwaltung/seiten/<slug:slug>/bearbeiten/", views.edit, name="edit"),
    path("verwaltung/seiten/<slug:slug>/entfernen/", views.delete, name="delete"),
    path("verwaltung/glossar/", views.terms, name="terms"),
    path("verwaltung/glossar/neu/", views.create_term, name="create_term"),
    path("verwaltung/glossar/<int:key>/bearbeiten/", views.edit_term, name="edit_term"),
    path("verwaltung/glossar/<int:key>/entfernen/", views.delete_term, name="delete_term"),
    path("<slug:slug>/leichte-sprache/", views.easy, name="easy"),
    path("<slug:slug>/", views.page, name="page"),
]
