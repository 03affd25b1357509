"""The tree of places, read whole: nothing derived is stored, so nothing can be corrupted."""

from collections import defaultdict

from wurt.core.tenancy.models import Place


def below(place_ids: set[int]) -> dict[int, frozenset[int]]:
    """For each given place: its own id and the ids of everything below it."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Place.objects.values_list("pk", "parent_id"):
        children[parent].append(pk)
    result = {}
    for start in place_ids:
        seen, todo = {start}, [start]
        while todo:
            fresh = [child for child in children[todo.pop()] if child not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        result[start] = frozenset(seen)
    return result
