"""The agenda itself and its documents."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.errors import RuleBroken
from wurt.core.files.storage import MARKDOWN, PDF, store
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.actions.steps import required, the_agenda, trail
from wurt.modules.agenda.actions.values import AgendaValues
from wurt.modules.agenda.models import Agenda, StrategyDocument
from wurt.modules.agenda.models.agenda import DocumentKind
from wurt.modules.agenda.policies import CREATE_AGENDA, EDIT_STRATEGY

TEXTS = ("name", "motto", "intro", "strategy", "horizon", "licence", "licence_url", "contact")


@action("agenda.create_agenda")
def create_agenda(
    actor: Actor, *, place_slug: str, name: str, values: AgendaValues | None = None, is_example: bool = False
) -> str:
    """Make the county's agenda; the answer is the slug of its place. There is one per installation.

    Raises NotFound for the place, RuleBroken ``agenda.exists``.
    """
    place = lock(Place.objects.all(), slug=place_slug)
    authorize(actor, CREATE_AGENDA, place)
    if Agenda.objects.exists():
        raise RuleBroken("agenda.exists", _("There is an agenda already. You can change it instead."))
    agenda = Agenda(place=place, is_example=is_example)
    changed(agenda, {**(values or {}), "name": _name(name)})
    agenda.save()
    record(actor, agenda, after={"name": agenda.name, "is_example": is_example})
    return place.slug


@action("agenda.edit_agenda")
def edit_agenda(actor: Actor, *, values: AgendaValues, version: int | None = None) -> str:
    """Change texts of the agenda; keys that are absent stay. The answer is the slug of its place."""
    agenda = the_agenda()
    authorize(actor, EDIT_STRATEGY, agenda)
    check_version(agenda, version)
    given = {key: str(values[key]).strip() for key in TEXTS if key in values}  # type: ignore[literal-required]
    if "name" in given:
        given["name"] = _name(given["name"])
    before, after = changed(agenda, given)
    if after:
        save(agenda, after)
        before, after = trail(before, after)
        record(actor, agenda, before=before, after=after)
    return agenda.place.slug


@action("agenda.add_document")
def add_document(
    actor: Actor, *, kind: str, version_name: str, content: bytes, file_name: str, note: str = ""
) -> str:
    """Publish a PDF or Markdown file as a version of the ``strategy`` or the ``agenda``.

    The answer is the version's name. Raises RuleBroken ``agenda.document_version`` if that version is there.
    """
    agenda = the_agenda()
    authorize(actor, EDIT_STRATEGY, agenda)
    if kind not in DocumentKind.values:
        raise RuleBroken("agenda.document_kind", _("Please choose which document this is."))
    name = required(version_name, "agenda.document_version", _("Please name the version, for example 1.2."))
    stored = store(content, name=file_name, purpose="agenda.document", allowed=[PDF, MARKDOWN], public=True)
    try:
        with transaction.atomic():
            document = StrategyDocument.objects.create(
                agenda=agenda, kind=kind, version_name=name, note=note.strip(), file=stored
            )
    except IntegrityError:
        raise RuleBroken(
            "agenda.document_version",
            _("This version is there already. Please give the new one another name."),
        ) from None
    record(actor, document, after={"kind": kind, "version_name": name})
    return name


def _name(name: str) -> str:
    return required(name, "agenda.name", _("Please give the agenda a name."))
