"""Who gets what at the addresses of plain pages and the glossary."""

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.pages.models import GlossaryTerm, Page

EDITORS = ("coordinator",)


def setup(world: World) -> None:
    world.rows["page"] = Page.objects.create(
        place=world.county, slug="kontakt", title="Kontakt", body="# Hallo"
    )
    world.rows["easy"] = Page.objects.create(
        place=world.county, slug="einfach", title="Einfach", body="Text", easy="Kurzer Satz."
    )
    world.rows["draft"] = Page.objects.create(
        place=world.county, slug="entwurf", title="Entwurf", body="geheim", published=False
    )
    world.rows["term"] = GlossaryTerm.objects.create(place=world.county, term="Amt", text="Eine Verwaltung.")


def _page(world: World) -> dict[str, object]:
    return {"slug": "kontakt"}


def _easy(world: World) -> dict[str, object]:
    return {"slug": "einfach"}


def _draft(world: World) -> dict[str, object]:
    return {"slug": "entwurf"}


def _term(world: World) -> dict[str, object]:
    return {"key": world.rows["term"].pk}


def _values(world: World) -> dict[str, object]:
    return {"title": "Neu", "slug": "neu-hier", "place": "kreis-moorland", "body": "Text", "order": "5"}


def _word(world: World) -> dict[str, object]:
    return {"term": "Kreis", "text": "Mehrere Ämter.", "place": "kreis-moorland"}


ROWS = [
    Row("pages:easy", everybody(200), _easy),
    Row("pages:easy", everybody(404), _page),
    Row("pages:page", everybody(200), _page),
    Row("pages:page", everybody(404) | dict.fromkeys((*EDITORS, "county_admin"), 200), _draft),
    Row("pages:glossary", everybody(200)),
    Row("pages:desk", desk(200, *EDITORS, "place_editor")),
    Row("pages:create", desk(200, *EDITORS, "place_editor")),
    Row(
        "pages:create",
        desk(302, *EDITORS, method="POST") | {"place_editor": 422},
        method="POST",
        data=_values,
    ),
    Row("pages:edit", desk(200, *EDITORS), _page),
    Row("pages:edit", desk(302, *EDITORS, method="POST"), _page, "POST", _values),
    Row("pages:delete", desk(200, *EDITORS), _page),
    Row("pages:delete", desk(302, *EDITORS, method="POST"), _page, "POST", lambda world: {"sure": "on"}),
    Row("pages:terms", desk(200, *EDITORS, "place_editor")),
    Row("pages:create_term", desk(200, *EDITORS, "place_editor")),
    Row(
        "pages:create_term",
        desk(302, *EDITORS, method="POST") | {"place_editor": 422},
        method="POST",
        data=_word,
    ),
    Row("pages:edit_term", desk(200, *EDITORS), _term),
    Row("pages:edit_term", desk(302, *EDITORS, method="POST"), _term, "POST", _word),
    Row("pages:delete_term", everybody(405), _term),
    Row("pages:delete_term", desk(302, *EDITORS, method="POST"), _term, "POST"),
]
