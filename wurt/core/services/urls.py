"""Addresses of services. The words are German and stay; links in old notices must work."""

from django.urls import path

from wurt.core.services.views import desk, handover, public

_DESK = "verwaltung/dienste/"
_OVER = "verwaltung/uebergaben/"

app_name = "services"
urlpatterns = [
    path("dienste/", public.overview, name="overview"),
    path("dienste/<slug:key>/", public.service, name="service"),
    path(_DESK, desk.home, name="desk"),
    path("verwaltung/dienste.csv", desk.home_csv, name="desk_csv"),
    path(f"{_DESK}<slug:key>/", desk.service, name="desk_service"),
    path(f"{_DESK}<slug:key>/stand/", desk.set_stage, name="set_stage"),
    path(f"{_DESK}<slug:key>/stand/<uuid:stage>/", desk.withdraw_stage, name="withdraw_stage"),
    path(f"{_DESK}<slug:key>/betreiber/", desk.set_operator, name="set_operator"),
    path(f"{_DESK}<slug:key>/betreiber/<uuid:operator>/", desk.withdraw_operator, name="withdraw_operator"),
    path(f"{_DESK}<slug:key>/projekte/", desk.set_promises, name="set_promises"),
    path(f"{_DESK}<slug:key>/einladen/", desk.invite, name="invite"),
    path(f"{_DESK}<slug:key>/einladung/<uuid:tester>/ende/", desk.uninvite, name="uninvite"),
    path(f"{_DESK}<slug:key>/mitarbeit/", desk.add_staff, name="add_staff"),
    path(f"{_DESK}<slug:key>/mitarbeit/<uuid:staff>/ende/", desk.end_staff, name="end_staff"),
    path(f"{_DESK}<slug:key>/uebergabe/", handover.prepare, name="prepare"),
    path(_OVER, handover.home, name="handovers"),
    path("verwaltung/uebergaben.csv", handover.home_csv, name="handovers_csv"),
    path(f"{_OVER}<uuid:hand_over>/", handover.show, name="handover"),
    path(f"{_OVER}<uuid:hand_over>/protokoll.pdf", handover.protocol, name="protocol"),
    path(f"{_OVER}<uuid:hand_over>/unterschreiben/", handover.sign_giver, name="sign_giver"),
    path(f"{_OVER}<uuid:hand_over>/annehmen/", handover.accept, name="accept"),
    path(f"{_OVER}<uuid:hand_over>/abbrechen/", handover.cancel, name="cancel"),
    path(f"{_OVER}<uuid:hand_over>/weiter/", handover.resume, name="resume"),
]
