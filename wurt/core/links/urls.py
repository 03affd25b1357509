"""Addresses of short links. ``/k/`` is printed on paper and stays for ever."""

from django.urls import path

from wurt.core.links import views

app_name = "links"
urlpatterns = [
    path("k/<str:code>/", views.open_link, name="open"),
    path("verwaltung/kurzlinks/", views.desk, name="desk"),
    path("verwaltung/kurzlinks/kurzlinks.csv", views.desk_csv, name="desk_csv"),
    path("verwaltung/kurzlinks/neu/", views.create, name="create"),
    path("verwaltung/kurzlinks/<uuid:link>/", views.link, name="link"),
    path("verwaltung/kurzlinks/<uuid:link>/bearbeiten/", views.edit, name="edit"),
    path("verwaltung/kurzlinks/<uuid:link>/beenden/", views.end, name="end"),
    path("verwaltung/kurzlinks/<uuid:link>/oeffnen/", views.reopen, name="reopen"),
    path("verwaltung/kurzlinks/<uuid:link>/qr.svg", views.qr_svg, name="qr_svg"),
    path("verwaltung/kurzlinks/<uuid:link>/qr.png", views.qr_png, name="qr_png"),
    path("verwaltung/kurzlinks/<uuid:link>/zahlen.csv", views.figures_csv, name="figures_csv"),
]
