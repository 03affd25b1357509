"""Addresses of campaigns: all for staff. In public there are only the short links."""

from django.urls import path

from wurt.core.campaigns import views

_DESK = "verwaltung/kampagnen/"
_ONE = f"{_DESK}<uuid:campaign>/"

app_name = "campaigns"
urlpatterns = [
    path(_DESK, views.home, name="desk"),
    path("verwaltung/kampagnen.csv", views.home_csv, name="desk_csv"),
    path(f"{_DESK}neu/", views.create, name="create"),
    path(f"{_DESK}presseverteiler/", views.press_list, name="press"),
    path(f"{_DESK}presseverteiler/<uuid:contact>/loeschen/", views.remove_contact, name="remove_contact"),
    path(_ONE, views.show, name="campaign"),
    path(f"{_ONE}planung/", views.edit, name="edit"),
    path(f"{_ONE}texte/", views.texts, name="texts"),
    path(f"{_ONE}kanal/", views.add_channel, name="add_channel"),
    path(f"{_ONE}kanal/<uuid:channel>/", views.costs, name="costs"),
    path(f"{_ONE}freigeben/", views.release, name="release"),
    path(f"{_ONE}beenden/", views.close, name="close"),
    path(f"{_ONE}presse/", views.send, name="send"),
    path(f"{_ONE}folgende/", views.followers, name="followers"),
    path(f"{_ONE}<slug:key>.pdf", views.paper, name="paper"),
]
