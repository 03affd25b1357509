"""Addresses of notices. The words are German and stay; links in old mails must work."""

from django.urls import path

from wurt.core.notices.views import demo, desk, public

app_name = "notices"
urlpatterns = [
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
    path("verwaltung/mitteilungen/", desk.home, name="desk"),
    path("verwaltung/mitteilungen/<uuid:notice>/nochmal/", desk.send_again, name="send_again"),
    path("verwaltung/mitteilungen/adresse/<uuid:subscriber>/", desk.resume, name="resume"),
    path("verwaltung/mitteilungen/briefe/", desk.letters, name="letters"),
    path("verwaltung/mitteilungen/briefe/neu/", desk.add_reader, name="add_reader"),
    path("verwaltung/mitteilungen/briefe/<int:upto>.pdf", desk.letters_pdf, name="letters_pdf"),
    path("verwaltung/mitteilungen/briefe/<int:upto>/in-der-post/", desk.posted, name="posted"),
    path("verwaltung/mitteilungen/briefe/<uuid:subscriber>/ende/", desk.remove_reader, name="remove_reader"),
    path("demo/post/", demo.mails, name="demo_mails"),
    path("demo/post/<str:file>/<int:number>/", demo.mail, name="demo_mail"),
    path("demo/post/<str:file>/<int:number>/html/", demo.mail_html, name="demo_mail_html"),
]
