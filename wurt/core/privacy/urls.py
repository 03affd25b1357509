"""Addresses of data protection."""

from django.urls import path

from wurt.core.privacy import views

app_name = "privacy"
urlpatterns = [
    path("konto/daten/", views.my_data, name="my_data"),
    path("konto/aufloesen/", views.delete_me, name="delete_me"),
    path("datenschutz/quittung/<uuid:receipt>/", views.receipt, name="receipt"),
    path("datenschutz/quittung/<uuid:receipt>.txt", views.receipt_text, name="receipt_text"),
    path("verwaltung/datenschutz/", views.register, name="register"),
    path("verwaltung/datenschutz.csv", views.register_csv, name="register_csv"),
    path("verwaltung/personen/<uuid:person>/daten/", views.export, name="export"),
    path("verwaltung/personen/<uuid:person>/loeschen/", views.erase, name="erase"),
]
