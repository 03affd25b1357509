"""Projects as lists show them: what the address asks for, and the cards of the projects that are shown.

A state has thousands of projects. So a list first looks at one short line of each (``Line``), chooses and
counts there, and fetches cards only for those that stand on the page.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

from wurt.core.action.actor import Actor
from wurt.core.audit.models import AuditEntry
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.domain.snapshot import Counts
from wurt.modules.agenda.models import Field, Party
from wurt.modules.agenda.models.project import PartyRole
from wurt.modules.agenda.queries.public_published import ReportRow, Standing
from wurt.modules.agenda.queries.public_scope import (
    STATES,
    STATUSES,
    one_of,
    public_projects,
    text_of,
)

_COLUMNS = (
    "pk", "public_id", "slug", "title", "short_title", "state", "goal", "field__name", "field__slug",
    "place__name", "place__slug", "lead_organisation__name", "changed", "start", "end", "planned_start",
    "ended_on", "is_example",
)  # fmt: skip
FULL = 100
"""Up to so many projects stand on one page."""
SOME = 500
"""Up to so many rows are asked for by their keys (SQLite takes no endless lists); beyond, all are read."""
_PARTNER = ("project_id", "name", "organisation__slug", "organisation__name")


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project as a list shows it. ``reported`` is the newest published month with it, None without one.
    ``status`` means something only with one (None: nobody gave one)."""

    pk: int
    id: str
    slug: str
    title: str
    name: str
    state: str
    goal: str
    field: str
    field_slug: str
    place: str
    place_slug: str
    lead_organisation: str
    partners: tuple[str, ...]
    changed: datetime
    start: date | None
    end: date | None
    planned_start: str
    ended_on: date | None
    reported: str | None
    status: str | None
    has_progress: bool
    example: bool
    partner_organisations: tuple[tuple[str, str], ...] = ()

    @property
    def status_word(self) -> str:
        """The status as it stands in addresses and data: "none" where nobody gave one, "" without report."""
        return (self.status or "none") if self.reported else ""


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What the address asks for; "" is everything."""

    field: str = ""
    state: str = ""
    status: str = ""
    partner: str = ""
    place: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "ProjectFilter":
        """From the query of an address, in German words; what is unknown counts as not set."""
        return cls(
            field=text_of(query, "feld", 120),
            state=one_of(query, "stand", STATES),
            status=one_of(query, "status", STATUSES),
            partner=text_of(query, "partner", 120),
            place=text_of(query, "ort", 120),
            text=text_of(query, "q"),
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as (parameter, value)."""
        named = (
            ("q", self.text),
            ("feld", self.field),
            ("stand", self.state),
            ("status", self.status),
            ("partner", self.partner),
            ("ort", self.place),
        )
        return [(name, value) for name, value in named if value]


class Line(NamedTuple):
    """What choosing and counting needs of a public project; lists of them are in the order of the titles."""

    pk: int
    state: str
    field: str
    place: str
    place_name: str


def lines(actor: Actor) -> Sequence[Line]:
    """All public projects. At most four queries."""
    return _LINES.get(_read_lines)


def dated(actor: Actor) -> set[int]:
    """The public projects with a start or an end, at least a planned one."""
    rows = public_projects().exclude(start=None, end=None, planned_start="")
    return set(rows.values_list("pk", flat=True).order_by())


def _read_lines() -> Sequence[Line]:
    # Fields and places are few: they are looked up here instead of joined to each row.
    fields = dict(Field.objects.values_list("pk", "slug").order_by())
    named = Place.objects.values_list("pk", "slug", "name").order_by()
    places = {pk: (slug, name) for pk, slug, name in named}
    rows = public_projects().order_by("title", "pk").values_list("pk", "state", "field_id", "place_id")
    return [Line(pk, state, fields.get(field, ""), *places[place]) for pk, state, field, place in rows]


T = TypeVar("T", bound=Sized)


class _Large(Generic[T]):
    """Keeps something read from many projects until the next recorded change, for ``SECONDS`` at most.

    Every action leaves an entry in the audit trail in its own transaction. Entries may become visible out
    of their order, so their newest number alone would not do for ever. Up to ``FULL`` things nothing is kept.
    """

    SECONDS = 60.0

    def __init__(self) -> None:
        self._kept: tuple[int | None, float, T] | None = None

    def get(self, read: Callable[[], T]) -> T:
        """What was kept, else read anew."""
        kept = self._kept
        if kept is None:
            found = read()
            if len(found) > FULL:  # anew: what is kept must not be older than the entry beside it
                self._kept = (_last_entry(), monotonic(), read())
            return found
        entry = _last_entry()
        if kept[0] != entry or monotonic() - kept[1] > self.SECONDS:
            found = read()
            self._kept = (entry, monotonic(), found) if len(found) > FULL else None
            return found
        return kept[2]

    def forget(self) -> None:
        """Keep nothing."""
        self._kept = None


def _last_entry() -> int | None:
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()


_LINES = _Large[Sequence[Line]]()
_TEXTS = _Large[dict[int, str]]()


def forget() -> None:
    """Empty what is kept in memory (for tests and benchmarks)."""
    _LINES.forget()
    _TEXTS.forget()


def chosen_lines(
    actor: Actor, everything: Sequence[Line], chosen: ProjectFilter, now: Standing
) -> list[Line]:
    """The lines that pass the filters; one query more for a partner, two for a text."""
    kept: Sequence[Line] = everything
    if chosen.state:
        kept = [line for line in kept if line.state == chosen.state]
    if chosen.field:
        kept = [line for line in kept if line.field == chosen.field]
    if chosen.place:
        kept = [line for line in kept if line.place == chosen.place]
    if chosen.status:
        kept = [line for line in kept if _status_word(now.newest.get(line.pk)) == chosen.status]
    if chosen.partner:
        found = Party.objects.filter(role=PartyRole.PARTNER, organisation__slug=chosen.partner)
        inside = set(found.values_list("project_id", flat=True))
        kept = [line for line in kept if line.pk in inside]
    if chosen.text and kept:
        inside = _with_words(chosen.text.casefold().split())
        kept = [line for line in kept if line.pk in inside]
    return list(kept)


def _status_word(report: ReportRow | None) -> str:
    return (report.status or "none") if report else ""


_WORDS = ("title", "short_title", "goal", "content", "field__name", "lead_organisation__name")


def _with_words(words: Sequence[str]) -> set[int]:
    return {pk for pk, text in _TEXTS.get(_read_texts).items() if _has_all(text, words)}


def _read_texts() -> dict[int, str]:
    # SQLite compares without case only in ASCII ("Öffentlich"), so the text is searched here.
    rows = public_projects().order_by().values_list("pk", *_WORDS)
    texts = {pk: " ".join(filter(None, found)) for pk, *found in rows}
    parties = Party.objects.filter(role=PartyRole.PARTNER).order_by().values_list("project_id", "name")
    for project, name in parties:
        if project in texts:
            texts[project] += f" {name}"
    return {pk: text.casefold() for pk, text in texts.items()}


def _has_all(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def cards(actor: Actor, now: Standing, projects: Collection[int]) -> dict[int, ProjectCard]:
    """Cards of these public projects, by title. Two queries."""
    rows = public_projects().filter(pk__in=projects) if len(projects) <= SOME else public_projects()
    parties = Party.objects.filter(project__in=rows, role=PartyRole.PARTNER).order_by("project", "order")
    partners: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for project, name, slug, organisation in parties.values_list(*_PARTNER):
        partners[project].append((name, slug or "", organisation or ""))
    wanted = set(projects)
    return {
        row["pk"]: _card(row, partners[row["pk"]], now.newest.get(row["pk"]))
        for row in rows.order_by("title", "pk").values(*_COLUMNS)
        if row["pk"] in wanted
    }


def _card(row: Any, partners: list[tuple[str, str, str]], latest: ReportRow | None) -> ProjectCard:
    return ProjectCard(
        pk=row["pk"],
        id=str(row["public_id"]),
        slug=row["slug"],
        title=row["title"],
        name=row["short_title"] or row["title"],
        state=row["state"],
        goal=row["goal"],
        field=row["field__name"] or "",
        field_slug=row["field__slug"] or "",
        place=row["place__name"],
        place_slug=row["place__slug"],
        lead_organisation=row["lead_organisation__name"] or "",
        partners=tuple(name for name, _slug, _organisation in partners),
        partner_organisations=tuple((slug, name) for _name, slug, name in partners if slug),
        changed=row["changed"],
        start=row["start"],
        end=row["end"],
        planned_start=row["planned_start"],
        ended_on=row["ended_on"],
        reported=latest.month if latest else None,
        status=latest.status if latest else None,
        has_progress=latest.has_progress if latest else False,
        example=row["is_example"],
    )


def counts(found: Iterable[Line]) -> Counts:
    """How many projects are in which state."""
    number = Counter(line.state for line in found)
    return Counts(**{state: number[state] for state in STATES})
