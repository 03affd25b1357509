"""What was told does not hold any more: those who were told hear of it once, by the ways they heard it."""

from collections.abc import Mapping
from typing import Any

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.notices.events import ChunkDue
from wurt.core.notices.models import Dispatch, Notice, State
from wurt.core.notices.policies import SEND
from wurt.core.outbox.registry import publish


@action("notices.take_back")
def take_back(actor: Actor, *, told: tuple[str, str], kind: str, key: str, data: Mapping[str, Any]) -> bool:
    """Tell whoever was told the notice ``told`` (kind and key) that it holds no longer; once for this
    ``kind`` and ``key``. What of it still waits goes to nobody: its link would lead to nothing.

    False if the notice is not known (any more) or this was told before.
    """
    authorize(actor, SEND)
    # The lock that spreading takes too: its chunks are either all here by now, or see this and stop.
    earlier = Notice.objects.select_for_update().filter(kind=told[0], key=told[1]).first()
    if earlier is None:
        return False
    notice, made = Notice.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={"data": dict(data), "topics": earlier.topics, "earlier": earlier},
    )
    if made:
        untold = Dispatch.objects.filter(notice=earlier, state=State.WAITING, told__isnull=True).delete()[0]
        record(actor, notice, after={"kind": kind, "key": key, "untold": untold})
        publish(ChunkDue(notice=notice.public_id, after=0), key=f"{notice.public_id} 0")
    return made
