"""Addresses of moderation. The words are German and stay; links in old mails must work."""

from django.urls import path

from wurt.core.moderation.views import desk, public, team

app_name = "moderation"
_DESK = "verwaltung/moderation/"
urlpatterns = [
    path("moderation/", public.about, name="about"),
    path("moderation/zahlen/<int:year>/", public.year, name="year"),
    path("moderation/zahlen/<int:year>.csv", public.year_file, name="year_file"),
    path("melden/<slug:slug>/<str:part>/", public.report, name="report"),
    path("meldungen/bestaetigen/<str:token>/", public.confirm, name="confirm"),
    path("meldungen/<str:token>/", public.status, name="status"),
    path("meldungen/<str:token>/beschwerde/", public.complain, name="complain"),
    path(_DESK, desk.home, name="desk"),
    path(f"{_DESK}faelle.csv", desk.cases_file, name="cases_file"),
    path(f"{_DESK}vertretung/", team.absences, name="absences"),
    path(f"{_DESK}vertretung/<uuid:absence>/ende/", team.end_absence, name="end_absence"),
    path(f"{_DESK}berichtigungen/", team.corrections, name="corrections"),
    path(f"{_DESK}berichtigungen/<uuid:correction>/erledigt/", team.correction_done, name="correction_done"),
    path(f"{_DESK}missbrauch/", team.misuse_desk, name="misuse"),
    path(f"{_DESK}missbrauch/<uuid:report>/warnen/", team.warn, name="warn"),
    path(f"{_DESK}missbrauch/<uuid:misuse_id>/aussetzen/", team.suspend, name="suspend"),
    path(f"{_DESK}missbrauch/<uuid:misuse_id>/ende/", team.end_suspension, name="end_suspension"),
    path(f"{_DESK}zahlen/<int:year>/", team.year, name="desk_year"),
    path(f"{_DESK}zahlen/<int:year>.csv", team.year_file, name="desk_year_file"),
    path(f"{_DESK}<uuid:case>/", desk.case, name="case"),
    path(f"{_DESK}<uuid:case>/entscheiden/", desk.decide, name="decide"),
    path(f"{_DESK}<uuid:case>/nehmen/", desk.take, name="take"),
    path(f"{_DESK}<uuid:case>/uebergeben/", desk.hand_over, name="hand_over"),
    path(f"{_DESK}<uuid:case>/mensch/", desk.is_human, name="is_human"),
    path(f"{_DESK}<uuid:case>/automat/", desk.dismiss, name="dismiss"),
]
