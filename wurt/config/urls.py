"""All addresses of the site. Each module brings its own; a module's prefix is German, as its users are."""

from django.urls import include, path

urlpatterns = [
    path("", include("wurt.core.operate.urls")),
    path("", include("wurt.core.accounts.urls")),
    path("", include("wurt.core.privacy.urls")),
    path("", include("wurt.core.tenancy.urls")),
    path("", include("wurt.core.files.urls")),
    path("", include("wurt.core.web.urls")),
    path("", include("wurt.core.search.urls")),
    path("", include("wurt.core.assisted.urls")),
    path("", include("wurt.core.notices.urls")),
    path("", include("wurt.core.links.urls")),
    path("", include("wurt.core.services.urls")),
    path("", include("wurt.core.campaigns.urls")),
    path("", include("wurt.core.indicators.urls")),
    path("", include("wurt.core.moderation.urls")),
    path("", include("wurt.core.visits.urls")),
    path("", include("wurt.modules.agenda.urls")),
    path("", include("wurt.core.pages.urls")),
]

handler400 = "wurt.core.web.errors.bad_request"
handler403 = "wurt.core.web.errors.forbidden"
handler404 = "wurt.core.web.errors.not_found"
handler500 = "wurt.core.web.errors.server_error"
