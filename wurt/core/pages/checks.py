"""``wurt doctor``: are the pages there that the law asks of every county?"""

from collections.abc import Iterator

from django.conf import settings

from wurt.core.operate.doctor import Finding, check, hint
from wurt.core.pages.models import Page
from wurt.core.tenancy.models import Place

LEGAL = {
    "impressum": "Impressum",
    "datenschutz": "Datenschutz",
    "barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "kontakt": "Kontakt",
}
"""Address and name. Source: § 5 DDG and § 18 MStV, Art. 13 GDPR, Directive (EU) 2016/2102; the last is good
manners."""
UNFINISHED = "Bitte ergänzen"
"""Stands in the drafts that ``wurt init`` leaves."""


@check("legal pages", needs_database=True)
def legal_pages() -> Iterator[Finding]:
    """Each published, each filled in."""
    if settings.WURT_DEMO or not Place.objects.exists():
        return
    bodies = dict(Page.objects.filter(published=True, slug__in=LEGAL).values_list("slug", "body"))
    if absent := [name for slug, name in LEGAL.items() if slug not in bodies]:
        yield hint(
            f"Not published yet: {', '.join(absent)}. Every public site needs them.",
            "Sign in, open “Textseiten” (/verwaltung/seiten/), fill the drafts in and tick “veröffentlicht”.",
        )
    if drafts := [LEGAL[slug] for slug in LEGAL if UNFINISHED in bodies.get(slug, "")]:
        yield hint(
            f"Published, but not filled in: {', '.join(drafts)} still says “{UNFINISHED}”.",
            "Sign in, open “Textseiten” (/verwaltung/seiten/) and replace what the draft asks for.",
        )
