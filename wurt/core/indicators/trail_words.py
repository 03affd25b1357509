"""Names of figures, for the audit trail."""

from collections.abc import Collection, Mapping

from wurt.core.indicators.models import Computation, ManualIndicator
from wurt.core.indicators.registry import indicator_of
from wurt.core.web.format import month_name


def figures_of(keys: Collection[str]) -> Mapping[str, str]:
    """ "Visitors in the search, April 2024" by the key of a computation; what is gone is left out."""
    rows = Computation.objects.filter(pk__in=keys).values_list("pk", "key", "month")
    entered = dict(
        ManualIndicator.objects.filter(key__in={key for _, key, _ in rows}).values_list("key", "name")
    )
    found: dict[str, str] = {}
    for pk, key, month in rows:
        indicator = indicator_of(key)
        name = str(indicator.name) if indicator else entered.get(key, "")
        found[str(pk)] = f"{name}, {month_name(month)}" if name else month_name(month)
    return found
