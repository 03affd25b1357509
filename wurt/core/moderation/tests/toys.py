"""A kind of thing for tests: a word of the glossary as somebody's contribution; hidden, its text says so."""

from uuid import UUID

from wurt.core.accounts.actors import actor_of
from wurt.core.accounts.models import User
from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record, save
from wurt.core.moderation import things
from wurt.core.moderation.actions.decide import Ruling
from wurt.core.moderation.actions.report import Sender, hold_for_approval, report_thing
from wurt.core.moderation.models import Ground
from wurt.core.moderation.policies import REPORT
from wurt.core.moderation.things import Measure, Thing, ThingKind
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Grant, Person, Place

KIND = "toys.post"
AUTHORS: dict[str, int] = {}
EXPLANATION = "Hier steht die Telefonnummer meiner Nachbarin."


def _thing(row: GlossaryTerm | None) -> Thing | None:
    if row is None:
        return None
    measures = (Measure.HIDE, Measure.LABEL, Measure.REMOVE, Measure.CORRECT)
    author = AUTHORS.get(row.term)
    return Thing(
        KIND, str(row.pk), row.term, row.text, f"/beitraege/{row.term}/", row.place_id, measures, author
    )


def _find(part: str) -> Thing | None:
    return _thing(GlossaryTerm.objects.filter(term=part).exclude(text__startswith="(hidden)").first())


def _fetch(key: str) -> Thing | None:
    return _thing(GlossaryTerm.objects.filter(pk=key).first())


def _carry_out(actor: Actor, key: str, measure: Measure) -> None:
    row = lock(GlossaryTerm.objects.all(), pk=key)
    row.text = f"(hidden) {row.text}"
    save(row, ["text"])
    record(actor, row, after={"measure": measure})


def _restore(actor: Actor, key: str, measure: Measure) -> None:
    row = lock(GlossaryTerm.objects.all(), pk=key)
    row.text = row.text.removeprefix("(hidden) ")
    save(row, ["text"])
    record(actor, row, after={"restored": measure})


def register() -> None:
    things.register(ThingKind(KIND, "beitrag", "Beitrag", _find, _fetch, _carry_out, _restore))


def unregister() -> None:
    AUTHORS.clear()
    things.unregister(KIND)


def post(
    place: Place, term: str = "sommerfest", text: str = "Anruf bei Frau X.", author: int | None = None
) -> GlossaryTerm:
    """Something that somebody wrote."""
    with writes_allowed("test"):
        row = GlossaryTerm.objects.create(place=place, term=term, text=text)
    if author is not None:
        AUTHORS[term] = author
    return row


def moderator(place: Place, name: str, role: str = "moderator") -> Actor:
    """A moderator with a login, as a request would have it."""
    with writes_allowed("test"):
        person = Person.objects.create(name=name)
        user = User.objects.create_user(
            f"{name.lower().replace(' ', '.')}@moorland.example", None, person=person
        )
        Grant.objects.create(person=person, role=role, place=place)
    return actor_of(user, second_factor=True)


def report(
    term: str = "sommerfest", *, email: str = "ada@example.org", proven: bool = True, **values: object
) -> UUID:
    """A notice about it."""
    given = {
        "category": "personal",
        "explanation": EXPLANATION,
        "where": "/beitraege/",
        "good_faith": True,
        **values,
    }
    sender = Sender(name="", email=email) if "sender" not in given else given.pop("sender")
    actor = given.pop("actor", ANONYMOUS)
    return report_thing(actor, slug="beitrag", part=term, sender=sender, proven=proven, **given)  # type: ignore[arg-type]


def ruling(measure: Measure = Measure.HIDE, **values: object) -> Ruling:
    """A decision with everything that it needs."""
    leave = measure is Measure.LEAVE
    given = {
        "ground": Ground.NONE if leave else Ground.TERMS,
        "clause": "" if leave else "Nummer 4",
        "facts": "Die Nummer steht ohne Zustimmung im Text.",
        **values,
    }
    return Ruling(measure=measure, **given)  # type: ignore[arg-type]


@action("toys.submit")
def submit(actor: Actor, *, term: str) -> UUID:
    """A contribution that waits until somebody approves it."""
    row = lock(GlossaryTerm.objects.all(), term=term)
    authorize(actor, REPORT)
    row.text = f"(hidden) {row.text}"
    save(row, ["text"])
    record(actor, row)
    return hold_for_approval(actor, KIND, str(row.pk))
