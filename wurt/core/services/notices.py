"""Services can be followed; a stage that begins is told, once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.notices.actions.spread import announce
from wurt.core.notices.kinds import Data, NoticeKind, Part
from wurt.core.notices.kinds import register as register_kinds
from wurt.core.notices.topics import Topic, TopicKind
from wurt.core.notices.topics import register as register_topics
from wurt.core.services import queries
from wurt.core.services.models import ServiceStage
from wurt.core.services.registry import service_of
from wurt.core.services.stages import Stage
from wurt.core.tenancy.models import PlaceKind

SERVICE, STAGE = "services.service", "services.stage"


def tell_stage(actor: Actor, stage: UUID) -> bool:
    """Tell all followers of the service that the stage has begun. False if nobody had to be told."""
    row = ServiceStage.objects.select_related("place").filter(public_id=stage).first()
    service = service_of(row.service) if row else None
    if row is None or service is None or row.withdrawn is not None or row.stage == Stage.INHERIT:
        return False
    standing = queries.stands(actor, row.service, row.place_id)
    data = {
        "name": str(service.name),
        "stage": row.stage,
        "day": row.starts.isoformat(),
        "place": "" if row.place.kind == PlaceKind.COUNTY else row.place.name,
        "reason": row.reason,
        "instead": "" if row.stage in (Stage.LIVE, Stage.PILOT) else standing.instead,
        "operator": standing.operator.organisation if standing.operator else "",
        "phone": standing.operator.phone if standing.operator else "",
        "url": reverse("services:service", args=[row.service]),
    }
    return announce(actor, kind=STAGE, key=str(stage), data=data, topics=[(SERVICE, row.service)], parts=[])


def register() -> None:
    """Tell notices what can be followed here."""
    register_topics(TopicKind(SERVICE, "dienst", _("Service"), _find, _named, _choices))
    register_kinds(
        NoticeKind(
            key=STAGE,
            label=_("New stage of a service"),
            meaning=_("When a service that you follow starts a test or a pilot, opens or ends."),
            subject=_subject,
            text="services/notices/stage.txt",
            html="services/notices/stage.html",
            sample=_sample,
        )
    )


def _subject(data: Data) -> str:
    values = {"name": data["name"], "stage": str(Stage(data["stage"]).label), "place": data["place"]}
    if data["place"]:
        return gettext("%(name)s in %(place)s: %(stage)s") % values
    return gettext("%(name)s: %(stage)s") % values


def _sample() -> tuple[Data, Sequence[Part]]:
    return {
        "name": "Rufbus",
        "stage": "pilot",
        "day": date(2024, 5, 1).isoformat(),
        "place": "Büsum",
        "reason": "Drei Monate lang fahren zwei Busse auf Bestellung.",
        "instead": "",
        "operator": "Kreis Beispiel",
        "phone": "0481 000000",
        "url": "/dienste/",
    }, ()


def _topics() -> dict[str, Topic]:
    return {
        one.service.key: Topic(
            SERVICE,
            one.service.key,
            str(one.service.name),
            reverse("services:service", args=[one.service.key]),
            german=isinstance(one.service.name, str),
        )
        for one in queries.listed(ANONYMOUS)
    }


def _find(part: str) -> Topic | None:
    return _topics().get(part)


def _named(keys: Collection[str]) -> Mapping[str, Topic]:
    return {key: topic for key, topic in _topics().items() if key in keys}


def _choices() -> Sequence[Topic]:
    return list(_topics().values())
