from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_things, names_from
from wurt.core.web.menu import MenuEntry, MenuItem, register, register_source


class PagesConfig(AppConfig):
    name = "wurt.core.pages"
    label = "pages"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.pages import queries  # noqa: PLC0415
        from wurt.core.pages.models import GlossaryTerm, Page  # noqa: PLC0415
        from wurt.core.pages.search import register_sources  # noqa: PLC0415

        name_things("pages.page", _("Plain page"), names_from(Page.objects.all, key="pk"))
        name_things(
            "pages.glossaryterm", _("Word of the glossary"), names_from(GlossaryTerm.objects.all, key="pk")
        )

        def editor(request: HttpRequest) -> bool:
            return queries.may_edit(request.actor)  # type: ignore[attr-defined]

        def links(request: HttpRequest) -> list[MenuItem]:
            items = ((link.title, reverse("pages:page", args=[link.slug])) for link in queries.footer_links())
            return [MenuItem(title, url, current=request.path == url) for title, url in items]

        register(
            MenuEntry(_("Glossary"), "pages:glossary", order=10, audience="footer"),
            MenuEntry(_("Plain pages"), "pages:desk", order=720, audience="staff", permission=editor),
            MenuEntry(
                _("Words of the glossary"), "pages:terms", order=730, audience="staff", permission=editor
            ),
        )
        register_source("footer", links)
        register_sources()
