"""Addresses of notices. The words are German and stay; links in old mails must work."""

from django.urls import path

from wurt.core.notices.views import calls, demo, desk, devices, public

app_name = "notices"
urlpatterns = [
    path("folgen/", public.topics, name="topics"),
    path("folgen/gesendet/", public.follow_sent, name="follow_sent"),
    path("folgen/<slug:slug>/<slug:part>/", public.follow, name="follow"),
    path("folgen/<slug:slug>/<slug:part>/merken/", public.follow_signed_in, name="follow_signed_in"),
    path("mitteilungen/", public.inbox, name="inbox"),
    path("mitteilungen/gelesen/", public.mark_seen, name="mark_seen"),
    path("mitteilungen/bestaetigen/<str:token>/", public.confirm, name="confirm"),
    path("mitteilungen/abmelden/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("mitteilungen/abgemeldet/", public.unsubscribed, name="unsubscribed"),
    path("mitteilungen/einstellungen/", public.settings_page, name="my_settings"),
    path("mitteilungen/einstellungen/<str:token>/", public.settings_page, name="settings"),
    path("mitteilungen/nicht-mehr-folgen/", public.unfollow, name="unfollow"),
    path("mitteilungen/dienst.js", devices.service_worker, name="service_worker"),
    path("mitteilungen/geraete/", devices.add, name="add_device"),
    path("mitteilungen/geraete/<uuid:device>/probe/", devices.try_it, name="test_device"),
    path("mitteilungen/geraete/<uuid:device>/ende/", devices.remove, name="remove_device"),
    path("verwaltung/mitteilungen/", desk.home, name="desk"),
    path("verwaltung/mitteilungen/<uuid:notice>/nochmal/", desk.send_again, name="send_again"),
    path("verwaltung/mitteilungen/adresse/<uuid:subscriber>/", desk.resume, name="resume"),
    path("verwaltung/mitteilungen/briefe/", desk.letters, name="letters"),
    path("verwaltung/mitteilungen/briefe/neu/", desk.add_reader, name="add_reader"),
    path("verwaltung/mitteilungen/briefe/<int:upto>.pdf", desk.letters_pdf, name="letters_pdf"),
    path("verwaltung/mitteilungen/briefe/<int:upto>/in-der-post/", desk.posted, name="posted"),
    path("verwaltung/mitteilungen/briefe/<uuid:subscriber>/ende/", desk.remove_reader, name="remove_reader"),
    path("verwaltung/anrufe/", calls.calls, name="calls"),
    path("verwaltung/anrufe.csv", calls.calls_csv, name="calls_csv"),
    path("verwaltung/anrufe/bei/<uuid:subscriber>/", calls.take, name="take_call"),
    path("verwaltung/anrufe/<uuid:call>/", calls.call, name="call"),
    path("verwaltung/anrufe/<uuid:call>/ergebnis/", calls.note, name="note_call"),
    path("verwaltung/mitteilungen/schreiben/", desk.single, name="single"),
    path("verwaltung/mitteilungen/schreiben/<int:upto>.pdf", desk.single_pdf, name="single_pdf"),
    path(
        "verwaltung/mitteilungen/schreiben/<int:upto>/in-der-post/", desk.single_posted, name="single_posted"
    ),
    path("verwaltung/mitteilungen/schreiben/<uuid:direct>/nochmal/", desk.single_again, name="single_again"),
    path("demo/post/", demo.mails, name="demo_mails"),
    path("demo/post/<str:file>/<int:number>/", demo.mail, name="demo_mail"),
    path("demo/post/<str:file>/<int:number>/html/", demo.mail_html, name="demo_mail_html"),
]
