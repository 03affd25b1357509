"""Every form can say for whom it was opened; the copy of one's data names nobody else."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

import wurt
from wurt.core.assisted.actions.sessions import end_session
from wurt.core.assisted.tests.conftest import Town
from wurt.core.notices.actions.follow import follow_as_person
from wurt.core.privacy.archive import archive
from wurt.core.privacy.register_of_activities import entries

PACKAGE = Path(wurt.__file__).parent
FORM = re.compile(r"<form[^>]*method=.post.[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
UNBOUND = {
    "core/notices/templates/notices/unsubscribe.html": "the signed link says for whom",
    "core/web/templates/web/components/account_menu.html": "signing out ends the mode",
    "core/web/templates/web/components/language_switch.html": "shows a form again, with what was sent in it",
    "core/web/templates/web/styleguide/forms.html": "shows how forms look and sends nothing",
}
CLOSED = ("core/accounts/templates/",)
"""Pages of the own account, which the mode closes."""


def unbound(package: Path) -> list[str]:
    """Templates with a form by POST that lacks the once-token."""
    found = []
    for path in sorted(package.rglob("*.html")):
        name = path.relative_to(package).as_posix()
        if name in UNBOUND or name.startswith(CLOSED):
            continue
        text = path.read_text(encoding="utf-8")
        found += [name for form in FORM.findall(text) if "{% once %}" not in form]
    return sorted(set(found))


def test_every_form_has_a_once_token() -> None:
    assert unbound(PACKAGE) == []
    assert [name for name in UNBOUND if not (PACKAGE / name).exists()] == []


def test_a_form_without_one_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<form method="post">{% csrf_token %}{% once %}</form>')
    (tmp_path / "b.html").write_text("<form method='post' action=''>{% csrf_token %}</form>")
    assert unbound(tmp_path) == ["b.html"]


@pytest.mark.django_db(transaction=True)
class TestCopies:
    def test_the_copy_of_each_names_nobody_else(self, town: Town) -> None:
        session = town.begin()
        follow_as_person(town.acting(session), kind="toys.thing", key="1")
        end_session(town.actor(), assistance=session.public_id)
        town.mandate()
        admin = town.actor("county_admin")
        for person, other in ((town.erna, "Erika caseworker"), (town.world.person("caseworker"), "Erna")):
            with zipfile.ZipFile(io.BytesIO(archive(admin, person.public_id))) as packed:
                files = {name: packed.read(name).decode() for name in packed.namelist()}
            (row,) = json.loads(files["assisted.assistance.json"])
            assert (row["channel"], row["checked"]) == ("phone", "known")
            assert not [name for name, text in files.items() if other in text]
        with zipfile.ZipFile(io.BytesIO(archive(admin, town.erna.public_id))) as packed:
            assert "Rufbus" in packed.read("assisted.act.json").decode()
            assert "Deich 0" in packed.read("tenancy.contact.json").decode()
            (mandate,) = json.loads(packed.read("assisted.mandate.json"))
            assert mandate["helper"] == {"person": str(town.world.person("resident").public_id)}

    def test_the_register_names_the_activity(self, town: Town) -> None:
        names = [str(entry.name) for entry in entries(town.actor("county_admin"))]
        assert "Handeln für andere (Telefon, Schalter, Vollmacht)" in names
