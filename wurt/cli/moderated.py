"""Cases of moderation for the demo county, through actions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wurt.core.accounts.actors import actor_of
from wurt.core.accounts.models import User
from wurt.core.action.actor import ANONYMOUS
from wurt.core.db import clock
from wurt.core.moderation.actions.decide import Ruling, decide
from wurt.core.moderation.actions.report import Sender, complain, report_thing
from wurt.core.moderation.models import Ground, Report, Role
from wurt.core.moderation.things import Measure
from wurt.core.moderation.tokens import link_token


def make_cases(rows: list[dict[str, Any]], emails: Mapping[str, str]) -> None:
    """``rows`` as in ``moderation.toml``; ``emails`` of the demo logins by key."""
    for row in rows:
        with clock.at(clock.now() - timedelta(days=row["days"])):
            report = report_thing(
                ANONYMOUS,
                slug=row["slug"],
                part=row["part"],
                category=row["category"],
                explanation=row["explanation"],
                where=f"/{row['part']}/",
                good_faith=True,
                sender=Sender(email=row["email"]),
                proven=row["proven"],
            )
        if (decision := row.get("decision")) is None:
            continue
        with clock.at(clock.now() - timedelta(days=row["days"] - 4)):
            case = Report.objects.select_related("case").get(public_id=report).case.public_id
            ruling = Ruling(
                measure=Measure(decision["measure"]),
                ground=Ground(decision["ground"]),
                clause=decision["clause"],
                facts=decision["facts"],
            )
            user = User.objects.get(email=emails[decision["by"]])
            decide(actor_of(user, second_factor=True), case=case, ruling=ruling)
            if row.get("complaint"):
                complain(ANONYMOUS, token=link_token(Role.NOTIFIER, report), text=row["complaint"])
