"""The index follows what is public: soon after each change, and once a day from the ground up."""

from datetime import timedelta

from wurt.core.outbox.registry import every, handles
from wurt.core.search import indexing
from wurt.core.search.events import Touched
from wurt.core.search.registry import source_of


@handles(Touched)
def index_again(event: Touched) -> None:
    """Bring the documents that the row concerns to what is public now; what is not public any more goes."""
    source = source_of(event.kind)
    watch = source.watches.get(event.label) if source else None
    if source is None or watch is None:
        return
    keys = watch(event.row)
    if keys is None:
        indexing.refresh(source.kind)
    elif keys:
        indexing.update(source, keys)


@every(timedelta(days=1), joined=False)
def refresh_index() -> None:
    """Compounds are split by what all texts know today; a change that was missed is found."""
    indexing.refresh()
