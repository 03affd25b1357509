"""How many people are told: a figure of the registry."""

from django.utils.translation import gettext_lazy as _

from wurt.core.indicators.registry import Direction, Indicator, Kind, Period, register
from wurt.core.notices.models import Subscriber
from wurt.core.tenancy.models import Place


def followers(period: Period, place: Place | None) -> int | None:
    """Subscribers with at least one confirmed topic at the end of the month."""
    if place is not None:
        return None
    return Subscriber.objects.filter(follows__confirmed__lt=period.end).distinct().count()


def register_indicators() -> None:
    """Tell the registry; called once apps are ready."""
    register(
        Indicator(
            key="notices.followers",
            name=_("Followers"),
            unit=_("followers"),
            meaning=_(
                "How many people and addresses are told of news by e-mail, by letter or on these pages. Who "
                "follows two topics counts once."
            ),
            compute=followers,
            kind=Kind.STOCK,
            direction=Direction.MORE,
            group=_("Notices"),
            counts_people=True,
            late_days=7,  # who stops following is deleted at once, so the past is not known later
        )
    )
