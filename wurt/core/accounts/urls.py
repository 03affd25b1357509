"""Addresses of accounts: login and second factor (allauth), my account, people and their roles."""

from django.urls import URLPattern, include, path

from wurt.core.accounts import email_views, organisation_views, session_views, trail_views, views

own: list[URLPattern] = [
    path("konto/", views.mine, name="mine"),
    path("konto/zweiter-faktor/", views.second_factor, name="second_factor"),
    # Before allauth's page of the same address, which knows no way back and is shut to a second factor.
    path("konto/email/", email_views.email, name="email"),
    path("konto/email/verwerfen/", email_views.withdraw_email, name="withdraw_email"),
    path("konto/email/bestaetigen/<str:token>/", email_views.confirm_email, name="confirm_email"),
    path("konto/email/stoppen/<str:token>/", email_views.stop_email, name="stop_email"),
    path("konto/organisation/", organisation_views.organisations, name="organisations"),
    path("konto/organisation/<uuid:organisation>/", organisation_views.organisation, name="organisation"),
    path(
        "konto/organisation/<uuid:organisation>/einladen/",
        organisation_views.invite_member,
        name="invite_member",
    ),
    path(
        "konto/organisation/<uuid:organisation>/rolle/<uuid:grant>/ende/",
        organisation_views.end_member,
        name="end_member",
    ),
    path("konto/sitzungen/", session_views.sessions_list, name="sessions"),
    path("konto/sitzungen/andere/ende/", session_views.end_other_sessions, name="end_other_sessions"),
    path("konto/sitzungen/<int:session>/ende/", session_views.end_session, name="end_session"),
    path("verwaltung/protokoll/", trail_views.trail, name="trail"),
    path("verwaltung/protokoll.csv", trail_views.trail_csv, name="trail_csv"),
    path("verwaltung/personen/", views.people, name="people"),
    path("verwaltung/personen/einladen/", views.invite, name="invite"),
    path("verwaltung/personen/neu/", views.add, name="add"),
    path("verwaltung/personen/<uuid:person>/", views.person, name="person"),
    path("verwaltung/personen/<uuid:person>/bearbeiten/", views.edit, name="edit"),
    path("verwaltung/personen/<uuid:person>/zugang/", views.give_login, name="give_login"),
    path("verwaltung/personen/<uuid:person>/rolle/", views.grant, name="grant"),
    path("verwaltung/personen/<uuid:person>/rolle/<uuid:grant>/ende/", views.revoke, name="revoke"),
    path("verwaltung/personen/<uuid:person>/einwilligung/", views.consent, name="consent"),
    path("verwaltung/personen/<uuid:person>/sperren/", views.deactivate, name="deactivate"),
    path("verwaltung/personen/<uuid:person>/entsperren/", views.activate, name="activate"),
    path("verwaltung/personen/<uuid:person>/zweiter-faktor/", views.reset_factor, name="reset_factor"),
]

# allauth's own list would bring addresses of other providers and of the past.
urlpatterns = [
    path("", include((own, "accounts"))),
    path("konto/", include("allauth.account.urls")),
    path("konto/2fa/", include("allauth.mfa.urls")),
    path("konto/anmelden/", include("wurt.core.accounts.oidc.urls")),
    path("konto/verbunden/", include("allauth.socialaccount.urls")),
]
