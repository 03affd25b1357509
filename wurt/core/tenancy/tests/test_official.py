"""Official lists are matched by name, and nothing is guessed."""

import pytest

from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.actions.places import PlaceFacts
from wurt.core.tenancy.official import ListRow, OurPlace, decode, match, plain, read_list

PLAIN = (
    "ags;name;amt;plz;lat;lon\n01999001;Sankt Annen;Amt Geest;25999;54,1;9,2\n"
    "01999002;Bäken;Amt Geest;2599;;\n"
)
DIRECTORY = (
    "Gemeindeverzeichnis;;;;;;;\n"
    "Land;RB;Kreis;VB;Gem;Gemeindename;PLZ;Längengrad;Breitengrad\n"
    "01;;;;;Schleswig-Holstein;;;\n"
    "01;0;99;5901;001;St. Annen;25999;9,2;54,1\n"
    "01;0;99;0011;003;Heidehof, Stadt;25998;9,3;54,2\n"
)


def our(name: str, parent: str = "Amt Geest", ags: str = "") -> OurPlace:
    return OurPlace(name.lower().replace(" ", "-"), name, parent, ags)


def test_a_plain_list_is_read() -> None:
    assert read_list(PLAIN) == [
        ListRow(2, "01999001", "Sankt Annen", "Amt Geest", "25999", 54.1, 9.2),
        ListRow(3, "01999002", "Bäken", "Amt Geest", "", None, None),
    ]


def test_the_directory_of_the_statistical_office_is_read_from_its_parts() -> None:
    assert read_list(DIRECTORY) == [
        ListRow(4, "01099001", "St. Annen", "", "25999", 54.1, 9.2),
        ListRow(5, "01099003", "Heidehof, Stadt", "", "25998", 54.2, 9.3),
    ]


def test_a_regional_key_gives_the_municipal_key() -> None:
    (row,) = read_list("ARS,Name\n019995901001,Bäken\n")
    assert row.ags == "01999001"


def test_a_windows_file_is_read() -> None:
    assert decode("ags;name\n01999002;Bäken".encode("cp1252")) == "ags;name\n01999002;Bäken"


def test_a_file_without_keys_is_refused_with_words() -> None:
    with pytest.raises(RuleBroken) as refused:
        read_list("Stadt;Einwohner\nHeidehof;12\n")
    assert refused.value.code == "tenancy.list_unreadable"


@pytest.mark.parametrize(
    ("one", "other"),
    [("St. Annen", "Sankt Annen"), ("Heidehof", "Heidehof, Stadt"), ("Groß-Bäken", "Gross Baeken")],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_places_are_found_and_the_rest_is_reported() -> None:
    found = match([our("St. Annen"), our("Bäken"), our("Unbekannt")], read_list(PLAIN), "01999")
    assert found.facts == [
        PlaceFacts("bäken", "01999002", "", None, None),
        PlaceFacts("st.-annen", "01999001", "25999", 54.1, 9.2),
    ]
    assert (found.known, found.unclear, found.missing) == (0, [], ["Unbekannt"])


def test_another_county_is_left_out() -> None:
    assert match([our("Bäken")], read_list(PLAIN), "01888").missing == ["Bäken"]


def test_two_of_a_name_are_told_apart_by_their_amt_or_not_at_all() -> None:
    rows = [ListRow(2, "01999001", "Feld", "Geest"), ListRow(3, "01999002", "Feld", "Marsch")]
    found = match([our("Feld", "Amt Geest")], rows)
    assert [fact.ags for fact in found.facts] == ["01999001"]
    silent = [ListRow(2, "01999001", "Feld"), ListRow(3, "01999002", "Feld")]
    found = match([our("Feld", "Amt Geest")], silent)
    assert (found.facts, found.missing, len(found.unclear)) == ([], [], 1)
    same = [ListRow(2, "01999001", "Feld", "Geest"), ListRow(3, "01999002", "Feld", "Geest")]
    found = match([our("Feld", "Amt Geest")], same)
    assert found.facts == []
    assert found.unclear == ["Feld: several places have this name; the list does not tell which is meant"]


def test_a_key_that_differs_is_reported_not_changed() -> None:
    found = match([our("Bäken", ags="01999009")], read_list(PLAIN))
    assert found.facts == []
    assert found.unclear == ["Bäken: has the key 01999009, the list says 01999002"]
