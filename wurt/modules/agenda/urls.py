"""Addresses of the agenda. ``public_patterns``: German words that stay; ``desk_patterns``: for staff."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.views.generic import RedirectView

from wurt.modules.agenda.rest.api import api
from wurt.modules.agenda.rest.docs import api_docs, api_root
from wurt.modules.agenda.rest.figures import get_indicators  # noqa: F401 - its endpoints are part of the interface
from wurt.modules.agenda.views import (
    desk,
    desk_handing_in,
    desk_measures,
    desk_meetings,
    desk_months,
    desk_projects,
    desk_remarks,
    desk_settings,
    imports,
)
from wurt.modules.agenda.views import public_data as data
from wurt.modules.agenda.views import public_feeds as feeds
from wurt.modules.agenda.views import public_months as months
from wurt.modules.agenda.views import public_pages as pages

app_name = "agenda"


class MonthConverter:
    """A month as YYYY-MM."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileKindConverter(MonthConverter):
    """The kinds of files a month is offered in."""

    regex = r"pdf|pptx|json|csv"


register_converter(MonthConverter, "month")
register_converter(FileKindConverter, "kind")

public_patterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("projekte/", pages.overview, name="overview"),
    path("projekte/steckbriefe.pdf", data.profiles_pdf, name="profiles_pdf"),
    path("projekte/<slug:slug>/", pages.project, name="project"),
    path("projekte/<slug:slug>/verlauf/", pages.history, name="history"),
    path("projekte/<slug:slug>/steckbrief.pdf", data.project_pdf, name="project_pdf"),
    path("projekte/<slug:slug>/neues.atom", feeds.project_atom, name="project_atom"),
    path("projekte/<slug:slug>/meilensteine.ics", feeds.project_ics, name="project_ics"),
    path("berichte/", months.months, name="months"),
    path("berichte/<month:month>/", months.month, name="month"),
    path("berichte/<month:month>/statusbericht.<kind:kind>", months.month_file, name="month_file"),
    path("berichte/<month:month>/original/<uuid:file>/", months.original, name="original"),
    path("berichte/<month:month>/fassung/<int:number>/", months.month, name="version"),
    path(
        "berichte/<month:month>/fassung/<int:number>/statusbericht.<kind:kind>",
        months.month_file,
        name="version_file",
    ),
    path("zeitplan/", pages.timeline, name="timeline"),
    path("meilensteine/", pages.milestones, name="milestones"),
    path("meilensteine.ics", feeds.agenda_ics, name="agenda_ics"),
    path("neues.atom", feeds.agenda_atom, name="agenda_atom"),
    path("handlungsfelder/<slug:slug>/neues.atom", feeds.field_atom, name="field_atom"),
    path("handlungsfelder/<slug:slug>/meilensteine.ics", feeds.field_ics, name="field_ics"),
    path("strategie/", pages.strategy, name="strategy"),
    path("strategie/erfolg/", pages.success, name="success"),
    path("gremien/", pages.bodies, name="bodies"),
    path("gremien/<slug:slug>/", pages.body, name="body"),
    path("daten/", data.data, name="data"),
    path("daten/projekte.csv", data.projects_csv, name="projects_csv"),
    path("daten/meilensteine.csv", data.milestones_csv, name="milestones_csv"),
    path("daten/zeitplan.csv", data.timeline_csv, name="timeline_csv"),
    path("daten/statusberichte.csv", months.months_csv, name="months_csv"),
    path("daten/berichte.csv", data.reports_csv, name="reports_csv"),
    path("daten/kosten.csv", data.costs_csv, name="costs_csv"),
    path("daten/beschluesse.csv", data.decisions_csv, name="decisions_csv"),
    path("daten/ziele.csv", data.goals_csv, name="goals_csv"),
    path("daten/organisationen.csv", data.organisations_csv, name="organisations_csv"),
    path("api/docs", api_docs, name="api_docs"),
    path("api/", api_root, name="api"),
    path("api/", api.urls),
    path("robots.txt", data.robots, name="robots"),
    path("verwaltung/", RedirectView.as_view(pattern_name="agenda:desk"), name="desk_entry"),
]

import_patterns: list[URLPattern | URLResolver] = [
    path("verwaltung/importe/", imports.imports, name="imports"),
    path("verwaltung/importe/neu/", imports.upload, name="import_upload"),
    path("verwaltung/importe/<uuid:batch>/", imports.batch, name="import_batch"),
    path("verwaltung/importe/<uuid:batch>/sicheres/", imports.accept_certain, name="import_certain"),
    path("verwaltung/importe/<uuid:batch>/uebernehmen/", imports.apply, name="import_apply"),
    path("verwaltung/importe/<uuid:batch>/zuruecknehmen/", imports.undo, name="import_undo"),
    path("verwaltung/importe/eintrag/<uuid:item>/", imports.item, name="import_item"),
    path("verwaltung/importe/eintrag/<uuid:item>/auslassen/", imports.skip, name="import_skip"),
]

_DESK = "verwaltung/agenda/"
_PROJECT = f"{_DESK}projekte/<slug:slug>/"
_MONTH = f"{_DESK}berichte/<month:month>/"
_FIELD = f"{_DESK}handlungsfelder/<slug:slug>/"
_GOAL = f"{_DESK}ziele/<slug:slug>/"
_MEETING = f"{_DESK}sitzungen/<uuid:meeting>/"
_BODY = f"{_DESK}gremien/<slug:slug>/"

desk_patterns: list[URLPattern | URLResolver] = [
    path(f"{_DESK}aufgaben/", desk.home, name="desk"),
    path(f"{_DESK}projekte/", desk.projects, name="desk_projects"),
    path(f"{_DESK}projekte.csv", desk.projects_csv, name="desk_projects_csv"),
    path(f"{_DESK}projekt-anlegen/", desk_projects.new, name="desk_project_new"),
    path(_PROJECT, desk_projects.project, name="desk_project"),
    path(f"{_PROJECT}steckbrief/", desk_projects.profile, name="desk_profile"),
    path(f"{_PROJECT}personen/", desk_projects.people, name="desk_people"),
    path(f"{_PROJECT}kosten/", desk_projects.costs, name="desk_costs"),
    path(f"{_PROJECT}kennzahlen/", desk_measures.project, name="desk_measures"),
    path(f"{_PROJECT}beschluesse/", desk_projects.decisions, name="desk_decisions"),
    path(f"{_PROJECT}stand/", desk_projects.state, name="desk_state"),
    path(f"{_PROJECT}umbenennen/", desk_projects.rename, name="desk_rename"),
    path(f"{_PROJECT}namen/", desk_projects.aliases, name="desk_aliases"),
    path(f"{_PROJECT}sichtbarkeit/", desk_projects.visibility, name="desk_visibility"),
    path(f"{_PROJECT}loeschen/", desk_projects.delete, name="desk_project_delete"),
    path(f"{_PROJECT}verlauf/", desk_projects.history, name="desk_history"),
    path(f"{_PROJECT}meilensteine/", desk_projects.milestone_list, name="desk_milestones"),
    path(f"{_PROJECT}meilensteine/neu/", desk_projects.milestone_new, name="desk_milestone_new"),
    path(f"{_PROJECT}meilensteine/<uuid:milestone>/", desk_projects.milestone, name="desk_milestone"),
    path(
        f"{_PROJECT}meilensteine/<uuid:milestone>/schritt/",
        desk_projects.milestone_button,
        name="desk_milestone_button",
    ),
    path(f"{_DESK}berichte/", desk_months.months, name="desk_months"),
    path(f"{_DESK}runden/", desk_settings.rounds, name="desk_rounds"),
    path(f"{_DESK}monat-anlegen/", desk_months.month_open, name="desk_month_open"),
    path(_MONTH, desk_months.month, name="desk_month"),
    path(f"{_MONTH}abgaben.csv", desk_months.month_csv, name="desk_month_csv"),
    path(f"{_MONTH}einleitung/", desk_months.month_intro, name="desk_month_intro"),
    path(f"{_MONTH}veroeffentlichen/", desk_months.month_publish, name="desk_month_publish"),
    path(f"{_MONTH}zuruecknehmen/", desk_months.month_withdraw, name="desk_month_withdraw"),
    path(f"{_MONTH}loeschen/", desk_months.month_delete, name="desk_month_delete"),
    path(f"{_MONTH}bericht-anlegen/", desk_months.report_add, name="desk_report_add"),
    path(f"{_MONTH}projekte/<slug:slug>/", desk_months.report, name="desk_report"),
    path(f"{_MONTH}projekte/<slug:slug>/abgeben/", desk_handing_in.hand_in, name="desk_hand_in"),
    path(f"{_MONTH}projekte/<slug:slug>/nichts-neues/", desk_handing_in.nothing_new, name="desk_nothing_new"),
    path(f"{_MONTH}projekte/<slug:slug>/wieder-oeffnen/", desk_handing_in.reopen, name="desk_reopen"),
    path(f"{_MONTH}projekte/<slug:slug>/lesen/", desk_remarks.read, name="desk_report_read"),
    path(f"{_DESK}anmerkungen/<uuid:remark>/erledigt/", desk_remarks.settle, name="desk_remark_settle"),
    path(f"{_MONTH}projekte/<slug:slug>/loeschen/", desk_months.report_delete, name="desk_report_delete"),
    path(f"{_DESK}handlungsfelder/", desk_settings.fields, name="desk_fields"),
    path(f"{_DESK}handlungsfeld-anlegen/", desk_settings.field_new, name="desk_field_new"),
    path(_FIELD, desk_settings.field, name="desk_field"),
    path(f"{_FIELD}zusammenlegen/", desk_settings.field_merge, name="desk_field_merge"),
    path(f"{_FIELD}schritt/", desk_settings.field_button, name="desk_field_button"),
    path(f"{_DESK}ziele/", desk_settings.goals, name="desk_goals"),
    path(f"{_DESK}ziel-anlegen/", desk_settings.goal_new, name="desk_goal_new"),
    path(_GOAL, desk_settings.goal, name="desk_goal"),
    path(f"{_GOAL}kennzahlen/", desk_measures.goal, name="desk_goal_measures"),
    path(f"{_GOAL}loeschen/", desk_settings.goal_delete, name="desk_goal_delete"),
    path(f"{_DESK}gremien/", desk_settings.body_list, name="desk_bodies"),
    path(f"{_DESK}gremium-anlegen/", desk_settings.body_new, name="desk_body_new"),
    path(_BODY, desk_settings.body, name="desk_body"),
    path(f"{_BODY}mitglieder/", desk_settings.members, name="desk_members"),
    path(f"{_BODY}loeschen/", desk_settings.body_delete, name="desk_body_delete"),
    path(f"{_DESK}sitzungen/", desk_meetings.meetings, name="desk_meetings"),
    path(f"{_DESK}sitzungen.csv", desk_meetings.meetings_csv, name="desk_meetings_csv"),
    path(f"{_DESK}sitzung-anlegen/", desk_meetings.meeting_new, name="desk_meeting_new"),
    path(_MEETING, desk_meetings.meeting, name="desk_meeting"),
    path(f"{_MEETING}aendern/", desk_meetings.meeting_edit, name="desk_meeting_edit"),
    path(f"{_MEETING}absagen/", desk_meetings.meeting_cancel, name="desk_meeting_cancel"),
    path(f"{_MEETING}berichte/<month:month>/", desk_meetings.decide, name="desk_meeting_decide"),
    path(f"{_MEETING}protokoll/", desk_meetings.minutes, name="desk_meeting_minutes"),
    path(f"{_DESK}strategie/", desk_settings.strategy, name="desk_strategy"),
    path(f"{_DESK}dokumente/", desk_settings.documents, name="desk_documents"),
    path(f"{_DESK}dokument-anlegen/", desk_settings.document_new, name="desk_document_new"),
]

urlpatterns = [*public_patterns, *desk_patterns, *import_patterns]
