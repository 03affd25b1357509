"""Addresses of assisted mode."""

from django.urls import path

from wurt.core.assisted.views import desk, mine, mode

app_name = "assisted"
urlpatterns = [
    path("verwaltung/fuer-andere/", desk.search, name="search"),
    path("verwaltung/fuer-andere/neu/", desk.register, name="register"),
    path("verwaltung/fuer-andere/briefe/", desk.letter_list, name="letters"),
    path("verwaltung/fuer-andere/briefe/<int:upto>.pdf", desk.letters_pdf, name="letters_pdf"),
    path("verwaltung/fuer-andere/briefe/<int:upto>/in-der-post/", desk.posted, name="posted"),
    path("verwaltung/fuer-andere/brief/<uuid:letter>.pdf", desk.letter_pdf, name="letter_pdf"),
    path("verwaltung/fuer-andere/absender/", desk.offices, name="offices"),
    path("verwaltung/fuer-andere/absender/<slug:place>/", desk.office, name="office"),
    path("verwaltung/fuer-andere/sitzung/<uuid:session>/", desk.summary, name="summary"),
    path("verwaltung/fuer-andere/sitzung/<uuid:session>/vorlesen/", desk.script, name="script"),
    path("verwaltung/fuer-andere/sitzung/<uuid:session>/erledigt/", desk.confirm, name="confirm"),
    path("verwaltung/fuer-andere/<uuid:person>/", desk.begin, name="begin"),
    path("fuer-andere/", mode.desk, name="desk"),
    path("fuer-andere/kontakt/", mode.contact, name="contact"),
    path("fuer-andere/vollmacht/", mode.paper_mandate, name="paper_mandate"),
    path("fuer-andere/vollmacht/<uuid:mandate>/ende/", mode.end_their_mandate, name="end_their_mandate"),
    path("fuer-andere/ende/", desk.end, name="end"),
    path("konto/vollmachten/", mine.mandates, name="mandates"),
    path("konto/vollmachten/neu/", mine.give, name="give"),
    path("konto/vollmachten/<uuid:mandate>/annehmen/", mine.accept, name="accept"),
    path("konto/vollmachten/<uuid:mandate>/ende/", mine.end, name="end_mandate"),
    path("konto/vollmachten/<uuid:mandate>/handeln/", mine.use, name="use"),
    path("konto/anschrift/", mine.my_contact, name="my_contact"),
    path("konto/in-meinem-namen/", mine.in_my_name, name="in_my_name"),
    path("konto/in-meinem-namen.csv", mine.in_my_name_csv, name="in_my_name_csv"),
    path("konto/tastenkuerzel/", mine.shortcuts, name="shortcuts"),
]
