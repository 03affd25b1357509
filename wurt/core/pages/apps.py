from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_things, names_from
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, MenuItem, register, register_source
from wurt.core.web.readings import Reading, ask_for_readings, easy_text_of, everyday_text_of

KNOWN = {
    "Barrierefreiheit": _("Accessibility"),
    "Datenschutz": _("Data protection"),
    "Impressum": _("Legal notice"),
    "Kontakt": _("Contact"),
}
"""Titles that every county has, in the reader's language; others stand as they were written."""


def _footer_item(request: HttpRequest, slug: str, title: str) -> MenuItem:
    url = reverse("pages:page", args=[slug])
    label = str(KNOWN[title]) if title in KNOWN else title
    return MenuItem(label, url, current=request.path == url, language="" if title in KNOWN else "de")


def _readings(request: HttpRequest, *, easy: str, sign: str) -> list[Reading]:
    """Leichte Sprache leads to this page's own text in it, else to the county's start page in it."""
    found = []
    if everyday_text_of(request):
        found.append(Reading("Leichte Sprache", request.path, current=True))
    elif url := easy_text_of(request) or easy:
        found.append(Reading("Leichte Sprache", url))
    if sign:
        found.append(Reading("Gebärdensprache", sign, current=request.path == sign))
    return found


class PagesConfig(AppConfig):
    name = "wurt.core.pages"
    label = "pages"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.pages import checks, queries  # noqa: F401, PLC0415
        from wurt.core.pages.models import GlossaryTerm, Page  # noqa: PLC0415
        from wurt.core.pages.moderation import register_things  # noqa: PLC0415
        from wurt.core.pages.search import register_sources  # noqa: PLC0415

        name_things("pages.page", _("Plain page"), names_from(Page.objects.all, key="pk"))
        name_things(
            "pages.glossaryterm", _("Word of the glossary"), names_from(GlossaryTerm.objects.all, key="pk")
        )

        def editor(request: HttpRequest) -> bool:
            return queries.may_edit(request.actor)  # type: ignore[attr-defined]

        def frame(request: HttpRequest) -> queries.Frame:
            """Asked once for a page: its footer and its language switch both need it."""
            if not hasattr(request, "plain_pages"):
                request.plain_pages = queries.frame()  # type: ignore[attr-defined]
            return request.plain_pages  # type: ignore[attr-defined, no-any-return]

        def links(request: HttpRequest) -> list[MenuItem]:
            return [_footer_item(request, link.slug, link.title) for link in frame(request).footer]

        def readings(request: HttpRequest) -> list[Reading]:
            known = frame(request)
            return _readings(
                request,
                easy=reverse("pages:page", args=[queries.EASY_HOME]) if known.easy_home else "",
                sign=reverse("pages:page", args=[queries.SIGN_HOME]) if known.sign_home else "",
            )

        register(
            MenuEntry(_("Glossary"), "pages:glossary", order=10, audience="footer"),
            MenuEntry(
                _("Plain pages"),
                "pages:desk",
                order=720,
                audience="staff",
                parent=desk.TEXTS,
                permission=editor,
            ),
            MenuEntry(
                _("Words of the glossary"),
                "pages:terms",
                order=730,
                audience="staff",
                parent=desk.TEXTS,
                permission=editor,
            ),
        )
        register_source("footer", links)
        ask_for_readings(readings)
        register_sources()
        register_things()
